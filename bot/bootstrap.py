"""The only composition root: settings and a clock in, everything wired out. Only here is the real clock read.

What only the bot itself needs is imported where it is wired: Telegram's library and the handlers take a second to load,
which a command that only opens the database need not wait for.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.domain.clock import Clock
from bot.domain.policy import Policies
from bot.policies import load as load_policies
from bot.reading.pool import Readers
from bot.settings import Settings, need_token
from bot.storage.backup import backup, copy_name, rotate
from bot.storage.database import Database, Fence
from bot.storage.files import close_to_others, ours_in, private_folder
from bot.storage.lock import run_lock
from bot.storage.migrate import migrate
from bot.storage.secrets import Secrets, load_or_create_key, parse_key
from bot.storage.urls import sqlite_path

if TYPE_CHECKING:
    from bot.delivery.limits import Limits
    from bot.delivery.service import Delivery, Options
    from bot.delivery.transport import BotApi
    from bot.delivery.webhook import Webhook
    from bot.handlers.turn import Shop
    from bot.reminders.tick import Ticker

KEPT_COPIES = 14
"""Daily copies that are kept."""


class SystemClock:
    """The machine's clock in the civil time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(self._zone)  # noqa: TID251 - the one place that reads the clock


@dataclass(frozen=True)
class Ruhu:
    """Everything wired: what commands, the bot and tests work with."""

    settings: Settings
    clock: Clock
    policies: Policies
    db: Database
    secrets: Secrets
    readers: Readers

    @cached_property
    def shop(self) -> "Shop":
        """What the handlers need."""
        from bot.handlers.turn import Shop

        return Shop(self.policies, self.settings.zone, self.settings.language)

    @property
    def today(self) -> date:
        """The civil day."""
        return self.clock.now().astimezone(self.settings.zone).date()


def secrets_of(settings: Settings) -> Secrets:
    """The data key from the settings, else from the data folder, where it is made once."""
    if settings.data_key is not None:
        return Secrets(parse_key(settings.data_key.get_secret_value()))
    return Secrets(load_or_create_key(settings.data_dir, settings.database))


def backup_dir(settings: Settings) -> Path:
    """Where daily copies and copies before a migration go."""
    return settings.data_dir / "backups"


def close_files(settings: Settings) -> None:
    """Make the data folder, and close to others what was found open of ours, saying so in the log."""
    private_folder(settings.data_dir)
    ours = ours_in(settings.data_dir, sqlite_path(settings.database))
    found = [path.name for path in ours if close_to_others(path)]
    if found:
        logs.log.warning("files were open to others and are closed now", files=found[:20], count=len(found))


@asynccontextmanager
async def opened(
    settings: Settings,
    clock: Clock,
    *,
    migrating: bool = True,
    fence: Fence | None = None,
    readers: Readers | None = None,
) -> AsyncIterator[Ruhu]:
    """Open (and where it is embedded, create or migrate) the database; close it at the end.

    `fence` is asked before each transaction that writes. Reading processes are ended too, unless `readers` were
    handed in. Raises PolicyError, StorageError.
    """
    policies = load_policies(settings.policy)
    close_files(settings)
    secrets = secrets_of(settings)
    if migrating and sqlite_path(settings.database) is not None:
        migrate(settings.database, backup_dir=backup_dir(settings), now=clock.now())
    db = await Database.open(settings.database, secrets, fence=fence)
    reading = readers or Readers()
    try:
        yield Ruhu(settings, clock, policies, db, secrets, reading)
    finally:
        if readers is None:
            reading.close()
        await db.close()


@asynccontextmanager
async def bot_api(settings: Settings, token: str) -> AsyncIterator["BotApi"]:
    """The Bot API behind our own transport."""
    from bot.delivery.transport import AiohttpRequest, BotApi

    request = AiohttpRequest(settings.proxy)
    await request.initialize()
    try:
        yield BotApi(token, request, settings.api_root)
    finally:
        await request.shutdown()


