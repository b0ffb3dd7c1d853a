"""Copies of an embedded database: taken while the bot runs, checked, rotated, restored (docs/operations.md).

A shared database is backed up with its own tools (pg_dump). A copy holds the encrypted columns as they are: it is
worth nothing without the data key, which has to be kept apart from it.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.storage.errors import Broken, Busy, Exists, InUse, NewerSchema, StorageError, WrongKey, translate
from bot.storage.files import private_folder, whole_file
from bot.storage.migrate import known_revisions
from bot.storage.secrets import Secrets
from bot.storage.urls import sqlite_path

PREFIX = "ruhu-"
SUFFIX = ".db"
IN_USE_SECONDS = 2.0
"""How long a restore waits for a command that writes; an import may take a minute."""


def copy_name(now: datetime, what: str = "daily") -> str:
    """File name of a copy taken at `now`, in the zone that `now` has: ruhu-20240315-083000-daily.db."""
    return f"{PREFIX}{now:%Y%m%d-%H%M%S}-{what}{SUFFIX}"


def backup(source: Path | str, dest: Path, *, force: bool = False) -> Path:
    """Copy the embedded database `source` (path or URL) to `dest`, a file or a folder's new file, and check the copy.

    Consistent while the bot writes. Written beside `dest` first and renamed when it is whole; mode 0600.
    Raises Exists when `dest` exists and not `force`, Broken when the copy does not pass its check.
    """
    if dest.is_file() and not force:
        raise Exists(f"{dest} exists")
    private_folder(dest.absolute().parent)
    try:
        with whole_file(dest) as draft:
            _copy(_file(source), draft)
            _check_integrity(draft)
    except sqlite3.Error as error:
        raise translate(error) from error
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

    The copy is checked first. Raises Exists when there is a database and not `force`, InUse while another command
    writes to it, and what `check_copy` raises. A kill leaves the old database or the new one.
    """
    target = _file(url)
    check_copy(source, secrets)
    if target.exists() and not force:
        raise Exists(f"{target} exists")
    private_folder(target.absolute().parent)
    try:
        if not (target.exists() and _written_over(source, target)):
            _put_anew(source, target)
    except sqlite3.Error as error:
        raise translate(error) from error


def _written_over(source: Path, target: Path) -> bool:
    """Write the copy into the database as one transaction of SQLite; False when the old file is past writing to.

    So no other process can be left with a file that is no longer the database, and SQLite itself undoes half a copy.
    """
    try:
        with closing(_open(target, "rw", IN_USE_SECONDS)) as old:
            old.execute("PRAGMA journal_mode = WAL")
            old.execute("BEGIN EXCLUSIVE")
            old.execute("ROLLBACK")
            with closing(_open(source, "ro")) as origin:
                origin.backup(old)
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        found = translate(error)
        if isinstance(found, Busy):
            raise InUse("another command writes to the database") from error
        if isinstance(found, Broken):
            return False
        raise
    _check_integrity(target)
    return True


def _put_anew(source: Path, target: Path) -> None:
    """A new file where there is none, or a damaged one, whose log must not be replayed into the new one."""
    with whole_file(target) as draft:
        _copy(source, draft)
        _check_integrity(draft)
        for ending in ("-wal", "-shm", "-journal"):
            target.with_name(target.name + ending).unlink(missing_ok=True)


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


def _open(path: Path, mode: str, seconds: float = 15) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=seconds, isolation_level=None)


def _copy(source: Path, dest: Path) -> None:
    """A consistent copy into an empty file, with no log beside it."""
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
