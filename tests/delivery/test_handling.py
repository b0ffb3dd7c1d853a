"""Each chat in order, chats side by side, one update one transaction; what cannot be handled is set aside."""

import asyncio
import re
import sqlite3
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery import upkeep
from bot.delivery.updates import batch
from bot.domain.staff import Role
from bot.reading.asked import Asked, Missing, Readings
from bot.reading.pool import Readers
from bot.storage import inbox, staff
from bot.storage.inbox import Why
from bot.storage.schema import inbox as inbox_table
from bot.storage.schema import outbox as outbox_table
from bot.storage.transaction import Transaction
from tests.delivery.rig import START, Rig, until
from tests.reading.test_pool import Stuck


async def test_each_chat_is_answered_in_order_and_chats_beside_each_other(rig: Rig) -> None:
    """Twenty messages of five people at once: every person reads the answers in the order of the questions."""
    people = [rig.person(1000 + number) for number in range(5)]
    for number in range(20):
        for person in people:
            person.say(f"第{number}条")
    async with rig.running():
        await until(lambda: all(len(rig.server.bot_messages(person.id)) == 20 for person in people))
    for person in people:
        texts = [message.content.words for message in rig.server.bot_messages(person.id)]
        assert texts == [f"收到 第{number}条" for number in range(20)]


async def test_a_poison_update_is_set_aside_with_an_apology_and_the_chat_goes_on(rig: Rig) -> None:
    """Three failures, then `E-4f2a` for the person, the operator and the figures; nothing of it is half-written."""
    person = rig.person()
    async with rig.running() as delivery:
        person.say("毒药")
        person.say("后面的话")
        apology = await person.wait_for("编号 E-")
        await person.wait_for("收到 后面的话")
        value = delivery.metrics.registry.get_sample_value
        assert value("ruhu_updates_total", {"outcome": "aside"}) == 1
        assert value("ruhu_updates_total", {"outcome": "failed"}) == 3
    reference = re.search(r"E-[0-9a-f]{4}", apology.text)
    assert reference is not None
    listed = await rig.db.read(lambda tx: upkeep.set_aside(tx, rig.server.clock.now() - timedelta(days=1)))
    assert [(one.where, one.reference) for one in listed] == [("inbox", reference.group())]
    assert [seen.text for seen in person.chat if seen.from_bot] == [apology.text, "收到 后面的话"]
    assert await rig.inbox_states() == ["aside", "done"]


async def test_a_tap_that_cannot_be_handled_is_answered_when_it_is_set_aside(rig: Rig) -> None:
    """The button stops waiting and says what the apology says; a tap whose message is gone is answered too."""
    person = rig.person()
    async with rig.running():
        person.say("你好")
        screen = await person.wait_for("收到 你好")
        rig.echo.poison_tap = "1.1.save"
        tap = person.tap("保存", screen)
        assert "编号 E-" in await person.wait_answer(tap)
        world = rig.server.world
        world.updates.add("callback_query", person.id, {"id": "404", "from": {"id": person.id}, "data": "1.1.save"})
        await until(
            lambda: (
                [call.params["callback_query_id"] for call in rig.server.transcript.of("answerCallbackQuery")][1:]
                == ["404"]
            )
        )
    assert await rig.inbox_states() == ["done", "aside", "aside"]


async def test_a_poison_update_of_one_person_does_not_hold_up_another(rig: Rig) -> None:
    """Chats are beside one another."""
    sick, well = rig.person(1), rig.person(2)
    sick.say("毒药")
    well.say("你好")
    async with rig.running():
        await well.wait_for("收到 你好", since=0)
        await sick.wait_for("编号 E-", since=0)


async def test_passing_trouble_is_tried_again_and_answered_once(rig: Rig) -> None:
    """What the failed attempt wrote is rolled back with it."""
    rig.echo.fail_times["难"] = 2
    person = rig.person()
    async with rig.running():
        person.say("难")
        await person.wait_for("收到 难")
    assert len(rig.server.bot_messages(person.id)) == 1
    assert rig.echo.seen == [(1001, "难")]


