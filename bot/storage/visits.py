"""Visits and tries."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from bot.domain.access import Scope
from bot.domain.checks import Check, CheckState, Mode
from bot.domain.records import Visit
from bot.storage.lenient import day, readable
from bot.storage.schema import households, records, staff, visits
from bot.storage.scopes import covers
from bot.storage.sealing import open_optional, seal_optional
from bot.storage.transaction import Transaction

v = visits.c
_PLAIN = ("record_id", "household_id", "visited_on", "mode", "author_id", "counted", "all_ok", "undone_at")
_STANDS = v.undone_at.is_(None)
_COUNTS = v.counted & _STANDS


def insert(tx: Transaction, visit: Visit) -> int:
    """Store a visit, or a try when it is not `counted`; id, number and author's name are not read. Its id."""
    return int(tx.conn.execute(visits.insert().values(_columns(tx, visit)).returning(v.id)).scalar_one())


def insert_many(tx: Transaction, new: Sequence[Visit]) -> None:
    """Store many visits at once (a synthetic township)."""
    if new:
        tx.conn.execute(visits.insert(), [_columns(tx, visit) for visit in new])


def of_household(
    tx: Transaction, household_id: int, limit: int | None = None, include_undone: bool = False
) -> list[Visit]:
    """The visits and tries of a household, newest first."""
    where = [v.household_id == household_id, *(() if include_undone else (_STANDS,))]
    return _select(tx, *where, order=(v.visited_on.desc(), v.id.desc()), limit=limit)


def on_day(tx: Transaction, household_id: int, day: date) -> list[Visit]:
    """The visits and tries of a household on one day."""
    return _select(tx, v.household_id == household_id, v.visited_on == day, _STANDS, order=(v.id,))


def with_problems(tx: Transaction, household_ids: Collection[int], since: date) -> dict[int, list[Visit]]:
    """The standing visits since a day that found any problem, by household, newest first."""
    where = (v.household_id.in_(list(household_ids)), v.visited_on >= since, _STANDS, v.checks.contains("=problem"))
    found: dict[int, list[Visit]] = {}
    for visit in _select(tx, *where, order=(v.visited_on.desc(), v.id.desc())):
        found.setdefault(visit.household_id, []).append(visit)
    return found


def of_record(tx: Transaction, record_id: int) -> Visit | None:
    """The visit of a record, undone or not."""
    found = _select(tx, v.record_id == record_id, order=(v.id,), limit=1)
    return found[0] if found else None


def last_counted(tx: Transaction, household_id: int) -> date | None:
    """The day of the last visit that counts and stands."""
    found: date | None = tx.conn.scalar(select(func.max(v.visited_on)).where(v.household_id == household_id, _COUNTS))
    return found


def visits_between(
    tx: Transaction, scope: Scope, from_on: date, to_on: date, *, include_undone: bool = False
) -> list[Visit]:
    """Visits and tries of a scope from day to day (inclusive), oldest first."""
    inside = v.household_id.in_(select(households.c.id).where(covers(scope)))
    where = [v.visited_on.between(from_on, to_on), inside, *(() if include_undone else (_STANDS,))]
    return _select(tx, *where, order=(v.visited_on, v.id))


def tries_since(tx: Transaction, household_id: int, since: date | None) -> list[Visit]:
    """Tries (nobody home) after the day `since`, oldest first."""
    where = [v.household_id == household_id, v.counted.is_(False), _STANDS]
    if since is not None:
        where.append(v.visited_on > since)
    return _select(tx, *where, order=(v.visited_on, v.id))


def mark_undone(tx: Transaction, record_id: int, at: datetime | None) -> None:
    """Undo the visit of a record; None lets it stand again."""
    tx.conn.execute(visits.update().where(v.record_id == record_id).values(undone_at=at))


def _columns(tx: Transaction, visit: Visit) -> dict[str, Any]:
    return {
        **{name: getattr(visit, name) for name in _PLAIN},
        "checks": ",".join(f"{check}={state}" for check, state in visit.checks.items()),
        "note_sealed": seal_optional(tx.secrets, visit.note, "note"),
    }


def _select(
    tx: Transaction, *where: ColumnElement[bool], order: Sequence[ColumnElement[Any]], limit: int | None = None
) -> list[Visit]:
    query: Select[Any] = (
        select(visits, records.c.number, staff.c.name.label("author"))
        .join(records, records.c.id == v.record_id)
        .join(staff, staff.c.id == v.author_id)
        .where(*where)
        .order_by(*order)
        .limit(limit)
    )
    return readable(tx.conn.execute(query), lambda row: _visit(tx, row))


def read_checks(written: str) -> dict[Check, CheckState]:
    """What was looked at, as the column has it; ValueError when it cannot be read."""
    pairs = (pair.split("=", 1) for pair in written.split(",") if pair)
    return {Check(check): CheckState(state) for check, state in pairs}


def _visit(tx: Transaction, row: Row[Any]) -> Visit:
    return Visit(
        id=row.id,
        record_id=row.record_id,
        household_id=row.household_id,
        visited_on=day(row.visited_on),
        mode=Mode(row.mode),
        author_id=row.author_id,
        counted=row.counted,
        all_ok=row.all_ok,
        checks=read_checks(row.checks),
        note=open_optional(tx.secrets, row.note_sealed, "note"),
        number=row.number,
        author=row.author,
        undone_at=row.undone_at,
    )
