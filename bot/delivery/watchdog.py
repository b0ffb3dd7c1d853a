"""Ends a process whose writing thread does not come back, so that whoever watches it can start it again.

The timer is the interpreter's own (faulthandler): it runs outside Python and fires also while something holds the
interpreter for good. The update in hand keeps its mark (bot/storage/inbox.py) and is left alone the second time.
"""

import asyncio
import faulthandler
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.storage.database import Database
from bot.storage.errors import StorageError

LOOK_EVERY = 5.0
PATIENCE = 30.0
"""Seconds without a sign of life after which the process is ended."""


@asynccontextmanager
async def watched(db: Database, *, patience: float = PATIENCE, look_every: float = LOOK_EVERY) -> AsyncIterator[None]:
    """End the process (exit code 1, a trace of file names and lines on stderr) when `db` stops writing meanwhile."""
    _alive(patience)
    task = asyncio.create_task(_watch(db, patience, look_every))
    try:
        yield
    finally:
        task.cancel()
        faulthandler.cancel_dump_traceback_later()


async def _watch(db: Database, patience: float, look_every: float) -> None:
    """Look whether units of work come back; an empty one is sent along, so that a quiet night is no sign of death."""
    seen, empty = -1, asyncio.create_task(_empty(db))
    while True:
        if db.writes != seen:
            seen = db.writes
            _alive(patience)
        if empty.done():
            empty = asyncio.create_task(_empty(db))
        await asyncio.sleep(look_every)


async def _empty(db: Database) -> None:
    with suppress(StorageError):  # an outage is handled where it is met; it came back
        await db.write(lambda _: None)


def _alive(patience: float) -> None:
    faulthandler.dump_traceback_later(patience, exit=True)
    notify("WATCHDOG=1")


def notify(state: str) -> None:
    """Tell systemd, where it started us and asked for it (sd_notify): `READY=1`, `WATCHDOG=1`, `STOPPING=1`."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as door, suppress(OSError):
        door.connect("\0" + address[1:] if address.startswith("@") else address)
        door.sendall(state.encode())
