"""What comes in streams: albums, live locations, edits, stickers, the same words again and again."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio

from bot.delivery.limits import Limits
from bot.sandbox.client import Person
from bot.storage import attachments, records
from tests.delivery.rig import until
from tests.handlers.test_odd_inputs import _raw as raw
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import STRANGER, Town, answer, serving, tapped


@pytest_asyncio.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgres)])
async def village(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """The village on both databases."""
    url = request.getfixturevalue("postgres_url") if request.param == "server" else None
    async with serving(tmp_path / "data", url) as made:
        yield made


def said(me: Person) -> list[str]:
    """What the bot has said, from the beginning."""
    return [each.text for each in me.messages() if each.from_bot]


async def quiet(town: Town) -> None:
    """Wait until everything is handled and sent."""

    def waits(tx: Any) -> int:
        query = "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') + (SELECT count(*) FROM outbox WHERE state IN "
        return int(tx.conn.exec_driver_sql(query + "('new', 'sending'))").scalar())

    async def over() -> bool:
        return not len(town.server.world.updates) and not await town.ruhu.db.read(waits)

    await until(over, 60)


async def kept(town: Town, number: str = "V240315-01") -> list[str]:
    """The contents attached to a record."""

    def work(tx: Any) -> list[str]:
        record = records.by_number(tx, number)
        assert record is not None
        return [each.content for each in attachments.of_record(tx, record.id)]

    return await town.ruhu.db.read(work)


async def visit(me: Person) -> None:
    """Record a visit to 王老五."""
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "一切正常", "请确认", form)
    await tapped(me, "保存", "已保存走访", form)


async def test_an_album_after_a_visit_is_one_question(village: Town) -> None:
    """Nine pictures, one question, one tap; all of them are there, and the next answer is not late."""
    me = village.person()
    await visit(me)
    before = len(said(me))
    me.send_album(9)
    offer = await me.wait_for("要放进")
    await quiet(village)
    assert len(said(me)) == before + 1
    await tapped(me, "放进去", "共 9 份", offer)
    assert len(set(await kept(village))) == 9
    await answer(me, "查 王老五", "户编号")


async def test_the_words_of_an_album_are_read_once(village: Town) -> None:
    """One draft; what was sent is in the record when it is saved, what comes later joins it without a word."""
    me = village.person()
    me.send_photo(caption="今天去王老五家,一切正常", album="7")
    for _ in range(4):
        me.send_photo(album="7")
    await quiet(village)
    assert len(said(me)) == 1
    review = await me.wait_for("请确认", since=0)
    await tapped(me, "保存", "已保存走访", review)
    me.send_photo(album="7")
    await quiet(village)
    assert len(said(me)) == 1  # the receipt took the draft's place
    assert len(set(await kept(village))) == 6


async def test_the_words_of_an_album_may_come_last(village: Town) -> None:
    """The pictures before them were answered as if there were none; they go into the record all the same."""
    me = village.person()
    for _ in range(3):
        me.send_photo(album="7")
    await me.wait_for("先记走访")
    await quiet(village)
    assert len(said(me)) == 1
    tap = me.tap_data("attach.1.")  # what waits has no visit yet: no button leads there
    assert "没有权限" in await me.wait_answer(tap)
    await quiet(village)
    before = len(said(me))
    me.send_photo(caption="今天去王老五家,一切正常", album="7")
    review = await me.wait_for("请确认")
    me.send_photo(album="7")
    await quiet(village)
    assert len(said(me)) == before + 1
    await tapped(me, "保存", "已保存走访", review)
    assert len(set(await kept(village))) == 5


@pytest.mark.parametrize("seed", range(4))
async def test_an_album_in_any_order_with_restarts_and_repeats(town: Town, seed: int) -> None:
    """Whatever the order, twice or with a new process in between: no picture is lost or doubled, one draft."""
    random, me = Random(seed), town.person()
    town.server.faults.add("twice", probability=0.5)
    captions = ["今天去王老五家,一切正常", "", "", "", ""]
    random.shuffle(captions)
    for caption in captions:
        me.send_photo(caption=caption, album="7")
        if random.random() < 0.4:
            await town.restart()
    await quiet(town)
    assert len(said(me)) <= 2
    review = await me.wait_for("请确认", since=0)
    await tapped(me, "保存", "已保存走访", review)
    contents = await kept(town)
    assert len(contents) == len(set(contents)) == 5


async def test_what_comes_after_the_answer_follows_it(town: Town) -> None:
    """After 放进去 a late part goes there too, after 不用 it does not; neither is asked about again."""
    me = town.person()
    await visit(me)
    for label, album in (("放进去", "7"), ("不用", "8")):
        me.send_photo(album=album)
        offer = await me.wait_for("要放进")
        await tapped(me, label, "放", offer)
        town.clock.advance(timedelta(minutes=1))
        before = len(said(me))
        me.send_photo(album=album)
        await quiet(town)
        assert len(said(me)) == before
    assert len(await kept(town)) == 2


async def test_pictures_one_by_one_share_a_question(town: Town) -> None:
    """Sent singly they are asked about once in a moment; one tap takes all."""
    me = town.person()
    await visit(me)
    before = len(said(me))
    for _ in range(5):
        me.send_photo()
    me.send_location()
    await quiet(town)
    assert before < len(said(me)) <= before + 2
    town.clock.advance(timedelta(seconds=30))
    me.send_photo()
    offer = await me.wait_for("要放进")
    await tapped(me, "放进去", "共 7 份", offer)
    assert len(await kept(town)) == 7


async def test_a_picture_whose_caption_answers_a_question_stays_with_the_draft(town: Town) -> None:
    """The caption is the answer, the picture goes into the record."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    me.send_photo(caption="都好")
    review = await me.wait_for("请确认")
    await tapped(me, "保存", "已保存走访", review)
    assert len(await kept(town)) == 1


