"""One-time invitations (domain.md section 8); the code itself is never stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.domain.staff import Role
from bot.storage.schema import invitations
from bot.storage.transaction import Transaction

i = invitations.c


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time invitation; `used_by` is the staff member it bound."""

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


def take_invitation(tx: Transaction, code: str, at: datetime) -> Invitation | None:
    """Use up the invitation with this code; None when there is none that is unused, not revoked and not expired."""
    usable = (i.used_at.is_(None), i.revoked_at.is_(None), i.expires_at > at)
    query = select(invitations).where(i.code_mark == tx.secrets.mark(code, "invitation"), *usable)
    row = tx.conn.execute(query).first()
    if row is None:
        return None
    tx.conn.execute(invitations.update().where(i.id == row.id).values(used_at=at))
    return _invitation(row)


def is_invited(tx: Transaction, code: str, at: datetime) -> bool:
    """Whether there is an invitation with this code that can still be used."""
    usable = (i.used_at.is_(None), i.revoked_at.is_(None), i.expires_at > at)
    query = select(i.id).where(i.code_mark == tx.secrets.mark(code, "invitation"), *usable)
    return tx.conn.scalar(query) is not None


def set_invitation_user(tx: Transaction, invitation_id: int, staff_id: int) -> None:
    """Note whom an invitation bound."""
    tx.conn.execute(invitations.update().where(i.id == invitation_id).values(used_by=staff_id))


def open_invitations(tx: Transaction, at: datetime) -> list[Invitation]:
    """Invitations that can still be used, oldest first."""
    usable = (i.used_at.is_(None), i.revoked_at.is_(None), i.expires_at > at)
    return [_invitation(row) for row in tx.conn.execute(select(invitations).where(*usable).order_by(i.id))]


def revoke_invitations(tx: Transaction, name: str, at: datetime) -> int:
    """Make the unused invitations of a name unusable; how many."""
    unused = (i.name == name, i.used_at.is_(None), i.revoked_at.is_(None))
    return tx.conn.execute(invitations.update().where(*unused).values(revoked_at=at)).rowcount


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
    )
