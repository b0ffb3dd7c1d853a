"""The audit chain: whole unless somebody touched it, and then the place is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from bot.storage import audit, meta, people
from bot.storage.database import Database, Transaction
from bot.storage.schema import audit as table
from bot.storage.schema import memberships
from bot.storage.schema import people as people_table
from tests.support.storage import NOW, world


def _rows(tx: Transaction, number: int = 5) -> None:
    for n in range(number):
        audit.append(tx, actor="staff:1", action="visit", subject=f"household:{n}", at=NOW, record="V240315-01", fen=n)


async def test_an_untouched_chain_is_whole(any_db: Database) -> None:
    assert await any_db.read(audit.verify) is None
    await any_db.write(_rows)
    await any_db.write(_rows)
    assert await any_db.read(audit.verify) is None
    rows = await any_db.read(lambda tx: audit.rows_of(tx, "household:3"))
    assert [(row.id, row.actor, row.at, row.details) for row in rows] == [
        (4, "staff:1", NOW, '{"fen":3,"record":"V240315-01"}'),
        (9, "staff:1", NOW, '{"fen":3,"record":"V240315-01"}'),
    ]


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET details = '{}' WHERE id = 3", 3),
        ("UPDATE audit SET at = '2024-03-15T01:00:00.000001+00:00' WHERE id = 2", 2),
        ("UPDATE audit SET actor = 'staff:2' WHERE id = 5", 5),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("DELETE FROM audit WHERE id = 5", 5),
        ("DELETE FROM audit", 1),
        ("UPDATE audit SET id = 9 WHERE id = 3", 3),
        ("UPDATE audit SET hash = previous WHERE id = 1", 1),
        ("DELETE FROM meta WHERE key = 'audit-head'", 6),
    ],
)
async def test_the_first_row_that_was_touched_is_named(db: Database, statement: str, broken: int) -> None:
    await db.write(_rows)
    await db.write(lambda tx: tx.conn.execute(text(statement)).rowcount)
    assert await db.read(audit.verify) == broken


async def test_two_rows_that_changed_places_are_found(db: Database) -> None:
    def swap(tx: Transaction) -> None:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            tx.conn.execute(update(table).where(table.c.id == old).values(id=new))

    await db.write(_rows)
    await db.write(swap)
    assert await db.read(audit.verify) == 2


async def test_rows_cut_off_at_the_end_stay_found_when_others_follow(db: Database) -> None:
    await db.write(_rows)
    await db.write(lambda tx: tx.conn.execute(delete(table).where(table.c.id >= 4)))
    await db.write(_rows)
    assert await db.read(audit.verify) == 4


async def test_a_cut_cannot_be_covered_up_without_the_key(db: Database) -> None:
    """Somebody shortens the chain and writes the head that would fit, with a mark of their own."""
    await db.write(_rows)

    def forge(tx: Transaction) -> None:
        tx.conn.execute(delete(table).where(table.c.id == 5))
        last = tx.conn.execute(table.select().where(table.c.id == 4)).one()
        meta.put(tx, audit.HEAD, f"4:{last.hash}:{'0' * 64}")

    await db.write(forge)
    assert await db.read(audit.verify) == 5


async def test_a_change_that_was_rolled_back_leaves_no_row(db: Database) -> None:
    def fails(tx: Transaction) -> None:
        _rows(tx)
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(fails)
    await db.write(lambda tx: _rows(tx, 1))
    assert await db.read(audit.verify) is None
    assert len(await db.read(lambda tx: audit.rows_of(tx, "household:0"))) == 1


async def test_erasing_a_person_leaves_the_chain_whole(db: Database) -> None:
    def erase(tx: Transaction) -> None:
        w = world(tx)
        person = people.of_household(tx, w.wang)[1].id
        audit.append(tx, actor="system", action="import", subject=f"person:{person}", at=NOW)
        tx.conn.execute(delete(memberships).where(memberships.c.person_id == person))
        tx.conn.execute(delete(people_table).where(people_table.c.id == person))

    await db.write(_rows)
    await db.write(erase)
    assert await db.read(audit.verify) is None


@pytest.mark.parametrize(
    "personal",
    ["王老五", "五组", "漏雨", "13800001234", "532331198001010012", "53233119800101001X", "532331800101001",
     "a b", "a" * 65, "tel:13800001234", ["V240315-01", "13800001234"], {"name": "x"}, 1.5, b"x"],
)  # fmt: skip
async def test_nothing_personal_gets_into_the_details(db: Database, personal: object) -> None:
    with pytest.raises((ValueError, TypeError)) as caught:
        await db.write(lambda tx: audit.append(tx, actor="system", action="x", subject="y:1", at=NOW, value=personal))  # type: ignore[arg-type]
    assert str(personal) not in str(caught.value)
    assert await db.read(lambda tx: audit.rows_of(tx, "y:1")) == []


@given(st.text(min_size=1).filter(lambda text: not text.isascii()))
def test_no_text_that_is_not_plain_ascii_passes(text: str) -> None:
    with pytest.raises(ValueError, match="codes"):
        audit._refuse_personal(text)


@pytest.mark.parametrize(
    "code", ["V240315-07", "lifted", "2024-03-15", "household:12", "uq_people.id", "2023-10/2024-09", ""]
)
def test_codes_numbers_dates_and_ids_pass(code: str) -> None:
    audit._refuse_personal(code)
    audit._refuse_personal([code, 3])
