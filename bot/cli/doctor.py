"""`ruhu doctor`: one line a check, `ok`, `warn` or `fail`; it changes nothing."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dotenv import dotenv_values

from bot import logs
from bot.bootstrap import SystemClock, bot_api
from bot.cli.bot_name import SECONDS, token_of
from bot.cli.doctor_database import Level, Row, database
from bot.cli.shared import setting_line, settings, t
from bot.delivery.loop import run
from bot.domain.policy import Policies, PolicyError
from bot.domain.workdays import make_up_days_known
from bot.policies import load as load_policies
from bot.settings import Settings, SettingsError
from bot.storage.errors import StorageError, WrongKey
from bot.storage.files import is_writable, open_to_others, ours_in
from bot.storage.sealed import needs_its_key
from bot.storage.secrets import KEY_FILE, Secrets, parse_key, read_key
from bot.storage.urls import sqlite_path

FREE_WARN, FREE_FAIL = 2_000_000_000, 200_000_000
"""Free bytes on the disk of the data folder below which a warning, or a failure, is due."""
CLOSED_TO_OTHERS = 0o077
MOST_NAMED = 10
_SECRETS = ("BOT_TOKEN", "BOT_DATA_KEY", "BOT_WEBHOOK_SECRET", "BOT_DATABASE_URL")
"""Settings that nobody else should read; the database's address may hold a password."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    level: Level
    what: str
    detail: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{self.level} {self.what}: {self.detail}"


def examine() -> Iterator[Finding]:
    """Every check, as soon as it is made; nothing can be checked when the settings cannot be read."""
    try:
        found = settings()
    except SettingsError as error:
        for problem in error.problems:
            yield Finding("fail", "settings", setting_line(problem))
        return
    logs.configure("CRITICAL")
    now = SystemClock(found.zone).now()
    yield Finding("ok", "settings", t("doctor-settings", language=found.language, zone=found.timezone))
    yield Finding(*_folder(found))
    for row in _files(found):
        yield Finding(*row)
    level, detail, secrets = _key(found)
    yield Finding(level, "key", detail)
    for row in (*_policy(found, now.date()), _disk(found), run(_api(found))):
        yield Finding(*row)
    for row in run(database(found, secrets, now)):
        yield Finding(*row)


def _folder(found: Settings) -> Row:
    folder = found.data_dir
    if not folder.exists():
        return "warn", "data", t("doctor-data-none", folder=str(folder))
    if not is_writable(folder):
        return "fail", "data", t("doctor-data-closed", folder=str(folder))
    mode = folder.stat().st_mode & 0o777
    if mode & CLOSED_TO_OTHERS:
        return "warn", "data", t("doctor-data-open", folder=str(folder), mode=f"{mode:04o}")
    return "ok", "data", t("doctor-data", folder=str(folder), mode=f"{mode:04o}")


def _files(found: Settings) -> Iterator[Row]:
    """Files of ours that others could read; the next command closes them."""
    ours = ours_in(found.data_dir, sqlite_path(found.database)) if found.data_dir.is_dir() else []
    names = [path.name for path in ours if path.is_file() and open_to_others(path)]
    if names:
        yield "warn", "files", t("doctor-files-open", names="、".join(names[:MOST_NAMED]), count=str(len(names)))
    if open_to_others(Path(".env")) and any(dotenv_values(".env").get(name) for name in _SECRETS):
        yield "warn", "files", t("doctor-env-open")


def _key(found: Settings) -> tuple[Level, str, Secrets | None]:
    """The data key, without making one."""
    if found.data_key is not None:
        return "ok", t("doctor-key-setting"), Secrets(parse_key(found.data_key.get_secret_value()))
    path = found.data_dir / KEY_FILE
    if not path.exists():
        return _no_key(found, str(path))
    try:
        secrets = Secrets(read_key(path))
    except (WrongKey, OSError):
        return "fail", t("doctor-key-broken", file=str(path)), None
    mode = path.stat().st_mode & 0o777
    if mode & CLOSED_TO_OTHERS:
        return "warn", t("doctor-key-open", file=str(path), mode=f"{mode:04o}"), secrets
    return "ok", t("doctor-key", file=str(path), mode=f"{mode:04o}"), secrets


def _no_key(found: Settings, file: str) -> tuple[Level, str, Secrets | None]:
    """Whether a key is missing, or will be made by the first use."""
    try:
        lost = needs_its_key(found.data_dir, found.database)
    except StorageError as error:
        return "warn", f"{t('doctor-key-none', file=file)} ({t(f'storage-{error.code}')})", None
    return "fail" if lost else "warn", t("doctor-key-lost" if lost else "doctor-key-none", file=file), None


def _policy(found: Settings, today: date) -> Iterator[Row]:
    try:
        policies = load_policies(found.policy)
    except PolicyError as error:
        for problem in error.problems:
            yield "fail", "policy", problem
        return
    names = "、".join(pack.name for pack in policies.packs)
    if policies.on(today).validity.covers(today):
        yield "ok", "policy", t("doctor-policy", names=names)
    else:
        yield "warn", "policy", t("doctor-policy-over", names=names, day=today.isoformat())
    yield from _workdays(policies, today)


def _workdays(policies: Policies, today: date) -> Iterator[Row]:
    overrides = policies.overrides()
    for year in (today.year, today.year + 1):
        if make_up_days_known(year, overrides):
            yield "ok", "workdays", t("doctor-workdays", year=str(year))
        else:
            yield "warn", "workdays", t("doctor-workdays-unknown", year=str(year))


def _disk(found: Settings) -> Row:
    folder = found.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(Path(folder)).free
    level: Level = "fail" if free < FREE_FAIL else "warn" if free < FREE_WARN else "ok"
    return level, "disk", t("doctor-disk", free=f"{free / 1e9:,.1f}")


async def _api(found: Settings) -> Row:
    """Ask Telegram who the bot is."""
    token = token_of(found)
    if token is None:
        return "warn", "api", t("doctor-api-none")
    from telegram.error import InvalidToken, TelegramError

    try:
        async with asyncio.timeout(SECONDS * 2), bot_api(found, token) as api:
            name = str((await api.call("getMe"))["username"])
    except InvalidToken:
        return "fail", "api", t("doctor-api-token")
    except (TelegramError, TimeoutError, ValueError, LookupError, TypeError) as error:
        return "fail", "api", t("doctor-api-away", root=found.api_root, problem=type(error).__name__)
    return "ok", "api", t("doctor-api", name=name)
