"""What delivery is handed from above: how an update is handled and what people are told. No text is made here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.storage.outbox import Outgoing
from bot.storage.transaction import Transaction

Handle = Callable[[Transaction, dict[str, Any], datetime], None]
"""The handlers' front door: a raw update and its moment of arrival; everything it writes commits together."""


@dataclass(frozen=True)
class Hooks:
    """Callables of the composition root.

    `apologise(tx, chat_id, reference, at, tap)` puts an apology into the outbox, and answers the tap it is about;
    `tell_lead(tx, staff_id, at)` puts a message to the leads of somebody who has just become unreachable;
    `trouble(reference)` is the text for people while the database cannot be written; `build(file)` makes a document:
    its name and content, or None when its reader has lost the right to it. `allowed(tx, outgoing, created_at, at)` says
    whether the reader may still see a message that is about to be sent, `withdrawn(tx, outgoing, created_at, at)`
    answers whoever waits for one that is not.
    """

    apologise: Callable[[Transaction, int, str, datetime, str | None], None]
    tell_lead: Callable[[Transaction, int, datetime], None]
    trouble: Callable[[str], str]
    build: Callable[[dict[str, Any]], Awaitable[tuple[str, bytes] | None]]
    allowed: Callable[[Transaction, Outgoing, datetime, datetime], bool]
    withdrawn: Callable[[Transaction, Outgoing, datetime, datetime], None]
