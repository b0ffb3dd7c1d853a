"""What the rules say about a storm, against database, transcript, log and clock."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.storage import audit
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from tests.torture.check import Report
from tests.torture.storm.field import Field
from tests.torture.storm.generator import Item, Need
from tests.torture.storm.leaks import leaks
from tests.torture.storm.memory import Memory
from tests.torture.storm.quiet import Waits

HANG_MS = 100.0
TIMES_AS_LONG = 5.0
"""A machine that is busy otherwise: so many times an everyday message's wait may one take that is made to hang."""
LONGEST_HANDLING = 1.0
SHOWN = 5


@dataclass
class Evidence:
    """What was seen from outside."""

    field: Field
    log: Path
    slack: float
    before: Waits = field(default_factory=Waits)
    during: Waits = field(default_factory=Waits)
    memory: Memory = field(default_factory=Memory)
    hangs: dict[str, float] = field(default_factory=dict)
    left: int = 0
    code: int = 0
    seconds: float = 0.0


async def judge(db: Database, seen: Evidence) -> Report:
    """Compare; the bot must have ended."""
    report = Report()
    inbox = await db.read(
        lambda tx: _rows(tx, "SELECT update_id, chat_id, received_at, done_at, state, attempts FROM inbox")
    )
    outbox = await db.read(
        lambda tx: _rows(tx, "SELECT chat_id, kind, created_at, state, reference, method FROM outbox")
    )
    _figures(report, seen)
    _waiting(report, seen, inbox)
    _set_aside(report, seen, inbox, outbox)
    _answers(report, seen, inbox, outbox)
    _list(report, seen, "leaks", await leaks(db, seen.field))
    _list(report, seen, "log lines with content", _logged(seen.log))
    report.expect("first broken audit entry", await db.read(audit.verify), None)
    await _consistent(report, db)
    return report


def _rows(tx: Transaction, query: str) -> list[Any]:
    return list(tx.conn.execute(text(query)))


def _list(report: Report, seen: Evidence, what: str, found: list[str]) -> None:
    """Expect none; show the first, keep all in a file beside the log."""
    report.figures[what] = len(found)
    report.problems += [f"{what}: {each}" for each in found[:SHOWN]]
    with seen.log.with_name("problems.txt").open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(f"{what}: {each}\n" for each in found)


def _figures(report: Report, seen: Evidence) -> None:
    kinds = Counter(item.kind for item in seen.field.sent.values())
    report.figures |= {
        "updates": len(seen.field.sent),
        "updates a second": round(len(seen.field.sent) / max(seen.seconds, 1.0)),
        "kinds": len(kinds),
        "calls": len(seen.field.server.transcript.calls),
        "refused calls": dict(_refused(seen.field)),
        "hang messages, ms": seen.hangs,
        "quiet people beside them": str(seen.before),
        "quiet people in the storm": str(seen.during),
        "MiB before and after the last quarter": [round(each, 1) for each in seen.memory.growth],
    }
    report.expect("left undone", seen.left, 0)
    report.expect("exit code after SIGTERM", seen.code, 0)
    report.expect("memory flat", seen.memory.is_flat, True)
    most = max(HANG_MS * seen.slack, TIMES_AS_LONG * seen.before.at(0.5))
    report.problems += [f"slow: {text} took {ms} ms" for text, ms in seen.hangs.items() if ms >= most]
    report.problems += seen.before.stuck + seen.during.stuck


def _refused(field: Field) -> Counter[str]:
    return Counter(f"{call.method}: {call.error}" for call in field.server.transcript.calls if call.error)


def _waiting(report: Report, seen: Evidence, inbox: list[Any]) -> None:
    """No update kept the writer for long: between two that were done, the second was waiting or has just come."""
    done = sorted((row for row in inbox if row.done_at), key=lambda row: str(row.done_at))
    longest, slow = 0.0, []
    for one, other in pairwise(done):
        begun = max(str(one.done_at), str(other.received_at))
        seconds = (_moment(other.done_at) - _moment(begun)).total_seconds()
        if not other.attempts:
            longest = max(longest, seconds)
        if seconds > LONGEST_HANDLING * seen.slack and not other.attempts:
            slow.append(f"{seconds:.1f} s before {_name(seen.field, other.update_id)}")
    report.figures["longest handling, s"] = round(longest, 2)
    _list(report, seen, "handled in more than a second", slow)


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(str(value))


