"""Close an open problem with what was done."""

from datetime import date, datetime

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.records import Clue
from bot.domain.staff import Staff
from bot.policies import Policies
from bot.storage import audit, clues, households
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan


def visible_clue(tx: Transaction, staff: Staff, clue_id: int) -> tuple[Clue, Household]:
    """An open problem and its household; Refused `not-allowed` whether it is out of sight or not there."""
    clue = clues.get(tx, clue_id)
    household = households.get(tx, clue.household_id) if clue is not None else None
    if clue is None or household is None:
        raise Refused("not-allowed")
    access.require(staff, Action.CLOSE_CLUE, household)
    return clue, household


def close_clue(
    tx: Transaction, staff: Staff, clue_id: int, done: str, *, at: datetime, day: date, policies: Policies
) -> tuple[Clue, Household]:
    """Close it on `day` with the words of what was done; Refused `clue-closed` when somebody was faster."""
    clue, household = visible_clue(tx, staff, clue_id)
    if clue.closed_on is not None:
        raise Refused("clue-closed")
    clues.close(tx, clue_id, on=day, by=staff.id, note=done)
    audit.append(
        tx, actor=f"staff:{staff.id}", action="clue.close", subject=f"clue:{clue_id}", at=at, household=household.id
    )
    replan(tx, [household.id], day, policies)
    return clue, household
