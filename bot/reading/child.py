"""The reading process: questions on standard input, answers on standard output, until the input ends.

It holds no secret and opens nothing. An answer is `("read", Reading)`, `("roster",)` or `("items",)` when that must be
sent first, or `("failed", kind, place)`. It ignores the signals that stop the bot, for it ends with the bot's end of
the pipe. A text that needs more than its share of processor time ends it: the system does that, with SIGPROF, whatever
holds the interpreter, and also when the bot is dead and cannot.
"""

import pickle
import signal
import sys
from pathlib import Path
from traceback import extract_tb
from typing import Any

from bot.reading.kept import Rosters
from bot.understanding import Lexicon, Roster, understand

TOO_LONG = signal.SIGPROF


class Reader:
    """What one reading process knows."""

    def __init__(self) -> None:
        self._rosters = Rosters()
        self._lexicons: dict[str, Lexicon] = {}

    def answer(self, question: tuple[Any, ...]) -> tuple[Any, ...]:
        """Do what `question` says: keep a roster, keep a pack's items, or read a text."""
        what, *rest = question
        if what == "roster":
            self._rosters.keep(rest[0], Roster.of(rest[1]))
            return ("kept",)
        if what == "items":
            self._lexicons[rest[0]] = Lexicon.of(rest[1])
            return ("kept",)
        text, today, name, pack = rest
        roster, lexicon = self._rosters.find(name), self._lexicons.get(pack)
        if lexicon is None:
            return ("items",)
        if roster is None:
            return ("roster",)
        return ("read", understand(text, today, roster, lexicon))


def _failed(error: Exception) -> tuple[str, str, str]:
    last = extract_tb(error.__traceback__)[-1]
    return "failed", type(error).__name__, f"{Path(last.filename).name}:{last.lineno}"


def main(seconds: float) -> None:
    """Answer until the input ends; `seconds` of processor time for one text."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    reader, questions, answers = Reader(), sys.stdin.buffer, sys.stdout.buffer
    while True:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            question = pickle.load(questions)  # noqa: S301 - from the bot, through a pipe of its own
        except EOFError:
            return
        if question[0] != "read":
            signal.setitimer(signal.ITIMER_PROF, 0)  # a town's roster takes its time
        try:
            said = reader.answer(question)
        except Exception as error:  # noqa: BLE001 - told to the bot, which counts it
            said = _failed(error)
        pickle.dump(said, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
