"""The embedded database: one aiosqlite connection a lane, a unit of work whole in one hop on its thread."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache

from bot.storage.errors import ReadOnly, StorageError, Unreachable, translate
from bot.storage.files import create_private, is_writable

T = TypeVar("T")

BUSY_SECONDS = 15.0


def _dialect() -> Dialect:
    """One dialect for every connection, so that a statement is turned into SQL once, not once in each lane."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    return engine.dialect


_DIALECT = _dialect()
_TEXT = partial(str, encoding="utf-8", errors="replace")
"""A text with damaged bytes is read with a sign in their place; otherwise it would stop every list that it is in."""
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def connect(path: Path, *, writer: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection without the driver's own transaction control, with the pragmas of docs/database.md."""
    if writer:  # a new database is closed to others from its first byte; SQLite gives its logs the same mode
        with suppress(OSError):  # SQLite says what is wrong
            create_private(path)
    raw = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=True)
    raw.text_factory = _TEXT
    raw.execute("PRAGMA foreign_keys = ON")
    if writer:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
    else:
        raw.execute("PRAGMA query_only = ON")
    raw.execute("PRAGMA cache_size = -16000")
    return raw


def translate_at(path: Path, error: DBAPIError | sqlite3.Error) -> StorageError:
    """Our error for one about the file at `path`: SQLite cannot open a file whose folder may not be written."""
    found = translate(error)
    if isinstance(found, Unreachable) and path.exists() and not is_writable(path.absolute().parent):
        return ReadOnly(str(found))
    return found


def engine_over(creator: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    """A synchronous engine over the one connection that `creator` hands out; `begin` opens each transaction."""
    shared = {"compiled_cache": _COMPILED}
    engine = Engine(
        StaticPool(cast("Any", creator), dialect=_DIALECT), _DIALECT, make_url("sqlite://"), execution_options=shared
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Lane(aiosqlite.Connection):
    """An aiosqlite connection that runs a whole function on its thread, with an engine to use inside it."""

    def __init__(self, path: Path, *, writer: bool, busy_seconds: float = BUSY_SECONDS) -> None:
        super().__init__(lambda: connect(path, writer=writer, busy_seconds=busy_seconds), iter_chunk_size=64)
        self.engine = engine_over(lambda: self._conn, "BEGIN IMMEDIATE" if writer else "BEGIN DEFERRED")

    async def open(self) -> Self:
        """Start the thread and connect; when that fails the thread has ended before the error is raised."""
        try:
            await self
        except BaseException:
            await asyncio.to_thread(self._thread.join)
            raise
        return self

    async def end(self) -> None:
        """Close the connection and wait until its thread has ended."""
        await self.close()
        await asyncio.to_thread(self._thread.join)

    async def run(self, function: Callable[[], T]) -> T:
        """Call `function` on the connection's thread and hand back what it returns or raises."""
        result: T = await self._execute(function)  # type: ignore[no-untyped-call]  # aiosqlite types it loosely
        return result
