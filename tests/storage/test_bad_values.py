"""A value that a database cannot keep is the value's fault and never an outage, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.delivery.trouble import OUTAGES
from bot.storage import households, people, staff
from bot.storage.database import Database
from bot.storage.errors import BadValue, StorageError
from bot.storage.schema import entries
from bot.storage.transaction import Transaction

Work = Callable[[Transaction], Any]
REFUSED_BY_BOTH: dict[str, Work] = {
    "half a character": lambda tx: staff.insert(tx, "张\ud800三"),
    "half a character in a question": lambda tx: staff.by_name(tx, "\udfff"),
    "a number beyond 64 bits": lambda tx: households.get(tx, 2**63),
    "a negative one": lambda tx: households.get(tx, -(2**64)),
    "a number of 300 digits": lambda tx: people.get(tx, 10**300),
    "an amount beyond 64 bits": lambda tx: tx.conn.execute(
        select(entries.c.id).where(entries.c.amount_fen == 2**64)
    ).all(),
}
REFUSED_BY_POSTGRES: dict[str, Work] = {
    "NUL": lambda tx: staff.insert(tx, "张\0三"),
    "NUL in a question": lambda tx: staff.by_name(tx, "\0"),
    "a number beyond 32 bits": lambda tx: households.get(tx, 2**31),
    "a text that is no number": lambda tx: tx.conn.execute(text("SELECT CAST('x' AS integer)")),
    "a division by zero": lambda tx: tx.conn.execute(text("SELECT 1/0")),
    "a key too long for its index": lambda tx: staff.insert(tx, "".join(map(chr, range(0x4E00, 0x7000)))),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED_BY_BOTH)
async def test_a_value_that_no_database_keeps_is_a_bad_value(any_db: Database, what: str) -> None:
    """The driver refuses it before it is sent; nothing is changed, and the next work goes on."""
    with pytest.raises(BadValue):
        await any_db.write(REFUSED_BY_BOTH[what])
    assert await any_db.write(lambda tx: staff.insert(tx, "张三")) > 0


@pytest.mark.postgres
@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("what", REFUSED_BY_POSTGRES)
async def test_what_postgresql_alone_refuses_is_a_bad_value_too(any_db: Database, what: str) -> None:
    """Without a code from the driver, or with one of the classes 22 and 54 from the server."""
    with pytest.raises(BadValue):
        await any_db.write(REFUSED_BY_POSTGRES[what])
    assert await any_db.write(lambda tx: staff.insert(tx, "张三")) > 0


@pytest.mark.parametrize("what", REFUSED_BY_POSTGRES)
async def test_nothing_of_it_is_ever_taken_for_an_outage(any_db: Database, what: str) -> None:
    """SQLite keeps most of it."""
    raised = None
    try:
        await any_db.write(REFUSED_BY_POSTGRES[what])
    except StorageError as error:
        raised = error
    assert not isinstance(raised, OUTAGES)


async def test_a_mistake_in_a_statement_is_no_outage_either(any_db: Database) -> None:
    """A defect of ours is counted against the update and set aside, it never blocks a chat."""
    for statement in ("SELECT nothing FROM nowhere", "SELEKT", "SELECT :missing"):
        with pytest.raises(Exception) as raised:  # noqa: PT011 - which one is the drivers' matter
            await any_db.write(lambda tx, statement=statement: tx.conn.exec_driver_sql(statement))
        assert not isinstance(raised.value, OUTAGES)
