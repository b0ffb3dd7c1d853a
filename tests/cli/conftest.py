"""The command line as a process of its own, in a folder of its own, over real files."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

import pytest

from bot.storage.database import Database, Transaction
from bot.storage.secrets import Secrets, load_or_create_key
from tests.support.sandbox import clock, server
from tests.support.storage import *  # noqa: F403 -- fixtures

__all__ = ["clock", "server"]
ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Standard output by lines."""
        return self.out.splitlines()

    @property
    def errors(self) -> list[str]:
        """Standard error by lines."""
        return self.err.splitlines()


class Zygote:
    """The forking process, one for all tests."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process, self._lock = process, Lock()

    def run(self, request: dict[str, object]) -> int:
        """Run one command to its end; its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """A process with the program loaded."""
    command = [sys.executable, "-m", "tests.cli.zygote"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Zygote(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Shell:
    """Runs `ruhu` in `folder` with a data folder there; `env` is added to a bare environment."""

    folder: Path
    zygote: Zygote
    env: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    bound: bool = False
    """Whether the rights of files bind the command, also when the tests run as root."""
    largest: int | None = None
    """The most bytes that a file may have, as if the disk were full then."""

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def database(self) -> str:
        """The address of the embedded database."""
        return f"sqlite:///{self.data / 'ruhu.db'}"

    def begin_with(self, database: Path) -> None:
        """Start from a migrated database, which is faster than letting the first command make one."""
        load_or_create_key(self.data)
        shutil.copy(database, self.data / "ruhu.db")

    def environment(self, **more: str) -> dict[str, str]:
        """What the process sees."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        return {**kept, "PYTHONPATH": str(ROOT), **self.env, **more}

    def __call__(self, *args: str | Path, feed: str | bytes = "", **env: str) -> Ran:
        """Run a command to its end in a process forked from one that is loaded."""
        streams = [self.folder / f".std{name}" for name in ("in", "out", "err")]
        for stream in streams:
            stream.write_bytes(b"")
        streams[0].write_bytes(feed if isinstance(feed, bytes) else feed.encode())
        request: dict[str, object] = {"folder": str(self.folder), "env": self.environment(**env), "umask": self.umask}
        request |= {"bound": self.bound, "largest": self.largest}
        request["args"] = [str(arg) for arg in args]
        code = self.zygote.run({**request, "streams": [str(stream) for stream in streams]})
        return Ran(code, streams[1].read_text("utf-8"), streams[2].read_text("utf-8"))

    def fresh(self, *args: str | Path, feed: str = "", **env: str) -> Ran:
        """Run a command in a new interpreter, as a user does."""
        command = [sys.executable, "-m", "bot", *map(str, args)]
        env = self.environment(**env)
        done = subprocess.run(command, cwd=self.folder, env=env, input=feed.encode(), capture_output=True, check=False)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    async def beside(self, *args: str | Path, **env: str) -> Ran:
        """Run a command while the test's own server goes on."""
        return await asyncio.to_thread(self, *args, **env)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """A unit of work of the test's own on the command's database."""
        async with await Database.open(self.database, Secrets(load_or_create_key(self.data))) as db:
            return await db.write(work)


@pytest.fixture
def ruhu(tmp_path: Path, zygote: Zygote) -> Shell:
    """The command line in a fresh folder."""
    return Shell(tmp_path, zygote)
