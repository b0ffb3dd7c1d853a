"""Updates as they came from Telegram, stored before they are confirmed.

A row is `new` until the transaction that handled it, or until it is set `aside` after too many failures. Rows are
kept for good, so that an update is handled once however often it is delivered; their payload is erased after a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, func, select, update

from bot.storage.schema import inbox
from bot.storage.transaction import Transaction
from bot.storage.upsert import insert_new

PURPOSE = "inbox"

# built once: they run for every update
_FIRST = (
    select(
        inbox.c.update_id,
        inbox.c.chat_id,
        inbox.c.payload_sealed,
        inbox.c.received_at,
        inbox.c.attempts,
        inbox.c.taken,
    )
    .where(inbox.c.state == "new", inbox.c.chat_id == bindparam("chat"))
    .order_by(inbox.c.received_at, inbox.c.update_id)
    .limit(1)
    .with_for_update()
)
_FINISH = update(inbox).where(inbox.c.update_id == bindparam("number")).values(state="done", done_at=bindparam("at"))
_MARK = update(inbox).where(inbox.c.update_id == bindparam("number")).values(taken=bindparam("times"))


class Why(StrEnum):
    """Why an update was set aside; the name is stored and part of a text id."""

    FAILED = "failed"  # handling raised each time
    STOPPED = "stopped"  # it was in hand when the process died or hung
    HARD = "hard"  # its text could not be read in time


@dataclass(frozen=True, slots=True)
class Incoming:
    """One raw update: its JSON text, and the chat whose order it keeps (0: none that we can read)."""

    update_id: int
    chat_id: int
    payload: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An update waiting to be handled; `attempts` are failures so far, `at` its moment of arrival.

    `taken` counts the times that it was in hand when the process died.
    """

    update_id: int
    chat_id: int
    sealed: bytes
    at: datetime
    attempts: int
    taken: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """What an operator must look at: `where` is `inbox` or `outbox`, `what` a reason or a method."""

    where: str
    reference: str
    at: datetime
    what: str


def store(tx: Transaction, updates: Sequence[Incoming], at: datetime) -> list[int]:
    """Keep `updates`, arrived at `at`; those known by their id are dropped. Returns the chats that got something."""
    rows = [
        {
            "update_id": one.update_id,
            "chat_id": one.chat_id,
            "payload_sealed": tx.secrets.seal(one.payload, PURPOSE),
            "received_at": at,
        }
        for one in updates
    ]
    if not rows:
        return []
    return list(tx.conn.execute(insert_new(tx.conn, inbox).values(rows).returning(inbox.c.chat_id)).scalars())


def waiting_chats(tx: Transaction) -> list[int]:
    """Chats with an update still to handle."""
    return list(tx.conn.execute(select(inbox.c.chat_id).where(inbox.c.state == "new").distinct()).scalars())


def first_of(tx: Transaction, chat_id: int) -> Stored | None:
    """The oldest waiting update of a chat, locked until the transaction ends."""
    row = tx.conn.execute(_FIRST, {"chat": chat_id}).one_or_none()
    if row is None:
        return None
    return Stored(row.update_id, row.chat_id, row.payload_sealed, row.received_at, row.attempts, row.taken)


def take(tx: Transaction, chat_id: int, before: Stored | None = None) -> Stored | None:
    """The oldest waiting update of a chat, marked as in hand; to be committed before it is handled.

    `before` is what this process took there last: taken again, it is no more often the last of a process than it was
    then, though a mark may have stayed (a disk so full that not even the mark comes off).
    """
    stored = first_of(tx, chat_id)
    if stored is None:
        return None
    if before is not None and before.update_id == stored.update_id:
        stored = replace(stored, taken=before.taken)
    tx.conn.execute(_MARK, {"number": stored.update_id, "times": stored.taken + 1})
    return stored


def give_back(tx: Transaction, stored: Stored) -> None:
    """Take the mark off: handling came back, whatever came of it."""
    tx.conn.execute(_MARK, {"number": stored.update_id, "times": stored.taken})


def opened(tx: Transaction, stored: Stored) -> str:
    """The JSON text of a stored update; raises WrongKey."""
    return tx.secrets.open(stored.sealed, PURPOSE)


def finish(tx: Transaction, update_id: int, at: datetime) -> None:
    """Say that the update is handled; part of the transaction that handles it."""
    tx.conn.execute(_FINISH, {"number": update_id, "at": at})


def failed(tx: Transaction, update_id: int) -> None:
    """Count a failure; the update stays."""
    tx.conn.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "new")
        .values(attempts=inbox.c.attempts + 1)
    )


def set_aside(tx: Transaction, update_id: int, reference: str, at: datetime, why: Why) -> bool:
    """Give up on an update under `reference`; False when it no longer waits."""
    result = tx.conn.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "new")
        .values(state="aside", done_at=at, attempts=inbox.c.attempts + 1, reference=reference, why=why)
    )
    return result.rowcount == 1


def asides(tx: Transaction, since: datetime) -> list[SetAside]:
    """Updates set aside since `since`, newest first."""
    rows = tx.conn.execute(
        select(inbox.c.reference, inbox.c.done_at, inbox.c.why)
        .where(inbox.c.state == "aside", inbox.c.done_at >= since)
        .order_by(inbox.c.done_at.desc())
    )
    return [SetAside("inbox", row.reference or "", row.done_at, row.why or Why.FAILED) for row in rows]


def count_aside(tx: Transaction) -> int:
    """How many rows were set aside for an operator to look at."""
    query = select(func.count()).select_from(inbox).where(inbox.c.state == "aside")
    return tx.conn.execute(query).scalar_one()


def depth(tx: Transaction) -> tuple[int, datetime | None]:
    """How many updates wait, and since when the oldest."""
    row = tx.conn.execute(select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.state == "new")).one()
    return row[0], row[1]


def erase(tx: Transaction, before: datetime) -> int:
    """Erase the payload of updates done or set aside before `before`; returns how many."""
    result = tx.conn.execute(
        update(inbox)
        .where(inbox.c.state != "new", inbox.c.done_at < before, inbox.c.payload_sealed.is_not(None))
        .values(payload_sealed=None)
    )
    return result.rowcount
