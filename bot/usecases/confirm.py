"""The town decides about a code that was used by somebody of another name than it was made for."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import access, spelling
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.staff import Staff
from bot.storage import audit, invitations, staff
from bot.storage.invitations import Invitation
from bot.storage.transaction import Transaction
from bot.usecases.bind import grant
from bot.usecases.imports import actor_name


@dataclass(frozen=True, slots=True)
class Decided:
    """Who asked, with the roles held from now on, and the invitation; `agreed`: its role was given."""

    asker: Staff
    invitation: Invitation
    agreed: bool


def decide(
    tx: Transaction, actor: Staff | None, invitation_id: int, asker_id: int, *, agreed: bool, at: datetime
) -> Decided:
    """Give the role to who asked, or make the code worthless. None is the operator; nobody decides about themselves.

    Raises Refused: `not-allowed`, `decided-already` (also when the code has expired or the asker was revoked).
    """
    if actor is not None:
        access.require(actor, Action.INVITE)
    invitation, asker = invitations.get(tx, invitation_id), staff.get(tx, asker_id)
    if invitation is None or asker is None or (actor is not None and actor.id == asker_id):
        raise Refused("not-allowed")
    if asker.revoked or asker_id not in [
        each.asked_by for each in invitations.asked(tx, at) if each.id == invitation_id
    ]:
        raise Refused("decided-already")
    if agreed:
        grant(tx, asker, invitation, at)
    else:
        invitations.void(tx, invitation_id, at)
    action = "staff.confirm" if agreed else "staff.decline"
    subject = f"staff:{asker_id}"
    audit.append(tx, actor=actor_name(actor), action=action, subject=subject, at=at, role=invitation.role)
    return Decided(staff.get(tx, asker_id) or asker, invitation, agreed)


def asked_for(tx: Transaction, who: str, at: datetime) -> tuple[Invitation, ...]:
    """What waits for a decision under the invited name, else under the asker's name or number; one pair of names.

    Raises Refused: `asked-unknown`, `asked-several` when it could be one or the other person.
    """
    waiting = invitations.asked(tx, at)
    wanted = spelling.key(who)
    found = [each for each in waiting if spelling.key(each.name) == wanted]
    if not found:
        found = [each for each in waiting if wanted in _names(tx, each)]
    if not found:
        raise Refused("asked-unknown", name=who.strip())
    if len({(each.name, each.asked_by) for each in found}) > 1:
        raise Refused("asked-several", name=who.strip())
    return tuple(found)


def _names(tx: Transaction, invitation: Invitation) -> set[str]:
    asker = staff.get(tx, invitation.asked_by) if invitation.asked_by is not None else None
    return {spelling.key(asker.name), str(asker.id)} if asker is not None else set()
