"""Rows of the synthetic township, as the repositories take them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from bot.domain.households import Household
from bot.domain.people import Person
from bot.domain.records import Clue, Entry, Visit
from bot.sandbox.township_model import Call, Home, Money, Problem, Resident

CORRECTED_AFTER = timedelta(minutes=4)
_SHARED = tuple(f.name for f in fields(Resident) if f.name not in {"male", "id_number"})
"""Fields of a Resident that are a Person's as they are."""


@dataclass(slots=True)
class Typed:
    """One message that somebody once confirmed: a visit, or the entries of a month."""

    home: Home
    author: str
    at: datetime
    call: Call | None = None
    money: list[Money] = field(default_factory=list)

    @property
    def undone_at(self) -> datetime | None:
        """When it was taken back, if it was."""
        undone = self.call.undone if self.call else any(entry.undone for entry in self.money)
        return self.at + CORRECTED_AFTER if undone else None


def household(home: Home, village_id: int, group_id: int, monitor: str) -> Household:
    """The household as it stands; next visit and last visit are planned afterwards."""
    same = ("code", "category", "monitoring", "relocated", "plan", "card", "ledger", "goal_fen")
    values: dict[str, Any] = {name: getattr(home, name) for name in same}
    return Household(
        id=0,
        village_id=village_id,
        village="",
        group_id=group_id,
        group="",
        head=home.head.name,
        members=len(home.living),
        has_conditions=True,
        cohort=True,
        monitor_name=monitor,
        helper_name=home.helper,
        registered_on=home.registered_on,
        imported_on=home.imported_on,
        first_due=home.first_due or home.imported_on,
        **values,
    )


def person(one: Resident, household_id: int) -> Person:
    """A person with the one membership."""
    values: dict[str, Any] = {name: getattr(one, name) for name in _SHARED}
    return Person(id=0, household_id=household_id, id_number=one.id_number or None, **values)


def visit(one: Typed, call: Call, household_id: int, author_id: int, record_id: int) -> Visit:
    """The visit of a record."""
    return Visit(
        id=0,
        record_id=record_id,
        household_id=household_id,
        visited_on=call.on,
        mode=call.mode,
        author_id=author_id,
        counted=call.counted,
        all_ok=call.all_ok,
        checks=call.checks,
        note=call.note,
        undone_at=one.undone_at,
    )


def entry(
    money: Money,
    household_id: int,
    *,
    person_id: int | None,
    record_id: int | None,
    author_id: int | None,
    at: datetime,
) -> Entry:
    """One ledger entry; without record and author it came in by workbook."""
    return Entry(
        id=0,
        household_id=household_id,
        kind=money.kind,
        item=money.item,
        amount_fen=money.fen,
        month=money.month,
        record_id=record_id,
        person_id=person_id,
        months=money.months,
        estimate=money.estimate,
        note=money.note,
        author_id=author_id,
        at=at,
    )


def clue(problem: Problem, household_id: int, record_id: int | None) -> Clue:
    """One clue, open or closed."""
    return Clue(
        id=0,
        household_id=household_id,
        check=problem.check,
        opened_on=problem.opened_on,
        note=problem.note,
        record_id=record_id,
        closed_on=problem.closed_on,
        closed_note=problem.closed_note if problem.closed_on else None,
    )


def numbered(typed: Sequence[Typed]) -> list[tuple[Typed, str]]:
    """Each with its number: V240315-07 for a visit, J240315-08 for money only."""
    counts: dict[str, int] = defaultdict(int)
    result: list[tuple[Typed, str]] = []
    for one in typed:
        stem = f"{'V' if one.call else 'J'}{one.at:%y%m%d}"
        counts[stem] += 1
        result.append((one, f"{stem}-{counts[stem]:02d}"))
    return result
