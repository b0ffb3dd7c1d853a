"""Records: one confirmed message each, numbered by day."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, select

from bot.domain.records import Record
from bot.storage import meta
from bot.storage.schema import records
from bot.storage.transaction import Transaction

r = records.c


def next_number(tx: Transaction, prefix: Literal["V", "J"], day: date) -> str:
    """The next number of a prefix and a day: V240315-07; given back when the transaction rolls back."""
    stem = f"{prefix}{day:%y%m%d}"
    return f"{stem}-{meta.count_up(tx, 'number:' + stem):02d}"


def insert(
    tx: Transaction,
    *,
    number: str,
    household_id: int,
    author_id: int,
    at: datetime,
    draft_id: int | None = None,
    corrects: int | None = None,
) -> int:
    """Store a record; Conflict when its draft was recorded before. Its id."""
    values = {
        "number": number,
        "household_id": household_id,
        "author_id": author_id,
        "at": at,
        "draft_id": draft_id,
        "corrects": corrects,
    }
    return int(tx.conn.execute(records.insert().values(values).returning(r.id)).scalar_one())


def get(tx: Transaction, record_id: int) -> Record | None:
    """The record with this id."""
    return _first(tx, r.id == record_id)


def by_number(tx: Transaction, number: str) -> Record | None:
    """The record with this 编号."""
    return _first(tx, r.number == number)


def by_draft(tx: Transaction, draft_id: int) -> Record | None:
    """The record that a draft became."""
    return _first(tx, r.draft_id == draft_id)


def standing_correction(tx: Transaction, record_id: int) -> Record | None:
    """The record that stands in the place of this one."""
    return _first(tx, r.corrects == record_id, r.undone_at.is_(None))


def standing_of(tx: Transaction, author_id: int, since: datetime) -> list[Record]:
    """The author's records made at `since` or later that are not undone, newest first."""
    mine = (r.author_id == author_id, r.undone_at.is_(None), r.at >= since)
    return [_record(row) for row in tx.conn.execute(select(records).where(*mine).order_by(r.id.desc()))]


def mark_undone(tx: Transaction, record_id: int, at: datetime) -> bool:
    """Undo a record; False when it is undone already (its visit and entries are the use case's duty)."""
    standing = (r.id == record_id, r.undone_at.is_(None))
    return tx.conn.execute(records.update().where(*standing).values(undone_at=at)).rowcount > 0


def restore(tx: Transaction, record_id: int) -> bool:
    """Let an undone record stand again; False when it stands."""
    undone = (r.id == record_id, r.undone_at.is_not(None))
    return tx.conn.execute(records.update().where(*undone).values(undone_at=None)).rowcount > 0


def _first(tx: Transaction, *where: ColumnElement[bool]) -> Record | None:
    row = tx.conn.execute(select(records).where(*where).order_by(r.id.desc()).limit(1)).first()
    return _record(row) if row else None


def _record(row: Row[Any]) -> Record:
    return Record(row.id, row.number, row.household_id, row.author_id, row.at, row.undone_at, row.corrects)
