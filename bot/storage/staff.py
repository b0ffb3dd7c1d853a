"""Staff members and their assignments; invitations have their own file."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.domain import spelling
from bot.domain.staff import Assignment, Role, Staff
from bot.storage.lenient import day_or_none, readable
from bot.storage.schema import assignments, groups, households, staff
from bot.storage.scopes import helped_by
from bot.storage.transaction import Transaction

s, a = staff.c, assignments.c


def get(tx: Transaction, staff_id: int) -> Staff | None:
    """The staff member with this id, revoked or not."""
    return _one(tx, s.id == staff_id)


def by_telegram(tx: Transaction, telegram_id: int) -> Staff | None:
    """The staff member bound to this account and not revoked."""
    return _one(tx, s.telegram_id == telegram_id, s.revoked_at.is_(None))


def by_name(tx: Transaction, name: str) -> Staff | None:
    """The staff member of this name (unique but for blanks and the like), revoked or not."""
    alike = [row.id for row in tx.conn.execute(select(s.id, s.name)) if spelling.key(row.name) == spelling.key(name)]
    return _one(tx, s.name == name) or (get(tx, alike[0]) if alike else None)


def all_staff(tx: Transaction, *, revoked: bool = False) -> list[Staff]:
    """Every staff member in the order in which they came; revoked ones only when asked for."""
    return _select(tx, *(() if revoked else (s.revoked_at.is_(None),)))


def insert(tx: Transaction, name: str) -> int:
    """A new staff member without account and roles; Conflict when the name is taken."""
    return int(tx.conn.execute(staff.insert().values(name=name).returning(s.id)).scalar_one())


def bind(tx: Transaction, staff_id: int, telegram_id: int, at: datetime) -> None:
    """Bind a Telegram account; Conflict when it belongs to another staff member."""
    set_fields(tx, staff_id, telegram_id=telegram_id, bound_at=at, revoked_at=None, reachable=True)


def revoke(tx: Transaction, staff_id: int, at: datetime) -> None:
    """Take account and roles away; records keep their author."""
    set_fields(tx, staff_id, telegram_id=None, revoked_at=at)
    close_assignments(tx, staff_id, at)


def set_language(tx: Transaction, staff_id: int, language: str | None) -> None:
    """The language they read; None: BOT_LANGUAGE."""
    set_fields(tx, staff_id, language=language)


def set_digest_at(tx: Transaction, staff_id: int, hour: time | None) -> None:
    """When their digest comes; None: the policy pack's hour."""
    set_fields(tx, staff_id, digest_at=None if hour is None else f"{hour:%H:%M}")


def set_leave(
    tx: Transaction, staff_id: int, leave_from: date | None, leave_until: date | None, stand_in_id: int | None = None
) -> None:
    """Days off (both ends inclusive) and who stands in."""
    set_fields(tx, staff_id, leave_from=leave_from, leave_until=leave_until, stand_in_id=stand_in_id)


def set_reachable(tx: Transaction, staff_id: int, reachable: bool) -> None:
    """Whether Telegram delivers to them."""
    set_fields(tx, staff_id, reachable=reachable)


def set_fields(tx: Transaction, staff_id: int, **values: Any) -> None:
    """Set columns of a staff member."""
    tx.conn.execute(staff.update().where(s.id == staff_id).values(values))


def add_assignment(tx: Transaction, staff_id: int, assignment: Assignment, at: datetime) -> bool:
    """Give a role with its scope; False when they hold exactly this one already."""
    scope: dict[str, Any] = {name: getattr(assignment, name) for name in ("role", "village_id", "group_id", "unit")}
    same = [a[name].is_(None) if value is None else a[name] == value for name, value in scope.items()]
    if tx.conn.scalar(select(a.id).where(a.staff_id == staff_id, a.to_at.is_(None), *same)) is not None:
        return False
    tx.conn.execute(assignments.insert().values(staff_id=staff_id, from_at=at, **scope))
    return True