async def test_a_live_location_is_one_place(village: Town) -> None:
    """The place where it began is offered once; moving and ending say nothing, with a visit, without, to a stranger."""
    me, stranger = village.person(), village.person(STRANGER)
    for person, words in ((me, "先记走访"), (stranger, "")):
        place = person.send_live_location()
        await person.wait_for(words)
        for step in range(20):
            village.clock.advance(timedelta(seconds=6))
            person.move(place, 25.15 + step / 1000, 102.08)
        person.stop_location(place)
        await quiet(village)
        assert len(said(person)) == 1
    await visit(me)
    before = len(said(me))
    place = me.send_live_location(25.5, 102.5)
    offer = await me.wait_for("要放进")
    me.move(place, 26.0, 103.0)
    await quiet(village)
    assert len(said(me)) == before + 1
    await tapped(me, "放进去", "已放进", offer)
    assert await kept(village) == ["25.5,102.5"]


async def test_a_message_edited_five_times_is_told_once(village: Town) -> None:
    """Each message has its own telling, also days later."""
    me = village.person()
    first, second = me.say("你好"), me.say("在吗")
    await quiet(village)
    before = len(said(me))
    for message in (first, second):
        for number in range(5):
            me.edit(message, f"改了{number}")
            village.clock.advance(timedelta(hours=1))
    await quiet(village)
    assert len(said(me)) == before + 2


async def test_ten_stickers_get_one_answer(town: Town) -> None:
    """From staff and from a stranger; later there is an answer again."""
    for person in (town.person(), town.person(STRANGER)):
        for _ in range(10):
            person.send_sticker()
        await quiet(town)
        assert 1 <= len(said(person)) <= 2  # two only where two moments meet
        before = len(said(person))
        town.clock.advance(timedelta(seconds=15))
        person.send_sticker()
        await quiet(town)
        assert len(said(person)) == before + 1


