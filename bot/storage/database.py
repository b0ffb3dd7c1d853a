"""The async door to the database: `await db.write(work)`, `await db.read(work)`.

`work` is a plain synchronous function of a transaction; it runs whole on one thread, so nothing can await the network
inside a transaction. It returns: commit; it raises: rollback.
"""

import asyncio
import functools
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, Self, TypeVar

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DBAPIError

from bot.storage import meta
from bot.storage.errors import DATA_ERRORS, StorageError, Unreachable, WrongKey, translate
from bot.storage.postgres import reader_engine, writer_engine
from bot.storage.sealed import KEY_CHECK
from bot.storage.secrets import Secrets
from bot.storage.sqlite import BUSY_SECONDS, Lane, translate_at
from bot.storage.transaction import Transaction
from bot.storage.urls import parse_url

T = TypeVar("T")
M = TypeVar("M")
Work = Callable[[Transaction], T]
Fence = Callable[[Transaction], None]

__all__ = ["Database", "Transaction", "Work", "key_mark", "run_in"]


def run_in(engine: Engine, secrets: Secrets, work: Work[T], after: Callable[[Transaction], None]) -> T:
    """One unit of work on the present thread; raises StorageError for whatever the database raised."""
    try:
        with engine.connect() as conn:
            tx = Transaction(conn, secrets)
            with conn.begin():
                result = work(tx)
    except (DBAPIError, *DATA_ERRORS) as error:
        raise translate(error) from error
    after(tx)
    return result


def run_lightly_in(engine: Engine, secrets: Secrets, work: Work[T]) -> T:
    """A unit of work whose commit does not wait for the disk: a kill cannot lose it, a power cut can."""
    try:
        with engine.connect() as conn, _unsynced(conn), conn.begin():
            if conn.dialect.name != "sqlite":
                conn.exec_driver_sql("SET LOCAL synchronous_commit = off")
            return work(Transaction(conn, secrets))
    except DBAPIError as error:
        raise translate(error) from error


@contextmanager
def _unsynced(conn: Connection) -> Iterator[None]:
    """SQLite takes the setting outside a transaction only; the write-ahead log stays whole either way."""
    raw = conn.connection.dbapi_connection if conn.dialect.name == "sqlite" else None
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


class _Backend(Protocol):
    """Where units of work run."""

    async def write(self, call: Callable[[Engine], T]) -> T: ...

    async def read(self, call: Callable[[Engine], T]) -> T: ...

    async def close(self) -> None: ...


class _Embedded:
    """SQLite: one lane for writing, some for reading."""

    def __init__(self, path: Path, readers: int, busy_seconds: float) -> None:
        self._path, self._busy, self._wanted = path, busy_seconds, readers
        self._lanes: list[Lane] = []
        self._idle: asyncio.Queue[Lane] = asyncio.Queue()

    async def open(self) -> Self:
        try:
            self._lanes.append(await Lane(self._path, writer=True, busy_seconds=self._busy).open())
            for _ in range(self._wanted):
                lane = await Lane(self._path, writer=False, busy_seconds=self._busy).open()
                self._lanes.append(lane)
                self._idle.put_nowait(lane)
        except BaseException:
            await self.close()
            raise
        return self

    async def write(self, call: Callable[[Engine], T]) -> T:
        lane = self._lanes[0]
        return await lane.run(functools.partial(call, lane.engine))

    async def read(self, call: Callable[[Engine], T]) -> T:
        lane = await self._idle.get()
        try:
            return await lane.run(functools.partial(call, lane.engine))
        finally:
            self._idle.put_nowait(lane)

    async def close(self) -> None:
        for _ in self._lanes[1:]:
            await self._idle.get()  # whoever waits for a lane comes first
        while self._lanes:
            await self._lanes.pop().end()


