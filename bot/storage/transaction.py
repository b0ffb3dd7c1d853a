"""An open transaction, as every repository takes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.storage.secrets import Secrets


@dataclass(slots=True)
class Transaction:
    """One open transaction; `on_commit` is called on the event loop's thread once it is committed."""

    conn: Connection
    secrets: Secrets
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    roster_renewed: bool = False  # see roster_version
