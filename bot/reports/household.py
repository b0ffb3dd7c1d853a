"""What a household's card shows: today's facts, this and last statistical year, the goal, open problems."""

from dataclasses import dataclass
from datetime import date

from bot.domain.households import Household
from bot.domain.income import Goal, Sums, YearIncome, goal, members_on, sums, year_income
from bot.domain.records import Clue, Entry, standing
from bot.domain.statyear import counting_day, days_left, in_window, stat_year, window
from bot.policies import Policies
from bot.storage import clues, entries, people
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Status:
    """One household as its card shows it; `entries` counts standing ledger entries of this statistical year."""

    household: Household
    this_year: YearIncome
    last_year: YearIncome
    goal: Goal | None
    days_left: int
    problems: tuple[Clue, ...]
    entries: int
    key_line_fen: int | None


def income_of(tx: Transaction, household_id: int, year: int, day: date, policies: Policies) -> YearIncome:
    """The income of one statistical year as it is known on `day`."""
    every = entries.of_household(tx, household_id)
    return _income(tx, household_id, every, year, day, policies)


def _income(
    tx: Transaction, household_id: int, every: list[Entry], year: int, day: date, policies: Policies
) -> YearIncome:
    total: Sums = sums(every, policies.on(day).counted, window(year))
    members = members_on(people.spans(tx, household_id), counting_day(year, day))
    return year_income(year, day, members, total, entries.annual_figure(tx, household_id, year))


def status(tx: Transaction, household: Household, day: date, policies: Policies) -> Status:
    """Everything the card shows, computed from the record on `day`; nothing of it is stored."""
    year = stat_year(day)
    every = entries.of_household(tx, household.id)
    this_year = _income(tx, household.id, every, year, day, policies)
    last_year = _income(tx, household.id, every, year - 1, day, policies)
    growth = policies.growth_percent(year)
    this_years = [entry for entry in standing(every) if in_window(entry.month, window(year))]
    return Status(
        household=household,
        this_year=this_year,
        last_year=last_year,
        goal=goal(household.goal_fen, last_year, growth, this_year.per_capita_fen),
        days_left=days_left(year, day),
        problems=tuple(clues.open_of(tx, household.id)),
        entries=len(this_years),
        key_line_fen=policies.key_line(last_year.year),
    )
