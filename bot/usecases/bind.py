"""Invite a staff member by a one-time code, and bind an account with it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import spelling
from bot.domain.errors import Refused
from bot.domain.limits import NAME, PLACE
from bot.domain.staff import Assignment, Role, Staff
from bot.storage import audit, invitations, staff, villages
from bot.storage.invitations import Invitation
from bot.storage.transaction import Transaction

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 10
VALID_FOR = timedelta(days=14)
NEEDS_VILLAGE = frozenset({Role.MONITOR, Role.VILLAGE})


@dataclass(frozen=True, slots=True)
class Invite:
    """Whom the operator wants to invite; `village` and `groups` as written."""

    role: Role
    name: str
    village: str | None = None
    groups: Sequence[str] = ()
    unit: str | None = None


def new_code() -> str:
    """A code that nobody guesses: 10 of 31 characters, about 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def invite(tx: Transaction, wanted: Invite, *, code: str, at: datetime) -> None:
    """Store an invitation for `code`, by the operator at the command line.

    Raises Refused: `invite-name`, `invite-too-long`, `invite-village`, `invite-groups`, `invite-unit`,
    `unknown-village`, `unknown-group`.
    """
    name = spelling.written(wanted.name)
    if not name:
        raise Refused("invite-name")
    for option, text, most in (("--name", name, NAME), ("--unit", wanted.unit or "", PLACE)):
        if len(text) > most:
            raise Refused("invite-too-long", option=option, length=f"{len(text):,}", most=most)
    village_id, group_ids = _places(tx, wanted)
    stored = Invitation(
        id=0,
        role=wanted.role,
        name=name,
        created_at=at,
        expires_at=at + VALID_FOR,
        village_id=village_id,
        group_ids=tuple(group_ids),
        unit=wanted.unit,
    )
    invitations.insert_invitation(tx, code, stored)
    audit.append(tx, actor="operator", action="staff.invite", subject=f"role:{wanted.role}", at=at)


def _places(tx: Transaction, wanted: Invite) -> tuple[int | None, list[int]]:
    if wanted.role in NEEDS_VILLAGE and not wanted.village:
        raise Refused("invite-village")
    if wanted.role is Role.MONITOR and not wanted.groups:
        raise Refused("invite-groups")
    if wanted.role is Role.LIAISON and not wanted.unit:
        raise Refused("invite-unit")
    if not wanted.village:
        if wanted.groups:
            raise Refused("invite-village")
        return None, []
    village = villages.by_name(tx, wanted.village)
    if village is None:
        raise no_village(tx, wanted.village)
    return village.id, [_group_id(tx, village.id, written) for written in wanted.groups]


def no_village(tx: Transaction, name: str) -> Refused:
    """That there is no village of this name, with those that there are."""
    known = "、".join(each.name for each in villages.all_villages(tx))
    return Refused("unknown-village", village=name, known=known) if known else Refused("no-villages")


def _group_id(tx: Transaction, village_id: int, written: str) -> int:
    group = villages.find_group(tx, village_id, written)
    if group is None:
        known = "、".join(g.name for g in villages.groups_of(tx, village_id)) or "-"
        raise Refused("unknown-group", group=written, known=known)
    return group.id


@dataclass(frozen=True, slots=True)
class Bound:
    """Who is bound to the account, and the invitation: `waits` when it is for another name and the town is asked."""

    person: Staff
    invitation: Invitation
    waits: bool = False


def bind(tx: Transaction, code: str, telegram_id: int, *, at: datetime) -> Bound:
    """Use a code once: the account becomes that staff member, or gets one more role.

    An account that is bound under another name gets nothing until the town agrees (bot/usecases/confirm.py). Raises
    Refused: `code-unknown` for an unknown, used, expired or revoked code alike, and for one that somebody else has
    asked for; `name-taken` when another account already bears the invited name.
    """
    found, person = invitations.find(tx, code.strip().upper(), at), staff.by_telegram(tx, telegram_id)
    if found is None:
        raise Refused("code-unknown")
    if person is not None and spelling.key(person.name) != spelling.key(found.name):
        return _ask(tx, person, found, at)
    if person is None:
        person = _enlist(tx, found.name, telegram_id, at)
    grant(tx, person, found, at)
    subject = f"staff:{person.id}"
    audit.append(tx, actor=subject, action="staff.bind", subject=subject, at=at, role=found.role)
    bound = staff.get(tx, person.id)
    assert bound is not None
    return Bound(bound, found)


def grant(tx: Transaction, person: Staff, invitation: Invitation, at: datetime) -> None:
    """Give the invitation's role and use it up."""
    for group_id in invitation.group_ids or (None,):
        held = Assignment(invitation.role, invitation.village_id, group_id, invitation.unit)
        staff.add_assignment(tx, person.id, held, at)
    invitations.use(tx, invitation.id, person.id, at)


def _ask(tx: Transaction, person: Staff, invitation: Invitation, at: datetime) -> Bound:
    if invitation.asked_by not in (None, person.id):
        raise Refused("code-unknown")
    if invitation.asked_by is None:
        invitations.ask(tx, invitation.id, person.id, at)
        subject = f"staff:{person.id}"
        audit.append(tx, actor=subject, action="staff.ask", subject=subject, at=at, role=invitation.role)
    return Bound(person, invitation, waits=True)


def _enlist(tx: Transaction, name: str, telegram_id: int, at: datetime) -> Staff:
    """The staff member of that name; names are unique, so a bound one of the same name is somebody else."""
    known = staff.by_name(tx, name)
    if known is not None and known.telegram_id is not None and not known.revoked:
        raise Refused("name-taken")
    staff_id = known.id if known is not None else staff.insert(tx, name)
    staff.bind(tx, staff_id, telegram_id, at)
    person = staff.get(tx, staff_id)
    assert person is not None
    return person
