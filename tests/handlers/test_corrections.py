"""A correction changes what is in front: the draft that waits, the one replied to, else the record just saved."""

from datetime import timedelta

import pytest

from bot.domain.checks import Mode
from bot.domain.income_kinds import Kind
from bot.sandbox.client import Person
from bot.sandbox.seen import Seen
from tests.support.town import Town, answer, tapped

PHRASES = [
    ("不是张三,是李四", ("李四", "3,500元", "3月15日 入户")),
    ("日期不对,是10号", ("张三", "3月10日 入户", "3,500元")),
    ("是打电话问的", ("张三", "3月15日 电话", "3,500元")),
    ("是大前天去的", ("张三", "3月12日 入户")),
    ("是卖猪的,不是打工", ("经营性收入", "3,500元", "生猪")),
    ("改成4100", ("4,100元", "2024年3月")),
    ("不是3500,是4100", ("4,100元",)),
    ("是上个月的", ("3,500元", "2024年2月", "3月15日 入户")),
    ("工资是3600,不是3500", ("3,600元",)),
]


async def _saved(me: Person, text: str) -> Seen:
    return await tapped(me, "保存", "编号", await answer(me, text, "请确认"))


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
async def test_a_waiting_draft_is_changed(town: Town, text: str, expected: tuple[str, ...]) -> None:
    """The corrected draft is shown at once, and an older record stays as it is."""
    me = town.person()
    await _saved(me, "记账 赵国才 工资 2000")
    await answer(me, "今天去张三家,都好,打工3500", "请确认")
    review = await answer(me, text, "请确认")
    assert "更正" not in review.text
    assert all(part in review.text for part in expected), review.text
    await tapped(me, "保存", "已保存走访", review)
    assert len(await town.ledger()) == 2
    assert len(await town.visits()) == 1


@pytest.mark.parametrize("reply", [True, False])
@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
async def test_a_receipt_is_put_right(town: Town, reply: bool, text: str, expected: tuple[str, ...]) -> None:
    """By a reply to it or right after it: its household is known, and the correction replaces the record."""
    me = town.person()
    receipt = await _saved(me, "今天去张三家,都好,打工3500")
    if reply:
        await _saved(me, "记账 赵国才 工资 2000")
        me.reply_to(receipt, text)
        review = await me.wait_for("请确认")
    else:
        review = await answer(me, text, "请确认")
    assert "更正 V240315-01" in review.text
    assert all(part in review.text for part in expected), review.text
    await tapped(me, "保存", "已保存走访", review)
    assert len(await town.visits()) == 1


async def test_the_corrected_day_and_way_are_what_is_stored(any_town: Town) -> None:
    town = any_town
    me = town.person()
    await _saved(me, "今天去张三家,都好")
    await tapped(me, "保存", "已保存走访", await answer(me, "日期不对,是10号", "3月10日"))
    await tapped(me, "保存", "已保存走访", await answer(me, "是打电话问的", "电话"))
    (visit,) = await town.visits()
    assert (visit.visited_on.isoformat(), visit.mode) == ("2024-03-10", Mode.PHONE)


@pytest.mark.parametrize("text", ["4100", "上个月的", "卖猪的", "10号", "李四", "电话", "前天去的"])
async def test_a_bare_reply_says_what_is_right(town: Town, text: str) -> None:
    """What is replied to is what is meant; no word of correction is needed."""
    me = town.person()
    receipt = await _saved(me, "今天去张三家,都好,打工3500")
    me.reply_to(receipt, text)
    review = await me.wait_for("请确认")
    assert "更正 V240315-01" in review.text


async def test_a_reply_to_a_draft_means_that_one(town: Town) -> None:
    me = town.person()
    first = await answer(me, "今天去张三家,都好", "请确认")
    await answer(me, "记账 李四 工资 3500", "请确认")
    me.reply_to(first, "是打电话问的")
    review = await me.wait_for("电话")
    assert "张三" in review.text


async def test_of_several_entries_the_one_is_asked_and_the_new_value_kept(town: Town) -> None:
    me = town.person()
    receipt = await _saved(me, "李四媳妇住院 花了2万3 报了1万5")
    me.reply_to(receipt, "改成16000")
    asked = await me.wait_for("哪一笔")
    assert "16,000元" in asked.text
    review = await tapped(me, "第2笔 理赔收入 15,000元", "请确认", asked)
    assert "23,000元" in review.text
    assert "16,000元" in review.text
    await tapped(me, "保存", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()][-2:] == [2_300_000, 1_600_000]