def close_assignments(tx: Transaction, staff_id: int, at: datetime, ids: Iterable[int] | None = None) -> int:
    """End the open assignments of a staff member (all, or those with `ids`); how many."""
    where = [a.staff_id == staff_id, a.to_at.is_(None)]
    if ids is not None:
        where.append(a.id.in_(list(ids)))
    return tx.conn.execute(assignments.update().where(*where).values(to_at=at)).rowcount


def hand_over(tx: Transaction, from_id: int, to_id: int, at: datetime) -> int:
    """Give every open assignment of one staff member to another; how many the other did not have before."""
    giver = get(tx, from_id)
    moved = [each for each in (giver.assignments if giver else ()) if add_assignment(tx, to_id, each, at)]
    close_assignments(tx, from_id, at)
    return len(moved)


def leads_of(tx: Transaction, person: Staff) -> list[Staff]:
    """Who is told when something does not reach them: their villages' leads, else the town; never themselves."""
    village_ids = villages_of(tx, person)
    leads = _holding(tx, a.role == Role.VILLAGE, a.village_id.in_(village_ids), s.id != person.id)
    return leads or _holding(tx, a.role == Role.TOWN, s.id != person.id)


def monitors_of_group(tx: Transaction, group_id: int) -> list[Staff]:
    """The monitors of a village group."""
    return _holding(tx, a.role == Role.MONITOR, a.group_id == group_id)


def leads_of_village(tx: Transaction, village_id: int) -> list[Staff]:
    """The village leads of a village."""
    return _holding(tx, a.role == Role.VILLAGE, a.village_id == village_id)


def with_role(tx: Transaction, role: Role) -> list[Staff]:
    """Everyone who holds a role."""
    return _holding(tx, a.role == role)


def villages_of(tx: Transaction, person: Staff) -> list[int]:
    """The villages in which somebody works, by place or by the households that they help; none for a whole town."""
    ids = {each.village_id for each in person.assignments if each.village_id is not None}
    group_ids = [each.group_id for each in person.assignments if each.group_id is not None]
    ids |= set(tx.conn.scalars(select(groups.c.village_id).where(groups.c.id.in_(group_ids))))
    if Role.HELPER in person.roles:
        helped = helped_by([person.name])
        ids |= set(tx.conn.scalars(select(households.c.village_id).where(helped).distinct()))
    return sorted(ids)


def _holding(tx: Transaction, *where: ColumnElement[bool]) -> list[Staff]:
    ids = select(s.id).join(assignments, a.staff_id == s.id)
    ids = ids.where(a.to_at.is_(None), s.revoked_at.is_(None), *where)
    return _select(tx, s.id.in_(ids))


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Staff | None:
    found = _select(tx, *where)
    return found[0] if found else None


def _select(tx: Transaction, *where: ColumnElement[bool]) -> list[Staff]:
    rows = tx.conn.execute(select(staff).where(*where).order_by(s.id)).all()
    held: dict[int, list[Assignment]] = {row.id: [] for row in rows}
    query = select(assignments).where(a.to_at.is_(None), a.staff_id.in_(list(held))).order_by(a.id)
    for row in tx.conn.execute(query):
        held[row.staff_id] += readable([row], _assignment)
    return [_staff(row, tuple(held[row.id])) for row in rows]


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(Role(row.role), row.village_id, row.group_id, row.unit, row.id)


def _staff(row: Row[Any], held: tuple[Assignment, ...]) -> Staff:
    return Staff(
        id=row.id,
        name=row.name,
        assignments=held,
        telegram_id=row.telegram_id,
        language=row.language,
        digest_at=_hour(row.digest_at),
        reachable=row.reachable,
        leave_from=day_or_none(row.leave_from),
        leave_until=day_or_none(row.leave_until),
        stand_in_id=row.stand_in_id,
        revoked=row.revoked_at is not None,
    )


def _hour(written: str | None) -> time | None:
    """The chosen hour; none when it cannot be read, as if none were chosen."""
    return next(iter(readable([written], time.fromisoformat)), None) if written else None
