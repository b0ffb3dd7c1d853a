"""One running bot to a database: a lock that the operating system, or the server, gives back when the holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.storage.errors import Running, translate
from bot.storage.postgres import RUN_LOCK
from bot.storage.secrets import private_folder
from bot.storage.urls import parse_url, sqlite_path


@contextmanager
def run_lock(url: str) -> Iterator[None]:
    """Hold the run lock of the database at `url`; raises Running when another process holds it.

    `ruhu run` holds it while it lives, `ruhu restore` while it replaces the file; no other command asks for it.
    """
    path = sqlite_path(url)
    with _file_lock(path) if path else _server_lock(url):
        yield


def lock_file(path: Path) -> Path:
    """The file beside an embedded database that carries the lock; it stays when the lock is free."""
    return path.with_name(path.name + ".lock")


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    private_folder(path.parent)
    handle = os.open(lock_file(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Running("another process runs the bot on this database") from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _server_lock(url: str) -> Iterator[None]:
    """A session lock on a connection of its own, kept idle outside any transaction."""
    engine = create_engine(parse_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        conn = engine.connect()
    except DBAPIError as error:
        raise translate(error) from error
    try:
        if not conn.exec_driver_sql(f"SELECT pg_try_advisory_lock({RUN_LOCK})").scalar():
            raise Running("another process runs the bot on this database")
        yield
    finally:
        conn.close()
        engine.dispose()
