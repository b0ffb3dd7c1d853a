"""Leave a household that is away out of every list until it is back."""

from datetime import date, datetime, timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.staff import Staff
from bot.storage import audit, households
from bot.storage.transaction import Transaction

LONGEST = timedelta(days=366)
"""Longer is no absence but a household that left."""


def mute(tx: Transaction, staff: Staff, household_id: int, *, until: date | None, at: datetime, day: date) -> Household:
    """The household is away and comes back to the lists on `until`; None ends it at once. Returns it as it is now.

    Its next visit stays planned. Raises Refused: `not-allowed` (also for a household that does not exist), `mute-date`.
    """
    household = households.get(tx, household_id)
    if household is None:
        raise Refused("not-allowed")
    access.require(staff, Action.MUTE, household)
    if until is not None and not day < until <= day + LONGEST:
        raise Refused("mute-date")
    if household.muted_until == until:
        return household
    households.update(tx, household_id, muted_until=until)
    audit.append(
        tx,
        actor=f"staff:{staff.id}",
        action="household.mute",
        subject=f"household:{household_id}",
        at=at,
        until=until.isoformat() if until else None,
    )
    return households.get(tx, household_id) or household
