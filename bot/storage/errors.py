"""Database errors, translated once, at the edge of a unit of work."""

import sqlite3
from pathlib import Path
from typing import ClassVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError


class StorageError(Exception):
    """The database could not do what was asked; nothing was changed. `code` names the text `storage-<code>`."""

    code: ClassVar[str] = "failed"


class Busy(StorageError):
    """Another process holds the database longer than we wait; trying again later may help."""

    code = "busy"


class Full(StorageError):
    """The disk is full, a quota is used up, or what is written does not arrive."""

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


class BadValue(StorageError):
    """A value that the database cannot keep or compare: a text that is not well-formed, a number out of range."""

    code = "bad-value"


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
    sqlite3.SQLITE_TOOBIG: BadValue,
    sqlite3.SQLITE_MISMATCH: BadValue,
}
_NOT_WRITTEN = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""What SQLite says of a quota: only a full disk is SQLITE_FULL."""
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


DATA_ERRORS = (OverflowError, UnicodeEncodeError)
"""What drivers raise as it is: a number too large for SQLite, half a character for either."""
Raised = DBAPIError | sqlite3.Error | OverflowError | UnicodeEncodeError


def translate(error: Raised) -> StorageError:
    """Our error for a driver's; the message names the driver's class only, never a statement's parameters."""
    if isinstance(error, IntegrityError):
        return Conflict(type(error.orig).__name__)
    cause = error.orig if isinstance(error, DBAPIError) else error
    kind: type[StorageError]
    if isinstance(cause, DATA_ERRORS):
        kind = BadValue
    elif isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        kind = Full if code in _NOT_WRITTEN else _SQLITE.get(code & 0xFF, StorageError)
    else:
        kind = _of_server(error, getattr(cause, "sqlstate", None))
    return kind(type(cause).__name__ if isinstance(cause, BaseException) else "database error")


def _of_server(error: Raised, state: str | None) -> type[StorageError]:
    """By the server's code; without one the connection is lost, or the driver refused a value before sending it."""
    if state is None:
        if isinstance(error, OperationalError | InterfaceError):
            return Unreachable
        return BadValue if isinstance(error, DataError) else StorageError
    by_class = {"08": Unreachable, "57": Unreachable, "22": BadValue, "54": BadValue}
    return _POSTGRES.get(state, by_class.get(state[:2], StorageError))
