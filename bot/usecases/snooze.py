"""Put a due household off for some days with a reason, at most twice in a row."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.policy import Policies
from bot.domain.staff import Staff
from bot.storage import audit, households, snoozes
from bot.storage.transaction import Transaction
from bot.usecases.crew import crew_on
from bot.usecases.todo import todo_of

REASONS = ("away", "busy", "road", "other_work", "later")
"""Codes of the reasons on the buttons, with a text `snooze-reason-<code>` each; `tomorrow` is the digest's button."""
TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Moved:
    """What putting everything off to tomorrow did: how many households it moved, and who had been moved too often."""

    moved: int
    kept: tuple[Household, ...]
    until: date


def snooze(
    tx: Transaction,
    staff: Staff,
    household_id: int,
    *,
    days: int,
    reason: str,
    at: datetime,
    day: date,
    policies: Policies,
) -> Household:
    """Leave a household out of this person's digests until `day` + `days`; returns it.

    Raises Refused: `not-allowed` (also for a household that does not exist), `snooze-days`, `snooze-reason`,
    `snooze-twice`.
    """
    household = households.get(tx, household_id)
    if household is None:
        raise Refused("not-allowed")
    access.require(staff, Action.SNOOZE, household)
    rules = policies.on(day).reminders
    if not rules.snooze_min_days <= days <= rules.snooze_max_days:
        raise Refused("snooze-days", least=rules.snooze_min_days, most=rules.snooze_max_days)
    if reason not in (*REASONS, TOMORROW):
        raise Refused("snooze-reason")
    if _too_often(tx, staff, household_id, day, policies):
        raise Refused("snooze-twice", name=household.head)
    _write(tx, staff, household, day + timedelta(days), reason, at, day)
    return household


def snooze_today(tx: Transaction, staff: Staff, *, at: datetime, day: date, policies: Policies) -> Moved:
    """Put all that the person's digest lists today off to tomorrow; a second tap on the same day changes nothing.

    Households moved twice in a row already stay. Raises Refused: `not-allowed`; `snooze-twice` when none could move.
    """
    access.require(staff, Action.SNOOZE)
    until = day + timedelta(1)
    due = [todo.household for todo in todo_of(tx, staff, day, policies, crew_on(tx, day).visits(staff))]
    kept = tuple(each for each in due if _too_often(tx, staff, each.id, day, policies))
    moving = [each for each in due if each not in kept]
    if kept and not moving:
        raise Refused("snooze-twice", name=kept[0].head)
    for household in moving:
        _write(tx, staff, household, until, TOMORROW, at, day)
    return Moved(len(moving), kept, until)


def _too_often(tx: Transaction, staff: Staff, household_id: int, day: date, policies: Policies) -> bool:
    return snoozes.in_a_row(tx, household_id, staff.id) >= policies.on(day).reminders.snoozes_in_a_row


def _write(
    tx: Transaction, staff: Staff, household: Household, until: date, reason: str, at: datetime, day: date
) -> None:
    snoozes.insert(tx, household_id=household.id, staff_id=staff.id, on_day=day, until=until, reason=reason)
    audit.append(
        tx,
        actor=f"staff:{staff.id}",
        action="household.snooze",
        subject=f"household:{household.id}",
        at=at,
        until=until.isoformat(),
        reason=reason,
    )
