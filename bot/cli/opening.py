"""Opening the database for one command (interface.md section 3)."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import logs
from bot.bootstrap import Ruhu, SystemClock, close_files, opened
from bot.cli.asides import Stop, settings, t
from bot.delivery.loop import run
from bot.settings import Settings, SettingsError
from bot.storage.migrate import current, known_revisions
from bot.storage.migrations import HEAD
from bot.storage.urls import sqlite_path

T = TypeVar("T")


def prepare(found: Settings) -> None:
    """Logging, the data folder, and a shared database that has its schema. Raises SettingsError, Stop."""
    logs.configure(found.log_level)
    try:
        close_files(found)
    except OSError as error:
        raise SettingsError([f"BOT_DATA_DIR: {t('cli-setting-folder', problem=error.strerror or '-')}"]) from error
    if sqlite_path(found.database) is None:
        revision = current(found.database)
        if revision != HEAD:
            newer = revision is not None and revision not in known_revisions()
            raise Stop(t("storage-newer-schema" if newer else "cli-needs-migrate"))


def perform(job: Callable[[Ruhu], Awaitable[T]]) -> T:
    """Open the database (an embedded one is created or migrated), do the job, close it."""
    found = settings()
    prepare(found)

    async def whole() -> T:
        async with opened(found, SystemClock(found.zone)) as ruhu:
            return await job(ruhu)

    return run(whole())
