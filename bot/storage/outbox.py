"""Messages to send, written with the change they speak of and sent after its commit.

States: `new` → `sending` (committed before the call) → `sent`, `unknown` (no answer came, not sent again),
`unreachable` (blocked), `withdrawn` (its reader lost the right to it) or `aside` (a defect, or too late). A row goes
back to `new` when it must be tried again.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from bot.domain import about
from bot.domain.about import About
from bot.storage.errors import WrongKey
from bot.storage.inbox import SetAside
from bot.storage.schema import outbox
from bot.storage.transaction import Transaction
from bot.storage.upsert import insert_new_returning

PURPOSE = "outbox"
CALLBACK_ANSWER = "answer"
_OPEN = ("new", "sending")

# built once: they run for every message
_LANES = select(func.min(outbox.c.id)).where(outbox.c.state == "new")
_BY_LANE = (outbox.c.chat_id, outbox.c.kind == CALLBACK_ANSWER)
_HEAD = select(outbox.c.id, outbox.c.chat_id, outbox.c.kind)
_HEADS = _HEAD.where(outbox.c.id.in_(_LANES.group_by(*_BY_LANE)))
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.state == "new")
    .values(state="sending", attempts=outbox.c.attempts + 1, next_try_at=bindparam("lease"))
    .returning(outbox)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(state="sent", done_at=bindparam("at"), message_id=bindparam("number"), next_try_at=None)
)


class OutKind(StrEnum):
    """What a message is to its reader; decides what happens when its outcome is unknown."""

    SCREEN = "screen"  # sent again
    RECEIPT = "receipt"  # sent again: its number shows that it is the same
    REMINDER = "reminder"  # never again
    ANSWER = CALLBACK_ANSWER  # answerCallbackQuery: best effort, outside the chat's order


@dataclass(frozen=True)
class Outgoing:
    """One Bot API call to make.

    `params` are its parameters (`reply_markup` as a dict); `ref` is what the message shows (`record:12`, `draft:5`);
    `dedupe` makes it unique for good; `file` describes a document that is built when it is sent; after `until` it is
    no longer sent; `about`, which every message to staff has, is looked at again when it is sent.
    """

    chat_id: int
    method: str
    params: dict[str, Any]
    kind: OutKind
    staff_id: int | None = None
    ref: str | None = None
    dedupe: str | None = None
    file: dict[str, Any] | None = None
    until: datetime | None = None
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The next row of a chat's lane; it has no content yet."""

    id: int
    chat_id: int
    kind: OutKind


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this process, and no other, is about to send; `attempts` counts this one."""

    id: int
    out: Outgoing
    attempts: int
    created_at: datetime
    reference: str | None


def put(tx: Transaction, outgoing: Outgoing, at: datetime) -> int | None:
    """Write a message to send into the open transaction; its id, or None when `dedupe` is known."""
    if outgoing.about is None and outgoing.staff_id is not None:
        raise ValueError("a message to staff must say what it is about")
    content: dict[str, Any] = {"params": outgoing.params, "file": outgoing.file}
    if outgoing.about is not None:
        content["about"] = about.written(outgoing.about)
    if outgoing.until is not None:
        content["until"] = {"at": outgoing.until.isoformat()}
    sealed = tx.secrets.seal(json.dumps(content), PURPOSE)
    row = {
        "chat_id": outgoing.chat_id, "staff_id": outgoing.staff_id, "kind": outgoing.kind.value,
        "method": outgoing.method, "payload_sealed": sealed, "ref": outgoing.ref, "dedupe": outgoing.dedupe,
        "created_at": at,
    }  # fmt: skip
    found: int | None = tx.conn.execute(insert_new_returning(tx.conn, outbox, "id"), row).scalar_one_or_none()
    return found


def ref_of(tx: Transaction, chat_id: int, message_id: int) -> str | None:
    """What a sent message shows now, as its last edit said; None when it shows no record or draft."""
    query = select(outbox.c.ref).where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
    found: str | None = tx.conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).scalar_one_or_none()
    return found


def message_of(tx: Transaction, chat_id: int, ref: str) -> int | None:
    """The newest sent message that shows what `ref` names; None when none is known to have arrived."""
    query = select(outbox.c.message_id).where(
        outbox.c.chat_id == chat_id, outbox.c.ref == ref, outbox.c.message_id.is_not(None)
    )
    found: int | None = tx.conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).scalar_one_or_none()
    return found


def heads(tx: Transaction, only: Collection[int] | None = None) -> list[Head]:
    """The next row of each chat, and apart from it the next callback answer; `only`: among these ids."""
    query = _HEADS
    if only is not None:
        query = _HEAD.where(outbox.c.id.in_(_LANES.where(outbox.c.id.in_(list(only))).group_by(*_BY_LANE)))
    rows = tx.conn.execute(query)
    return [Head(row.id, row.chat_id, OutKind(row.kind)) for row in rows]


def claim(tx: Transaction, ids: Collection[int], at: datetime, lease_until: datetime) -> list[Claimed]:
    """Take rows for sending; a row goes to one process only. Its commit must precede the call.

    A row whose content cannot be read is set aside, so that it does not stop the others.
    """
    if not ids:
        return []
    taken = tx.conn.execute(_CLAIM, {"ids": list(ids), "lease": lease_until}).all()
    claimed = []
    for row in taken:
        try:
            claimed.append(_claimed(tx, row))
        except (WrongKey, TypeError, ValueError, KeyError):
            end(tx, row.id, "aside", at, f"E-{row.id % 0x10000:04x}")
    return claimed


def _claimed(tx: Transaction, row: Row[Any]) -> Claimed:
    content = json.loads(tx.secrets.open(row.payload_sealed, PURPOSE))
    until, shown = content.get("until"), content.get("about")
    out = Outgoing(
        row.chat_id, row.method, content["params"], OutKind(row.kind), row.staff_id, row.ref, row.dedupe,
        content["file"], datetime.fromisoformat(until["at"]) if until else None, about.read(shown) if shown else None,
    )  # fmt: skip
    return Claimed(row.id, out, row.attempts, row.created_at, row.reference)


def sent(tx: Transaction, row_id: int, at: datetime, message_id: int | None) -> None:
    """Telegram confirmed it."""
    tx.conn.execute(_SENT, {"row": row_id, "at": at, "number": message_id})


def again(tx: Transaction, row_id: int) -> None:
    """It is to be sent once more."""
    _change(tx, row_id, state="new", next_try_at=None)


def end(tx: Transaction, row_id: int, state: str, at: datetime, reference: str | None = None) -> None:
    """It is not sent again: `state` is `unknown`, `unreachable`, `withdrawn` or `aside`."""
    changes: dict[str, Any] = {"state": state, "done_at": at, "next_try_at": None}
    if reference is not None:
        changes["reference"] = reference
    _change(tx, row_id, **changes)


def withdraw(tx: Transaction, row_id: int, at: datetime) -> None:
    """Its reader may not see it any more; the same may be planned anew for what they see now."""
    _change(tx, row_id, state="withdrawn", done_at=at, next_try_at=None, dedupe=None)


def _change(tx: Transaction, row_id: int, **values: Any) -> None:
    tx.conn.execute(update(outbox).where(outbox.c.id == row_id).values(**values))


def recover(tx: Transaction, at: datetime, *, mine: Collection[int] = (), expired_only: bool = False) -> int:
    """Settle what a kill left in `sending`, other than `mine`: reminders become `unknown`, all else is sent again.

    `expired_only` leaves alone rows whose lease is still running, which another process may be sending.
    """
    left: list[ColumnElement[bool]] = [outbox.c.state == "sending", outbox.c.id.not_in(list(mine))]
    if expired_only:
        left.append(outbox.c.next_try_at < at)
    reminder = outbox.c.kind == OutKind.REMINDER.value
    lost = tx.conn.execute(update(outbox).where(*left, reminder).values(state="unknown", done_at=at)).rowcount
    return lost + tx.conn.execute(update(outbox).where(*left).values(state="new", next_try_at=None)).rowcount


def states(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """The state of each row."""
    rows = tx.conn.execute(select(outbox.c.id, outbox.c.state).where(outbox.c.id.in_(list(ids))))
    return {row.id: row.state for row in rows}


def is_pending(tx: Transaction) -> bool:
    """Whether a row waits to be sent."""
    return tx.conn.execute(select(outbox.c.id).where(outbox.c.state == "new").limit(1)).first() is not None


def last_id(tx: Transaction) -> int:
    """The newest row's id, 0 when there is none."""
    return tx.conn.execute(select(func.max(outbox.c.id))).scalar_one() or 0


