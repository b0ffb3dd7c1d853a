"""What has been said to a chat and what waits to be said: a stream does not get an answer for each part."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.storage.errors import WrongKey
from bot.storage.outbox import CALLBACK_ANSWER, PURPOSE, Outgoing, OutKind, end
from bot.storage.schema import outbox
from bot.storage.transaction import Transaction

MOST = 50
"""How many waiting messages are looked at."""
CROWD = 10
"""So many waiting messages are a backlog: at Telegram's pace of one a second, ten seconds."""
EDIT = "editMessageText"
_WAITING = (
    select(outbox.c.id, outbox.c.kind, outbox.c.method, outbox.c.payload_sealed)
    .where(outbox.c.state == "new", outbox.c.chat_id == bindparam("chat"), outbox.c.kind != CALLBACK_ANSWER)
    .order_by(outbox.c.id.desc())
    .limit(MOST)
)
_COUNTED = select(outbox.c.id).where(
    outbox.c.state == "new", outbox.c.chat_id == bindparam("chat"), outbox.c.kind != CALLBACK_ANSWER
)


def is_full(tx: Transaction, chat_id: int, most: int) -> bool:
    """Whether so many messages wait in a chat that no more should be written."""
    return len(tx.conn.execute(_COUNTED.limit(most), {"chat": chat_id}).all()) >= most


def refs(tx: Transaction, dedupes: Sequence[str]) -> list[str | None]:
    """What the messages written under these keys show, newest first; as many as there are such messages."""
    query = select(outbox.c.ref).where(outbox.c.dedupe.in_(dedupes)).order_by(outbox.c.id.desc())
    return list(tx.conn.execute(query).scalars())


def make_way(tx: Transaction, outgoing: Outgoing, at: datetime) -> None:
    """Set aside what waits in the chat and nobody needs once `outgoing` comes, which is about to be written.

    That is an older edit of the same message, and, where there is a backlog, the last message if it says the same.
    """
    if outgoing.kind is not OutKind.SCREEN or outgoing.file is not None:
        return
    waiting = tx.conn.execute(_WAITING, {"chat": outgoing.chat_id}).all()
    for place, row in enumerate(waiting):
        if row.method != outgoing.method or row.kind != OutKind.SCREEN.value:
            continue
        older = _params(tx, row.payload_sealed)
        same = place == 0 and len(waiting) >= CROWD and older == outgoing.params
        if same or (outgoing.method == EDIT and older.get("message_id") == outgoing.params["message_id"]):
            end(tx, row.id, "aside", at)


def _params(tx: Transaction, sealed: bytes) -> dict[str, Any]:
    """The parameters of a waiting call; none when they cannot be read, which the sender finds out."""
    try:
        params: dict[str, Any] = json.loads(tx.secrets.open(bytes(sealed), PURPOSE))["params"]
    except (WrongKey, TypeError, ValueError, KeyError):
        return {}
    return params