async def test_entries_of_one_kind_are_told_apart_by_their_item(town: Town) -> None:
    me = town.person()
    await answer(me, "张三家养老金130,低保860", "请确认")
    asked = await answer(me, "是上个月的", "哪一笔")
    assert asked.labels[:2] == ["第1笔 养老金 130元", "第2笔 低保 860元"]


async def test_words_tell_which_of_several_entries_is_meant(town: Town) -> None:
    """By its old amount, by its kind, or by what it was taken for."""
    me = town.person()
    await answer(me, "张三家打工3500,低保860", "请确认")
    review = await answer(me, "不是860是870", "870元")
    assert "3,500元" in review.text
    review = await answer(me, "不是打工,是卖猪的", "经营性收入")
    assert "转移性收入" in review.text
    asked = await answer(me, "是上个月的", "哪一笔")
    review = await tapped(me, "都是", "请确认", asked)
    assert review.text.count("2024年2月") == 2


async def test_a_record_is_touched_when_its_household_is_named(town: Town) -> None:
    """张三那笔 is 张三's, whichever draft or record is newer; nothing moves to 张三."""
    me = town.person()
    await _saved(me, "记账 张三 工资 3500")
    await _saved(me, "记账 赵国才 工资 2000")
    await answer(me, "记账 李四 工资 4000", "请确认")
    review = await answer(me, "张三那笔不对,是5300", "更正")
    assert "张三" in review.text
    await tapped(me, "保存", "已记账", review)
    written = {(entry.household_id, entry.amount_fen) for entry in await town.ledger()}
    assert written == {(town.ids["张三"], fen) for fen in (350000, -350000, 530000)} | {(town.ids["赵国才"], 200000)}
    await answer(me, "王老五那笔不对,是5300", "没有可以改的")


async def test_a_deletion_drops_the_draft_in_front(town: Town) -> None:
    me = town.person()
    await _saved(me, "记账 张三 工资 3500")
    await answer(me, "记账 李四 工资 4000", "请确认")
    await answer(me, "刚才那条删掉", "已取消")
    assert [entry.amount_fen for entry in await town.ledger()] == [350000]
    await answer(me, "刚才那条删掉", "已撤销")


async def test_what_is_wrong_without_what_is_right_opens_that_question(town: Town) -> None:
    me = town.person()
    await answer(me, "今天去张三家,都好,打工3500", "请确认")
    await answer(me, "日期错了", "哪一天")
    review = await answer(me, "昨天", "请确认")
    assert "3月14日" in review.text
    await answer(me, "写错了", "要改哪一项")


async def test_nothing_old_is_touched_by_passing_words(town: Town) -> None:
    """Ten minutes later 是上个月的 means nothing any more; a whole record and a list never were a correction."""
    me = town.person()
    await _saved(me, "记账 张三 工资 3500")
    review = await answer(me, "是李四家打工4500", "请确认")
    assert "更正" not in review.text
    await answer(me, "不记了", "已取消")
    town.clock.advance(timedelta(minutes=11))
    await answer(me, "是上个月的", "没看懂")


async def test_a_correction_in_a_batch_means_the_household_that_is_named(town: Town) -> None:
    me = town.person()
    await answer(me, "张三打工3500,李四打工4500", "一共 2 户")
    review = await answer(me, "不是李四,是赵国才", "请确认")
    assert "赵国才" in review.text
    assert "4,500元" in review.text


async def test_a_corrected_visit_keeps_all_that_was_found(town: Town) -> None:
    """A problem that was open before the visit, and words of the visit, survive a new day."""
    me = town.person()
    await _saved(me, "王老五家房子漏雨")
    await _saved(me, "今天去王老五家,房子还在漏雨,水也断了")
    await tapped(me, "保存", "已保存走访", await answer(me, "是昨天去的", "3月14日"))
    (visit,) = await town.visits()
    assert {check.value for check, state in visit.checks.items() if state == "problem"} == {"housing", "water"}


