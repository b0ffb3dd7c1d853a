"""Lists of households for the chat and the figures of an area (read only)."""

from dataclasses import dataclass
from datetime import date

from bot.domain.access import Scope
from bot.domain.households import Category, Household
from bot.domain.indicators import insurance_gaps, is_key
from bot.domain.policy import Policies
from bot.domain.statyear import last_closed
from bot.storage import counts, households, people
from bot.storage.transaction import Transaction
from bot.usecases.closed_years import falling, year_incomes


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
    incomes = year_incomes(tx, households.ids_for(tx, scope), year, today, policies)
    low = households.by_ids(tx, [number for number, income in incomes.items() if income.below(line)])
    rows = [Row(each, incomes[each.id].per_capita_fen) for each in low if is_key(each, incomes[each.id], line)]
    return sorted(rows, key=lambda row: (row.fen or 0, row.household.code))


def falling_income(tx: Transaction, scope: Scope, today: date, policies: Policies) -> list[Row]:
    """Households whose last closed year per head is below the year before, lowest first; unknown years tell nothing."""
    year, ids = last_closed(today), households.ids_for(tx, scope)
    this = year_incomes(tx, ids, year, today, policies)
    less = falling(this, year_incomes(tx, ids, year - 1, today, policies))
    rows = [Row(each, this[each.id].per_capita_fen) for each in households.by_ids(tx, less)]
    return sorted(rows, key=lambda row: (row.fen or 0, row.household.code))


def uninsured(tx: Transaction, scope: Scope) -> list[Row]:
    """Low-income persons known to be without medical insurance (plan 三(五)15), by household."""
    members = people.of_households(tx, scope, uninsured=True)
    rows = []
    for household in households.by_ids(tx, members):
        gaps = insurance_gaps(household, members.get(household.id, ()))
        if gaps.uninsured:
            rows.append(Row(household, names=tuple(person.name for person in gaps.uninsured)))
    return rows


def unvisited(tx: Transaction, scope: Scope, today: date) -> list[Row]:
    """Households without a counted visit in this civil month."""
    first = today.replace(day=1)
    rows = [Row(each) for each in households.not_visited_since(tx, scope, first)]
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
    classes = counts.by_class(tx, scope)
    due, overdue = counts.due(tx, scope, today)
    return Figures(
        households=sum(number for number, _ in classes.values()),
        members=sum(members for _, members in classes.values()),
        due=due,
        overdue=overdue,
        visited=counts.visited(tx, scope, today.replace(day=1), today),
        problems=counts.problems(tx, scope),
        classes=tuple((category, *classes[category]) for category in Category if category in classes),
    )
