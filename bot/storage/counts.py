"""Counts of a scope for `/stats`, made by the database: a township is counted without loading it."""

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from bot.domain.access import Scope
from bot.domain.households import Category
from bot.storage.lenient import readable
from bot.storage.schema import clues, households, memberships, visits
from bot.storage.scopes import covers
from bot.storage.transaction import Transaction

h, m, v, c = households.c, memberships.c, visits.c, clues.c


def _there(scope: Scope) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return covers(scope), h.left_on.is_(None)


def by_class(tx: Transaction, scope: Scope) -> dict[Category, tuple[int, int]]:
    """Households that are there and their members by class."""
    tx.reads.counted |= scope
    open_one = (m.household_id == h.id) & m.left_on.is_(None)
    query = select(h.category, func.count(h.id.distinct()), func.count(m.id)).outerjoin(memberships, open_one)
    rows = tx.conn.execute(query.where(*_there(scope)).group_by(h.category))
    return dict(readable(rows, lambda row: (Category(row[0]), (row[1], row[2]))))


def due(tx: Transaction, scope: Scope, today: date) -> tuple[int, int]:
    """Households that are due (see `households.due`), and how many of them are overdue."""
    tx.reads.counted |= scope
    awake = or_(h.muted_until.is_(None), h.muted_until <= today)
    query = select(func.count(), func.count().filter(h.next_due < today)).select_from(households)
    number, overdue = tx.conn.execute(query.where(*_there(scope), awake, h.next_due <= today)).one()
    return number, overdue


def visited(tx: Transaction, scope: Scope, from_on: date, to_on: date) -> int:
    """Households with a counted visit from day to day (inclusive)."""
    tx.reads.counted |= scope
    inside = v.household_id.in_(select(h.id).where(covers(scope)))
    counted = (v.counted, v.undone_at.is_(None), v.visited_on.between(from_on, to_on))
    return tx.conn.scalar(select(func.count(v.household_id.distinct())).where(inside, *counted)) or 0


def problems(tx: Transaction, scope: Scope) -> int:
    """Open problems of households that are there."""
    tx.reads.counted |= scope
    inside = c.household_id.in_(select(h.id).where(*_there(scope)))
    is_open = (c.closed_on.is_(None), c.withdrawn.is_(False))
    return tx.conn.scalar(select(func.count()).select_from(clues).where(inside, *is_open)) or 0
