"""What delivery is handed from above: how an update is handled and what people are told. No text is made here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.reading.asked import Missing, Readings
from bot.reading.pool import LookUp
from bot.storage.inbox import Why
from bot.storage.outbox import Outgoing
from bot.storage.transaction import Transaction
from bot.understanding import Reading

Handle = Callable[[Transaction, dict[str, Any], datetime, Readings], None]
"""The handlers' front door: a raw update, its moment of arrival and what was read of it so far.

Everything it writes commits together. It raises Missing when a text must be read first.
"""


@dataclass(frozen=True, slots=True)
class Apology:
    """For an update that was set aside, or a message that could not be sent; `tap` is the query that waits for it."""

    chat_id: int
    reference: str
    why: Why = Why.FAILED
    tap: str | None = None


@dataclass(frozen=True)
class Hooks:
    """Callables of the composition root.

    `apologise(tx, apology, at)` puts an apology into the outbox, and answers the tap it is about;
    `tell_lead(tx, staff_id, at)` puts a message to the leads of somebody who has just become unreachable;
    `trouble(reference)` is the text for people while the database cannot be written; `build(file)` makes a document:
    its name and content, or None when its reader has lost the right to it. `allowed(tx, outgoing, created_at, at)` says
    whether the reader may still see a message that is about to be sent, `withdrawn(tx, outgoing, created_at, at)`
    answers whoever waits for one that is not. `read(missing, look_up)` reads a text in another process
    (bot/reading/pool.py).
    """

    apologise: Callable[[Transaction, Apology, datetime], None]
    tell_lead: Callable[[Transaction, int, datetime], None]
    trouble: Callable[[str], str]
    build: Callable[[dict[str, Any]], Awaitable[tuple[str, bytes] | None]]
    allowed: Callable[[Transaction, Outgoing, datetime, datetime], bool]
    withdrawn: Callable[[Transaction, Outgoing, datetime, datetime], None]
    read: Callable[[Missing, LookUp], Awaitable[Reading]]
