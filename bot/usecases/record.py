"""Save one confirmed record: a visit, ledger entries, reported problems, together."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from bot.domain import access
from bot.domain.access import Action
from bot.domain.checks import Check
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.limits import NOTE
from bot.domain.records import Clue, Entry, Visit
from bot.domain.staff import Staff
from bot.forms.record_values import EntryValues, RecordValues
from bot.policies import Policies
from bot.storage import audit, clues, entries, households, people, records, visits
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the record's id and number, and the entries in the order of the draft."""

    record_id: int
    number: str
    entry_ids: tuple[int, ...]


def save_record(
    tx: Transaction,
    staff: Staff,
    values: RecordValues,
    *,
    draft_id: int | None,
    at: datetime,
    day: date,
    policies: Policies,
    corrects: int | None = None,
) -> Saved:
    """Write the record; `day` is today as the person meant it, `corrects` the (undone) record that it replaces.

    Raises Refused: `not-allowed`, `future-day`, `future-month`, `nothing-to-save`.
    """
    household = _checked(tx, staff, values, day)
    letter: Literal["V", "J"] = "V" if values.visit is not None or values.problems else "J"
    number = records.next_number(tx, letter, day)
    record_id = records.insert(
        tx,
        number=number,
        household_id=household.id,
        author_id=staff.id,
        at=at,
        draft_id=draft_id,
        corrects=corrects,
    )
    _write_visit(tx, staff, record_id, values, day)
    entry_ids = tuple(_write_entry(tx, staff, record_id, household.id, entry, at) for entry in _noted(values))
    _note(tx, staff, values, number, entry_ids, at)
    replan(tx, [household.id], day, policies)
    return Saved(record_id, number, entry_ids)


def _note(
    tx: Transaction, staff: Staff, values: RecordValues, number: str, entry_ids: tuple[int, ...], at: datetime
) -> None:
    audit.append(
        tx,
        actor=f"staff:{staff.id}",
        action="record.save",
        subject=f"record:{number}",
        at=at,
        household=values.household_id,
        visit=int(values.visit is not None),
        problems=sorted(check.value for check in values.problems),
        entries=list(entry_ids),
    )


def _checked(tx: Transaction, staff: Staff, values: RecordValues, day: date) -> Household:
    household = households.get(tx, values.household_id)
    if household is None:
        raise Refused("not-allowed")
    if values.visit is not None or values.problems:
        access.require(staff, Action.VISIT, household)
    if values.entries:
        access.require(staff, Action.INCOME, household)
    if values.visit is None and not values.entries and not values.problems:
        raise Refused("nothing-to-save")
    if values.visit is not None and values.visit.visited_on > day:
        raise Refused("future-day")
    if any(entry.month > f"{day:%Y-%m}" for entry in values.entries):
        raise Refused("future-month")
    return household


def _write_visit(tx: Transaction, staff: Staff, record_id: int, values: RecordValues, day: date) -> None:
    if values.visit is not None:
        visit = Visit(
            id=0,
            record_id=record_id,
            household_id=values.household_id,
            visited_on=values.visit.visited_on,
            mode=values.visit.mode,
            author_id=staff.id,
            counted=values.visit.counted,
            all_ok=values.visit.all_ok,
            checks=values.visit.checks,
            note=_joined(values.visit.note or _notes(values.problems), values.unread),
        )
        visits.insert(tx, visit)
    opened_on = values.visit.visited_on if values.visit is not None else day
    already = {clue.check for clue in clues.open_of(tx, values.household_id)}
    for check, note in values.problems.items():
        if check not in already or values.visit is None:  # an open one goes on; the visit keeps the new words
            kept = note if values.visit is not None else _joined(note, values.unread)
            clues.insert(tx, Clue(0, values.household_id, check, opened_on, kept, record_id))


def _noted(values: RecordValues) -> tuple[EntryValues, ...]:
    """The entries; without a visit or a problem the first one keeps the words that were not understood."""
    if values.visit is not None or values.problems or not values.entries:
        return values.entries
    first, *others = values.entries
    return (replace(first, note=_joined(first.note, values.unread)), *others)


def _joined(note: str | None, unread: str | None) -> str | None:
    """A note with the words that were not understood, no longer than a note may be."""
    return ";".join(filter(None, (note, unread)))[:NOTE] or None


def _notes(problems: dict[Check, str | None]) -> str | None:
    said = list(dict.fromkeys(note for note in problems.values() if note))
    return ";".join(said) or None


def _write_entry(
    tx: Transaction, staff: Staff, record_id: int, household_id: int, entry: EntryValues, at: datetime
) -> int:
    members = {person.id for person in people.of_household(tx, household_id)}
    written = Entry(
        id=0,
        household_id=household_id,
        kind=entry.kind,
        item=entry.item,
        amount_fen=entry.amount_fen,
        month=entry.month,
        record_id=record_id,
        person_id=entry.person_id if entry.person_id in members else None,
        months=entry.months,
        estimate=entry.estimate,
        net=entry.net,
        note=entry.note,
        author_id=staff.id,
        at=at,
    )
    return entries.insert(tx, written)
