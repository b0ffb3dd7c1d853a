"""The roster as a workbook with the template's columns, so that it can be imported again."""

from datetime import date

from bot.domain.access import Scope
from bot.domain.households import Household
from bot.domain.people import Person
from bot.domain.statyear import last_closed
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import (
    HOUSEHOLD_KEYS,
    MEMBERS,
    ROSTER,
    VILLAGE_FACTS,
    VILLAGES,
    Column,
    Form,
)
from bot.reports.workbooks.sheet import Cell, Sheet
from bot.storage import households, people, planning, villages
from bot.storage.sealing import UNREADABLE
from bot.storage.transaction import Transaction

REPEATED = frozenset({"village", "group", "code", "category"})
"""Household columns that stand in every row; the others only in the first, which is the head's."""


def roster(tx: Transaction, scope: Scope, today: date, *, village_id: int | None, sensitive: bool) -> list[Sheet]:
    """The sheets 成员 and 村情 of the households that a scope covers and that have not left.

    Without `sensitive` the columns of ID number, phone and health are missing altogether.
    """
    columns = tuple(column for column in ROSTER if sensitive or not column.sensitive)
    members = people.of_households(tx, scope, opened=sensitive)
    figures = planning.official(tx, None, last_closed(today))
    rows: list[list[Cell]] = []
    shown: set[int] = set()
    for household in households.list_for(tx, scope):
        if village_id is None or household.village_id == village_id:
            shown.add(household.village_id)
            rows += _rows(columns, household, members.get(household.id, []), figures.get(household.id))
    return [Sheet(MEMBERS, columns, rows), _facts(tx, shown)]


def _rows(
    columns: tuple[Column, ...], household: Household, members: list[Person], figure: int | None
) -> list[list[Cell]]:
    rows = []
    for place, person in enumerate(members):
        row: list[Cell] = []
        for column in columns:
            if column.key not in HOUSEHOLD_KEYS:
                row.append(shown_value(column, getattr(person, column.key)))
            elif column.key == "per_capita":
                row.append(None if place else shown_value(column, figure))
            elif place == 0 or column.key in REPEATED:
                row.append(_of_household(column, household))
            else:
                row.append(None)
        rows.append(row)
    return rows


def _of_household(column: Column, household: Household) -> Cell:
    """A value of the household; where its row is damaged, its classes are not told and cannot be imported again."""
    if not household.readable and column.key in {"category", "monitoring"}:
        return UNREADABLE
    return shown_value(column, getattr(household, column.key))


def shown_value(column: Column, value: object) -> Cell:
    """A stored value as its column shows it: Chinese words, amounts in yuan."""
    if value is None:
        return None
    if column.form is Form.FLAG:
        return words.YES if value else words.NO
    if column.form is Form.YUAN:
        return int(str(value)) / 100
    if isinstance(value, tuple):
        return "、".join(value)
    table = _WORDS.get(column.key)
    if table is not None:
        return table[str(value)]
    return value if isinstance(value, str | int | float | date) else str(value)


_WORDS: dict[str, dict[str, str]] = {
    "category": {str(key): word for key, word in words.CATEGORIES.items()},
    "monitoring": {str(key): word for key, word in words.MONITORING.items()},
    "works_where": words.WORKS_WHERE,
}


def _facts(tx: Transaction, shown: set[int]) -> Sheet:
    """The villages of the households shown whose population is known."""
    rows: list[list[Cell]] = [
        [village.name, village.rural_population, words.YES if village.lifted else words.NO]
        for village in villages.all_villages(tx)
        if village.id in shown and village.rural_population is not None
    ]
    return Sheet(VILLAGE_FACTS, VILLAGES, rows)
