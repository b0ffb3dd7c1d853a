"""What a digest is made of, as indexed queries over a scope, and the claims that keep it single."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from bot.domain.access import Scope
from bot.domain.checks import Mode
from bot.domain.households import Category, Household, Monitoring
from bot.domain.people import Person
from bot.domain.records import Clue
from bot.domain.statyear import first_day, shift_month
from bot.storage import clues as clue_rows
from bot.storage.households import select_households
from bot.storage.schema import clues, entries, households, memberships, people, reminders, snoozes, staff, visits
from bot.storage.scopes import covers
from bot.storage.transaction import Transaction
from bot.storage.upsert import insert_new

h, r = households.c, reminders.c


@dataclass(frozen=True, slots=True)
class Tries:
    """How often nobody was there since the last counted visit: by phone, at the door."""

    phone: int = 0
    home: int = 0


def claims(tx: Transaction, staff_ids: Collection[int], kinds: Collection[str], day: date) -> set[tuple[int, str]]:
    """Which of these reminders are planned already for a day: (staff id, kind)."""
    asked = (r.staff_id.in_(list(staff_ids)), r.kind.in_(list(kinds)), r.day == day)
    return {(row.staff_id, row.kind) for row in tx.conn.execute(select(r.staff_id, r.kind).where(*asked))}


def snoozed(tx: Transaction, staff_id: int, ids: Collection[int], today: date) -> set[int]:
    """Which of these households the staff member has put off beyond `today`."""
    z = snoozes.c
    mine = (z.household_id.in_(list(ids)), z.staff_id == staff_id, z.until > today)
    return set(tx.conn.scalars(select(z.household_id).where(*mine)))


def claim(tx: Transaction, staff_id: int, kind: str, day: date) -> bool:
    """Take a reminder for this person, kind and day; False when somebody has it."""
    new = insert_new(tx.conn, reminders).values(staff_id=staff_id, kind=kind, day=day)
    return tx.conn.execute(new.returning(r.id)).scalar_one_or_none() is not None


def attach(tx: Transaction, staff_id: int, kind: str, day: date, outbox_id: int) -> None:
    """Note the message by which a claimed reminder goes out."""
    mine = (r.staff_id == staff_id, r.kind == kind, r.day == day)
    tx.conn.execute(reminders.update().where(*mine).values(outbox_id=outbox_id))


def release(tx: Transaction, outbox_id: int) -> None:
    """Give up the claims whose message was withdrawn, so that they can be planned anew."""
    tx.conn.execute(reminders.delete().where(r.outbox_id == outbox_id))


def absent_for(tx: Transaction, staff_id: int, day: date) -> list[int]:
    """Who is on leave that day and has named this person as stand-in."""
    s = staff.c
    away = (s.leave_from <= day, or_(s.leave_until.is_(None), s.leave_until >= day))
    return list(tx.conn.scalars(select(s.id).where(s.stand_in_id == staff_id, s.revoked_at.is_(None), *away)))


def counts(tx: Transaction, scope: Scope, today: date) -> tuple[int, int]:
    """Households of a scope that are due, and of these overdue; muted and snoozed ones left out."""
    overdue = func.coalesce(func.sum(case((h.next_due < today, 1), else_=0)), 0)
    row = tx.conn.execute(select(func.count(), overdue).where(covers(scope), *_awake(today))).one()
    return int(row[0]), int(row[1])


def late(tx: Transaction, scope: Scope, since: date, today: date) -> list[Household]:
    """Households due on `since` or before, longest first; muted and snoozed ones left out."""
    where = (covers(scope), h.next_due <= since, *_awake(today))
    return select_households(tx, *where, order=(h.next_due, h.group_id, h.id))


def tries(tx: Transaction, ids: Collection[int]) -> dict[int, Tries]:
    """Tries since the last counted visit, by household."""
    v = visits.c
    after = or_(h.last_visit.is_(None), v.visited_on > h.last_visit)
    query = (
        select(v.household_id, v.mode, func.count())
        .join(households, h.id == v.household_id)
        .where(v.household_id.in_(list(ids)), v.counted.is_(False), v.undone_at.is_(None), after)
        .group_by(v.household_id, v.mode)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for household_id, mode, count in tx.conn.execute(query):
        found[household_id][mode] = count
    return {id_: Tries(by.get(Mode.PHONE, 0), by.get(Mode.HOME, 0)) for id_, by in found.items()}


def with_problems(tx: Transaction, ids: Collection[int]) -> set[int]:
    """Which of these households have an open problem."""
    c = clues.c
    open_ = (c.household_id.in_(list(ids)), c.closed_on.is_(None), c.withdrawn.is_(False))
    return set(tx.conn.scalars(select(c.household_id).where(*open_).distinct()))


def oldest_problem(tx: Transaction, ids: Iterable[int]) -> dict[int, Clue]:
    """The oldest open problem of each of a few households, with its note."""
    found = {id_: clue_rows.open_of(tx, id_) for id_ in ids}
    return {id_: each[0] for id_, each in found.items() if each}


def members_of(tx: Transaction, ids: Collection[int]) -> dict[int, list[Person]]:
    """Open members of these households with what 八必访 looks at, and nothing else of theirs."""
    p, m = people.c, memberships.c
    columns = (p.id, m.household_id, p.name, m.relation, p.health, p.schooling, p.dibao, p.tekun, p.work_months)
    query = select(*columns).join(memberships, m.person_id == p.id)
    found: dict[int, list[Person]] = defaultdict(list)
    for row in tx.conn.execute(query.where(m.household_id.in_(list(ids)), m.left_on.is_(None))):
        health = tuple(row.health.split(",")) if row.health else ()
        found[row.household_id].append(Person(**{**row._mapping, "health": health}))
    return found


def without_plan(tx: Transaction, scope: Scope) -> list[Household]:
    """Households of a scope, plain farmers excepted, that have no 一户一方案."""
    where = (covers(scope), h.left_on.is_(None), h.plan.is_(False), h.category != Category.ORDINARY.value)
    return select_households(tx, *where)


def silent(
    tx: Transaction, staff_id: int, scope: Scope, months: tuple[str, str], today: date, *, monitored: bool
) -> list[Household]:
    """Households without a ledger entry in these months (both inclusive) that were known before `months` ended.

    `monitored`: 监测户 that are not removed; else 脱贫户 and removed ones. Plain farmers, muted ones and those that the
    staff member has put off are left out.
    """
    e, z = entries.c, snoozes.c
    entered = exists().where(e.household_id == h.id, e.month.between(*months))
    known = or_(h.imported_on.is_(None), h.imported_on < first_day(shift_month(months[1], 1)))
    muted = or_(h.muted_until.is_(None), h.muted_until <= today)
    asleep = exists().where(z.household_id == h.id, z.staff_id == staff_id, z.until > today)
    where = (covers(scope), h.left_on.is_(None), known, muted, ~asleep, _followed(monitored), ~entered)
    return select_households(tx, *where)


def months_entered(tx: Transaction, ids: Sequence[int], months: tuple[str, str]) -> dict[int, set[str]]:
    """The months (both inclusive) in which each household's ledger has an entry."""
    e = entries.c
    query = select(e.household_id, e.month).where(e.household_id.in_(ids), e.month.between(*months)).distinct()
    found: dict[int, set[str]] = defaultdict(set)
    for household_id, month in tx.conn.execute(query):
        found[household_id].add(month)
    return found


def followed(tx: Transaction, scope: Scope) -> list[Household]:
    """Households of a scope whose income the plan follows: all but plain farmers."""
    where = (covers(scope), h.left_on.is_(None), h.category != Category.ORDINARY.value)
    return select_households(tx, *where)


def _followed(monitored: bool) -> ColumnElement[bool]:
    risky = h.category.in_([Category.UNSTABLE.value, Category.MARGINAL.value, Category.SUDDEN.value])
    active = or_(h.monitoring == Monitoring.ACTIVE.value, risky) & (h.monitoring != Monitoring.REMOVED.value)
    return active if monitored else (~active) & (h.category != Category.ORDINARY.value)


def _awake(today: date) -> tuple[Any, ...]:
    """Due, living here, not muted, and snoozed by nobody."""
    z = snoozes.c
    asleep = exists().where(z.household_id == h.id, z.until > today)
    muted = or_(h.muted_until.is_(None), h.muted_until <= today)
    return (h.left_on.is_(None), h.next_due <= today, muted, ~asleep)
