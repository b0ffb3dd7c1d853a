"""Small facts about the database itself: the key's check value, counters, the head of the audit chain."""

from sqlalchemy import select

from bot.storage.schema import meta
from bot.storage.transaction import Transaction


def get(tx: Transaction, key: str) -> str | None:
    """The value under `key`, None when there is none."""
    value: str | None = tx.conn.scalar(select(meta.c.value).where(meta.c.key == key))
    return value


def put(tx: Transaction, key: str, value: str) -> None:
    """Set the value under `key`."""
    if tx.conn.execute(meta.update().where(meta.c.key == key).values(value=value)).rowcount == 0:
        tx.conn.execute(meta.insert().values(key=key, value=value))


def count_up(tx: Transaction, key: str) -> int:
    """The next number of the counter `key`, from 1; given back when the transaction rolls back."""
    number = int(get(tx, key) or "0") + 1
    put(tx, key, str(number))
    return number
