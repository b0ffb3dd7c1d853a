"""Processes forked from one that has loaded the program: as real as new ones, without two seconds of loading each.

`start(function, …)` calls a function of a module in a process with an environment, folder and log of its own.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["Process", "ruhu", "start"]

_LOADED = ("tests.support.loaded",)


class Process:
    """What `asyncio.subprocess.Process` is for a program."""

    def __init__(self, process: Any) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its number."""
        return int(self._process.pid)

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it lives."""
        code: int | None = self._process.exitcode
        return code

    def send_signal(self, signal: int) -> None:
        """Signal it; nothing when it has ended."""
        if self.returncode is None:
            os.kill(self.pid, signal)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    async def wait(self) -> int:
        """Its exit code, once it has ended."""
        await asyncio.to_thread(self._process.join)
        code = self.returncode
        assert code is not None
        return code


def start(
    function: Callable[..., object], *args: object, env: Mapping[str, str] | None = None, log: Path, folder: Path
) -> Process:
    """Call `function` in a process of its own; what it returns is the exit code, what it writes goes to `log`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    wanted = (function, args, dict(os.environ if env is None else env), str(log), str(folder))
    process = context.Process(target=_become, args=wanted)
    process.start()
    return Process(process)


def ruhu(*args: str) -> int:
    """The command line, as `python -m bot` runs it."""
    from bot.__main__ import main

    sys.argv = ["ruhu", *args]
    return main()


def _become(function: Callable[..., object], args: Any, env: dict[str, str], log: str, folder: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(written, number)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
    code = function(*args)
    sys.stdout.flush()
    sys.exit(code if isinstance(code, int) else 0)
