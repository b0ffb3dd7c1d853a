"""Whether a message that waits may still be seen by its reader: the one access decision, as things are now."""

from datetime import date

from bot.domain import about, access
from bot.domain.staff import Staff
from bot.storage import households, staff
from bot.storage.outbox import Outgoing
from bot.storage.transaction import Transaction
from bot.usecases.leave import standing_in


def reader_of(tx: Transaction, outgoing: Outgoing) -> Staff | None:
    """The staff member for whom it was written, if this account is still theirs."""
    person = staff.get(tx, outgoing.staff_id) if outgoing.staff_id is not None else None
    return person if person is not None and not person.revoked and person.telegram_id == outgoing.chat_id else None


def still_allowed(tx: Transaction, outgoing: Outgoing, *, written_on: date, day: date) -> bool:
    """Whether it may be sent on `day`: to nobody who lost the account or the right to anything that it shows."""
    if outgoing.staff_id is None:
        return True  # to strangers and groups, who are told fixed texts only
    person = reader_of(tx, outgoing)
    if person is None:
        return False
    if outgoing.about is None:
        return True  # written by a version that did not note it
    reader = standing_in(tx, person, day)
    return about.grants(reader, outgoing.about) and all(
        households.covered(tx, access.scope_of(reader, action), ids, written_on)
        for action, ids in outgoing.about.households.items()
    )
