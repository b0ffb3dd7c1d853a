"""Lists of households for the chat and the figures of an area (read only)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Scope
from bot.domain.households import Category, Household
from bot.domain.indicators import insurance_gaps, is_key
from bot.domain.policy import Policies
from bot.domain.statyear import last_closed
from bot.storage import clues, households, people, visits
from bot.storage.transaction import Transaction
from bot.usecases.closed_years import year_incomes


@dataclass(frozen=True, slots=True)
class Row:
    """A household in a list: a figure per head in fen, or names of members, as the list tells."""

    household: Household
    fen: int | None = None
    names: tuple[str, ...] = ()


def below_line(tx: Transaction, scope: Scope, today: date, policies: Policies) -> list[Row]:
    """万元以下: 脱贫户 and 监测户 below the key line in the last closed year, lowest first; not the unknown."""
    year = last_closed(today)
    line = policies.key_line(year)
    inside = {household.id: household for household in households.list_for(tx, scope)}
    incomes = year_incomes(tx, inside.keys(), year, today, policies)
    rows = [
        Row(inside[number], income.per_capita_fen)
        for number, income in incomes.items()
        if number in inside and is_key(inside[number], income, line)
    ]
    return sorted(rows, key=lambda row: (row.fen or 0, row.household.code))


def uninsured(tx: Transaction, scope: Scope) -> list[Row]:
    """Low-income persons known to be without medical insurance (plan 三(五)15), by household."""
    members = people.of_households(tx, scope)
    rows = []
    for household in households.list_for(tx, scope):
        gaps = insurance_gaps(household, members.get(household.id, ()))
        if gaps.uninsured:
            rows.append(Row(household, names=tuple(person.name for person in gaps.uninsured)))
    return rows


def unvisited(tx: Transaction, scope: Scope, today: date) -> list[Row]:
    """Households without a counted visit in this civil month."""
    first = today.replace(day=1)
    rows = [Row(each) for each in households.list_for(tx, scope) if each.last_visit is None or each.last_visit < first]
    return sorted(rows, key=lambda row: (row.household.next_due or date.max, row.household.code))


@dataclass(frozen=True, slots=True)
class Figures:
    """What `/stats` counts of a scope; `classes` gives households and members by class."""

    households: int
    members: int
    due: int
    overdue: int
    visited: int
    problems: int
    classes: tuple[tuple[Category, int, int], ...]


def figures(tx: Transaction, scope: Scope, today: date) -> Figures:
    """Counts of households that are there and of those that need something; nobody's work is counted."""
    every = households.list_for(tx, scope)
    due = households.due(tx, scope, today)
    visited = visits.visits_between(tx, scope, today.replace(day=1), today)
    numbers: Counter[Category] = Counter(each.category for each in every)
    members: Counter[Category] = Counter()
    for each in every:
        members[each.category] += each.members
    return Figures(
        households=len(every),
        members=sum(each.members for each in every),
        due=len(due),
        overdue=sum(1 for each in due if each.next_due is not None and each.next_due < today),
        visited=len({visit.household_id for visit in visited if visit.counted}),
        problems=len(clues.open_for(tx, scope)),
        classes=tuple((category, numbers[category], members[category]) for category in Category if numbers[category]),
    )
