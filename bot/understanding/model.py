"""What the parser is given and what it answers (interface.md section 5)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind


class Intent(StrEnum):
    """What a message wants; nothing is ever stored from `other`."""

    RECORD = "record"
    QUERY = "query"
    LIST = "list"
    CORRECT = "correct"
    MEMBER_CHANGE = "member_change"
    OTHER = "other"


ASK_ORDER = ("household", "direction", "net_or_gross", "amount", "date", "member")


@dataclass(frozen=True, slots=True)
class RosterHousehold:
    """One household that the writer may mean; `key` is its code in the bot."""

    head: str
    members: tuple[str, ...] = ()
    group: str | None = None
    alias: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something that money is earned with or spent on, with the words that name it (policy pack)."""

    name: str
    kind: Kind
    words: tuple[str, ...]
    sector: str | None = None


@dataclass(slots=True)
class ReadEntry:
    """One ledger entry as read; the amount is the total said, in fen."""

    kind: Kind | None
    amount_fen: int | None
    months: int = 1
    month: str | None = None
    estimate: bool = False
    net: bool = False
    item: str | None = None
    member: str | None = None
    earlier: bool = False  # of a year that is over: the month must be asked


@dataclass(frozen=True, slots=True)
class Fix:
    """What a correction says is right; None or empty where it says nothing."""

    amount_fen: int | None = None
    estimate: bool = False
    months: int = 1
    kind: Kind | None = None
    item: str | None = None
    month: str | None = None
    day: date | None = None
    mode: Mode | None = None
    old_amount_fen: int | None = None
    old_kind: Kind | None = None  # which entry is meant, where the words say what it was taken for
    old_key: str | None = None  # the household that was wrong
    about: bool = False  # the household that is named only tells which record is meant

    @property
    def says(self) -> bool:
        """Whether it says what is right of anything but the household."""
        return any(each is not None for each in (self.amount_fen, self.kind, self.month, self.day, self.mode))


@dataclass(slots=True)
class Reading:
    """What one message means; `ask` lists, in a fixed order, what must be asked before anything is saved."""

    intent: Intent
    household: str | None = None
    household_key: str | None = None
    group: str | None = None
    candidates: tuple[str, ...] = ()
    candidate_keys: tuple[str, ...] = ()
    visited_on: date | None = None
    mode: Mode | None = None
    checks: dict[Check, CheckState] = field(default_factory=dict)
    all_ok: bool = False
    entries: tuple[ReadEntry, ...] = ()
    ask: tuple[str, ...] = ()
    note: str | None = None
    problem_notes: dict[Check, str] = field(default_factory=dict)
    old_amount_fen: int | None = None
    list: str | None = None
    tried: bool = False
    delete: bool = False
    member: str | None = None  # of a member change: who leaves, or who joins when named
    change: str | None = None  # of a member change: death, marriage_out, moved, birth, marriage_in or moved_in
    parts: tuple["Reading", ...] = ()  # one a household, where several are spoken of
    unknown: tuple[str, ...] = ()  # households that are named beside another and are not in the roster
    unread: tuple[str, ...] = ()  # the words that nothing accounts for, as written
    named: tuple[str, ...] = ()  # whoever is named, known or not, where no household was found
    words: str | None = None  # of a part: the words that are its own
    doubt: tuple[str, ...] = ()  # slots on which the second reader differs
    fix: Fix | None = None  # of a correction
    kind: Kind | None = None  # of money whose amount is not said, so that no entry could be made


def yuan(fen: int | None) -> str | None:
    """Fen as a plain decimal string in yuan, without needless zeros: 86050 is "860.5"."""
    if fen is None:
        return None
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")


def _entry_json(entry: ReadEntry) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": entry.kind.value if entry.kind else None,
        "amount": yuan(entry.amount_fen),
        "months": entry.months,
        "month": entry.month,
        "estimate": entry.estimate,
        "net": entry.net,
    }
    if entry.item:
        out["item"] = entry.item
    if entry.member:
        out["member"] = entry.member
    return out


def as_json(reading: Reading, id: str) -> dict[str, Any]:
    """The reading as interface.md section 5 prints it."""
    out: dict[str, Any] = {
        "id": id,
        "intent": reading.intent.value,
        "household": reading.household,
        "candidates": list(reading.candidates),
        "visited_on": reading.visited_on.isoformat() if reading.visited_on else None,
        "mode": reading.mode.value if reading.mode else None,
        "checks": {check.value: state.value for check, state in reading.checks.items()},
        "all_ok": reading.all_ok,
        "entries": [_entry_json(entry) for entry in reading.entries],
        "ask": list(reading.ask),
    }
    extra = {"group": reading.group, "list": reading.list, "note": reading.note, "member": reading.member}
    extra["old_amount"] = yuan(reading.old_amount_fen)
    if reading.parts:
        out["parts"] = [as_json(part, f"{id}.{number}") for number, part in enumerate(reading.parts, 1)]
    if reading.unread:
        out["unread"] = list(reading.unread)
    if reading.doubt:
        out["doubt"] = list(reading.doubt)
    return out | {key: value for key, value in extra.items() if value is not None}
