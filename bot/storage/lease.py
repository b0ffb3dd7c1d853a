"""The right to run the bot on a shared database: a row that its holder renews (decision 0018).

A session lock of the server would be gone, unnoticed, when the server restarts, fails over or ends the session. The row
stays. Whoever wants to start watches it: when it changes, the holder lives. When it stands still for WATCH_SECONDS the
holder is taken for dead, and a transaction that shuts out all writers puts another name into the row. From then on no
transaction of the old holder passes `is_ours`, should it live after all. No clock is compared with another.
"""

import os
import secrets
import time
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.storage.errors import LostLock, Running, translate
from bot.storage.postgres import CONNECT, writer_engine
from bot.storage.schema import meta
from bot.storage.transaction import Transaction
from bot.storage.urls import parse_url

KEY = "run-lease"
WATCH_SECONDS = 12.0
"""Longer than some renewals take and than a server needs to be back for its first client."""
LOOK_SECONDS = 0.5


class Lease:
    """A lease in our name: `<random> <place> <process> <renewals>`."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name, self._renewals = url, name, 0

    @classmethod
    def take(cls, url: str) -> Self:
        """Take the lease; raises Running when its holder lives, StorageError when the database does not answer."""
        lease = cls(url, f"{secrets.token_hex(8)} {_place()} {os.getpid()}")
        end = time.monotonic() + WATCH_SECONDS
        engine = _engine(url)
        try:
            seen = _read(engine)
            while seen is not None and not _is_dead(seen) and time.monotonic() < end:
                time.sleep(LOOK_SECONDS)
                if _read(engine) not in {seen, None}:
                    raise Running("another process runs the bot on this database")
            lease._put(seen)
        except DBAPIError as error:
            raise translate(error) from error
        finally:
            engine.dispose()
        return lease

    def renew(self) -> None:
        """Change the row, so that others see us live; raises LostLock when it has another's name."""
        self._renewals += 1
        renewed = update(meta).where(meta.c.key == KEY, meta.c.value.startswith(self._name)).values(value=self._value)
        engine = _engine(self._url)
        try:
            with engine.connect() as conn:
                if conn.execute(renewed).rowcount == 0:
                    raise LostLock("another process took over the lease")
        except DBAPIError as error:
            raise translate(error) from error
        finally:
            engine.dispose()

    def is_ours(self, tx: Transaction) -> bool:
        """Whether the row has our name, seen inside a transaction that is alone in writing."""
        found = _value(tx.conn)
        return found is not None and found.startswith(self._name)

    def release(self) -> None:
        """Take our row away; when the server is away the next start finds us dead, or waits."""
        engine = _engine(self._url)
        try:
            with engine.connect() as conn:
                conn.execute(delete(meta).where(meta.c.key == KEY, meta.c.value.startswith(self._name)))
        except DBAPIError:
            pass
        finally:
            engine.dispose()

    @property
    def _value(self) -> str:
        return f"{self._name} {self._renewals}"

    def _put(self, seen: str | None) -> None:
        """Put our name where `seen` stands, while nobody writes; raises Running when it has changed."""
        engine = writer_engine(parse_url(self._url))
        try:
            with engine.begin() as conn:
                if (found := _value(conn)) not in {seen, None}:
                    raise Running("another process runs the bot on this database")
                known = found is not None
                put = update(meta).where(meta.c.key == KEY) if known else insert(meta).values(key=KEY)
                conn.execute(put.values(value=self._value))
        finally:
            engine.dispose()


def _engine(url: str) -> Engine:
    """One short connection a call: one that is kept would be the first thing to be lost."""
    return create_engine(parse_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=CONNECT)


def _read(engine: Engine) -> str | None:
    with engine.connect() as conn:
        return _value(conn)


def _value(conn: Connection) -> str | None:
    found: str | None = conn.scalar(select(meta.c.value).where(meta.c.key == KEY))
    return found


def _place() -> str:
    """This machine since its start, and the numbering of processes that we see: where a process number means one."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:  # no Linux: a dead holder is waited for
        return f"{os.uname().nodename}/{secrets.token_hex(4)}"


def _is_dead(lease: str) -> bool:
    """Whether the holder was a process of this place that is no more; False when that cannot be known."""
    parts = lease.split(" ")
    if len(parts) != 4 or parts[1] != _place() or not parts[2].isdecimal():
        return False
    try:
        os.kill(int(parts[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
