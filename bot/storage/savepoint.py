"""A part of a transaction that may fail by itself."""

from collections.abc import Callable

from bot.storage.transaction import Transaction


def attempt(tx: Transaction, work: Callable[[], None]) -> Exception | None:
    """Run `work` in a savepoint: what it wrote stays, or is undone and its error returned."""
    try:
        with tx.conn.begin_nested():
            work()
    except Exception as error:  # noqa: BLE001 - handed to the caller, who counts it
        return error
    return None
