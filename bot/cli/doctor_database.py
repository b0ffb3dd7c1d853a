"""The checks of `ruhu doctor` that look into the database."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from bot.cli.shared import t
from bot.delivery.upkeep import set_aside
from bot.domain.access import EVERYTHING
from bot.settings import Settings
from bot.storage import audit, reach
from bot.storage.backup import check_copy
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.inbox import SetAside
from bot.storage.migrate import current, known_revisions
from bot.storage.migrations import HEAD
from bot.storage.secrets import Secrets
from bot.storage.transaction import Transaction
from bot.storage.unreadable import unreadable
from bot.storage.urls import sqlite_path

Level = Literal["ok", "warn", "fail"]
Row = tuple[Level, str, str]
LATELY = timedelta(days=30)
"""How far back troubles are listed."""
MOST_LISTED = 10


async def database(found: Settings, secrets: Secrets | None, now: datetime) -> list[Row]:
    """Integrity and schema; where they are sound, also what is inside."""
    try:
        level, detail = await asyncio.to_thread(_schema, found, secrets)
        rows: list[Row] = [(level, "database", detail)]
        if level == "ok" and secrets is not None:
            async with await Database.open(found.database, secrets) as db:
                rows += await db.read(lambda tx: list(_inside(tx, now)))
    except StorageError as error:
        return [("fail", "database", t(f"storage-{error.code}"))]
    return rows


def _schema(found: Settings, secrets: Secrets | None) -> tuple[Level, str]:
    path = sqlite_path(found.database)
    if path is not None and not path.exists():
        return "warn", t("doctor-database-none", file=str(path))
    revision = check_copy(path, secrets) if path is not None else current(found.database)
    if revision == HEAD:
        return "ok", t("doctor-database", schema=HEAD)
    if revision is not None and revision not in known_revisions():
        return "fail", t("storage-newer-schema")
    if path is not None:
        return "warn", t("doctor-database-older", schema=str(revision))
    return "fail", t("cli-needs-migrate")


def _inside(tx: Transaction, now: datetime) -> Iterator[Row]:
    yield from _set_aside(tx, now)
    yield from _people(tx, now)
    yield from _households(tx)
    broken = audit.verify(tx)
    if broken is None:
        yield "ok", "audit", t("cli-audit-whole")
    else:
        yield "fail", "audit", t("cli-audit-broken", number=str(broken))


def _set_aside(tx: Transaction, now: datetime) -> Iterator[Row]:
    found = set_aside(tx, now - LATELY)
    if not found:
        yield "ok", "set-aside", t("doctor-set-aside-none")
        return
    yield "warn", "set-aside", t("doctor-set-aside", count=str(len(found)))
    for one in found[:MOST_LISTED]:
        moment = f"{one.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        yield "warn", "set-aside", f"{one.reference} {moment} {_what(one)}"


def _what(one: SetAside) -> str:
    if one.where == "inbox":
        return t(f"doctor-aside-{one.what}")
    return t("doctor-aside-send", method=one.what)


def _households(tx: Transaction) -> Iterator[Row]:
    codes = unreadable(tx)
    if not codes:
        yield "ok", "households", t("doctor-unreadable-none")
        return
    more = "…" if len(codes) > MOST_LISTED else ""
    yield "fail", "households", t("doctor-unreadable", codes="、".join(codes[:MOST_LISTED]) + more)


def _people(tx: Transaction, now: datetime) -> Iterator[Row]:
    blocked = [one for one in reach.not_reached(tx, EVERYTHING, now - LATELY) if one.blocked]
    if blocked:
        yield "warn", "people", t("doctor-people", names="、".join(one.name for one in blocked))
    else:
        yield "ok", "people", t("doctor-people-none")
