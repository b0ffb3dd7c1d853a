"""A part of a transaction that may fail by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.storage.transaction import Transaction


def attempt(tx: Transaction, work: Callable[[], None]) -> Exception | None:
    """Run `work` in a savepoint: what it wrote stays, or is undone and its error returned."""
    try:
        with savepoint(tx):
            work()
    except Exception as error:  # noqa: BLE001 - handed to the caller, who counts it
        return error
    return None


@contextmanager
def savepoint(tx: Transaction) -> Iterator[None]:
    """A part of the transaction that is undone alone when it raises; the error goes on."""
    renewed = tx.roster_renewed
    try:
        with tx.conn.begin_nested():
            yield
    except BaseException:
        tx.roster_renewed = renewed  # the token that was written went with the rest
        raise
