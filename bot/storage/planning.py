"""What decides a household's next visit, for many households in few queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, bindparam, func, or_, select, true

from bot.domain.households import Category, Monitoring
from bot.domain.income import Line
from bot.domain.income_kinds import Kind
from bot.domain.statyear import Window, month_of
from bot.storage.lenient import day_or_none, readable
from bot.storage.schema import annual_figures, clues, entries, households, memberships, visits
from bot.storage.transaction import Transaction

h = households.c
Ids = Collection[int] | None
"""Households by id; None: every one that has not left."""
FEW = 400
"""Up to so many ids go into a statement; more are looked up as all and the rest is left out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A household as it is planned now, and what the plan should follow from."""

    id: int
    code: str
    category: Category
    monitoring: Monitoring
    first_due: date | None
    imported_on: date | None
    next_due: date | None
    due_reason: str
    last_visit: date | None
    counted_visit: date | None  # newest counted visit that stands
    problem_since: date | None  # oldest open problem


def standings(tx: Transaction, ids: Ids) -> list[Standing]:
    """The households asked for, those that left and those whose row cannot be read excepted."""
    rows = tx.conn.execute(
        select(
            h.id, h.code, h.category, h.monitoring, h.first_due, h.imported_on, h.next_due, h.due_reason, h.last_visit,
            _newest_visit().label("counted_visit"), _oldest_problem().label("problem_since"),
        ).where(h.left_on.is_(None), _asked(h.id, ids))
    )  # fmt: skip
    wanted = None if ids is None else set(ids)
    return readable((row for row in rows if wanted is None or row.id in wanted), _standing)


def lines(tx: Transaction, ids: Ids, span: Window) -> dict[int, list[Line]]:
    """Net ledger lines (kind, item, fen) of each household over a window of whole months."""
    e = entries.c
    query = (
        select(e.household_id, e.kind, e.item, func.sum(e.amount_fen))
        .where(e.month.between(month_of(span[0]), month_of(span[1])), _asked(e.household_id, ids))
        .group_by(e.household_id, e.kind, e.item)
    )
    found: dict[int, list[Line]] = defaultdict(list)
    for household_id, line in readable(
        tx.conn.execute(query), lambda row: (row[0], (Kind(row[1]), row[2], int(row[3])))
    ):
        found[household_id].append(line)
    return found


def official(tx: Transaction, ids: Ids, year: int) -> dict[int, int]:
    """Official figures of a statistical year, fen per head, where there are any."""
    a = annual_figures.c
    query = select(a.household_id, a.per_capita_fen).where(a.year == year, _asked(a.household_id, ids))
    return {row.household_id: row.per_capita_fen for row in tx.conn.execute(query)}


def members(tx: Transaction, ids: Ids, day: date) -> dict[int, int]:
    """How many memberships cover a day, by household."""
    m = memberships.c
    covering = and_(or_(m.joined_on.is_(None), m.joined_on <= day), or_(m.left_on.is_(None), m.left_on >= day))
    query = select(m.household_id, func.count()).where(covering, _asked(m.household_id, ids)).group_by(m.household_id)
    return {row[0]: row[1] for row in tx.conn.execute(query)}


def store(tx: Transaction, plans: Sequence[tuple[int, date | None, str, date | None]]) -> None:
    """Write (household id, next visit, rule, last counted visit) of those that changed."""
    if not plans:
        return
    change = households.update().where(h.id == bindparam("key"))
    change = change.values(next_due=bindparam("due"), due_reason=bindparam("why"), last_visit=bindparam("last"))
    tx.conn.execute(change, [{"key": key, "due": due, "why": why, "last": last} for key, due, why, last in plans])


def _newest_visit() -> Any:
    v = visits.c
    return (
        select(func.max(v.visited_on))
        .where(v.household_id == h.id, v.counted.is_(true()), v.undone_at.is_(None))
        .scalar_subquery()
    )


def _oldest_problem() -> Any:
    c = clues.c
    standing = (c.household_id == h.id, c.closed_on.is_(None), c.withdrawn.is_not(true()))
    return select(func.min(c.opened_on)).where(*standing).scalar_subquery()


def _asked(column: Column[int], ids: Ids) -> ColumnElement[bool]:
    if ids is None or len(ids) > FEW:
        return true()
    return column.in_(list(ids))


def _standing(row: Any) -> Standing:
    values: dict[str, Any] = {key: day_or_none(value) for key, value in row._mapping.items()}
    return Standing(
        **values | {"category": Category(values["category"]), "monitoring": Monitoring(values["monitoring"])}
    )
