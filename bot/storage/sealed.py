"""Whether a database was written with a data key: asked before a new key is made."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError

from bot.storage.errors import translate
from bot.storage.postgres import reader_engine
from bot.storage.schema import meta
from bot.storage.urls import parse_url, sqlite_path

KEY_CHECK = "key-check"
"""Where `meta` keeps the check value of the key, from the first opening on."""


def needs_its_key(folder: Path, database: str | None) -> bool:
    """Whether `database`, or a database or a copy in the data folder, was written with a key.

    Raises StorageError when a shared database cannot be asked.
    """
    files = [*folder.glob("*.db"), *folder.glob("backups/*.db")]
    path = sqlite_path(database) if database is not None else None
    if path is not None:
        files.append(path)
    if any(_file_is_sealed(each) for each in files):
        return True
    return database is not None and path is None and _server_is_sealed(database)


def _file_is_sealed(path: Path) -> bool:
    """A file that cannot be read counts as written with a key: it may be."""
    if not path.is_file() or not path.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=15)) as conn:
            if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
                return False
            return conn.execute("SELECT 1 FROM meta WHERE key = ?", (KEY_CHECK,)).fetchone() is not None
    except sqlite3.Error:
        return True


def _server_is_sealed(url: str) -> bool:
    engine = reader_engine(parse_url(url), 1)
    try:
        with engine.connect() as conn:
            if not inspect(conn).has_table(meta.name):
                return False
            return conn.scalar(select(meta.c.value).where(meta.c.key == KEY_CHECK)) is not None
    except DBAPIError as error:
        raise translate(error) from error
    finally:
        engine.dispose()
