"""Pacing: Telegram's limits hold whatever is waiting, and an interactive answer goes at once."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limits
from bot.delivery.pace import Pace
from bot.storage.outbox import Head, Outgoing, OutKind
from tests.delivery.rig import Rig, message, say, until

LIMITS = Limits(per_second=10, burst=10, chat_per_second=1, chat_burst=3)


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(list(OutKind)), st.floats(0, 0.5)), max_size=200))
def test_no_window_of_time_has_more_than_the_rates_allow(plan: list[tuple[int, OutKind, float]]) -> None:
    """For any arrivals: at most burst + rate x time overall and in each chat."""
    pace, now, gone = Pace(LIMITS), 0.0, []
    for number, (chat, kind, passed) in enumerate(plan):
        now += passed
        head = Head(number, chat, kind)
        if pace.ready_at(head, now) <= now:
            pace.take(head, now)
            gone.append((now, head))
    for index, (start, first) in enumerate(gone):
        later = [(at, head) for at, head in gone[index:]]
        for at, head in later:
            count = sum(1 for when, _ in later if when <= at)
            assert count <= 10 + 10 * (at - start) + 1e-6
            if head.chat_id == first.chat_id and OutKind.ANSWER not in (head.kind, first.kind):
                same = [one for when, one in later if when <= at and one.chat_id == head.chat_id]
                assert sum(1 for one in same if one.kind is not OutKind.ANSWER) <= 3 + (at - start) + 1e-6


@given(st.floats(0.1, 100), st.floats(0, 100))
def test_a_hold_is_kept_to_the_second(seconds: float, now: float) -> None:
    """Nothing in that lane before, nothing longer than asked."""
    pace = Pace(LIMITS)
    pace.flooded((1, False), seconds, now)
    head, other = Head(1, 1, OutKind.SCREEN), Head(2, 2, OutKind.SCREEN)
    assert pace.ready_at(head, now) == now + seconds
    assert pace.ready_at(other, now) == now
    assert pace.ready_at(head, now + seconds) <= now + seconds


async def test_an_interactive_answer_overtakes_hundreds_of_reminders(rig: Rig) -> None:
    """08:30 in a township: whoever taps gets an answer at once."""
    rig.limits = Limits(per_second=20, burst=5, look_every=0.1, shutdown_seconds=0.5)
    for number in range(2000, 2200):
        rig.person(number)
    person = rig.person()
    await rig.put(
        *(Outgoing(chat, "sendMessage", message(chat, "今日待办"), OutKind.REMINDER) for chat in range(2000, 2200))
    )
    async with rig.running():
        await until(lambda: len(rig.server.transcript.of("sendMessage")) > 10)
        person.say("你好")
        await person.wait_for("收到 你好")
        assert len(rig.server.transcript.of("sendMessage")) < 100
        began = len(rig.server.transcript.of("sendMessage"))
        await asyncio.sleep(1)
        assert len(rig.server.transcript.of("sendMessage")) - began <= 26
    states = await rig.sent_states()
    assert ("reminder", "new") in states  # not claimed before their turn: a kill costs none of them
    assert ("reminder", "unknown") not in states


async def test_many_who_flood_the_bot_do_not_keep_anybody_else_waiting(rig: Rig) -> None:
    """Sixty chats have forty answers waiting each, more than Telegram takes; who writes now and then does not queue."""
    rig.limits = Limits(per_second=60, burst=5, look_every=0.1, shutdown_seconds=0.5)
    for number in range(2000, 2060):
        rig.person(number)
    person = rig.person()
    await rig.put(*(say(f"第{turn}条", chat_id=chat) for turn in range(40) for chat in range(2000, 2060)))
    async with rig.running():
        await until(lambda: len(rig.server.transcript.of("sendMessage")) > 200, 20)
        for word in ("你好", "再见"):
            person.say(word)
            await person.wait_for(f"收到 {word}", timeout=10)  # a quarter of what waits takes longer
    assert ("screen", "new") in await rig.sent_states()  # they still waited
