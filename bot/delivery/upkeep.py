"""What the tick does for delivery, and what `ruhu doctor` asks of it."""

from datetime import datetime, timedelta

from bot.storage import inbox, outbox
from bot.storage.inbox import SetAside
from bot.storage.transaction import Transaction

KEPT = timedelta(days=7)


def erase(tx: Transaction, at: datetime) -> int:
    """Erase payloads seven days after they are done; returns how many."""
    return inbox.erase(tx, at - KEPT) + outbox.erase(tx, at - KEPT)


def set_aside(tx: Transaction, since: datetime) -> list[SetAside]:
    """What was given up since `since`, with the reference that people were told; newest first."""
    found = [*inbox.asides(tx, since), *outbox.asides(tx, since)]
    return sorted(found, key=lambda one: one.at, reverse=True)