def refer(tx: Transaction, after_id: int, reference: str) -> None:
    """Note on the rows after `after_id` that they are the apology for `reference`."""
    tx.conn.execute(update(outbox).where(outbox.c.id > after_id).values(reference=reference))


def asides(tx: Transaction, since: datetime) -> list[SetAside]:
    """Messages set aside as defects since `since`, newest first."""
    query = select(outbox.c.reference, outbox.c.done_at, outbox.c.method).where(
        outbox.c.state == "aside", outbox.c.reference.is_not(None), outbox.c.done_at >= since
    )
    rows = tx.conn.execute(query.order_by(outbox.c.done_at.desc()))
    return [SetAside("outbox", row.reference, row.done_at, row.method) for row in rows]


def count_aside(tx: Transaction) -> int:
    """How many rows were set aside for an operator to look at."""
    query = select(func.count()).select_from(outbox).where(outbox.c.state == "aside", outbox.c.reference.is_not(None))
    return tx.conn.execute(query).scalar_one()


def depth(tx: Transaction) -> tuple[int, datetime | None]:
    """How many messages wait or are on their way, and since when the oldest."""
    waiting = outbox.c.state.in_(_OPEN)
    row = tx.conn.execute(select(func.count(), func.min(outbox.c.created_at)).where(waiting)).one()
    return row[0], row[1]


def erase(tx: Transaction, before: datetime) -> int:
    """Erase the payload of messages settled before `before`; returns how many."""
    result = tx.conn.execute(
        update(outbox)
        .where(outbox.c.done_at < before, outbox.c.payload_sealed.is_not(None), outbox.c.state.not_in(_OPEN))
        .values(payload_sealed=None)
    )
    return result.rowcount
