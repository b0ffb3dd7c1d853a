"""Undo and restore a record; the ledger stays append-only."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.checks import CheckState
from bot.domain.errors import Refused
from bot.domain.records import Clue, Record, last_reversed
from bot.domain.staff import Staff
from bot.policies import Policies
from bot.storage import audit, clues, entries, households, records, visits
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan


def own_since(at: datetime, policies: Policies, day: date) -> datetime:
    """The moment since which an author may still undo and correct what they recorded."""
    return at - _own_for(policies, day)


def _own_for(policies: Policies, day: date) -> timedelta:
    return timedelta(hours=policies.on(day).corrections.own_hours)


def newest_undoable(tx: Transaction, staff: Staff, at: datetime, policies: Policies, day: date) -> Record | None:
    """The newest own record that stands and is young enough to be undone by its author."""
    return newest_own(tx, staff, own_since(at, policies, day), Action.UNDO_OWN)


def newest_own(tx: Transaction, staff: Staff, since: datetime, action: Action) -> Record | None:
    """The newest own record that stands, of a household with which the person may still do this."""
    return next((each for each in records.standing_of(tx, staff.id, since) if _may(tx, staff, action, each)), None)


def _may(tx: Transaction, staff: Staff, action: Action, record: Record) -> bool:
    household = households.get(tx, record.household_id)
    return household is not None and access.may(staff, action, household)


def undo_record(
    tx: Transaction, staff: Staff, record_id: int, *, at: datetime, day: date, policies: Policies
) -> Record:
    """Take a whole record back: its visit, clues and entries (by reversing ones); what it corrected stands again.

    Raises Refused: `not-allowed` (also for a record that does not exist), `undone-already`.
    """
    record = _allowed(tx, staff, record_id, at, policies, day)
    if record.undone_at is not None:
        raise Refused("undone-already")
    corrected = records.get(tx, record.corrects) if record.corrects is not None else None
    if corrected is not None and not _may(tx, staff, Action.UNDO_OWN, corrected):
        raise Refused("not-allowed")  # it may be of another household, which would change as well
    _take_back(tx, staff, record, at)
    if corrected is not None and corrected.undone_at is not None:
        _bring_back(tx, staff, corrected, at)
        replan(tx, [corrected.household_id], day, policies)
    _finish(tx, staff, record, "record.undo", at, day, policies)
    return record


def correctable(
    tx: Transaction, staff: Staff, record_id: int, *, at: datetime, day: date, policies: Policies
) -> Record:
    """The record, when the person may still correct it; raises what `replace_record` raises."""
    record = _allowed(tx, staff, record_id, at, policies, day)
    if records.standing_correction(tx, record.id) is not None:
        raise Refused("corrected-already")
    return record


def replace_record(
    tx: Transaction, staff: Staff, record_id: int, *, at: datetime, day: date, policies: Policies
) -> Record:
    """Take a record back for the correction that is saved next; one that is undone already stays so.

    Raises Refused: `not-allowed`, `corrected-already` when another correction stands in its place.
    """
    record = correctable(tx, staff, record_id, at=at, day=day, policies=policies)
    if record.undone_at is None:
        _take_back(tx, staff, record, at)
        _finish(tx, staff, record, "record.correct", at, day, policies)
    return record


def restore_record(
    tx: Transaction, staff: Staff, record_id: int, *, at: datetime, day: date, policies: Policies
) -> Record:
    """Bring an undone record back; reversed entries are entered anew under the same record.

    A correction takes the place of what it corrects again. Raises Refused: `not-allowed`, `stands-already`,
    `corrected-already`.
    """
    record = _allowed(tx, staff, record_id, at, policies, day)
    if record.undone_at is None:
        raise Refused("stands-already")
    if records.standing_correction(tx, record.id) is not None:
        raise Refused("corrected-already")
    if record.corrects is not None:
        replace_record(tx, staff, record.corrects, at=at, day=day, policies=policies)
    _bring_back(tx, staff, record, at)
    _finish(tx, staff, record, "record.restore", at, day, policies)
    return record


def _take_back(tx: Transaction, staff: Staff, record: Record, at: datetime) -> None:
    records.mark_undone(tx, record.id, at)
    visits.mark_undone(tx, record.id, at)
    opened = [clue for clue in clues.open_of(tx, record.household_id) if clue.record_id == record.id]
    clues.withdraw_by_record(tx, record.id)
    for clue in opened:
        _hand_on(tx, clue)
    for entry in entries.standing_of_record(tx, record.id):
        entries.reverse(tx, entry, record_id=record.id, author_id=staff.id, at=at)


def _hand_on(tx: Transaction, clue: Clue) -> None:
    """A later visit that saw the same problem keeps it open."""
    if any(other.check == clue.check for other in clues.open_of(tx, clue.household_id)):
        return
    seen = [
        visit
        for visit in visits.of_household(tx, clue.household_id)
        if visit.visited_on >= clue.opened_on and visit.checks.get(clue.check) is CheckState.PROBLEM
    ]
    if seen:
        first = min(seen, key=lambda visit: (visit.visited_on, visit.id))
        clues.insert(tx, replace(clue, id=0, opened_on=first.visited_on, note=first.note, record_id=first.record_id))


def _bring_back(tx: Transaction, staff: Staff, record: Record, at: datetime) -> None:
    for entry in last_reversed(entries.of_record(tx, record.id), record.undone_at):
        entries.insert(tx, replace(entry, id=0, author_id=staff.id, at=at))
    records.restore(tx, record.id)
    visits.mark_undone(tx, record.id, None)
    clues.reopen_by_record(tx, record.id)


def _allowed(tx: Transaction, staff: Staff, record_id: int, at: datetime, policies: Policies, day: date) -> Record:
    record = records.get(tx, record_id)
    household = households.get(tx, record.household_id) if record is not None else None
    if record is None or household is None:
        raise Refused("not-allowed")
    own_for = _own_for(policies, day)
    if not access.may_undo(staff, household, author_id=record.author_id, age=at - record.at, own_for=own_for):
        late = record.author_id == staff.id and access.may(staff, Action.UNDO_OWN, household)
        raise Refused("undo-too-late" if late else "not-allowed")
    return record


def _finish(
    tx: Transaction, staff: Staff, record: Record, action: str, at: datetime, day: date, policies: Policies
) -> None:
    audit.append(tx, actor=f"staff:{staff.id}", action=action, subject=f"record:{record.number}", at=at)
    replan(tx, [record.household_id], day, policies)
