"""One running bot to a database, also when the server restarts or a file is removed (decision 0018).

An embedded database has a lock file that the operating system gives back when the holder dies. A shared one has a
lease: a row in `meta` that the holder renews, and that each of its transactions asks for before it writes.
"""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bot.storage.errors import LostLock, Running, StorageError, Unreachable
from bot.storage.files import create_private, private_folder
from bot.storage.lease import Lease
from bot.storage.transaction import Transaction
from bot.storage.urls import sqlite_path

RENEW_SECONDS = 2.0


class _Held(Protocol):
    """What keeps other bots away."""

    def renew(self) -> None:
        """Say that we live; raises LostLock when another process took over, StorageError when it cannot be said."""

    def is_ours(self, tx: Transaction) -> bool:
        """Whether a transaction may write."""

    def release(self) -> None:
        """Give it back."""


class RunLock:
    """The lock of this process while it runs the bot; a thread renews it."""

    def __init__(self, held: _Held) -> None:
        self._held, self._lost, self._ended = held, threading.Event(), threading.Event()
        self._watchers: list[Callable[[], object]] = []
        self._thread = threading.Thread(target=self._keep, name="ruhu-lock", daemon=True)

    def check(self, tx: Transaction) -> None:
        """Called first in each transaction that writes; raises LostLock when another process runs the bot."""
        if self._lost.is_set() or not self._held.is_ours(tx):
            self._lose()
            raise LostLock("another process runs the bot on this database")

    def when_lost(self, watcher: Callable[[], object]) -> None:
        """Call `watcher`, on any thread, when the lock is lost; it should end the process."""
        self._watchers.append(watcher)
        if self._lost.is_set():
            watcher()

    def require(self) -> None:
        """Raise LostLock when it was lost."""
        if self._lost.is_set():
            raise LostLock("another process runs the bot on this database")

    @contextmanager
    def _kept(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._thread.join()
            self._held.release()

    def _keep(self) -> None:
        while not self._ended.wait(RENEW_SECONDS):
            try:
                self._held.renew()
            except LostLock:
                return self._lose()
            except StorageError:
                continue  # the server is away: nothing can be written meanwhile, and the lease waits for us
        return None

    def _lose(self) -> None:
        if not self._lost.is_set():
            self._lost.set()
            for watcher in self._watchers:
                watcher()


@contextmanager
def run_lock(url: str) -> Iterator[RunLock]:
    """Hold the run lock of the database at `url`; raises Running when another process holds it.

    `ruhu run` holds it while it lives, `ruhu restore` while it replaces the database; no other command asks for it. On
    a shared database this waits up to `lease.WATCH_SECONDS` for a holder that ended without giving the lease back.
    """
    path = sqlite_path(url)
    held = _LockFile(lock_file(path)) if path else Lease.take(url)
    lock = RunLock(held)
    with lock._kept():
        yield lock


def lock_file(path: Path) -> Path:
    """The file beside an embedded database that carries the lock; it stays when the lock is free."""
    return path.with_name(path.name + ".lock")


class _LockFile:
    """A lock of the operating system on a file; the file is put back when somebody removes it."""

    def __init__(self, path: Path) -> None:
        private_folder(path.parent)
        self._path, self._handle, self._alone = path, _locked(path), threading.Lock()

    def renew(self) -> None:
        """Lock the file that stands there now, if it is another one; also before each transaction that writes."""
        with self._alone:
            if not self._is_in_place():
                self._lock_anew()

    def is_ours(self, tx: Transaction) -> bool:  # noqa: ARG002 - the interface's
        try:
            self.renew()
        except LostLock:
            return False
        return True

    def release(self) -> None:
        os.close(self._handle)

    def _lock_anew(self) -> None:
        try:
            handle = _locked(self._path)
        except Running as error:
            raise LostLock("the lock file was replaced, and another process holds the new one") from error
        except OSError as error:
            raise Unreachable(type(error).__name__) from error
        os.close(self._handle)
        self._handle = handle

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.lstat())
        except FileNotFoundError:
            return False


def _locked(path: Path) -> int:
    """A handle that has the lock of the file at `path`, which is made if it is not there."""
    create_private(path)
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise Running("another process runs the bot on this database") from error
    return handle