def delivery_of(
    ruhu: Ruhu, api: "BotApi", *, options: "Options | None" = None, limits: "Limits | None" = None
) -> "Delivery":
    """Receiving, handling and sending, wired to the handlers' front door."""
    from bot.delivery.hooks import Hooks
    from bot.delivery.limits import Limits
    from bot.delivery.service import Delivery, Options
    from bot.handlers.notices import apologise, tell_lead, trouble_text, withdrawn
    from bot.handlers.routing import front_door
    from bot.reports.documents import build_document
    from bot.usecases.still_allowed import still_allowed

    def day(moment: datetime) -> date:
        return moment.astimezone(ruhu.settings.zone).date()

    async def build(spec: dict[str, Any]) -> tuple[str, bytes] | None:
        return await build_document(ruhu.db, spec, ruhu.policies, ruhu.settings.zone)

    hooks = Hooks(
        apologise=lambda tx, apology, at: apologise(tx, ruhu.shop, apology, at),
        tell_lead=lambda tx, staff_id, at: tell_lead(tx, ruhu.shop, staff_id, at),
        trouble=lambda reference: trouble_text(ruhu.shop, reference),
        build=build,
        allowed=lambda tx, out, written_at, at: still_allowed(tx, out, written_on=day(written_at), day=day(at)),
        withdrawn=lambda tx, out, written_at, at: withdrawn(tx, ruhu.shop, out, written_at, at),
        read=ruhu.readers.read,
    )
    settings = ruhu.settings
    chosen = options or Options(limits or Limits(), webhook=_webhook(settings), ops_listen=settings.ops_listen)
    return Delivery(ruhu.db, api, front_door(ruhu.shop), ruhu.clock, hooks, random=Random(), options=chosen)  # noqa: S311 - jitter


def _webhook(settings: Settings) -> "Webhook | None":
    from bot.delivery.webhook import Webhook

    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Webhook(settings.webhook_url, settings.webhook_listen, settings.webhook_secret.get_secret_value())


def ticker_of(ruhu: Ruhu, delivery: "Delivery") -> "Ticker":
    """The minute's work, with the daily copy of an embedded database."""
    from bot.reminders.tick import Ticker

    async def daily(now: datetime) -> None:
        path = sqlite_path(ruhu.settings.database)
        if path is not None:
            folder = backup_dir(ruhu.settings)
            await asyncio.to_thread(backup, path, folder / copy_name(now))
            await asyncio.to_thread(rotate, folder, KEPT_COPIES)

    zone_clock = ZonedClock(ruhu.clock, ruhu.settings.zone)
    return Ticker(ruhu.db, zone_clock, ruhu.policies, language=ruhu.settings.language, wake=delivery.wake, backup=daily)


class ZonedClock:
    """A clock that tells civil time."""

    def __init__(self, clock: Clock, zone: tzinfo) -> None:
        self._clock, self._zone = clock, zone

    def now(self) -> datetime:
        """The present moment in the civil time zone."""
        return self._clock.now().astimezone(self._zone)


async def serve(ruhu: Ruhu, api: "BotApi", stop: asyncio.Event, limits: "Limits | None" = None) -> None:
    """Run the bot until `stop`: reminders each minute beside delivery."""
    from bot.reminders.scheduler import MinuteScheduler

    delivery = delivery_of(ruhu, api, limits=limits)
    scheduler = MinuteScheduler(ticker_of(ruhu, delivery), ruhu.settings.zone)
    menu = asyncio.create_task(_menu(ruhu, api))  # Telegram's bad day must not hold up the start
    await scheduler.start()
    try:
        await delivery.run(stop)
    finally:
        menu.cancel()
        scheduler.stop()


async def _menu(ruhu: Ruhu, api: "BotApi") -> None:
    from telegram.error import TelegramError

    from bot.handlers.menu import set_menu

    try:
        await set_menu(api, ruhu.shop)
    except TelegramError as error:
        logs.log.warning("menu not set", error=type(error).__name__)


async def run(settings: Settings, limits: "Limits | None" = None) -> None:
    """`ruhu run`: hold the lock of the database and serve until SIGTERM or SIGINT; at Telegram's pace unless told.

    Raises SettingsError, PolicyError, StorageError (Running when another process serves this database).
    """
    from bot.delivery.watchdog import notify, watched

    token = need_token(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with run_lock(settings.database) as lock:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        lock.when_lost(lambda: loop.call_soon_threadsafe(_lock_lost, stop))
        clock = SystemClock(settings.zone)
        async with (
            opened(settings, clock, fence=lock.check) as ruhu,
            bot_api(settings, token) as api,
            watched(ruhu.db),
        ):
            notify("READY=1")
            await serve(ruhu, api, stop, limits)
        lock.require()


def _lock_lost(stop: asyncio.Event) -> None:
    """Another bot took over: nothing can be written any more, so this one ends."""
    logs.log.error("run lock lost", advice="another process runs the bot on this database; this one ends")
    stop.set()
