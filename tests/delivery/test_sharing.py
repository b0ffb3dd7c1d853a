"""Kills, several processes on one outbox, and rows that nobody can read."""

from datetime import timedelta

import pytest

from bot.storage import outbox
from bot.storage.outbox import OutKind
from tests.delivery.rig import Rig, say, settled, texts, until

SCREEN, RECEIPT, REMINDER, ANSWER = OutKind.SCREEN, OutKind.RECEIPT, OutKind.REMINDER, OutKind.ANSWER


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
