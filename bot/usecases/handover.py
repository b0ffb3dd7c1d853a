"""Hand everything that is open from one staff member to another."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import access
from bot.domain.access import Action, Scope
from bot.domain.errors import Refused
from bot.domain.staff import Assignment, Role, Staff
from bot.storage import audit, chats, drafts, households, staff
from bot.storage.transaction import Transaction
from bot.usecases.revoke import person_called


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What moved: roles, open drafts, and households whose column 帮扶责任人 names the receiver now."""

    giver: str
    taker: str
    roles: int
    drafts: int
    households: int


def hand_over(tx: Transaction, actor: Staff | None, giver: str, taker: str, *, at: datetime) -> HandedOver:
    """Move roles with their scope, open drafts and helped households; due visits follow the household. None: operator.

    Both are names or staff numbers; the receiver must be bound to an account. Raises Refused: `not-allowed`,
    `staff-unknown`, `staff-revoked`, `handover-same`, `handover-unbound`, `handover-nothing`.
    """
    old, new = _known(tx, giver), _known(tx, taker)
    if actor is not None:
        _require(actor, old)
    if old.id == new.id:
        raise Refused("handover-same")
    if new.telegram_id is None:
        raise Refused("handover-unbound", name=new.name)
    homes = _helped(tx, old, new)
    moved_drafts = drafts.hand_over(tx, old.id, new.id, new.telegram_id)
    if not (old.assignments or moved_drafts or homes):
        raise Refused("handover-nothing", name=old.name)
    if old.telegram_id is not None:
        chats.set_current(tx, old.telegram_id, None)
    staff.hand_over(tx, old.id, new.id, at)
    done = HandedOver(old.name, new.name, len(old.assignments), moved_drafts, len(homes))
    _note(tx, actor, old, new, done, homes, at)
    return done


def _known(tx: Transaction, who: str) -> Staff:
    person = person_called(tx, who)
    if person is None:
        raise Refused("staff-unknown", name=who.strip())
    if person.revoked:
        raise Refused("staff-revoked", name=person.name)
    return person


def _require(actor: Staff, giver: Staff) -> None:
    """A village's lead hands over within the village only; the town anywhere."""
    access.require(actor, Action.HANDOVER)
    scope = access.scope_of(actor, Action.HANDOVER)
    if not scope.everything and not all(_within(scope, each) for each in giver.assignments):
        raise Refused("not-allowed")


def _within(scope: Scope, held: Assignment) -> bool:
    return held.village_id in scope.villages or held.group_id in scope.groups


def _helped(tx: Transaction, old: Staff, new: Staff) -> list[int]:
    """A helper's households are those whose column has the name: they get the receiver's."""
    if Role.HELPER not in old.roles:
        return []
    found = households.list_for(tx, Scope(helper_names=frozenset({old.name})), include_left=True)
    for household in found:
        households.update(tx, household.id, helper_name=new.name)
    return [household.id for household in found]


def _note(
    tx: Transaction, actor: Staff | None, old: Staff, new: Staff, done: HandedOver, homes: list[int], at: datetime
) -> None:
    by = "operator" if actor is None else f"staff:{actor.id}"
    moved = {"to": new.id, "roles": done.roles, "drafts": done.drafts, "households": done.households}
    audit.append(tx, actor=by, action="staff.handover", subject=f"staff:{old.id}", at=at, **moved)
    for household_id in homes:
        subject = f"household:{household_id}"
        audit.append(tx, actor=by, action="household.update", subject=subject, at=at, fields=["helper_name"])
