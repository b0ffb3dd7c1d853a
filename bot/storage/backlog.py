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
EDIT = "editMessageText"
_WAITING = (
    select(outbox.c.id, outbox.c.kind, outbox.c.method, outbox.c.payload_sealed)
    .where(outbox.c.state == "new", outbox.c.chat_id == bindparam("chat"), outbox.c.kind != CALLBACK_ANSWER)
    .order_by(outbox.c.id.desc())
    .limit(MOST)
)


def refs(tx: Transaction, dedupes: Sequence[str]) -> list[str | None]:
    """What the messages written under these keys show, newest first; as many as there are such messages."""
    query = select(outbox.c.ref).where(outbox.c.dedupe.in_(dedupes)).order_by(outbox.c.id.desc())
    return list(tx.conn.execute(query).scalars())


def is_needless(tx: Transaction, outgoing: Outgoing, at: datetime) -> bool:
    """Whether the last message that waits in the chat says the same already.

    An edit takes the place of waiting edits of the same message, which nobody would have time to read.
    """
    if outgoing.kind is not OutKind.SCREEN or outgoing.dedupe is not None or outgoing.file is not None:
        return False
    waiting = tx.conn.execute(_WAITING, {"chat": outgoing.chat_id}).all()
    if waiting and waiting[0].method == outgoing.method and _params(tx, waiting[0].payload_sealed) == outgoing.params:
        return True
    if outgoing.method == EDIT:
        for row in waiting:
            older = row.method == EDIT and row.kind == OutKind.SCREEN.value
            if older and _params(tx, row.payload_sealed).get("message_id") == outgoing.params["message_id"]:
                end(tx, row.id, "aside", at)
    return False


def _params(tx: Transaction, sealed: bytes) -> dict[str, Any]:
    """The parameters of a waiting call; none when they cannot be read, which the sender finds out."""
    try:
        params: dict[str, Any] = json.loads(tx.secrets.open(bytes(sealed), PURPOSE))["params"]
    except (WrongKey, TypeError, ValueError, KeyError):
        return {}
    return params
