"""What came with a record: a photo's file id, a location, words; sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.storage.lenient import readable
from bot.storage.schema import attachments
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: `kind` photo, location or note."""

    id: int
    record_id: int
    kind: str
    content: str
    at: datetime


def insert(tx: Transaction, record_id: int, kind: str, content: str, at: datetime) -> int:
    """Add an attachment to a record; its id."""
    sealed = tx.secrets.seal(content, "attachment")
    new = attachments.insert().values(record_id=record_id, kind=kind, content_sealed=sealed, at=at)
    return int(tx.conn.execute(new.returning(attachments.c.id)).scalar_one())


def remove(tx: Transaction, record_id: int, first: int, last: int) -> int:
    """Take attachments of a record away again, by the ids that they were given; how many."""
    c = attachments.c
    mine = (c.record_id == record_id, c.id.between(first, last))
    return tx.conn.execute(attachments.delete().where(*mine)).rowcount


def of_record(tx: Transaction, record_id: int) -> list[Attachment]:
    """The attachments of a record in the order in which they came."""
    c = attachments.c
    rows = tx.conn.execute(select(attachments).where(c.record_id == record_id).order_by(c.id))
    opened = tx.secrets.open
    return readable(
        rows,
        lambda row: Attachment(
            row.id, row.record_id, row.kind, opened(bytes(row.content_sealed), "attachment"), row.at
        ),
    )


def notes_of(tx: Transaction, record_ids: Collection[int]) -> dict[int, list[str]]:
    """The words that were added to these records, by record, in the order in which they came."""
    c, wanted = attachments.c, list(record_ids)
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), 500):
        query = select(attachments).where(c.kind == "note", c.record_id.in_(wanted[start : start + 500])).order_by(c.id)
        for row in tx.conn.execute(query):
            found.setdefault(row.record_id, []).append(tx.secrets.open(bytes(row.content_sealed), "attachment"))
    return found


def move(tx: Transaction, from_record: int, to_record: int) -> None:
    """Give the attachments of a corrected record to the one that replaces it."""
    c = attachments.c
    tx.conn.execute(attachments.update().where(c.record_id == from_record).values(record_id=to_record))
