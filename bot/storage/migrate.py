"""Brings a database to the schema of this version of the program (docs/database.md)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.storage.errors import (
    Broken,
    Busy,
    Full,
    MigrationFailed,
    NewerSchema,
    ReadOnly,
    StorageError,
    Unreachable,
    translate,
)
from bot.storage.files import private_folder
from bot.storage.migrations import HEAD
from bot.storage.postgres import writer_engine
from bot.storage.schema import metadata
from bot.storage.sqlite import connect, engine_over, translate_at
from bot.storage.urls import parse_url, sqlite_path

MIGRATIONS = Path(__file__).parent / "migrations"
KEPT_BEFORE = 3
"""Copies from before one migration that are kept: a start that fails again and again must not fill the disk."""
_PASSING = (Busy, Full, ReadOnly, Unreachable)
"""What says nothing about the step itself."""


def migrate(url: str, *, backup_dir: Path | None, now: datetime) -> bool:
    """Bring the database at `url` to the newest schema, creating an embedded one; True when something was done.

    An embedded database that was there is copied into `backup_dir` first. Raises NewerSchema when the database
    was written by a newer version, MigrationFailed when a step fails, StorageError when there is no room or no way to
    it; then nothing has changed, and the next start tries again.
    """
    before = current(url)
    if before == HEAD:
        return False
    _refuse_newer(before)
    path = sqlite_path(url)
    if path is not None and before is not None and backup_dir is not None:
        from bot.storage.backup import backup, copy_name, rotate

        backup(path, backup_dir / copy_name(now, f"before-{HEAD}"), force=True)
        rotate(backup_dir, KEPT_BEFORE, f"before-{HEAD}")
    with _connection(url) as conn:
        revision = revision_of(conn)
        if revision is None and set(inspect(conn).get_table_names()) & set(metadata.tables):
            raise Broken("the database has tables of these names, but they are not ours")
        if revision == HEAD:  # another process did it meanwhile
            return False
        _upgraded(conn)
    return True


def _upgraded(conn: Connection) -> None:
    """Run the steps; raises MigrationFailed, with the step's own error as its cause."""
    try:
        _upgrade(conn)
    except StorageError:
        raise
    except Exception as error:
        found = translate(error) if isinstance(error, DBAPIError | sqlite3.Error) else error
        if isinstance(found, _PASSING):
            raise
        raise MigrationFailed(f"{type(error).__name__} in a step of the schema") from error


def current(url: str) -> str | None:
    """The revision of the database at `url`; None when there is no database or it was never migrated."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return None
    with _connection(url, writer=False) as conn:
        return revision_of(conn)


def revision_of(conn: Connection) -> str | None:
    """The revision of an open database, read without loading Alembic."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def known_revisions() -> frozenset[str]:
    """The revisions that this version of the program can read, after migrating."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in known_revisions():
        raise NewerSchema(f"the database has schema {revision}, this program knows {HEAD}")


def _upgrade(conn: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    if conn.dialect.name == "sqlite" and conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Broken("a migration left references to nothing")


@contextmanager
def _connection(url: str, *, writer: bool = True) -> Iterator[Connection]:
    """One transaction on the database at `url`; a writer is alone."""
    path = sqlite_path(url)
    try:
        with _file_engine(path, writer=writer) if path else _server_engine(url) as engine, engine.begin() as conn:
            yield conn
    except (DBAPIError, sqlite3.Error) as error:
        raise (translate(error) if path is None else translate_at(path, error)) from error


@contextmanager
def _file_engine(path: Path, *, writer: bool) -> Iterator[Engine]:
    private_folder(path.parent)
    raw = connect(path, writer=writer)
    raw.execute("PRAGMA foreign_keys = OFF")  # a table may be rebuilt; `_upgrade` checks all references at the end
    try:
        yield engine_over(lambda: raw, "BEGIN IMMEDIATE" if writer else "BEGIN DEFERRED")
    finally:
        raw.close()


@contextmanager
def _server_engine(url: str) -> Iterator[Engine]:
    engine = writer_engine(parse_url(url))
    try:
        yield engine
    finally:
        engine.dispose()