def _name(field: Field, number: int) -> str:
    item = field.sent.get(number)
    return f"{item.kind} {json.dumps(item.body)[:600]}" if item else f"update {number}"


def _set_aside(report: Report, seen: Evidence, inbox: list[Any], outbox: list[Any]) -> None:
    field = seen.field
    aside = [row for row in inbox if row.state == "aside"]
    failed = [row.update_id for row in inbox if row.attempts]
    sound = [number for number in failed if number in field.sent and field.sent[number].sound]
    _list(report, seen, "sound updates that failed", [_name(field, number) for number in sound])
    report.figures["broken updates set aside"] = len(aside)
    given_up = [f"{row.method} to {row.chat_id}" for row in outbox if row.state == "aside" and row.reference]
    _list(report, seen, "messages set aside", given_up)


def _answers(report: Report, seen: Evidence, inbox: list[Any], outbox: list[Any]) -> None:
    """Every tap by its number; every text by chat and moment of arrival, which its answers bear too."""
    field = seen.field
    taps = [number for number, item in field.sent.items() if item.need is Need.TAP and item.sound]
    _list(
        report, seen, "taps without an answer", [_name(field, each) for each in taps if not field.taps[each].answered]
    )
    came = {row.update_id: (row.chat_id, str(row.received_at)) for row in inbox}
    said = Counter((row.chat_id, str(row.created_at)) for row in outbox if row.kind != "answer")
    asked: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for number, item in field.sent.items():
        if item.need in (Need.TEXT, Need.SOME) and number in came:
            asked[came[number]].append(item)
    lost = [number for number, item in field.sent.items() if item.sound and number not in came]
    _list(report, seen, "updates that were not kept", [_name(field, each) for each in lost])
    _list(report, seen, "texts without an answer", [_short(one) for one in _unanswered(asked, said)])
    some = [
        len(items)
        for place, items in asked.items()
        if all(each.need is Need.SOME for each in items) and not said[place]
    ]
    report.figures["photos, stickers … without an answer of their own"] = sum(some)


def _unanswered(asked: dict[tuple[int, str], list[Item]], said: Counter[tuple[int, str]]) -> list[Item]:
    found = []
    for place, items in asked.items():
        texts = [item for item in items if item.need is Need.TEXT]
        if len(texts) > said[place]:
            found.append(texts[-1])
    return found


def _short(item: Item) -> str:
    return f"{item.kind} of {item.account.name}: {item.typed[:80]!r}"


def _logged(log: Path) -> list[str]:
    """Tracebacks, and lines with anything but codes: no name and no text that is typed here is plain ASCII."""
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        try:
            shown = json.dumps(json.loads(line), ensure_ascii=False)
        except ValueError:
            shown = f"no JSON: {line}"
        if not shown.isascii() or "Traceback" in shown or "QX" in shown or shown.startswith("no JSON"):
            found.append(shown[:300])
    return found


def _foreign(tx: Transaction) -> int:
    """Rows that point nowhere, and damage in the file; PostgreSQL sees to it by itself."""
    if tx.conn.dialect.name != "sqlite":
        return 0
    broken = [row for row in _rows(tx, "PRAGMA integrity_check") if row[0] != "ok"]
    return len(broken) + len(_rows(tx, "PRAGMA foreign_key_check"))


async def _consistent(report: Report, db: Database) -> None:
    report.expect("broken references", await db.read(_foreign), 0)
    records = await db.read(lambda tx: _rows(tx, "SELECT count(*) AS n FROM records")[0].n)
    saved = await db.read(lambda tx: _rows(tx, "SELECT subject FROM audit WHERE action = 'record.save'"))
    report.figures["records"] = records
    report.expect("records in the audit", len({row.subject for row in saved}), records)
    report.expect("records audited twice", len(saved) - len({row.subject for row in saved}), 0)
