"""The independent check: what people sent, against ledger, visits, audit and transcripts. Reads the file itself."""

import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.server import SandboxServer
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.secrets import Secrets, load_or_create_key
from tests.torture.people import RECEIPT, Entry

_AUDITED = """(SELECT max(times) AS times FROM
    (SELECT subject, action, count(*) AS times FROM audit WHERE subject LIKE 'record:%' GROUP BY subject, action)
    AS counted GROUP BY subject)"""
NUMBER = re.compile(r"[VJ]\d{6}-\d+")


@dataclass
class Report:
    """Problems in words (none: all is well) and figures."""

    problems: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def expect(self, what: str, found: object, wanted: object) -> None:
        """Note a difference."""
        self.figures[what] = found
        if found != wanted:
            self.problems.append(f"{what}: {found}, expected {wanted}")


async def check(server: SandboxServer, path: Path, entries: list[Entry]) -> Report:
    """Compare; the bot must have ended."""
    report = Report()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        _ledger(report, connection, entries)
        _queues(report, connection)
    finally:
        connection.close()
    _transcripts(report, server, entries)
    async with await Database.open(f"sqlite:///{path}", Secrets(load_or_create_key(path.parent))) as db:
        report.expect("first broken audit entry", await db.read(audit.verify), None)
    return report


def _ledger(report: Report, connection: sqlite3.Connection, entries: list[Entry]) -> None:
    query = """
        SELECT people.name, entries.amount_fen FROM entries
        JOIN memberships ON memberships.household_id = entries.household_id AND memberships.relation = '户主'
        JOIN people ON people.id = memberships.person_id WHERE entries.reverses IS NULL
    """
    found = Counter((head, fen // 100) for head, fen in connection.execute(query))
    wanted = Counter((entry.head, entry.yuan) for entry in entries)
    report.expect("entries missing", sum((wanted - found).values()), 0)
    report.expect("entries too many", sum((found - wanted).values()), 0)
    report.expect("entries", sum(found.values()), len(entries))
    report.expect("visits", _count(connection, "visits"), sum(entry.with_visit for entry in entries))
    report.expect("records", _count(connection, "records"), len(entries))
    report.expect("records in the audit", _count(connection, _AUDITED), len(entries))
    report.expect("records audited twice", _count(connection, _AUDITED, "times > 1"), 0)


_OPEN = "state IN ('new', 'sending')"


def waiting(path: Path) -> int:
    """Messages that wait for their turn, or for another try."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return _count(connection, "outbox", _OPEN)
    finally:
        connection.close()


def _queues(report: Report, connection: sqlite3.Connection) -> None:
    report.expect("updates not done", _count(connection, "inbox", "state <> 'done'"), 0)
    unsettled = f"{_OPEN} OR (state = 'aside' AND reference IS NOT NULL)"
    report.expect("messages not settled", _count(connection, "outbox", unsettled), 0)
    report.figures["messages sent"] = _count(connection, "outbox", "state = 'sent'")
    report.figures["messages of unknown outcome"] = _count(connection, "outbox", "state = 'unknown'")


def _transcripts(report: Report, server: SandboxServer, entries: list[Entry]) -> None:
    """Everybody has a receipt for each entry, and copies of a receipt carry one number."""
    lacking, torn, copies = 0, 0, 0
    shown: dict[int, list[str]] = defaultdict(list)
    for chat_id in {entry.telegram_id for entry in entries}:
        shown[chat_id] = [message.content.words for message in server.bot_messages(chat_id)]
    for entry in entries:
        receipts = [text for text in shown[entry.telegram_id] if entry.is_in(text, RECEIPT)]
        lacking += not receipts
        copies += max(len(receipts) - 1, 0)
        torn += len({tuple(NUMBER.findall(text)) for text in receipts}) > 1
    report.expect("entries without a receipt", lacking, 0)
    report.expect("receipts whose copies differ in number", torn, 0)
    report.figures["receipts shown more than once"] = copies
    report.figures["taps"] = len(server.world.taps)
    report.figures["taps whose answer came too late"] = len(server.unanswered())


def _count(connection: sqlite3.Connection, table: str, where: str = "1 = 1") -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
    return found
