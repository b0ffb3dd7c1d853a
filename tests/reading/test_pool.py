"""Reading in processes of its own: the same answers, and no text that holds anybody up."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.domain.income_kinds import Kind
from bot.reading.asked import Asked, Missing, TooHard, Unreadable
from bot.reading.pool import Child, Readers
from bot.understanding import Intent, Item, Lexicon, Roster, RosterHousehold, understand

TODAY = date(2024, 3, 15)
HOMES = [RosterHousehold("王老五", ("王小明",), "五组", ("老五",), "H1"), RosterHousehold("李四", (), "二组", (), "H2")]
ITEMS = (Item("务工工资", Kind.WAGE, ("打工", "工资")),)


class Stuck:
    """Something whose arrival holds the interpreter of the process that reads it: a pattern that never ends."""

    def __reduce__(self) -> Any:
        return re.fullmatch, ("(a+)+b", "a" * 60)


class Broken:
    """Something whose arrival ends the process that reads it."""

    def __reduce__(self) -> Any:
        return os._exit, (3,)


def missing(text: str, roster: str = "all") -> Missing:
    """A question about the two households."""
    return Missing(Asked(text, TODAY, roster, "pack"), lambda _: HOMES, lambda: ITEMS)


@pytest.fixture
def readers() -> Iterator[Readers]:
    """Two reading processes, started when needed."""
    made = Readers(deadline=1.0)
    yield made
    made.close()


async def households() -> list[RosterHousehold]:
    """What the database would give."""
    return HOMES


async def test_a_reading_is_what_the_parser_alone_would_say(readers: Readers) -> None:
    for text in ("昨天去王老五家,儿子打工挣了三千五,水没问题", "李四", "谢谢", ""):
        wanted = understand(text, TODAY, Roster.of(HOMES), Lexicon.of(ITEMS))
        assert await readers.read(missing(text), households) == wanted


async def test_a_roster_is_looked_up_once(readers: Readers) -> None:
    looked: list[str] = []

    async def look_up() -> list[RosterHousehold]:
        looked.append("again")
        return HOMES

    one = Readers(processes=1)
    for text in ("查 老五", "王老五家都好", "查 李四"):
        await one.read(missing(text), look_up)
    one.close()
    assert looked == ["again"]


async def test_a_text_that_takes_too_long_is_given_up_and_others_are_read_meanwhile(readers: Readers) -> None:
    """The stuck process holds its interpreter, so nothing but its end helps."""
    await readers.read(missing("查 老五"), households)
    began = time.monotonic()
    stuck = asyncio.create_task(readers._ask(("read", Stuck())))
    await asyncio.sleep(0.05)
    reading = await readers.read(missing("查 老五"), households)
    assert reading.intent is Intent.QUERY
    assert not stuck.done()
    with pytest.raises(TooHard):
        await stuck
    assert time.monotonic() - began < 15
    assert (await readers.read(missing("查 李四"), households)).household == "李四"


async def test_a_process_that_dies_is_replaced(readers: Readers) -> None:
    with pytest.raises(Unreadable):
        await readers._ask(("read", Broken()))
    assert (await readers.read(missing("查 李四"), households)).household == "李四"


def test_a_defect_of_the_parser_is_told_without_the_words() -> None:
    child = Child()
    child.ask(("items", "pack", ITEMS), 5)
    child.ask(("roster", "all", HOMES), 5)
    with pytest.raises(Unreadable) as raised:
        child.ask(("read", 5, TODAY, "all", "pack"), 5)
    child.end()
    assert raised.value.kind == "TypeError"
    assert "5" not in raised.value.kind


STOPPED = [("read", "查 老五", TODAY, "all", "pack"), ("roster", "all", HOMES * 20_000)]


@pytest.mark.parametrize("question", STOPPED, ids=["a text", "a roster that fills the pipe"])
def test_a_process_that_stands_still_says_nothing_about_the_text(question: tuple[Any, ...]) -> None:
    """Stopped, starved, swapped out: the text was not too hard, and another process reads it."""
    child = Child()
    child.ask(("items", "pack", ITEMS), 10)
    assert child._process is not None
    os.kill(child._process.pid, signal.SIGSTOP)
    with pytest.raises(Unreadable):
        child.ask(question, 0.3)
    assert child.ask(("items", "pack", ITEMS), 10) == ("kept",)
    child.end()


async def test_the_end_of_the_bot_waits_for_no_process_that_stands_still() -> None:
    one = Readers(processes=1)
    await one.read(missing("查 老五"), households)
    process = one._children[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    waiting = [asyncio.create_task(one.read(missing(text), households)) for text in ("查 李四", "李四")]
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await asyncio.to_thread(one.close)
    assert time.monotonic() - began < 3
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(each, Unreadable | asyncio.CancelledError) for each in ended)


def test_a_reading_process_ends_with_the_bot_even_when_the_bot_is_killed() -> None:
    script = (
        "import sys, time; from bot.reading.pool import Child; child = Child(); child.ask(('items', 'pack', ()), 5);"
        "print(child._process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    number = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not _runs(number):
            return
        time.sleep(0.05)
    raise AssertionError("the reading process is still there")


def _runs(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
