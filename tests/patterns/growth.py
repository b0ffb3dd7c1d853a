"""Reading grows with the text only: every pattern, and the parser as a whole, on their own words said again and again.

python -m tests.patterns.growth [ROUNDS]     many rounds, each with other words (`make torture`)
"""

import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.understanding import understand
from bot.understanding.money import parse_amount
from bot.understanding.typed_days import parse_day, parse_month
from tests.patterns.words import nearly
from tests.understanding.pack import lexicon, roster

TODAY = date(2024, 3, 15)
SHORT, LONG = 1000, 4000
HANG = 5  # seconds
MILLISECOND = 0.001
ROOT = Path(__file__).parents[2]


class HangError(Exception):
    """A call did not come back."""


@contextmanager
def deadline(seconds: int) -> Iterator[None]:
    """Breaks off a match that does not end; the matcher looks for signals now and then."""

    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def patterns() -> list[tuple[str, int]]:
    """Every pattern of the program with its flags, collected by a process of its own."""
    lines = subprocess.run(
        [sys.executable, "-m", "scripts.check_patterns", "--list"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [(row["pattern"], row["flags"]) for row in map(json.loads, lines)]


MOST = 10
"""Times. A short text may be done with after a few steps, so that a longer one is more than fourfold work."""


def grows(read: Callable[[str], object], short: str, long: str, floor: float) -> str | None:
    """What is wrong when a text four times as long takes more than `MOST` times as long; below `floor` nothing is.

    Quadratic time would take sixteen times as long. What looks slow is measured again before it counts.
    """
    try:
        with deadline(HANG):
            if _took(read, long) < floor:
                return None
            for _ in range(4):
                first, then = min(_took(read, short) for _ in range(3)), min(_took(read, long) for _ in range(3))
                if then < max(MOST * first, floor):
                    return None
    except HangError:
        return f"does not end: {long[:60]!r}"
    return f"{then / first:.0f} times as long: {long[:60]!r}"


def _took(read: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


def of_patterns(known: list[tuple[str, int]], seed: int) -> list[str]:
    """Patterns that grow too fast on texts that they nearly match."""
    found = []
    for pattern, flags in known:
        compiled = re.compile(pattern, flags)
        texts = list(zip(*(nearly(pattern, flags, size, random.Random(seed)) for size in (SHORT, LONG)), strict=True))
        for read in (compiled.search, compiled.fullmatch):
            found += [f"{pattern[:60]}: {wrong}" for pair in texts if (wrong := grows(read, *pair, MILLISECOND * 2))]
    return found


def of_messages(known: list[tuple[str, int]], seed: int, count: int) -> list[str]:
    """Whole messages that take too long: words of the patterns and of the policy pack, mixed and repeated."""
    rng = random.Random(seed)
    names = [home.head for home in roster().households] + [word.item.name for word in lexicon().find(_items())]
    found = []
    for _ in range(count):
        words = [next(nearly(*rng.choice(known), 12, rng), "") for _ in range(rng.randint(1, 3))]
        unit = "".join((*words, rng.choice(("", "", ",", " ", "3000", "家", *rng.sample(names, 2)))))
        short, long = ((unit * size)[:size] for size in (SHORT, LONG))
        found += [
            f"{read.__name__}: {wrong}"
            for read in (_understood, _amount, _day, _month)
            if (wrong := grows(read, short, long, MILLISECOND * 80))
        ]
    return found


def _items() -> str:
    return "".join(item.name for item in lexicon().items)


def _understood(text: str) -> object:
    return understand(text, TODAY, roster(), lexicon())


def _amount(text: str) -> object:
    return parse_amount(text)


def _day(text: str) -> object:
    return parse_day(text, TODAY)


def _month(text: str) -> object:
    return parse_month(text, TODAY)


def main(rounds: int) -> int:
    """Prints what is wrong with its seed; the number of faults."""
    known, faults = patterns(), 0
    for seed in range(rounds):
        for fault in (*of_patterns(known, seed), *of_messages(known, seed, 200)):
            sys.stdout.write(f"seed {seed}: {fault}\n")
            faults += 1
    sys.stdout.write(f"{rounds} rounds over {len(known)} patterns: {faults} faults\n")
    return faults


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)))
