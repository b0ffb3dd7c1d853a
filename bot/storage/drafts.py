"""Drafts: the raw answers of an open form and their revision; sealed, because they are what people typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.storage.lenient import readable
from bot.storage.schema import drafts
from bot.storage.sealing import open_json, seal_json
from bot.storage.transaction import Transaction

d = drafts.c
_PURPOSE = "draft"


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as stored; `closed` is None while open, else saved, cancelled or expired, and its answers are erased."""

    id: int
    staff_id: int
    chat_id: int
    form: str
    answers: dict[str, Any]
    revision: int
    started_at: datetime
    touched_at: datetime
    closed: str | None = None
    record_id: int | None = None


def insert(tx: Transaction, staff_id: int, chat_id: int, form: str, answers: Mapping[str, Any], at: datetime) -> int:
    """Open a draft at revision 1; its id."""
    values = {
        "staff_id": staff_id,
        "chat_id": chat_id,
        "form": form,
        "answers_sealed": seal_json(tx.secrets, dict(answers), _PURPOSE),
        "revision": 1,
        "started_at": at,
        "touched_at": at,
    }
    return int(tx.conn.execute(drafts.insert().values(values).returning(d.id)).scalar_one())


def get(tx: Transaction, draft_id: int) -> StoredDraft | None:
    """The draft with this id, open or closed."""
    found = _select(tx, d.id == draft_id)
    return found[0] if found else None


def open_of(tx: Transaction, chat_id: int) -> list[StoredDraft]:
    """The open drafts of a chat, last touched first."""
    return _select(tx, d.chat_id == chat_id, d.closed.is_(None))


def save(tx: Transaction, draft_id: int, answers: Mapping[str, Any], revision: int, at: datetime) -> None:
    """Store the answers and revision of an open draft."""
    sealed = seal_json(tx.secrets, dict(answers), _PURPOSE)
    values = {"answers_sealed": sealed, "revision": revision, "touched_at": at}
    tx.conn.execute(drafts.update().where(d.id == draft_id, d.closed.is_(None)).values(values))


def close(tx: Transaction, draft_id: int, how: str, record_id: int | None = None) -> bool:
    """Close an open draft (`how`: saved, cancelled, expired) and erase its answers; False when it is closed."""
    values = {"closed": how, "record_id": record_id, "answers_sealed": seal_json(tx.secrets, {}, _PURPOSE)}
    return tx.conn.execute(drafts.update().where(d.id == draft_id, d.closed.is_(None)).values(values)).rowcount > 0


def expire(tx: Transaction, before: datetime) -> list[int]:
    """Close the open drafts last touched before a moment; their ids."""
    ids = [draft.id for draft in _select(tx, d.closed.is_(None), d.touched_at < before)]
    for draft_id in ids:
        close(tx, draft_id, "expired")
    return ids


def hand_over(tx: Transaction, from_id: int, to_id: int, chat_id: int) -> int:
    """Move the open drafts of one staff member to another and their chat; how many."""
    mine = (d.staff_id == from_id, d.closed.is_(None))
    return tx.conn.execute(drafts.update().where(*mine).values(staff_id=to_id, chat_id=chat_id)).rowcount


def _select(tx: Transaction, *where: ColumnElement[bool]) -> list[StoredDraft]:
    query = select(drafts).where(*where).order_by(d.touched_at.desc(), d.id.desc())
    return readable(tx.conn.execute(query), lambda row: _draft(tx, row))


def _draft(tx: Transaction, row: Row[Any]) -> StoredDraft:
    values = dict(row._mapping)
    values["answers"] = open_json(tx.secrets, values.pop("answers_sealed"), _PURPOSE)
    return StoredDraft(**values)
