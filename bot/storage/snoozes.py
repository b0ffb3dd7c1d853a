"""Snoozes: a due household put off for a few days with a reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from bot.storage.schema import households, snoozes
from bot.storage.transaction import Transaction

z = snoozes.c


@dataclass(frozen=True, slots=True)
class Snooze:
    """One snooze: said `on_day`, the household comes back on the day `until`; `reason` is a button's code."""

    id: int
    household_id: int
    staff_id: int
    on_day: date
    until: date
    reason: str


def insert(tx: Transaction, *, household_id: int, staff_id: int, on_day: date, until: date, reason: str) -> int:
    """Store a snooze; its id."""
    values = {"household_id": household_id, "staff_id": staff_id, "on_day": on_day, "until": until, "reason": reason}
    return int(tx.conn.execute(snoozes.insert().values(values).returning(z.id)).scalar_one())


def last(tx: Transaction, household_id: int, staff_id: int) -> Snooze | None:
    """The newest snooze of a household by a staff member."""
    mine = (z.household_id == household_id, z.staff_id == staff_id)
    row = tx.conn.execute(select(snoozes).where(*mine).order_by(z.id.desc()).limit(1)).first()
    return _snooze(row) if row else None


def in_a_row(tx: Transaction, household_id: int, staff_id: int) -> int:
    """How often a staff member has snoozed a household since its last counted visit."""
    visited = select(households.c.last_visit).where(households.c.id == household_id).scalar_subquery()
    mine = (z.household_id == household_id, z.staff_id == staff_id)
    since = visited.is_(None) | (z.on_day >= visited)
    return int(tx.conn.scalar(select(func.count()).where(*mine, since)) or 0)


def asleep(tx: Transaction, staff_id: int, today: date) -> dict[int, date]:
    """The households that a staff member has snoozed beyond `today`: household id → the day it comes back."""
    query = select(z.household_id, func.max(z.until)).where(z.staff_id == staff_id, z.until > today)
    rows = tx.conn.execute(query.group_by(z.household_id))
    return {row[0]: row[1] for row in rows}


def _snooze(row: Row[Any]) -> Snooze:
    return Snooze(**row._mapping)
