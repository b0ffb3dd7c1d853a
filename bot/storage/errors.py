"""Database errors, translated once, at the edge of a unit of work (architecture.md, house rule 8)."""

import sqlite3
from pathlib import Path
from typing import ClassVar

from sqlalchemy.exc import DBAPIError, IntegrityError


class StorageError(Exception):
    """The database could not do what was asked; nothing was changed. `code` names the text `storage-<code>`."""

    code: ClassVar[str] = "failed"


class Busy(StorageError):
    """Another process holds the database longer than we wait; trying again later may help."""

    code = "busy"


class Full(StorageError):
    """The disk is full."""

    code = "full"


class ReadOnly(StorageError):
    """The database may not be written: a file's rights, or a standby server."""

    code = "read-only"


class Broken(StorageError):
    """The file is damaged or is no database."""

    code = "broken"


class Unreachable(StorageError):
    """The file cannot be opened, or the server does not answer."""

    code = "unreachable"


class Conflict(StorageError):
    """A uniqueness or reference rule of the database refused the change."""

    code = "conflict"


class Exists(StorageError):
    """A file is there already and may not be replaced without force."""

    code = "exists"


class Running(StorageError):
    """Another process runs the bot on this database."""

    code = "running"


class WrongKey(StorageError):
    """The data key is not the one that this database was written with, or is no key at all."""

    code = "wrong-key"


class KeyTrouble(WrongKey):
    """There is something wrong with the key file `file` itself."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: {self.code}")
        self.file = file


class KeyMissing(KeyTrouble):
    """The key file is gone, but a database or a copy needs it: a new key would not open it."""

    code = "key-missing"


class KeyBroken(KeyTrouble):
    """The key file is empty, cut off, or no key at all."""

    code = "key-broken"


class NotAFile(StorageError):
    """Where a file is to be written there is a link, a device or a folder."""

    code = "not-a-file"


class LostLock(Busy):
    """This process no longer runs the bot on this database: another took over. It may not write any more."""

    code = "lost-lock"


class InUse(Busy):
    """Another command is writing to the database that is to be replaced."""

    code = "in-use"


class MigrationFailed(StorageError):
    """A step of the schema failed; the database is as it was before."""

    code = "migration"


class NewerSchema(StorageError):
    """The database was written by a newer version of the program."""

    code = "newer-schema"


_SQLITE = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_FULL: Full,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_CORRUPT: Broken,
    sqlite3.SQLITE_NOTADB: Broken,
    sqlite3.SQLITE_IOERR: Unreachable,
    sqlite3.SQLITE_CANTOPEN: Unreachable,
    sqlite3.SQLITE_PERM: Unreachable,
}
_POSTGRES = {
    "40001": Busy,
    "40P01": Busy,
    "55P03": Busy,
    "53300": Busy,
    "53100": Full,
    "25006": ReadOnly,
    "42501": ReadOnly,
    "XX001": Broken,
    "XX002": Broken,
}


def translate(error: DBAPIError | sqlite3.Error) -> StorageError:
    """Our error for a driver's; the message names the driver's class only, never a statement's parameters."""
    if isinstance(error, IntegrityError):
        return Conflict(type(error.orig).__name__)
    cause = error.orig if isinstance(error, DBAPIError) else error
    kind: type[StorageError] = StorageError
    if isinstance(cause, sqlite3.Error):
        kind = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, StorageError)
    else:
        state = getattr(cause, "sqlstate", None)
        lost = state is None or state[:2] in {"08", "57"}
        kind = _POSTGRES.get(str(state), Unreachable if lost else StorageError)
    return kind(type(cause).__name__ if isinstance(cause, BaseException) else "database error")
