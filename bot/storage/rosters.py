"""What an import looks up and writes in bulk."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.people import Person
from bot.storage.entries import _known_keys
from bot.storage.people import _person, _query
from bot.storage.schema import annual_figures, memberships, people
from bot.storage.transaction import Transaction

IMPORT_KEY = "entry-import"
"""Purpose of the marks of imported entries, as `entries.insert_imported` writes them."""


def everybody(tx: Transaction) -> list[Person]:
    """Each person once, ID number and phone in clear, with the open membership, else the last one."""
    order = (people.c.id, memberships.c.left_on.is_not(None), memberships.c.id.desc())
    found: dict[int, Person] = {}
    for row in tx.conn.execute(_query().order_by(*order)):
        if row.id not in found:
            found[row.id] = _person(tx, row, opened=True)
    return list(found.values())


def insert_figures(tx: Transaction, year: int, figures: Sequence[tuple[int, int]], source: str) -> None:
    """Official figures of households that have none for the year: (household id, fen per head)."""
    if figures:
        rows = [
            {"household_id": household_id, "year": year, "per_capita_fen": fen, "source": source}
            for household_id, fen in figures
        ]
        tx.conn.execute(annual_figures.insert(), rows)


def known_imports(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Which of these keys of an income workbook belong to entries that are stored."""
    marks = {tx.secrets.mark(key, IMPORT_KEY): key for key in keys}
    return {marks[mark] for mark in _known_keys(tx, list(marks))}


def figures(tx: Transaction) -> dict[tuple[int, int], int]:
    """Every official figure: (household id, year) → fen per head."""
    y = annual_figures.c
    rows = tx.conn.execute(select(y.household_id, y.year, y.per_capita_fen))
    return {(row.household_id, row.year): row.per_capita_fen for row in rows}
