"""Households: as they are today, and the dated history of their village group."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, case, func, or_, select

from bot.domain.access import Scope
from bot.domain.households import Category, Household, Monitoring
from bot.domain.people import HEAD
from bot.storage import roster_version
from bot.storage.lenient import day_or_none, one_of
from bot.storage.schema import groups, household_groups, households, memberships, people, villages
from bot.storage.scopes import covers
from bot.storage.search import ranks as search_ranks
from bot.storage.transaction import Transaction
from bot.storage.types import Day

h = households.c
_DERIVED = frozenset({"id", "village", "group", "head", "members", "readable"})
COLUMNS = tuple(field.name for field in fields(Household) if field.name not in _DERIVED)
"""The fields of a Household that are columns of its table."""
_DAYS = tuple(name for name in COLUMNS if isinstance(h[name].type, Day))
_IN_ROSTER = frozenset({"code", "left_on", "helper_name"})


def get(tx: Transaction, household_id: int) -> Household | None:
    """The household with this id."""
    return _first(tx, h.id == household_id)


def by_code(tx: Transaction, code: str) -> Household | None:
    """The household with this 户编号."""
    return _first(tx, h.code == code)


def by_ids(tx: Transaction, ids: Iterable[int]) -> list[Household]:
    """The households with these ids, in the order of village, group and code."""
    return select_households(tx, h.id.in_(list(ids)))


def list_for(tx: Transaction, scope: Scope, *, include_left: bool = False) -> list[Household]:
    """Every household that `scope` covers, in the order of village, group and code."""
    return select_households(tx, covers(scope), *(() if include_left else (h.left_on.is_(None),)))


def ids_for(tx: Transaction, scope: Scope) -> list[int]:
    """The ids of the households that `scope` covers and that have not left."""
    return list(tx.conn.scalars(select(h.id).where(covers(scope), h.left_on.is_(None)).order_by(h.id)))


def not_visited_since(tx: Transaction, scope: Scope, day: date) -> list[Household]:
    """Households of a scope without a counted visit on `day` or later."""
    before = or_(h.last_visit.is_(None), h.last_visit < day)
    return select_households(tx, covers(scope), h.left_on.is_(None), before)


def due(tx: Transaction, scope: Scope, today: date, *, limit: int | None = None) -> list[Household]:
    """Households to visit: `next_due` is `today` or before, not left, not muted beyond `today`; earliest first."""
    awake = or_(h.muted_until.is_(None), h.muted_until <= today)
    where = (h.left_on.is_(None), h.next_due <= today, awake, covers(scope))
    order = (h.next_due, h.group_id, h.id)
    if limit is None:
        return select_households(tx, *where, order=order)
    first = tx.conn.scalars(select(h.id).where(*where).order_by(*order).limit(limit))
    return select_households(tx, h.id.in_(list(first)), order=order)


def covered(tx: Transaction, scope: Scope, ids: Collection[int], since: date) -> bool:
    """Whether all these households lie in the scope today; one that left on `since` or later does not."""
    there = or_(h.left_on.is_(None), h.left_on < since)
    query = select(func.count()).select_from(households).where(h.id.in_(list(ids)), covers(scope), there)
    return tx.conn.execute(query).scalar_one() == len(ids)


def any_of(tx: Transaction, scope: Scope) -> Household | None:
    """Some household of a scope that has not left, for an example."""
    found = tx.conn.scalar(select(h.id).where(covers(scope), h.left_on.is_(None)).order_by(h.id).limit(1))
    return None if found is None else get(tx, found)


def search(tx: Transaction, scope: Scope, text: str) -> list[Household]:
    """The households of a scope that a typed word finds, best fit first."""
    ranks = search_ranks(tx, scope, text)
    return sorted(by_ids(tx, ranks), key=lambda household: ranks[household.id])


def codes(tx: Transaction) -> dict[str, int]:
    """Every 户编号 with its id, for an import."""
    return {row.code: row.id for row in tx.conn.execute(select(h.code, h.id))}


def insert(tx: Transaction, household: Household) -> int:
    """Store a new household; its id, the names of village and group, head and members are not read."""
    return insert_many(tx, [household])[0]


def insert_many(tx: Transaction, new: Sequence[Household]) -> list[int]:
    """Store new households, each with its first group span; their ids in the same order."""
    if not new:
        return []
    rows = [{name: getattr(household, name) for name in COLUMNS} for household in new]
    returning = households.insert().returning(h.id, sort_by_parameter_order=True)
    ids: list[int] = list(tx.conn.scalars(returning, rows))
    spans = [
        {"household_id": id_, "group_id": household.group_id, "from_on": None}
        for id_, household in zip(ids, new, strict=True)
    ]
    tx.conn.execute(household_groups.insert(), spans)
    roster_version.renew(tx)
    return ids


def update(tx: Transaction, household_id: int, **changes: Any) -> None:
    """Set fields of a household by their names in `Household`; a new group goes through `move_group`."""
    unknown = changes.keys() - set(COLUMNS) | changes.keys() & {"group_id", "village_id"}
    if unknown:
        raise ValueError(f"not to be set here: {sorted(unknown)}")
    if changes:
        tx.conn.execute(households.update().where(h.id == household_id).values(changes))
    if changes.keys() & _IN_ROSTER:
        roster_version.renew(tx)


def move_group(tx: Transaction, household_id: int, group_id: int, on: date) -> None:
    """Move a household to another group from `on` on; scope follows at once, the history stays."""
    village_id = tx.conn.scalar(select(groups.c.village_id).where(groups.c.id == group_id))
    spans = household_groups
    open_span = (spans.c.household_id == household_id, spans.c.to_on.is_(None))
    tx.conn.execute(spans.update().where(*open_span).values(to_on=on - timedelta(days=1)))
    tx.conn.execute(spans.insert().values(household_id=household_id, group_id=group_id, from_on=on))
    tx.conn.execute(households.update().where(h.id == household_id).values(group_id=group_id, village_id=village_id))
    roster_version.renew(tx)


def groups_over_time(tx: Transaction, household_id: int) -> list[tuple[int, date | None, date | None]]:
    """The groups a household has belonged to: (group id, first day, last day), oldest first; open ends are None."""
    s = household_groups.c
    rows = tx.conn.execute(select(s.group_id, s.from_on, s.to_on).where(s.household_id == household_id).order_by(s.id))
    return [(row.group_id, row.from_on, row.to_on) for row in rows]


def set_due(tx: Transaction, household_id: int, next_due: date | None, reason: str) -> None:
    """Set the day of the next visit and the cadence rule that gave it."""
    update(tx, household_id, next_due=next_due, due_reason=reason)


def set_due_many(tx: Transaction, days: Sequence[tuple[int, date | None, str]]) -> None:
    """`set_due` for many households at once: (household id, day, rule)."""
    from sqlalchemy import bindparam

    if days:
        change = (
            households.update()
            .where(h.id == bindparam("key"))
            .values(next_due=bindparam("day"), due_reason=bindparam("why"))
        )
        tx.conn.execute(change, [{"key": key, "day": day, "why": why} for key, day, why in days])


def select_households(
    tx: Transaction, *where: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = ()
) -> list[Household]:
    """The households that meet every condition; for other files of storage and for reports."""
    ordered = _query().where(*where).order_by(*(order or (h.village_id, h.group_id, h.code)))
    found = [_household(row) for row in tx.conn.execute(ordered)]
    tx.reads.households.update((household.id, household) for household in found)
    return found


def _first(tx: Transaction, *where: ColumnElement[bool]) -> Household | None:
    found = select_households(tx, *where)
    return found[0] if found else None


def head_name() -> ScalarSelect[str]:
    """The head's name; of a household without one that of another open member, else of the last head."""
    m = memberships.c
    order = (case((m.left_on.is_(None), 0), else_=1), case((m.relation == HEAD, 0), else_=1), m.id)
    query = select(people.c.name).join(memberships, m.person_id == people.c.id).where(m.household_id == h.id)
    return query.order_by(*order).limit(1).scalar_subquery()


@cache
def _query() -> Select[Any]:
    """Put together once: it costs more than running it, and `where` makes a new one of it."""
    m = memberships.c
    # the condition is inside the count, so that a planner without statistics keeps to the household's index
    count = select(func.count().filter(m.left_on.is_(None))).where(m.household_id == h.id).scalar_subquery()
    return (
        select(
            h.id,
            *(h[name] for name in COLUMNS),
            villages.c.name.label("village"),
            groups.c.name.label("group"),
            func.coalesce(head_name(), h.code).label("head"),
            count.label("members"),
        )
        .join(villages, villages.c.id == h.village_id)
        .join(groups, groups.c.id == h.group_id)
    )


def _household(row: Row[Any]) -> Household:
    """The household; one with a value that cannot be read is not `readable`, and is visited and shown all the same."""
    stored = dict(row._mapping)
    values = stored | {name: day_or_none(stored[name]) for name in _DAYS}
    values["category"] = one_of(Category, row.category, Category.LIFTED)
    values["monitoring"] = one_of(Monitoring, row.monitoring, Monitoring.NONE)
    values["goal_fen"] = row.goal_fen if isinstance(row.goal_fen, int) else None
    return Household(**values, readable=values == stored)
