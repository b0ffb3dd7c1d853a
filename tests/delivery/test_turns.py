"""Who is handled next: a chat that floods the bot waits behind itself, not in front of the others."""

import asyncio
from dataclasses import replace
from itertools import count

from bot.delivery.turns import Served, Turns
from tests.delivery.rig import QUICK, Rig, texts, until


async def test_of_those_who_wait_the_one_whose_turn_is_longest_ago_comes_first() -> None:
    """One that never had a turn comes before all, two such in the order in which they came."""
    now, order = count(), list[int]()
    turns = Turns(1, lambda: float(next(now)))

    async def once(chat: int) -> None:
        async with turns.turn(chat):
            order.append(chat)
            turns.served(chat)

    for chat in (1, 2, 3, 1):
        await once(chat)
    async with turns.turn(9):
        coming = [asyncio.create_task(once(chat)) for chat in (1, 3, 5, 2, 4)]
        await asyncio.sleep(0)
    await asyncio.gather(*coming)
    assert order[4:] == [5, 4, 2, 3, 1]


def test_turns_of_long_ago_are_forgotten() -> None:
    served = Served()
    served.note(1, 0.0)
    served.note(2, 500.0)
    served.tidy(601.0)
    assert (served.last(1), served.last(2)) == (float("-inf"), 500.0)


async def test_a_turn_that_is_given_up_is_handed_on() -> None:
    """Cancelled while waiting, cancelled when just let in, failing inside: nobody is locked out."""
    turns, entered = Turns(1, lambda: 0.0), []

    async def once(chat: int) -> None:
        async with turns.turn(chat):
            entered.append(chat)
            raise LookupError

    async with turns.turn(9):
        waiting = [asyncio.create_task(once(chat)) for chat in (1, 2, 3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
    waiting[1].cancel()  # it has its turn by now but has not run
    await asyncio.gather(*waiting, return_exceptions=True)
    assert entered == [3]
    async with asyncio.timeout(1), turns.turn(4):
        entered.append(4)
    assert entered == [3, 4]


async def test_a_message_of_a_quiet_person_is_handled_before_the_backlog_of_all_others(rig: Rig) -> None:
    crowd = [rig.person(number) for number in range(2000, 2150)]
    person = rig.person()
    for turn in range(6):
        for one in crowd:
            one.say(f"第{turn}条")
    async with rig.running():
        await until(lambda: not len(rig.server.world.updates) and len(rig.echo.seen) > 160, 20)
        for word in ("你好", "再见"):
            before = len(rig.echo.seen)
            person.say(word)
            await until(lambda: (1001, word) in rig.echo.seen, 20)  # noqa: B023 - asked at once
            assert rig.echo.seen.index((1001, word)) - before < 120
            await until(lambda: len(rig.echo.seen) > before + 160, 20)  # noqa: B023 - everybody has a turn meanwhile
        assert len(rig.echo.seen) < 900, "the crowd must still be waiting"


async def test_a_chat_whose_answers_wait_is_handled_no_further_until_they_are_gone(rig: Rig) -> None:
    """However much one chat sends, what waits to be sent there stays small, and in the end all is answered."""
    rig.limits = replace(QUICK, chat_per_second=30, chat_burst=1, waiting_most=5)
    person = rig.person()
    for number in range(40):
        person.say(f"第{number}条")
    most = 0
    async with rig.running():
        while len(texts(rig)) < 40:
            waiting = [state for _, state in await rig.sent_states() if state == "new"]
            most = max(most, len(waiting))
            await asyncio.sleep(0.01)
    assert 1 < most <= 5
    assert texts(rig) == [f"收到 第{number}条" for number in range(40)]