class _Shared:
    """PostgreSQL: a thread for writing, some for reading, each with its connection."""

    def __init__(self, url: str, readers: int) -> None:
        parsed = parse_url(url)
        self._writer, self._reader = writer_engine(parsed), reader_engine(parsed, readers)
        self._writing = ThreadPoolExecutor(1, "ruhu-write")
        self._reading = ThreadPoolExecutor(readers, "ruhu-read")

    async def write(self, call: Callable[[Engine], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writing, call, self._writer)

    async def read(self, call: Callable[[Engine], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, call, self._reader)

    async def close(self) -> None:
        await asyncio.to_thread(self._writing.shutdown)
        await asyncio.to_thread(self._reading.shutdown)
        self._writer.dispose()
        self._reader.dispose()


class Database:
    """The one database of the program; open it with `Database.open`, close it with `close` or `async with`."""

    def __init__(self, backend: _Backend, secrets: Secrets, fence: Fence | None = None) -> None:
        self._backend, self._secrets, self._open, self._fence = backend, secrets, True, fence
        self.writes = 0
        """Units of work that came back from the writing thread, well or not: a sign of life."""

    @classmethod
    async def open(
        cls,
        url: str,
        secrets: Secrets,
        *,
        readers: int = 2,
        busy_seconds: float = BUSY_SECONDS,
        fence: Fence | None = None,
    ) -> "Database":
        """Open the database at `url`; does not migrate. Raises StorageError, WrongKey.

        `fence` is called first in each transaction that writes, and may refuse it by raising (see `lock.RunLock`).
        """
        parsed = parse_url(url)
        backend: _Backend
        if parsed.drivername == "sqlite":
            backend = await _opened(Path(str(parsed.database)), readers, busy_seconds)
        else:
            backend = _Shared(url, readers)
        database = cls(backend, secrets, fence)
        try:
            await database._check_key()
        except BaseException:
            await database.close()
            raise
        return database

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction that may write, alone; commit when it returns, roll back when it raises."""
        fenced, after = self._fenced(work), self._after()
        return await self._written(lambda engine: run_in(engine, self._secrets, fenced, after))

    async def write_marked(
        self, mark: Work[M | None], work: Callable[[Transaction, M], T], back: Callable[[Transaction, M], None]
    ) -> T | None:
        """`write`, with a mark that is committed just before and tells afterwards that the process died inside `work`.

        `mark` gives what `work` takes, or None when there is nothing to do; `back` takes the mark off when `work`
        raised. Nothing else runs between them on the writing thread.
        """
        after = self._after()

        def marked(engine: Engine) -> T | None:
            found = run_lightly_in(engine, self._secrets, self._fenced(mark))
            if found is None:
                return None
            try:
                return run_in(engine, self._secrets, self._fenced(lambda tx: work(tx, found)), after)
            except BaseException:
                with suppress(StorageError):  # the mark stays: counted once too often rather than not at all
                    run_lightly_in(engine, self._secrets, lambda tx: back(tx, found))
                raise

        return await self._written(marked)

    def _after(self) -> Callable[[Transaction], None]:
        """Calls what waits for the commit, on the event loop."""
        loop = asyncio.get_running_loop()

        def after(tx: Transaction) -> None:
            for callback in tx.on_commit:
                loop.call_soon_threadsafe(callback)

        return after

    def _fenced(self, work: Work[T]) -> Work[T]:
        def fenced(tx: Transaction) -> T:
            if self._fence is not None:
                self._fence(tx)
            return work(tx)

        return fenced

    async def _written(self, call: Callable[[Engine], T]) -> T:
        self._require_open()
        try:
            return await self._backend.write(call)
        finally:
            self.writes += 1

    async def read(self, work: Work[T]) -> T:
        """Run `work` over one snapshot; it cannot write."""
        self._require_open()
        return await self._backend.read(lambda engine: run_in(engine, self._secrets, work, lambda _: None))

    async def close(self) -> None:
        """Wait for the work in hand and close every connection and thread; a second call does nothing."""
        if self._open:
            self._open = False
            await self._backend.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _require_open(self) -> None:
        if not self._open:
            raise Unreachable("the database is closed")

    async def _check_key(self) -> None:
        """Compare the key with the check value in `meta`, which the first open after migrating writes."""
        ready, known = await self.read(_key_check)
        if not ready:
            return
        if known is None:
            known = await self.write(_keep_key_check)
        if known != key_mark(self._secrets):
            raise WrongKey("the data key is not the one that this database was written with")


def key_mark(secrets: Secrets) -> str:
    """The check value that `meta` keeps of the data key."""
    return secrets.mark(KEY_CHECK, KEY_CHECK).hex()


async def _opened(path: Path, readers: int, busy_seconds: float) -> _Embedded:
    try:
        return await _Embedded(path, readers, busy_seconds).open()
    except sqlite3.Error as error:
        raise translate_at(path, error) from error


def _key_check(tx: Transaction) -> tuple[bool, str | None]:
    if not inspect(tx.conn).has_table("meta"):
        return False, None
    return True, meta.get(tx, KEY_CHECK)


def _keep_key_check(tx: Transaction) -> str:
    """Write the check value unless another process did so meanwhile; the one that stands."""
    known = meta.get(tx, KEY_CHECK)
    if known is None:
        known = key_mark(tx.secrets)
        meta.put(tx, KEY_CHECK, known)
    return known
