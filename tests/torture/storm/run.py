"""One storm over one database: settle, start the bot, send, wait until it is quiet, judge."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.sandbox.server import SandboxServer
from bot.storage.database import Database
from bot.storage.secrets import Secrets, load_or_create_key
from tests.torture.check import Report
from tests.torture.process import Bot
from tests.torture.run import environment
from tests.torture.storm.cast import cast
from tests.torture.storm.field import Field
from tests.torture.storm.generator import Storm
from tests.torture.storm.memory import Memory
from tests.torture.storm.quiet import Waits, ask_on, hang
from tests.torture.storm.settle import settle
from tests.torture.storm.verdict import Evidence, judge


@dataclass(frozen=True)
class Plan:
    """One storm; `url` None: a file in the folder. `patience`: seconds until all must be done after the last update."""

    seed: int
    updates: int
    url: str | None = None
    webhook: bool = False
    patience: float = 900.0


async def storm(wanted: Plan, folder: Path) -> Report:
    """One run in `folder`."""
    who, server = cast(), SandboxServer(seed=wanted.seed)
    secrets = Secrets(load_or_create_key(folder))
    url = wanted.url or f"sqlite:///{folder / 'ruhu.db'}"
    await settle(url, secrets, who)
    field = Field(server, who)
    await server.start()
    settings = environment(server, folder, webhook=wanted.webhook) | {"BOT_DATABASE_URL": url}
    bot = Bot(settings, folder / "bot.log", ("-m", "tests.torture.storm.bot"))
    evidence = Evidence(field, bot.log, Waits(), Waits(), Memory())
    began = time.monotonic()
    try:
        await bot.start()
        await _guarded(bot, _play(wanted, field, evidence, bot, url, secrets))
        code, _ = await bot.stop()
        async with await Database.open(url, secrets) as db:
            report = await judge(db, evidence)
        report.expect("exit code after SIGTERM", code, 0)
        report.figures["seconds"] = round(time.monotonic() - began)
    finally:
        with suppress(ProcessLookupError, AssertionError):
            await bot.stop()
        await server.stop()
    return report


async def _guarded(bot: Bot, playing: "asyncio.Future[None] | object") -> None:
    """Play, and raise when the bot ends by itself."""
    play, watch = asyncio.ensure_future(playing), asyncio.create_task(bot.ended_by_itself())
    try:
        await asyncio.wait([play, watch], return_when=asyncio.FIRST_COMPLETED)
        if watch.done():
            await watch
        await play
    finally:
        play.cancel()
        watch.cancel()


async def _play(wanted: Plan, field: Field, evidence: Evidence, bot: Bot, url: str, secrets: Secrets) -> None:
    asking, hanging = field.cast.quiet
    probe = asyncio.create_task(ask_on(field.server, field.cast, asking, evidence.before))
    evidence.hangs = await hang(field.server, hanging)
    probe.cancel()
    tasks = [asyncio.create_task(ask_on(field.server, field.cast, each, evidence.during)) for each in field.cast.quiet]
    tasks.append(asyncio.create_task(evidence.memory.watch(bot.pid)))
    start = field.server.clock.unix()
    try:
        await field.feed(Storm(wanted.seed, field.cast, start).items(wanted.updates))
        evidence.fed = time.monotonic()
    finally:
        for task in tasks:
            task.cancel()
    async with await Database.open(url, secrets) as db:
        evidence.left = await _until_done(field, db, wanted.patience)


async def _until_done(field: Field, db: Database, patience: float) -> int:
    """Wait until nothing waits anywhere; how much does after `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        left = len(field.server.world.updates) + await db.read(
            lambda tx: sum(
                tx.conn.execute(text(f"SELECT count(*) FROM {table} WHERE state IN ('new', 'sending')")).scalar_one()
                for table in ("inbox", "outbox")
            )
        )
        if not left:
            return 0
        await asyncio.sleep(0.5)
    return left
