"""Reading processes: each answers one question at a time, and is ended when an answer takes too long."""

import asyncio
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import bot
from bot.reading.asked import Missing, TooHard, Unreadable
from bot.reading.child import TOO_LONG
from bot.understanding import Reading, RosterHousehold

DEADLINE = 2.0  # seconds of processor time for one text: a busy machine makes no text harder
PATIENCE = 20.0  # seconds on the clock, should the process not even come to its turn
INDEXING = 60.0  # the same for taking over a roster; a town's has tens of thousands of households
ENDING = 0.2  # what a process may take to end by itself once it failed, before it is killed
PROCESSES = 2  # while one is stuck, the other reads on
_LEAN = {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}  # names are sounded character by character

LookUp = Callable[[], Awaitable[Sequence[RosterHousehold]]]


class Child:
    """One reading process, started when it is first needed; used by one thread, ended from any."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: tuple[Any, ...], seconds: float) -> tuple[Any, ...]:
        """The answer; raises TooHard when the text took its share of processor time, Unreadable when the parser failed.

        Unreadable too when the process died, or was not done within `seconds` on the clock without having had that
        share (stopped, starved, its pipe full): another one may well read the text.
        """
        process = self._running()
        patience = threading.Timer(seconds, process.kill)
        patience.start()
        try:
            said = _asked(process, question)
        except BaseException as error:
            code = self.end()
            if isinstance(error, OSError | EOFError | ValueError | pickle.UnpicklingError):
                raise TooHard if code == -TOO_LONG else Unreadable(type(error).__name__, "reading process") from error
            raise
        finally:
            patience.cancel()
        if said[0] == "failed":
            raise Unreadable(said[1], said[2])
        return said

    def end(self) -> int | None:
        """End the process, whatever it does; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            process.wait(ENDING)  # it may be ending by itself, and its code says why
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _closed(pipe)
        return code

    def kill(self) -> None:
        """End the process from another thread: whoever waits for its answer is told that it died."""
        process = self._process
        if process is not None:
            process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            paths = [str(Path(bot.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no input in the arguments
                [sys.executable, "-m", "bot.reading.child", str(self._deadline)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | _LEAN | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
        return self._process


def _asked(process: subprocess.Popen[bytes], question: tuple[Any, ...]) -> tuple[Any, ...]:
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    said: tuple[Any, ...] = pickle.load(process.stdout)  # noqa: S301 - from our own process
    return said


def _closed(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be written has no reader


class Readers:
    """The door to the reading processes; one for each bot. They start when the first text is to be read."""

    def __init__(self, *, deadline: float = DEADLINE, processes: int = PROCESSES) -> None:
        self._deadline = deadline
        self._threads = ThreadPoolExecutor(processes, "ruhu-reading")
        self._mine = threading.local()
        self._children: list[Child] = []
        self._closed = False

    async def read(self, missing: Missing, look_up: LookUp) -> Reading:
        """Read what is missing; `look_up` gives the roster's households when they are not known.

        Raises TooHard, Unreadable, and whatever `look_up` raises.
        """
        asked = missing.asked
        said = await self._ask(("read", asked.text, asked.today, asked.roster, asked.pack))
        while said[0] != "read":
            told = await self._told(said[0], missing, look_up)
            said = await self._ask(told, ("read", asked.text, asked.today, asked.roster, asked.pack))
        reading: Reading = said[1]
        return reading

    async def _told(self, wanted: str, missing: Missing, look_up: LookUp) -> tuple[Any, ...]:
        if wanted == "items":
            return "items", missing.asked.pack, missing.items()
        return "roster", missing.asked.roster, tuple(await look_up())

    async def _ask(self, *questions: tuple[Any, ...]) -> tuple[Any, ...]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._here, questions)

    def _here(self, questions: tuple[tuple[Any, ...], ...]) -> tuple[Any, ...]:
        """Ask the process of this thread, one question after the other; the last answer counts."""
        child = getattr(self._mine, "child", None)
        if child is None:
            child = self._mine.child = Child(self._deadline)
            self._children.append(child)
        for question in questions:
            if self._closed:
                raise Unreadable("closed", "reading process")
            said = child.ask(question, PATIENCE if question[0] == "read" else INDEXING)
        return said

    def close(self) -> None:
        """End every process; a text that is being read is given up."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in list(self._children):
            child.kill()
        self._threads.shutdown()
        for child in self._children:
            child.end()