async def test_a_mixed_album_is_answered_and_keeps_its_pictures(town: Town) -> None:
    """What cannot be kept is said once; pictures among it are asked about."""
    me = town.person()
    await visit(me)
    before = len(said(me))
    video = {"video": {"file_id": "v", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}}
    for body in (video, video, {"photo": [{"file_id": "p1"}]}, video, {"photo": [{"file_id": "p2"}]}):
        raw(town.server.world, body | {"media_group_id": "9"})
    offer = await me.wait_for("要放进")
    await quiet(town)
    assert len(said(me)) == before + 2
    await tapped(me, "放进去", "共 2 份", offer)
    assert await kept(town) == ["p1", "p2"]


OTHER_KINDS = (
    "channel_post edited_channel_post business_connection business_message edited_business_message message_reaction"
    " deleted_business_messages message_reaction_count inline_query chosen_inline_result shipping_query chat_boost"
    " pre_checkout_query purchased_paid_media poll poll_answer chat_member chat_join_request removed_chat_boost unheard"
).split()


async def test_kinds_that_nobody_asked_for_are_taken_in_silence(town: Town) -> None:
    """They are handled, say nothing and break nothing; the same goes for Telegram's own notes in a chat."""
    me = town.person()
    await answer(me, "/help", "走访完了")
    before, world = len(said(me)), town.server.world
    user, chat = {"id": 1001, "is_bot": False, "first_name": "x"}, {"id": 1001, "type": "private"}
    for kind in OTHER_KINDS:
        world.updates.allowed = frozenset(OTHER_KINDS)
        body = {"id": "1", "chat": chat, "from": user, "user": user, "date": 1, "message_id": 1, "text": "查 王老五"}
        world.updates.add(kind, 1001, body)
        await asyncio.sleep(0.01)
    town.server.world.updates.allowed = None
    for note in ({"pinned_message": {"message_id": 1}}, {"chat_background_set": {}}, {"write_access_allowed": {}}):
        raw(world, note)
    await quiet(town)
    assert len(said(me)) == before
    await answer(me, "查 王老五", "户编号")


async def test_the_same_words_again_are_the_same_draft(town: Town) -> None:
    """A message that was sent twice does not make two drafts; after saving it does."""
    me = town.person()
    for _ in range(3):
        await answer(me, "记账 王老五 工资 3500", "请确认")
    await tapped(me, "保存", "已记账")
    assert len(await town.ledger()) == 1
    assert not (await answer(me, "/cancel")).labels
    await answer(me, "记账 王老五 工资 3500", "请确认")


FAST = 2
PACE = Limits(per_second=28 * FAST, chat_per_second=FAST)
"""Telegram's pace in half the time."""


@pytest.mark.parametrize("words", ["今天去王老五家,一切正常", "这是什么东西呀", "待办"])
async def test_a_broken_phone_delays_nobody(town: Town, words: str) -> None:
    """The same text 200 times at Telegram's pace: others are answered at once, and so is the phone soon after."""
    await town.halt()
    town.limits = PACE
    await town.start()
    me, other = town.person(), town.person(1002)
    for _ in range(200):
        me.say(words)
    for _ in range(3):
        start = time.monotonic()
        await answer(other, "/help", "走访完了")
        assert time.monotonic() - start < 10  # one after the other they would take a minute and a half
    await quiet(town)
    start = time.monotonic()
    await answer(me, "/help", "走访完了", timeout=20)
    assert time.monotonic() - start < 15
    assert len(said(me)) < 100, len(said(me))


async def test_quick_taps_leave_the_last_screen(town: Town) -> None:
    """Thirty taps at Telegram's pace: screens nobody would see are left out, the last one stands soon."""
    await town.halt()
    town.limits = PACE
    await town.start()
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    for number in range(40):
        me.tap_data(f"1.{number + 1}.=back", form)
    tap = me.tap_data("1.1.cancel", form)
    start = time.monotonic()
    await me.wait_answer(tap)
    await quiet(town)
    assert time.monotonic() - start < 20  # forty screens at one a second after a burst of fifteen take 25
