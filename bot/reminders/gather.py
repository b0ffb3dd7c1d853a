"""What there is to tell one person today: the sections of the digest, from a snapshot."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.access import EVERYTHING, Scope
from bot.domain.households import MONITORED, Household, Monitoring
from bot.domain.policy import Policies
from bot.domain.records import Clue
from bot.domain.staff import Staff
from bot.domain.workdays import is_workday
from bot.reminders.income_sections import Nudge, nudges, thin_claim, thin_year
from bot.reminders.moments import Opening
from bot.reminders.planned import COVER, DIGEST
from bot.storage import reminders
from bot.storage.reminders import Tries
from bot.storage.transaction import Transaction
from bot.usecases.crew import Crew
from bot.usecases.todo import Todo, page, todo_of

NAMED = 5
"""Households that a bundled line names; of the others it gives the number."""


@dataclass(frozen=True, slots=True)
class Late:
    """Households overdue by `days` or more, with what was tried; longest first. `town`: of all villages."""

    days: int
    households: tuple[Household, ...]
    tries: Mapping[int, Tries]
    town: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that one person is told in one message; `absent` names whom a stand-in's message is about."""

    person: Staff
    day: date
    due: int
    overdue: int
    todos: tuple[Todo, ...] = ()
    shown: tuple[Todo, ...] = ()
    problems: Mapping[int, Clue] | None = None
    late: tuple[Late, ...] = ()
    plans: tuple[Household, ...] = ()
    income: tuple[Nudge, ...] = ()
    thin: tuple[Household, ...] = ()
    absent: Staff | None = None
    claims: tuple[tuple[str, date], ...] = ()


def digest_for(tx: Transaction, person: Staff, crew: Crew, opening: Opening, policies: Policies) -> Digest | None:
    """The person's digest, or None when nothing is due."""
    scope, day = crew.visits(person), opening.day
    todos = tuple(todo_of(tx, person, day, policies, scope))
    late = _late(tx, person, crew, opening, {todo.household.id for todo in todos})
    plans = _plans(tx, crew.helps(person), policies, day)
    thin = thin_year(tx, person, scope, opening)
    if not (todos or late or plans or thin):
        return None
    income = nudges(tx, person, scope, day, policies.on(day).income_nudges)
    due, overdue = _counts(tx, person, crew, todos, plans, day)
    shown = tuple(page(todos, 0, opening.rules.shown, day))
    covered = tuple((f"{COVER}:{absent.id}", day) for absent in crew.absent_for(person))
    claims = ((DIGEST, day), *covered, *(nudge.claim for nudge in income), *((thin_claim(day),) if thin else ()))
    problems = reminders.oldest_problem(tx, [todo.household.id for todo in shown])
    return Digest(person, day, due, overdue, todos, shown, problems, late, plans, income, thin, None, claims)


def cover_for(
    tx: Transaction, person: Staff, absent: Staff, crew: Crew, opening: Opening, policies: Policies
) -> Digest | None:
    """What a stand-in is told when somebody's leave began after the stand-in's own digest had gone."""
    day = opening.day
    scope = Scope(groups=crew.own_groups(absent) - crew.own_groups(person))
    todos = tuple(todo_of(tx, person, day, policies, scope))
    if not todos:
        return None
    shown = tuple(page(todos, 0, opening.rules.shown, day))
    problems = reminders.oldest_problem(tx, [todo.household.id for todo in shown])
    overdue = sum(todo.overdue > 0 for todo in todos)
    claims = ((f"{COVER}:{absent.id}", day),)
    return Digest(person, day, len(todos), overdue, todos, shown, problems, absent=absent, claims=claims)


def _late(tx: Transaction, person: Staff, crew: Crew, opening: Opening, listed: AbstractSet[int]) -> tuple[Late, ...]:
    """The bundled lines of a village's lead and of the town; households that are listed singly are left out."""
    rules, found = opening.rules, []
    lines = [(rules.village_overdue_days, Scope(villages=crew.led(person)), False)]
    if crew.town(person):
        lines.append((rules.town_overdue_days, EVERYTHING, True))
    for days, scope, town in lines:
        every = () if scope.empty else reminders.late(tx, scope, opening.day - timedelta(days), opening.day)
        households = tuple(each for each in every if each.id not in listed)
        if households:
            named = [each.id for each in households[:NAMED]]
            found.append(Late(days, households, reminders.tries(tx, named), town))
    return tuple(found)


def _plans(tx: Transaction, helped: Scope, policies: Policies, day: date) -> tuple[Household, ...]:
    """A helper's 监测户 under watch without a plan, told on the first working day of a week."""
    monday = day - timedelta(day.weekday())
    overrides = policies.overrides()
    earlier = any(is_workday(monday + timedelta(n), overrides) for n in range(day.weekday()))
    if helped.empty or earlier:
        return ()
    return tuple(each for each in reminders.without_plan(tx, helped) if _watched(each))


def _watched(household: Household) -> bool:
    active = household.monitoring is Monitoring.ACTIVE or household.category in MONITORED
    return active and household.monitoring is not Monitoring.REMOVED


def _counts(
    tx: Transaction, person: Staff, crew: Crew, todos: tuple[Todo, ...], plans: tuple[Household, ...], day: date
) -> tuple[int, int]:
    """Due and overdue: of the own list, else of the place that the person is responsible for, else of the plans."""
    if todos:
        return len(todos), sum(todo.overdue > 0 for todo in todos)
    place = EVERYTHING if crew.town(person) else Scope(villages=crew.led(person))
    return (len(plans), 0) if place.empty else reminders.counts(tx, place, day)
