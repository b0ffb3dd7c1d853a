"""An update that kills or hangs the process is left behind, and nobody else's is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery.updates import batch
from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import Why
from bot.storage.secrets import Secrets
from tests.delivery.mortal import serve
from tests.delivery.rig import KEY, START, until
from tests.support import forked
from tests.support.storage import *  # noqa: F403 -- fixtures


class Mortal:
    """One process after the other over one database."""

    def __init__(self, url: str, server: SandboxServer, log: Path) -> None:
        self._args = (url, server.root, server.token)
        self.log = log

    @asynccontextmanager
    async def running(self) -> AsyncIterator[forked.Process]:
        """A new process, ended with the block."""
        process = forked.start(serve, *self._args, log=self.log, folder=self.log.parent)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def run_until_it_dies(self) -> int:
        """Its exit code; a supervisor would start it again."""
        async with asyncio.timeout(60), self.running() as process:
            return await process.wait()


@pytest.mark.parametrize(("text", "code"), [("毒药", 137), ("卡住", 1)], ids=["dies", "hangs"])
async def test_what_stopped_the_bot_twice_is_set_aside_and_the_rest_is_answered(
    server: SandboxServer, any_url: str, tmp_path: Path, text: str, code: int
) -> None:
    """The chat's later messages and everybody else's are handled; the sender is told, the operator sees it."""
    sick, well = Person(server, 1, "甲"), Person(server, 2, "乙")
    for words in (text, "后面的话"):
        sick.say(words)
    mortal = Mortal(any_url, server, tmp_path / "log")
    for _ in range(2):
        assert await mortal.run_until_it_dies() == code
    well.say("你好")
    async with mortal.running():
        await sick.wait_for("处理不了(stopped) E-", since=0, timeout=30)
        await sick.wait_for("收到 后面的话", since=0, timeout=30)
        await well.wait_for("收到 你好", since=0, timeout=30)
    async with await Database.open(any_url, Secrets(KEY)) as db:
        assert [one.what for one in await db.read(lambda tx: inbox.asides(tx, START))] == [Why.STOPPED]
    assert text not in mortal.log.read_text()


async def test_only_what_was_in_hand_is_counted(server: SandboxServer, any_url: str, tmp_path: Path) -> None:
    """Thirty chats wait while one of them kills the bot twice: not one other message is set aside."""
    raws = [
        {"update_id": number, "message": {"chat": {"id": number}, "from": {"id": number}, "text": words}}
        for number, words in enumerate(["毒药", *["你好"] * 30], 1)
    ]
    async with await Database.open(any_url, Secrets(KEY)) as db:
        await db.write(lambda tx: inbox.store(tx, batch(raws), START))
        mortal = Mortal(any_url, server, tmp_path / "log")
        for _ in range(2):
            assert await mortal.run_until_it_dies() == 137
        async with mortal.running():
            await until(lambda: _nothing_waits(db), 30)
        assert await db.read(inbox.count_aside) == 1


async def _nothing_waits(db: Database) -> bool:
    return (await db.read(inbox.depth))[0] == 0