async def test_no_log_line_quotes_what_somebody_wrote(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    """Kind and place of an error, never its message."""
    person = rig.person()
    async with rig.running():
        person.say("毒药三号")
        await person.wait_for("编号 E-")
    written = "".join(capsys.readouterr())
    assert "ValueError" in written
    assert "毒药" not in written


async def test_a_start_takes_up_what_a_kill_left(rig: Rig) -> None:
    """Stored and not handled: handled at the next start, without Telegram delivering again."""
    at = rig.server.clock.now()
    person = rig.person()
    raw = {"update_id": 5, "message": {"chat": {"id": person.id}, "from": {"id": person.id}, "text": "旧话"}}
    await rig.db.write(lambda tx: inbox.store(tx, batch([raw]), at))
    async with rig.running():
        await person.wait_for("收到 旧话", since=0)


async def test_the_handler_learns_the_moment_of_arrival_not_of_handling(rig: Rig) -> None:
    """A message that waited over midnight keeps its day."""
    person = rig.person()
    moments = []
    handle = rig.echo

    def noting(tx, update, at, readings):  # type: ignore[no-untyped-def]
        moments.append(at)
        handle(tx, update, at, readings)

    arrived = rig.server.clock.now()
    raw = {"update_id": 5, "message": {"chat": {"id": person.id}, "from": {"id": person.id}, "text": "旧话"}}
    await rig.db.write(lambda tx: inbox.store(tx, batch([raw]), arrived))
    rig.server.clock.advance(timedelta(days=1))
    rig.echo = noting  # type: ignore[assignment]
    async with rig.running():
        await person.wait_for("收到 旧话", since=0)
    assert moments == [arrived]


async def test_payloads_are_sealed_and_erased_seven_days_after_they_are_done(rig: Rig) -> None:
    """Numbers stay, so that a duplicate is still known; words go."""
    person = rig.person()
    async with rig.running():
        person.say("机密的话")
        await person.wait_for("收到 机密的话")
        await until(lambda: rig.sent_states_are({"sent"}))
    assert "机密的话".encode() not in rig.path.read_bytes() + _wal(rig)
    rig.server.clock.advance(timedelta(days=6))
    assert await rig.db.write(lambda tx: upkeep.erase(tx, rig.server.clock.now())) == 0
    rig.server.clock.advance(timedelta(days=1, seconds=1))
    assert await rig.db.write(lambda tx: upkeep.erase(tx, rig.server.clock.now())) == 2
    for table in (inbox_table, outbox_table):
        blobs = await rig.db.read(
            lambda tx, table=table: list(tx.conn.execute(select(table.c.payload_sealed)).scalars())
        )
        assert blobs == [None]


def _wal(rig: Rig) -> bytes:
    wal = rig.path.with_name(rig.path.name + "-wal")
    return wal.read_bytes() if wal.exists() else b""


async def test_what_waits_is_never_erased(rig: Rig) -> None:
    """A month without a working bot loses nothing."""
    at = rig.server.clock.now()
    raw = {"update_id": 5, "message": {"chat": {"id": 1001}, "from": {"id": 1001}, "text": "旧话"}}
    await rig.db.write(lambda tx: inbox.store(tx, batch([raw]), at))
    assert await rig.db.write(lambda tx: upkeep.erase(tx, at + timedelta(days=40))) == 0


async def test_somebody_who_writes_again_can_be_reached_again(rig: Rig) -> None:
    """Blocking is not for ever."""
    number = await rig.add_staff("杨光明", 1001, Role.MONITOR)
    await rig.db.write(lambda tx: staff.set_reachable(tx, number, False))
    person = rig.person()
    async with rig.running():
        person.say("我回来了")
        await person.wait_for("收到 我回来了")
    known = await rig.db.read(lambda tx: staff.get(tx, number))
    assert known is not None
    assert known.reachable


async def test_a_text_that_cannot_be_read_in_time_is_set_aside_while_others_are_answered(rig: Rig) -> None:
    """Reading it would never end; the sender hears so after the deadline, another person at once."""
    rig.readers = Readers(deadline=1.0)
    slow, well, echo = rig.person(1), rig.person(2), rig.echo
    well_read: list[str] = []

    def handle(tx: Transaction, update: dict[str, Any], at: datetime, readings: Readings) -> None:
        text = update["message"]["text"]
        asked = Asked(Stuck() if text == "难读" else text, START.date(), "all", "pack")  # type: ignore[arg-type]
        if asked not in readings:
            raise Missing(asked, lambda _: [], lambda: ())
        well_read.append(text)
        echo(tx, update, at, readings)

    rig.echo = handle  # type: ignore[assignment]
    slow.say("难读")
    slow.say("后面的话")
    async with rig.running() as delivery:
        well.say("你好")
        await well.wait_for("收到 你好")
        assert not [seen for seen in slow.chat if seen.from_bot]
        await slow.wait_for("编号 E-")
        await slow.wait_for("收到 后面的话", since=0)
        assert delivery.metrics.registry.get_sample_value("ruhu_updates_total", {"outcome": "aside"}) == 1
    rig.readers.close()
    listed = await rig.db.read(lambda tx: inbox.asides(tx, START))
    assert [one.what for one in listed] == [Why.HARD]
    assert sorted(well_read) == ["你好", "后面的话"]


async def test_a_full_disk_is_said_honestly_and_nothing_is_half_written(rig: Rig) -> None:
    """The person hears that nothing is lost; when there is room again, the message is handled once."""
    person = rig.person()
    async with rig.running() as delivery:
        person.say("先来一条")
        await person.wait_for("收到 先来一条")
        await until(lambda: delivery.sender.is_idle)
        await rig.pragma("max_page_count=1")  # as many as there are: not one more
        for _ in range(40):
            person.say("很长的话" * 500)
        await person.wait_for("没有丢", timeout=10)
        assert rig.server.bot_messages(person.id)[-1].content.words.startswith("没有丢")
        await rig.pragma("max_page_count=1000000")
        await until(lambda: len(rig.echo.seen) == 41, 15)
    told = [seen for seen in person.chat if seen.from_bot and seen.text.startswith("没有丢")]
    assert len(told) == 1
    counts: dict[str, int] = defaultdict(int)
    for state in await rig.inbox_states():
        counts[state] += 1
    assert counts == {"done": 41}


async def test_an_update_is_not_left_behind_because_the_disk_was_bad_in_its_midst(rig: Rig) -> None:
    """So bad that not even the mark came off, again and again: no process died of it."""
    person, echo = rig.person(), rig.echo
    bad: list[str] = []

    def handle(tx: Transaction, update: dict[str, Any], at: datetime, readings: Readings) -> None:
        if len(bad) < 3:
            bad.append("now")
            assert isinstance(tx.conn.connection.dbapi_connection, sqlite3.Connection)
            tx.conn.connection.dbapi_connection.execute("PRAGMA query_only = ON")
        echo(tx, update, at, readings)

    rig.handle = handle
    async with rig.running():
        person.say("你好")
        for times in (1, 2, 3):
            await until(lambda times=times: len(bad) == times, 10)  # type: ignore[misc]
            await rig.pragma("query_only = OFF")
        await person.wait_for("收到 你好", since=0, timeout=10)
    assert await rig.inbox_states() == ["done"]


async def test_sigterm_ends_what_is_in_hand_within_ten_seconds(rig: Rig) -> None:
    """A hanging Telegram does not hold the process."""
    person = rig.person()
    rig.answer_seconds = 30
    loop = asyncio.get_running_loop()
    async with rig.running():
        rig.server.faults.add("hang", "sendMessage", times=100)
        person.say("你好")
        await until(lambda: rig.server.transcript.of("sendMessage"))
        began = loop.time()
    assert loop.time() - began < 10
    assert await rig.sent_states() == [("screen", "new")]
    assert await rig.inbox_states() == ["done"]


async def test_answers_of_handled_updates_still_go_out_at_sigterm(rig: Rig) -> None:
    """What is in hand is finished, not dropped."""
    people = [rig.person(1000 + number) for number in range(8)]
    rig.server.faults.add("slow", "sendMessage", times=100, seconds=0.2)
    async with rig.running():
        for person in people:
            person.say("你好")
        await until(lambda: len(rig.echo.seen) == 8)
    assert await rig.sent_states() == [("screen", "sent")] * 8