async def test_money_of_another_kind_is_more_and_no_correction(town: Town) -> None:
    """低保860 in reply to a receipt of wages is a second entry of that household."""
    me = town.person()
    receipt = await _saved(me, "记账 张三 工资 3500")
    me.reply_to(receipt, "低保860")
    review = await me.wait_for("转移性收入")
    assert "更正" not in review.text
    assert "张三" in review.text
    await tapped(me, "保存", "已记账", review)
    assert [entry.kind for entry in await town.ledger()] == [Kind.WAGE, Kind.TRANSFER]


@pytest.mark.parametrize("text", ["4100", "上个月的", "卖猪的", "10号", "李四", "电话", "前天去的"])
async def test_a_bare_reply_to_a_draft_changes_it(town: Town, text: str) -> None:
    me = town.person()
    first = await answer(me, "今天去张三家,都好,打工3500", "请确认")
    before = first.text
    await answer(me, "记账 赵国才 工资 2000", "请确认")
    me.reply_to(first, text)
    review = await me.wait_for("请确认")
    assert "赵国才" not in review.text
    assert review.text != before
    assert await town.state() == (0, 0, None)


async def test_a_name_that_is_not_found_leaves_the_draft_waiting(town: Town) -> None:
    """不是张三,是李老六: nobody of that name is in sight; the household is asked for, the rest stays."""
    me = town.person()
    await answer(me, "记账 张三 工资 3500", "请确认")
    await answer(me, "不是张三,是杨文学", "未找到")
    review = await answer(me, "李四", "请确认")
    assert "李四" in review.text
    assert "3,500元" in review.text


async def test_of_records_saved_together_none_is_guessed(town: Town) -> None:
    """改成4100 after 保存 2 户 could be either: it is said how to name one; the old amount tells as well."""
    me = town.person()
    together = await answer(me, "张三打工3500,李四打工4500", "一共 2 户")
    await tapped(me, "保存 2 户", "已保存 2 户", together)
    await answer(me, "改成4100", "分不清要改哪一户")
    review = await answer(me, "不是3500,是4100", "更正")
    assert "张三" in review.text
    await answer(me, "算了", "已取消")
    review = await answer(me, "李四那笔不对,是4100", "更正")
    assert "李四" in review.text


@pytest.mark.parametrize("text", ["改水管花了3000", "不是所有人都在家,老人在医院", "改天再去"])
async def test_words_that_only_sound_like_a_correction_change_nothing(town: Town, text: str) -> None:
    me = town.person()
    first = await answer(me, "记账 张三 工资 3500", "请确认")
    await answer(me, text)
    assert first.text == "请确认\n张三\n+ 工资性收入 3,500元 2024年3月\n项目:工资"
    me.reply_to(first, "保存")
    await me.wait_for("已记账")
    assert [entry.amount_fen for entry in await town.ledger()] == [350000]


async def test_the_old_amount_tells_which_draft_or_record_is_meant(town: Town) -> None:
    """Another draft of the batch, else a stored record, before the draft in front is changed by it."""
    me = town.person()
    await _saved(me, "记账 赵国才 工资 2000")
    await _saved(me, "记账 普正兴 工资 2500")
    await answer(me, "张三打工3500,李四打工4500", "一共 2 户")
    review = await answer(me, "不是4500,是4600", "4,600元")
    assert "李四" in review.text
    review = await answer(me, "不是2000,是2100", "更正")
    assert "赵国才" in review.text
    await answer(me, "算了", "已取消")
    assert "张三" in next(seen for seen in me.chat if "3,500元" in seen.text).text


async def test_in_fact_is_a_word_of_correction(town: Town) -> None:
    me = town.person()
    await answer(me, "今天去王老五家,都好,低保860", "请确认")
    review = await answer(me, "其实是前天去的", "3月13日")
    assert "王老五" in review.text
    review = await answer(me, "应该是870", "870元")
    assert "3月13日" in review.text


@pytest.mark.parametrize("saved", [True, False])
async def test_what_was_found_is_put_right_too(town: Town, saved: bool) -> None:
    """不是都好,是水断了: of the draft, or of the visit just saved."""
    me = town.person()
    review = await answer(me, "今天去张三家,都好", "请确认")
    if saved:
        await tapped(me, "保存", "已保存走访", review)
    review = await answer(me, "不是都好,是水断了", "饮水:水断了")
    assert "一切正常" not in review.text
    assert ("更正" in review.text) == saved
