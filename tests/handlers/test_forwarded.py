"""What comes back or from elsewhere: the bot's own words, forwarded messages, captions of videos and files, albums."""

import json
from datetime import timedelta

import pytest

from bot.domain.access import EVERYTHING
from bot.handlers.own_words import are_own
from bot.sandbox.client import Person
from bot.sandbox.seen import Seen
from bot.storage import attachments, clues, records
from bot.storage.transaction import Transaction
from tests.support.town import LEAD, Town, answer, tapped
from tests.understanding.pack import CORPORA


async def _saved(me: Person, text: str) -> Seen:
    return await tapped(me, "保存", "编号", await answer(me, text, "请确认"))


async def _everything_shown(me: Person, town: Town) -> list[str]:
    """Screens of every kind as they stand in the chat."""
    found = [await answer(me, "昨天去王老五家,儿子打工挣了三千五,房子漏雨", "请确认")]
    texts = [found[0].text]
    texts.append((await tapped(me, "保存", "已保存走访", found[0])).text)
    texts.append((await answer(me, "查 王老五", "户编号")).text)
    texts.append((await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))).text)
    texts.append((await tapped(me, "记账本", "记账本", await answer(me, "查 王老五", "户编号"))).text)
    texts.append((await answer(me, "记账 王老五", "哪一类")).text)
    await answer(me, "/cancel", "已取消")
    texts.append((await answer(me, "待办", "今日待办")).text)
    texts.append((await answer(me, "走访 王老五", "情况如何")).text)
    await answer(me, "/cancel", "已取消")
    texts.append((await answer(me, "帮助", "走访")).text)
    texts.append((await answer(me, "收到", "没看懂")).text)
    texts.append((await answer(me, "撤销", "已撤销")).text)
    return texts


@pytest.mark.parametrize("forwarded", [True, False])
async def test_the_bots_own_words_record_nothing(town: Town, forwarded: bool) -> None:
    """Pasted by a colleague or forwarded: receipt, draft, card, to-do list, help; nothing opens."""
    me, lead = town.person(), town.person(LEAD)
    for text in await _everything_shown(me, town):
        before = await town.state()
        if forwarded:
            lead.forward(text, town.clock.now(), of_bot=True)
        else:
            lead.say(text)
        seen = await lead.wait_for("这是我发过的内容")
        assert not seen.labels
        assert await town.state() == before


async def test_a_digest_is_known_too(town: Town) -> None:
    me = town.person()
    town.clock.advance(timedelta(days=3))
    text = "今日待办 3月18日\n到期 3 户,其中逾期 2 户\n\n五组\n1 王老五  逾期 5 天\n2 李四  今天到期"
    for part in (text, "1 王老五  逾期 5 天\n  房子漏雨,还没解决"):
        seen = await answer(me, part, "这是我发过的内容")
        assert not seen.labels


def test_what_people_write_is_not_taken_for_the_bots_words() -> None:
    """None of the corpora, also not messages like receipts: 已记账 is a word of everybody."""
    mine = [
        "已记账 王老五 工资3500",
        "王老五 工资性收入 3500",
        "走访 王老五 五组",
        "今天走访了王老五,情况正常",
        "户编号多少",
    ]
    lines = [line for path in CORPORA for line in path.read_text(encoding="utf-8").splitlines()]
    assert [text for text in (*(json.loads(line)["text"] for line in lines), *mine) if are_own(text)] == []


async def test_a_forwarded_message_is_of_the_day_it_was_written(any_town: Town) -> None:
    """今天 is that day, the month is that day's, and the draft says so."""
    town = any_town
    me = town.person()
    me.forward("今天去王老五家,都好,打工3500", town.clock.now() - timedelta(days=18))
    review = await me.wait_for("请确认")
    assert "转发的,按写的那天 2月26日 算" in review.text
    assert "2月26日 入户" in review.text
    assert "2024年2月" in review.text
    await tapped(me, "保存", "已保存走访", review)
    (visit,) = await town.visits()
    assert visit.visited_on.isoformat() == "2024-02-26"
    me.forward("老五 5千", town.clock.now() - timedelta(days=18))
    asked = await me.wait_for("收到的,还是花掉的")
    assert "2月26日" in asked.text
    assert "转发" not in (await answer(me, "今天去张三家,都好", "请确认")).text


@pytest.mark.parametrize("kind", ["video", "document", "voice", "audio", "animation"])
async def test_the_words_under_anything_are_read(town: Town, kind: str) -> None:
    """A video, a file, a voice message: what was written beside it is a message; that it is not kept is said."""
    me = town.person()
    me.send_media(kind, "今天去王老五家,一切正常")
    review = await me.wait_for("请确认")
    assert "没有存" in review.text
    await tapped(me, "保存", "已保存走访", review)
    assert len(await town.visits()) == 1
    me.send_media(kind)
    assert "看不了" in (await me.wait_for("看不了")).text


async def _kept(town: Town, head: str) -> list[str]:
    def work(tx: Transaction) -> list[str]:
        found = []
        for number in ("V240315-01", "J240315-01", "V240315-02", "J240315-02"):
            record = records.by_number(tx, number)
            if record is not None and record.household_id == town.ids[head]:
                found += [each.kind for each in attachments.of_record(tx, record.id)]
        return found

    return await town.ruhu.db.read(work)


@pytest.mark.parametrize("first", [True, False])
async def test_an_album_with_words_goes_whole_to_its_household(town: Town, first: bool) -> None:
    """Also when another household was just visited, the words come last, and there is no visit but money."""
    me = town.person()
    await _saved(me, "今天去张三家,一切正常")
    captions = ["", "", "王老五家卖了两头猪得5000"]
    for caption in reversed(captions) if first else captions:
        me.send_photo(caption=caption, album="7")
    review = await me.wait_for("请确认")
    await tapped(me, "保存", "已记账", review)
    me.send_photo(album="7")
    await answer(me, "待办", "今日待办")
    assert await _kept(town, "王老五") == ["photo"] * 4
    assert await _kept(town, "张三") == []


async def test_pictures_of_several_households_are_given_to_none(town: Town) -> None:
    """Nobody can know whose they are: it is said, and later parts do not slip in."""
    me = town.person()
    me.send_photo(caption="张三打工3500,李四打工4500", album="7")
    together = await me.wait_for("一共 2 户")
    assert "照片没有放" in together.text
    me.send_photo(album="7")
    await answer(me, "待办", "今日待办")
    await tapped(me, "保存 2 户", "已保存 2 户", together)
    assert await _kept(town, "张三") == await _kept(town, "李四") == []


async def test_nine_pictures_do_not_hold_up_the_next_answer(town: Town) -> None:
    """One message for all of them, and the next question is answered next."""
    me = town.person()
    await _saved(me, "今天去张三家,一切正常")
    before = len([seen for seen in me.chat if seen.from_bot])
    me.send_album(9)
    await answer(me, "查 王老五", "户编号")
    assert len([seen for seen in me.chat if seen.from_bot]) == before + 2
    assert await town.ruhu.db.read(lambda tx: clues.open_for(tx, EVERYTHING)) == []
