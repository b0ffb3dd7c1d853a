"""Copies of an embedded database: taken while the bot runs, checked, rotated, restored (docs/operations.md).

A shared database is backed up with its own tools (pg_dump). A copy holds the encrypted columns as they are: it is
worth nothing without the data key, which has to be kept apart from it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from bot.storage.errors import Broken, Exists, NewerSchema, StorageError, WrongKey, translate
from bot.storage.files import private_folder
from bot.storage.migrate import known_revisions
from bot.storage.secrets import Secrets
from bot.storage.urls import sqlite_path

PREFIX = "ruhu-"
SUFFIX = ".db"


def copy_name(now: datetime, what: str = "daily") -> str:
    """File name of a copy taken at `now`, in the zone that `now` has: ruhu-20240315-083000-daily.db."""
    return f"{PREFIX}{now:%Y%m%d-%H%M%S}-{what}{SUFFIX}"


def backup(source: Path | str, dest: Path, *, force: bool = False) -> Path:
    """Copy the embedded database `source` (path or URL) to `dest`, a file or a folder's new file, and check the copy.

    Consistent while the bot writes. Written beside `dest` first and renamed when it is whole; mode 0600.
    Raises Exists when `dest` exists and not `force`, Broken when the copy does not pass its check.
    """
    if dest.exists() and not force:
        raise Exists(f"{dest} exists")
    private_folder(dest.parent)
    temporary = dest.with_name(f".{dest.name}.{os.getpid()}")
    try:
        _copy(_file(source), temporary)
        _check_integrity(temporary)
        _publish(temporary, dest)
    except sqlite3.Error as error:
        raise translate(error) from error
    finally:
        temporary.unlink(missing_ok=True)
    return dest


def check_copy(path: Path, secrets: Secrets | None) -> str:
    """Check a copy before it is restored and return its schema revision.

    Raises Broken (damaged or no database of ours), NewerSchema, WrongKey.
    """
    if not path.is_file():
        raise Broken(f"{path} is no file")
    try:
        _check_integrity(path)
        revision, mark = _identity(path)
    except sqlite3.Error as error:
        raise translate(error) from error
    if revision not in known_revisions():
        raise NewerSchema(f"the copy has schema {revision}, which this program does not know")
    from bot.storage.database import key_mark

    if secrets is not None and mark is not None and mark != key_mark(secrets):
        raise WrongKey("the copy was written with another data key")
    return revision


def restore(source: Path, url: str, *, force: bool = False, secrets: Secrets | None = None) -> None:
    """Put the copy `source` in the place of the embedded database at `url`; the caller holds the run lock.

    The copy is checked first. Raises Exists when there is a database and not `force`, and what `check_copy` raises.
    The old database is replaced in one step, or not at all.
    """
    target = _file(url)
    check_copy(source, secrets)
    if target.exists() and not force:
        raise Exists(f"{target} exists")
    private_folder(target.parent)
    temporary = target.with_name(f".{target.name}.restore.{os.getpid()}")
    try:
        _copy(source, temporary)
        _check_integrity(temporary)
        _drop_log(target)
        _publish(temporary, target)
    except sqlite3.Error as error:
        raise translate(error) from error
    finally:
        temporary.unlink(missing_ok=True)


def rotate(folder: Path, keep: int, what: str = "daily") -> list[Path]:
    """Delete the oldest copies of the kind `what` in `folder` but the newest `keep`; the deleted ones."""
    copies = sorted(folder.glob(f"{PREFIX}*-{what}{SUFFIX}"), reverse=True)
    for old in copies[keep:]:
        old.unlink()
    return copies[keep:]


def _file(source: Path | str) -> Path:
    path = source if isinstance(source, Path) else sqlite_path(source)
    if path is None:
        raise StorageError("a shared database is backed up with its own tools")
    return path


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=15, isolation_level=None)


def _copy(source: Path, dest: Path) -> None:
    """A consistent copy with no log beside it; `dest` is created with mode 0600."""
    dest.unlink(missing_ok=True)
    os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_open(source, "ro")) as origin, closing(_open(dest, "rw")) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _check_integrity(path: Path) -> None:
    with closing(_open(path, "ro")) as conn:
        found = conn.execute("PRAGMA integrity_check(1)").fetchone()
        loose = conn.execute("PRAGMA foreign_key_check").fetchone()
    if found is None or found[0] != "ok" or loose is not None:
        raise Broken("the copy does not pass SQLite's integrity check")


def _identity(path: Path) -> tuple[str, str | None]:
    """Schema revision and key mark of a copy; Broken when it is no database of ours."""
    with closing(_open(path, "ro")) as conn:
        tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "meta", "audit"} <= tables:
            raise Broken("the copy is no database of this program")
        revision = conn.execute("SELECT version_num FROM alembic_version").fetchone()
        mark = conn.execute("SELECT value FROM meta WHERE key = 'key-check'").fetchone()
    return str(revision[0]) if revision else "", str(mark[0]) if mark else None


def _drop_log(target: Path) -> None:
    """The log of the old database must not be replayed into the new one: fold it in, then remove it."""
    if target.exists():
        with suppress(sqlite3.Error), closing(_open(target, "rw")) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def _publish(temporary: Path, dest: Path) -> None:
    """Rename a whole file to its place, durably."""
    _sync(temporary)
    temporary.replace(dest)
    _sync(dest.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
