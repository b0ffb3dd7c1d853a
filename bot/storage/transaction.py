"""An open transaction, as every repository takes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.domain.access import NOWHERE, Scope
from bot.domain.households import Household
from bot.storage.secrets import Secrets


@dataclass(slots=True)
class Reads:
    """Whose data this transaction has read: what a message can show that is written in it (bot/domain/about.py)."""

    households: dict[int, Household] = field(default_factory=dict)
    counted: Scope = NOWHERE


@dataclass(slots=True)
class Transaction:
    """One open transaction; `on_commit` is called on the event loop's thread once it is committed."""

    conn: Connection
    secrets: Secrets
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    roster_renewed: bool = False  # see roster_version
    reads: Reads = field(default_factory=Reads)
