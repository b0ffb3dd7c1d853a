"""What becomes of a message: sent, tried again, given up; told to whom it concerns."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery import upkeep
from bot.domain.access import Scope
from bot.domain.staff import Role
from bot.storage import outbox, reach, staff
from bot.storage.outbox import Outgoing, OutKind
from tests.delivery.rig import Rig, message, until

SCREEN, RECEIPT, REMINDER, ANSWER = OutKind.SCREEN, OutKind.RECEIPT, OutKind.REMINDER, OutKind.ANSWER


def say(text: str, kind: OutKind = SCREEN, chat_id: int = 1001, **more: object) -> Outgoing:
    """One message to somebody."""
    return Outgoing(chat_id, "sendMessage", message(chat_id, text), kind, **more)  # type: ignore[arg-type]


def texts(rig: Rig, chat_id: int = 1001) -> list[str]:
    """What the person sees of the bot."""
    return [seen.content.words for seen in rig.server.bot_messages(chat_id)]


async def settled(rig: Rig) -> bool:
    """Whether nothing waits any more."""
    return {"new", "sending"}.isdisjoint(state for _, state in await rig.sent_states())


async def test_a_message_knows_what_it_shows_also_after_an_edit(rig: Rig) -> None:
    """A reply or tap leads back to the record."""
    person = rig.person()
    await rig.put(say("请确认", ref="draft:5"))
    async with rig.running():
        seen = await person.wait_for("请确认", since=0)
        await until(lambda: settled(rig))
        assert await rig.db.read(lambda tx: outbox.ref_of(tx, 1001, seen.id)) == "draft:5"
        edit = message(1001, "已保存", message_id=seen.id)
        await rig.put(Outgoing(1001, "editMessageText", edit, RECEIPT, ref="record:12"))
        await person.wait_for("已保存", since=0)
        await until(lambda: settled(rig))
    assert await rig.db.read(lambda tx: outbox.ref_of(tx, 1001, seen.id)) == "record:12"
    assert await rig.db.read(lambda tx: outbox.ref_of(tx, 1001, 999)) is None


async def test_a_row_with_a_known_dedupe_key_is_written_once(rig: Rig) -> None:
    """Planning a reminder twice is harmless."""
    assert len(await rig.put(say("今日待办", REMINDER, dedupe="digest:3:2024-03-15"))) == 1
    assert await rig.put(say("今日待办", REMINDER, dedupe="digest:3:2024-03-15")) == []


async def test_a_429_waits_as_long_as_it_says_and_for_that_chat_only(rig: Rig) -> None:
    """Others are answered meanwhile."""
    one, two = rig.person(1), rig.person(2)
    rig.server.faults.add("429", "sendMessage", chat_id=1, retry_after=1)
    await rig.put(say("甲", chat_id=1), say("乙", chat_id=2))
    async with rig.running():
        await two.wait_for("乙", since=0, timeout=0.8)
        assert texts(rig, 1) == []
        await one.wait_for("甲", since=0)
    first, second = rig.server.transcript.of("sendMessage", 1)
    assert 1.0 <= second.real - first.real < 1.5


async def test_a_429_in_two_chats_at_once_holds_everybody(rig: Rig) -> None:
    """Then the limit is about the bot, not about a chat."""
    people = [rig.person(number) for number in (1, 2, 3)]
    for number in (1, 2):
        rig.server.faults.add("429", "sendMessage", chat_id=number, retry_after=1)
    await rig.put(say("甲", chat_id=1), say("乙", chat_id=2))
    async with rig.running():
        await until(lambda: len(rig.server.transcript.of("sendMessage")) == 2)
        await asyncio.sleep(0.1)
        await rig.put(say("丙", chat_id=3))
        for person in people:
            await person.wait_for("", since=0)
    third = rig.server.transcript.of("sendMessage", 3)[0]
    assert third.real - rig.server.transcript.calls[0].real >= 0.9


@pytest.mark.parametrize("kind", [SCREEN, RECEIPT, REMINDER])
async def test_a_refusal_of_the_server_is_tried_again(rig: Rig, kind: OutKind) -> None:
    """A 500 was not applied: also a reminder may be sent again."""
    person = rig.person()
    rig.server.faults.add("500", "sendMessage", times=3)
    await rig.put(say("下次走访", kind))
    async with rig.running():
        await person.wait_for("下次走访", since=0)
        await until(lambda: settled(rig))
    assert texts(rig) == ["下次走访"]
    assert await rig.sent_states() == [(kind.value, "sent")]


@pytest.mark.parametrize("fault", ["hang", "hang_after", "drop_before", "drop_after"])
async def test_a_receipt_without_an_answer_is_sent_again(rig: Rig, fault: str) -> None:
    """Its number shows that it is the same; at least once is what matters."""
    person = rig.person()
    rig.server.faults.add(fault, "sendMessage")
    await rig.put(say("已记账 编号 J240315-01", RECEIPT))
    async with rig.running():
        await until(lambda: settled(rig))
        await person.wait_for("J240315-01", since=0)
    assert len(texts(rig)) == (2 if fault.endswith("after") else 1)
    assert len(rig.server.transcript.of("sendMessage")) == 2


@pytest.mark.parametrize("fault", ["hang", "hang_after", "drop_before", "drop_after"])
async def test_a_reminder_without_an_answer_is_never_sent_again(rig: Rig, fault: str) -> None:
    """Unknown is its last state, and nothing behind it is held up."""
    person = rig.person()
    rig.server.faults.add(fault, "sendMessage")
    await rig.put(say("今日待办", REMINDER), say("后面的", RECEIPT))
    async with rig.running():
        await person.wait_for("后面的", since=0)
        await until(lambda: settled(rig))
    assert await rig.sent_states() == [("reminder", "unknown"), ("receipt", "sent")]
    assert len(texts(rig)) == (2 if fault.endswith("after") else 1)


async def test_connection_refused_is_tried_again_also_for_a_reminder(rig: Rig) -> None:
    """Nothing was sent, so nothing can be doubled."""
    person = rig.person()
    await rig.put(say("今日待办", REMINDER))
    port = rig.server.port
    async with rig.running():
        await until(lambda: settled(rig))
        await rig.server.stop()
        await rig.put(say("第二天", REMINDER))
        await asyncio.sleep(0.5)
        assert (await rig.sent_states())[1] == ("reminder", "new")
        await rig.server.start(port)
        await person.wait_for("第二天", since=0)
    assert texts(rig) == ["今日待办", "第二天"]


async def test_an_edit_that_was_applied_without_an_answer_is_replayed_safely(rig: Rig) -> None:
    """The second time Telegram says that nothing is modified: done."""
    person = rig.person()
    await rig.put(say("请确认"))
    async with rig.running():
        seen = await person.wait_for("请确认", since=0)
        rig.server.faults.add("hang_after", "editMessageText")
        edit = message(1001, "已记账", message_id=seen.id)
        await rig.put(Outgoing(1001, "editMessageText", edit, RECEIPT))
        await until(lambda: settled(rig))
    assert texts(rig) == ["已记账"]
    assert (await rig.sent_states())[1] == ("receipt", "sent")


async def test_an_edit_of_a_message_that_is_gone_comes_as_a_new_one(rig: Rig) -> None:
    """The person may have cleared the chat; the receipt must still be read."""
    person = rig.person()
    edit = message(1001, "已记账", message_id=77)
    await rig.put(Outgoing(1001, "editMessageText", edit, RECEIPT, ref="record:3"))
    async with rig.running():
        seen = await person.wait_for("已记账", since=0)
        await until(lambda: settled(rig))
    assert await rig.db.read(lambda tx: outbox.ref_of(tx, 1001, seen.id)) == "record:3"


async def test_somebody_who_blocked_the_bot_is_marked_and_their_lead_told_once(rig: Rig) -> None:
    """However many messages are refused."""
    number = await rig.add_staff("杨光明", 1001, Role.MONITOR)
    await rig.add_staff("李主任", 2001, Role.VILLAGE)
    person, lead = rig.person(), rig.person(2001, "李主任")
    person.block()
    await rig.put(say("一", REMINDER, staff_id=number), say("二"), say("三", REMINDER, staff_id=number))
    async with rig.running():
        await lead.wait_for("联系不上 杨光明", since=0)
        await until(lambda: settled(rig))
    assert rig.leads_told == [number]
    assert [state for _, state in await rig.sent_states()] == ["unreachable"] * 3 + ["sent"]
    known = await rig.db.read(lambda tx: staff.get(tx, number))
    assert known is not None
    assert not known.reachable


async def test_who_was_not_reached_is_a_list_for_village_and_town(rig: Rig) -> None:
    """Those who block the bot, and those of whom it is not known."""
    here = await rig.add_staff("甲", 1, Role.MONITOR, "大村")
    there = await rig.add_staff("乙", 2, Role.MONITOR, "小村")
    await rig.add_staff("丙", 3, Role.MONITOR, "大村")
    for number in (1, 2, 3):
        rig.person(number)
    rig.person(1).block()
    rig.server.faults.add("hang", "sendMessage", chat_id=2)
    await rig.put(say("甲", REMINDER, 1, staff_id=here), say("乙", REMINDER, 2, staff_id=there), say("丙", SCREEN, 3))
    async with rig.running():
        await until(lambda: settled(rig))
    since = rig.server.clock.now() - timedelta(days=7)
    town = await rig.db.read(lambda tx: reach.not_reached(tx, Scope(everything=True), since))
    assert {(one.name, one.blocked, one.unknown, one.refused) for one in town} == {
        ("甲", True, 0, 1),
        ("乙", False, 1, 0),
    }
    village = await rig.db.read(lambda tx: reach.not_reached(tx, Scope(villages=frozenset({2})), since))
    assert [one.name for one in village] == ["乙"]


async def test_a_400_is_a_defect_set_aside_counted_and_owned_up_to(rig: Rig) -> None:
    """It is never sent again; the person hears of it and the log does not quote it."""
    person = rig.person()
    broken = Outgoing(1001, "sendMessage", message(1001, "<b>没关上", parse_mode="HTML"), SCREEN)
    await rig.put(broken, say("后面的"))
    async with rig.running() as delivery:
        apology = await person.wait_for("编号 E-", since=0)
        await person.wait_for("后面的", since=0)
        labels = {"kind": "screen", "verdict": "defect"}
        assert delivery.metrics.registry.get_sample_value("ruhu_sends_total", labels) == 1
    assert len(rig.server.transcript.of("sendMessage", applied=False)) == 1
    listed = await rig.db.read(lambda tx: upkeep.set_aside(tx, rig.server.clock.now() - timedelta(days=1)))
    assert [(one.where, one.what) for one in listed] == [("outbox", "sendMessage")]
    assert listed[0].reference in apology.text


async def test_an_apology_that_is_refused_is_not_apologised_for(rig: Rig) -> None:
    """No endless chain."""
    rig.person()
    broken = Outgoing(1001, "sendMessage", message(1001, "<b>没关上", parse_mode="HTML"), SCREEN)
    ids = await rig.put(broken)
    await rig.db.write(lambda tx: outbox.refer(tx, 0, "E-0001"))
    async with rig.running():
        await until(lambda: settled(rig))
    assert await rig.db.read(lambda tx: outbox.states(tx, ids)) == {ids[0]: "aside"}
    assert len(await rig.sent_states()) == 1


async def test_a_tap_is_answered_at_once_even_behind_a_held_chat(rig: Rig) -> None:
    """Answers to taps need no order and do not wait for a 429 of the chat."""
    person = rig.person()
    async with rig.running():
        person.say("你好")
        await person.wait_for("收到 你好")
        rig.server.faults.add("429", "editMessageText", retry_after=1)
        await person.wait_answer(person.tap("保存"), timeout=0.6)
        await person.wait_for("已保存")


async def test_a_tap_too_old_to_answer_is_no_defect(rig: Rig) -> None:
    """After an outage the query is expired."""
    rig.person()
    old = Outgoing(1001, "answerCallbackQuery", {"callback_query_id": "12345"}, ANSWER)
    await rig.put(old)
    async with rig.running():
        await until(lambda: settled(rig))
    assert await rig.sent_states() == [("answer", "aside")]
    assert await rig.db.read(lambda tx: outbox.asides(tx, rig.server.clock.now() - timedelta(days=1))) == []


async def test_a_document_is_built_when_it_is_sent(rig: Rig) -> None:
    """Only its description is stored."""
    person = rig.person()
    file = {"export": "roster", "staff": 3}
    await rig.put(Outgoing(1001, "sendDocument", {"chat_id": 1001, "caption": "花名册"}, SCREEN, file=file))
    async with rig.running():
        seen = await person.wait_for("花名册", since=0)
    assert (seen.document_name, seen.document) == ("roster.txt", b"staff 3")


async def test_a_document_that_cannot_be_built_is_set_aside_with_an_apology(rig: Rig) -> None:
    """Nobody waits for nothing."""
    person = rig.person()
    await rig.put(Outgoing(1001, "sendDocument", {"chat_id": 1001}, SCREEN, file={"broken": True}))
    async with rig.running():
        await person.wait_for("编号 E-", since=0)


async def test_a_message_is_not_sent_after_the_moment_it_is_good_for(rig: Rig) -> None:
    """A digest that could not go out in time does not come at night."""
    rig.person()
    now = rig.server.clock.now()
    await rig.put(say("今日待办", REMINDER, until=now + timedelta(hours=12)))
    rig.server.clock.advance(timedelta(hours=13))
    async with rig.running():
        await until(lambda: settled(rig))
    assert texts(rig) == []
    assert await rig.sent_states() == [("reminder", "aside")]


@pytest.mark.parametrize(
    ("kind", "state", "times"), [(SCREEN, "sent", 1), (RECEIPT, "sent", 1), (REMINDER, "unknown", 0)]
)
async def test_a_kill_between_claim_and_result_is_seen_as_unknown_at_the_start(
    rig: Rig, kind: OutKind, state: str, times: int
) -> None:
    """Screens and receipts go again, reminders never."""
    rig.person()
    now = rig.server.clock.now()
    ids = await rig.put(say("话", kind))
    await rig.db.write(lambda tx: outbox.claim(tx, ids, now, now + timedelta(minutes=5)))
    async with rig.running():
        await until(lambda: settled(rig))
    assert await rig.sent_states() == [(kind.value, state)]
    assert len(texts(rig)) == times


async def test_two_processes_never_send_one_row_twice(rig: Rig) -> None:
    """`ruhu run` and `ruhu remind` share the table; a claim is one process's."""
    people = [rig.person(number) for number in range(1, 31)]
    rig.server.faults.add("slow", "sendMessage", times=1000, seconds=0.05)
    async with rig.running(), rig.api() as api:
        other = rig.delivery(api)
        ids = await rig.put(*(say("今日待办", REMINDER, person.id) for person in people))
        states = await other.send_now(ids, seconds=10)
    assert set(states.values()) == {"sent"}
    assert [len(texts(rig, person.id)) for person in people] == [1] * 30
    assert len(rig.server.transcript.of("sendMessage")) == 30


