"""Opening the database for one command."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import logs
from bot.bootstrap import Ruhu, SystemClock, close_files, opened
from bot.cli.problems import reason
from bot.cli.shared import Stop, settings, t
from bot.delivery.loop import run
from bot.settings import Settings, SettingsError
from bot.storage.migrate import current, known_revisions
from bot.storage.migrations import HEAD
from bot.storage.urls import sqlite_path

T = TypeVar("T")


def prepare(found: Settings) -> None:
    """Logging, the data folder, and a shared database that has its schema. Raises SettingsError, Stop."""
    logs.configure(found.log_level)
    make_folder(found)
    if sqlite_path(found.database) is None:
        revision = current(found.database)
        if revision != HEAD:
            newer = revision is not None and revision not in known_revisions()
            raise Stop(t("storage-newer-schema" if newer else "cli-needs-migrate"))


def make_folder(found: Settings) -> None:
    """The data folder, with what is in it closed to others. Raises SettingsError."""
    try:
        close_files(found)
    except OSError as error:
        raise SettingsError([f"BOT_DATA_DIR: {t('cli-setting-folder', problem=reason(error))}"]) from error


def perform(job: Callable[[Ruhu], Awaitable[T]]) -> T:
    """Open the database (an embedded one is created or migrated), do the job, close it."""
    found = settings()
    prepare(found)

    async def whole() -> T:
        async with opened(found, SystemClock(found.zone)) as ruhu:
            return await job(ruhu)

    return run(whole())
