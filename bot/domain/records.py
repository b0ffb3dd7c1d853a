"""What a message records: visits, ledger entries, clues, held together by one record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind


@dataclass(frozen=True, slots=True)
class Record:
    """One confirmed message: at most one visit and any number of entries; undone as a whole."""

    id: int
    number: str  # 编号, V240315-07 with a visit, J240315-08 with money only
    household_id: int
    author_id: int
    at: datetime
    undone_at: datetime | None = None
    corrects: int | None = None  # the record that this one replaces


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `counted` is False for a try (nobody home). `checks` holds what was said; silence is ok."""

    id: int
    record_id: int
    household_id: int
    visited_on: date
    mode: Mode
    author_id: int
    counted: bool = True
    all_ok: bool = False
    checks: dict[Check, CheckState] = field(default_factory=dict)
    note: str | None = None
    number: str = ""
    author: str = ""
    undone_at: datetime | None = None

    @property
    def amiss(self) -> set[Check]:
        """What was found to be a problem."""
        return {check for check, state in self.checks.items() if state is CheckState.PROBLEM}

    def words_on(self, check: Check) -> str | None:
        """What was said of one problem: its own part of the note where every problem has one, else all of it."""
        parts, bad = (self.note or "").split(";"), [each for each in self.checks if each in self.amiss]
        return parts[bad.index(check)] if check in bad and len(parts) == len(bad) else self.note


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger entry; `amount_fen` is positive under its kind, negative in a reversal (of `reverses`)."""

    id: int
    household_id: int
    kind: Kind
    item: str | None
    amount_fen: int
    month: str  # YYYY-MM, the month it was earned in
    record_id: int | None = None
    person_id: int | None = None
    months: int = 1  # months the total covers; it counts whole in `month`
    estimate: bool = False
    net: bool = False
    note: str | None = None
    author_id: int | None = None
    at: datetime | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Clue:
    """A problem found at a visit or reported; open until somebody closes it with what was done."""

    id: int
    household_id: int
    check: Check
    opened_on: date
    note: str | None = None
    record_id: int | None = None
    closed_on: date | None = None
    closed_note: str | None = None
    said: str | None = None  # what the newest visit that saw it again said of it

    @property
    def words(self) -> str | None:
        """The newest words on it."""
        return self.said or self.note


def last_reversed(every: Iterable[Entry], undone_at: datetime | None) -> list[Entry]:
    """The entries that an undoing reversed: those whose reversal carries its moment."""
    kept = list(every)
    gone = {entry.reverses for entry in kept if entry.reverses is not None and entry.at == undone_at}
    return [entry for entry in kept if entry.id in gone]


def standing(every: Iterable[Entry]) -> list[Entry]:
    """The entries that are neither reversed nor reversals, in the order given."""
    kept = list(every)
    gone = {entry.reverses for entry in kept}
    return [entry for entry in kept if entry.reverses is None and entry.id not in gone]
