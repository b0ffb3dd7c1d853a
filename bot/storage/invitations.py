"""One-time invitations; the code itself is never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.domain import spelling
from bot.domain.staff import Role
from bot.storage.schema import invitations
from bot.storage.transaction import Transaction

i = invitations.c


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time invitation; `used_by` is the staff member it bound, `asked_by` one of another name who wants it."""

    id: int
    role: Role
    name: str
    created_at: datetime
    expires_at: datetime
    village_id: int | None = None
    group_ids: tuple[int, ...] = ()
    unit: str | None = None
    used_at: datetime | None = None
    used_by: int | None = None
    asked_by: int | None = None


def insert_invitation(tx: Transaction, code: str, invitation: Invitation) -> int:
    """Store an invitation under the mark of its code; its own id and use are not read. Its id."""
    values = {
        "code_mark": tx.secrets.mark(code, "invitation"),
        "role": invitation.role,
        "name": invitation.name,
        "village_id": invitation.village_id,
        "group_ids": ",".join(str(each) for each in invitation.group_ids) or None,
        "unit": invitation.unit,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }
    return int(tx.conn.execute(invitations.insert().values(values).returning(i.id)).scalar_one())


def find(tx: Transaction, code: str, at: datetime) -> Invitation | None:
    """The invitation with this code; None when there is none that is unused, not revoked and not expired."""
    query = select(invitations).where(i.code_mark == tx.secrets.mark(code, "invitation"), *_usable(at))
    row = tx.conn.execute(query).first()
    return _invitation(row) if row is not None else None


def get(tx: Transaction, invitation_id: int) -> Invitation | None:
    """The invitation with this id, used or not."""
    row = tx.conn.execute(select(invitations).where(i.id == invitation_id)).first()
    return _invitation(row) if row is not None else None


def use(tx: Transaction, invitation_id: int, staff_id: int, at: datetime) -> None:
    """Use it up for somebody."""
    tx.conn.execute(invitations.update().where(i.id == invitation_id).values(used_at=at, used_by=staff_id))


def ask(tx: Transaction, invitation_id: int, staff_id: int, at: datetime) -> None:
    """Note who of another name wants it."""
    tx.conn.execute(invitations.update().where(i.id == invitation_id).values(asked_at=at, asked_by=staff_id))


def asked(tx: Transaction, at: datetime) -> list[Invitation]:
    """Those that wait for the town's decision, oldest first."""
    return [each for each in open_invitations(tx, at) if each.asked_by is not None]


def used_under(tx: Transaction, name: str) -> list[int]:
    """Whom the invitations of this name have given a role, newest first."""
    used = tx.conn.execute(select(i.name, i.used_by).where(i.used_by.is_not(None)).order_by(i.id.desc()))
    return [row.used_by for row in used if spelling.key(row.name) == spelling.key(name)]


def names_of(tx: Transaction, staff_id: int) -> list[str]:
    """The names of the invitations that somebody has used."""
    return list(tx.conn.scalars(select(i.name).where(i.used_by == staff_id)))


def _usable(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return i.used_at.is_(None), i.revoked_at.is_(None), i.expires_at > at


def open_invitations(tx: Transaction, at: datetime) -> list[Invitation]:
    """Invitations that can still be used, oldest first."""
    return [_invitation(row) for row in tx.conn.execute(select(invitations).where(*_usable(at)).order_by(i.id))]


def void(tx: Transaction, invitation_id: int, at: datetime) -> None:
    """Make one unusable."""
    tx.conn.execute(invitations.update().where(i.id == invitation_id).values(revoked_at=at))


def revoke_invitations(tx: Transaction, names: Iterable[str], staff_id: int | None, at: datetime) -> int:
    """Make unusable the unused invitations of these names, and those that this staff member asked for; how many."""
    wanted = {spelling.key(name) for name in names}
    found = [
        each.id
        for each in open_invitations(tx, at)
        if spelling.key(each.name) in wanted or (staff_id is not None and each.asked_by == staff_id)
    ]
    for each in found:
        void(tx, each, at)
    return len(found)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        role=Role(row.role),
        name=row.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        village_id=row.village_id,
        group_ids=tuple(int(each) for each in (row.group_ids or "").split(",") if each),
        unit=row.unit,
        used_at=row.used_at,
        used_by=row.used_by,
        asked_by=row.asked_by,
    )
