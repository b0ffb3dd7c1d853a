"""The audit chain: every change leaves a row that holds codes and ids only and the hash of the row before it.

The head of the chain (last number and hash) is kept in `meta` under a keyed mark, so that rows cut off at the end are
found as well. Erasing a person touches no audit row and leaves the chain whole.
"""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from bot.storage import meta
from bot.storage.schema import audit
from bot.storage.transaction import Transaction

a = audit.c
HEAD = "audit-head"
GENESIS = "0" * 64
Detail = int | str | None | list[int] | list[str] | list[int | str]
_CODE = re.compile(r"[A-Za-z0-9_.:+/=-]{0,64}")
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{14,17}[\dXx])(?!\d)")


def append(tx: Transaction, *, actor: str, action: str, subject: str, at: datetime, **details: Detail) -> None:
    """Add a row: `actor` staff:3, system or operator; `subject` household:12; details are codes and ids only.

    Raises ValueError for anything that could be personal: other than plain ASCII codes, a phone or an ID number.
    """
    for value in (actor, action, subject, *details.values()):
        _refuse_personal(value)
    number, previous = _head(tx)
    row: dict[str, Any] = {
        "id": number + 1,
        "at": at.astimezone(UTC),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": _canonical(details),
        "previous": previous,
    }
    row["hash"] = _hash(row)
    tx.conn.execute(audit.insert().values(row))
    meta.put(tx, HEAD, _signed(tx, number + 1, row["hash"]))


def verify(tx: Transaction) -> int | None:
    """The number of the first row that is changed, missing or out of order; None when the chain is whole."""
    number, previous = 0, GENESIS
    for row in tx.conn.execute(select(audit).order_by(a.id)):
        number += 1
        if row.id != number or row.previous != previous or row.hash != _hash(row._mapping):
            return number
        previous = row.hash
    head = meta.get(tx, HEAD)
    whole = head == _signed(tx, number, previous) if number else head is None
    return None if whole else number + 1


def rows_of(tx: Transaction, subject: str) -> list[Row[Any]]:
    """The rows about a subject, oldest first, for an operator's eyes."""
    return list(tx.conn.execute(select(audit).where(a.subject == subject).order_by(a.id)))


def _head(tx: Transaction) -> tuple[int, str]:
    """Number and hash that the next row follows; from `meta`, so that a row cut off leaves a gap that is found."""
    head = meta.get(tx, HEAD)
    if head is None:
        return 0, GENESIS
    number, hash_, _ = head.split(":")
    return int(number), hash_


def _signed(tx: Transaction, number: int, hash_: str) -> str:
    return f"{number}:{hash_}:{tx.secrets.mark(f'{number}:{hash_}', HEAD).hex()}"


def _hash(row: Any) -> str:
    kept = {name: row[name] for name in ("id", "actor", "action", "subject", "details", "previous")}
    text = _canonical(kept | {"at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")})
    return hashlib.sha256((row["previous"] + text).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _refuse_personal(value: object) -> None:
    if isinstance(value, list):
        for each in value:
            _refuse_personal(each)
    elif isinstance(value, str):
        if not _CODE.fullmatch(value) or _PERSONAL.search(value):
            raise ValueError("audit details are codes and ids only")
    elif value is not None and not isinstance(value, int):
        raise TypeError("audit details are codes, numbers or lists of them")
