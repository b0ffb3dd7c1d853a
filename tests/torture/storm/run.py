"""One storm over one database: settle, start the bot, send, wait until it is quiet, judge."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.sandbox.server import SandboxServer
from bot.storage.database import Database
from bot.storage.secrets import Secrets, load_or_create_key
from bot.storage.transaction import Transaction
from tests.torture.check import Report
from tests.torture.process import Bot
from tests.torture.run import environment, heard
from tests.torture.storm.bot import main as serve
from tests.torture.storm.cast import cast
from tests.torture.storm.field import Field
from tests.torture.storm.generator import Storm
from tests.torture.storm.quiet import ask_on, hang
from tests.torture.storm.settle import settle
from tests.torture.storm.verdict import Evidence, judge

NO_CHAT = 2**62


@dataclass(frozen=True)
class Plan:
    """One storm; `url` None: a file in the folder.

    `patience`: seconds until all must be done after the last update. `slack`: how many times slower than a machine
    that does nothing else this one may be.
    """

    seed: int
    updates: int
    url: str | None = None
    webhook: bool = False
    patience: float = 7200.0
    slack: float = 1.0


async def storm(wanted: Plan, folder: Path) -> Report:
    """One run in `folder`."""
    server, data = SandboxServer(seed=wanted.seed), folder / "data"
    field, secrets = Field(server, cast()), Secrets(load_or_create_key(data))
    url = wanted.url or f"sqlite:///{data / 'ruhu.db'}"
    await settle(url, secrets, field.cast)
    await server.start()
    settings = environment(server, data, webhook=wanted.webhook) | {"BOT_DATABASE_URL": url}
    bot = Bot(settings, folder / "bot.log", serve)
    evidence = Evidence(field, bot.log, wanted.slack)
    try:
        await bot.start()
        async with await Database.open(url, secrets) as db:
            await _guarded(bot, _play(wanted, field, evidence, bot, db))
            evidence.code, _ = await bot.stop()
            return await judge(db, evidence)
    finally:
        with suppress(ProcessLookupError, AssertionError):
            await bot.stop()
        await server.stop()


async def _guarded(bot: Bot, playing: Coroutine[None, None, None]) -> None:
    """Play, and raise when the bot ends by itself."""
    play, watch = asyncio.create_task(playing), asyncio.create_task(bot.ended_by_itself())
    try:
        await asyncio.wait([play, watch], return_when=asyncio.FIRST_COMPLETED)
        if watch.done():
            await watch
        await play
    finally:
        play.cancel()
        watch.cancel()


async def _play(wanted: Plan, field: Field, seen: Evidence, bot: Bot, db: Database) -> None:
    """First the messages that could hang, beside five quiet people; then the storm, beside the same."""
    server, who = field.server, field.cast
    await _listening(server)
    hanging, *asking = who.quiet
    async with _meanwhile(*(ask_on(server, who, each, seen.before) for each in asking)):
        seen.hangs = await hang(server, hanging)
    begun = time.monotonic()
    watching = (seen.memory.watch(bot.pid), _count(field, db))
    async with _meanwhile(*(ask_on(server, who, each, seen.during) for each in asking), *watching):
        await field.feed(Storm(wanted.seed, who, server.clock.unix()).items(wanted.updates), wanted.updates)
        seen.left = await _until_done(field, db, wanted.patience, but=[each.id for each in who.quiet])
    seen.left = seen.left or await _until_done(field, db, wanted.patience)
    seen.seconds = time.monotonic() - begun


@asynccontextmanager
async def _meanwhile(*watching: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """These go on while something else happens."""
    tasks = [asyncio.create_task(each) for each in watching]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _listening(server: SandboxServer) -> None:
    while not heard(server):  # noqa: ASYNC110 - the sandbox has no signal for it
        await asyncio.sleep(0.05)


async def _count(field: Field, db: Database) -> None:
    """Keep an eye on how many updates the bot has still to handle."""
    while True:
        field.backlog = await db.read(lambda tx: _waiting(tx, (), ("inbox",)))
        await asyncio.sleep(0.05)


async def _until_done(field: Field, db: Database, patience: float, but: Sequence[int] = ()) -> int:
    """Wait until nothing waits anywhere `but` in these chats; how much does after `patience` seconds without an end."""
    end = time.monotonic() + patience
    left = 1
    while left and time.monotonic() < end:
        await asyncio.sleep(0.5)
        at_server = sum(record.chat_id not in but for record in field.server.world.updates.pending)
        left = at_server + await db.read(lambda tx: _waiting(tx, but))
    return left


def _waiting(tx: Transaction, but: Sequence[int], tables: Sequence[str] = ("inbox", "outbox")) -> int:
    chats = ", ".join(map(str, (NO_CHAT, *but)))
    found = 0
    for table in tables:
        query = f"SELECT count(*) FROM {table} WHERE state IN ('new', 'sending') AND chat_id NOT IN ({chats})"
        found += int(tx.conn.execute(text(query)).scalar_one())
    return found
