"""Take a staff member's account and roles away, and their unused invitations."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.limits import row_id
from bot.domain.staff import Staff
from bot.storage import audit, chats, invitations, staff
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was taken away: roles held and invitations not yet used."""

    name: str
    roles: int
    invitations: int


def person_called(tx: Transaction, who: str) -> Staff | None:
    """The staff member of this name, else of this number, else who uses an invitation of this name; revoked or not."""
    wanted = who.strip()
    named, number = staff.by_name(tx, wanted), row_id(wanted)
    if named is not None or number is not None:
        return named or staff.get(tx, number or 0)
    using = [staff.get(tx, id_) for id_ in invitations.used_under(tx, wanted)]
    return next((each for each in using if each is not None and not each.revoked), None)


def revoke(tx: Transaction, actor: Staff | None, who: str, *, at: datetime) -> Revoked:
    """Close the roles, unbind the account, void open invitations; records keep their author. None is the operator.

    `who` is a name (also one that is only invited) or a staff number. Raises Refused: `not-allowed`,
    `staff-unknown`, `staff-revoked` when there is nothing left to take away.
    """
    if actor is not None:
        access.require(actor, Action.INVITE)
    person = person_called(tx, who)
    name = person.name if person is not None else who.strip()
    names = {name, who, *(invitations.names_of(tx, person.id) if person is not None else ())}
    voided = invitations.revoke_invitations(tx, names, person.id if person is not None else None, at)
    if person is None and not voided:
        raise Refused("staff-unknown", name=who.strip())
    if person is not None and person.revoked and not voided:
        raise Refused("staff-revoked", name=name)
    roles = _unbind(tx, person, at) if person is not None and not person.revoked else 0
    subject = f"staff:{person.id}" if person is not None else "invitation"
    by = "operator" if actor is None else f"staff:{actor.id}"
    audit.append(tx, actor=by, action="staff.revoke", subject=subject, at=at, roles=roles, invitations=voided)
    return Revoked(name, roles, voided)


def _unbind(tx: Transaction, person: Staff, at: datetime) -> int:
    """Also closes the question that is open in their chat: the account may be bound to somebody else later."""
    if person.telegram_id is not None:
        chats.set_current(tx, person.telegram_id, None)
    staff.revoke(tx, person.id, at)
    return len(person.assignments)
