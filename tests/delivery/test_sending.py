"""What becomes of a message: sent, tried again, given up; told to whom it concerns."""

import asyncio
from datetime import timedelta

import pytest

from bot.storage import outbox
from bot.storage.outbox import Outgoing, OutKind
from tests.delivery.rig import Rig, message, say, settled, texts, until

SCREEN, RECEIPT, REMINDER, ANSWER = OutKind.SCREEN, OutKind.RECEIPT, OutKind.REMINDER, OutKind.ANSWER


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