async def test_rows_sent_now_leave_the_others_alone(rig: Rig) -> None:
    """`ruhu remind` delivers what it planned and nothing else."""
    rig.person()
    first, second = await rig.put(say("一", REMINDER), say("二", REMINDER))
    async with rig.api() as api:
        assert await rig.delivery(api).send_now([second]) == {second: "sent"}
    assert await rig.db.read(lambda tx: outbox.states(tx, [first, second])) == {first: "new", second: "sent"}


async def test_rows_that_cannot_be_sent_in_time_stay_new(rig: Rig) -> None:
    """The command says so instead of waiting for ever; `ruhu run` sends them later."""
    rig.person()
    ids = await rig.put(say("今日待办", REMINDER))
    await rig.server.stop()
    async with rig.api() as api:
        assert await rig.delivery(api).send_now(ids, seconds=0.3) == {ids[0]: "new"}


async def test_a_row_whose_content_cannot_be_read_does_not_stop_the_others(rig: Rig) -> None:
    """A wrong key or a damaged value is set aside."""
    rig.person()
    first, second = await rig.put(say("一"), say("二", chat_id=1001))
    await rig.db.write(
        lambda tx: tx.conn.exec_driver_sql(f"UPDATE outbox SET payload_sealed = x'00' WHERE id = {first}")
    )
    async with rig.running():
        await until(lambda: settled(rig))
    assert await rig.db.read(lambda tx: outbox.states(tx, [first, second])) == {first: "aside", second: "sent"}


async def test_everything_that_waits_can_be_drained(rig: Rig) -> None:
    """For commands and tests: handled and sent without receiving."""
    rig.person()
    await rig.put(say("一"), say("二"))
    async with rig.api() as api:
        assert await rig.delivery(api).drain()
    assert texts(rig) == ["一", "二"]
