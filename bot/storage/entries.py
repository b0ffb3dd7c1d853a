"""The ledger: append-only entries in fen, and imported official figures."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from bot.domain.access import Scope
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry
from bot.domain.statyear import first_day
from bot.storage.lenient import readable
from bot.storage.schema import annual_figures as figures
from bot.storage.schema import entries, households
from bot.storage.scopes import covers
from bot.storage.sealing import open_optional, seal_optional
from bot.storage.transaction import Transaction

e, y = entries.c, figures.c
_PLAIN = (
    *("record_id", "household_id", "person_id", "kind", "item", "amount_fen", "month"),
    *("months", "estimate", "net", "author_id", "at", "reverses"),
)
LATELY = 2_000
"""Entries that are enough to tell what is usual."""
SumRow = tuple[Kind, str | None, int]
"""Kind, item and the sum in fen of its entries, reversals taken off."""


def insert(tx: Transaction, entry: Entry) -> int:
    """Add an entry (`at` is needed); its own id is not read. Its id. Conflict when it reverses one twice."""
    return int(tx.conn.execute(entries.insert().values(_columns(tx, entry)).returning(e.id)).scalar_one())


def insert_many(tx: Transaction, new: Sequence[Entry]) -> None:
    """Add many entries at once (a synthetic township)."""
    if new:
        tx.conn.execute(entries.insert(), [_columns(tx, entry) for entry in new])


def insert_imported(tx: Transaction, new: Sequence[tuple[Entry, str]]) -> int:
    """Add entries of an income workbook, each with its key (the n-th row equal in all columns); how many were new."""
    keyed = [(entry, tx.secrets.mark(key, "entry-import")) for entry, key in new]
    known = _known_keys(tx, [key for _, key in keyed])
    fresh = {key: entry for entry, key in keyed if key not in known}
    rows = [_columns(tx, entry) | {"import_key": key} for key, entry in fresh.items()]
    if rows:
        tx.conn.execute(entries.insert(), rows)
    return len(rows)


def reverse(tx: Transaction, entry: Entry, *, record_id: int | None, author_id: int | None, at: datetime) -> int:
    """Add the reversal of an entry: same month, kind and item, amount negative; its id. Conflict the second time."""
    return insert(
        tx,
        Entry(
            id=0,
            household_id=entry.household_id,
            kind=entry.kind,
            item=entry.item,
            amount_fen=-entry.amount_fen,
            month=entry.month,
            record_id=record_id,
            person_id=entry.person_id,
            months=entry.months,
            estimate=entry.estimate,
            net=entry.net,
            author_id=author_id,
            at=at,
            reverses=entry.id,
        ),
    )


def get(tx: Transaction, entry_id: int) -> Entry | None:
    """The entry with this id."""
    found = _select(tx, e.id == entry_id)
    return found[0] if found else None


def of_household(
    tx: Transaction, household_id: int, from_month: str | None = None, to_month: str | None = None
) -> list[Entry]:
    """Entries and reversals of a household in the months `YYYY-MM` (inclusive), in the order in which they came."""
    return _select(tx, e.household_id == household_id, *_months(from_month, to_month))


def of_record(tx: Transaction, record_id: int) -> list[Entry]:
    """Entries and reversals that a record wrote."""
    return _select(tx, e.record_id == record_id)


def standing_of_record(tx: Transaction, record_id: int) -> list[Entry]:
    """Entries of a record that are neither reversals nor reversed."""
    undone = select(e.reverses).where(e.reverses.is_not(None))
    return _select(tx, e.record_id == record_id, e.reverses.is_(None), e.id.not_in(undone))


def lately(tx: Transaction, kinds: Collection[Kind], limit: int = LATELY) -> list[tuple[Kind, str | None, float]]:
    """Kind, item and fen a month of the newest entries of these kinds, whosever: for what is usual, not to be shown."""
    query = select(e.kind, e.item, e.amount_fen, e.months).where(e.kind.in_(sorted(kinds)), e.reverses.is_(None))
    rows = tx.conn.execute(query.order_by(e.id.desc()).limit(limit))
    return [(Kind(kind), item, fen / months) for kind, item, fen, months in rows]


def ledger(tx: Transaction, scope: Scope, from_month: str | None, to_month: str | None) -> list[Entry]:
    """Every entry and reversal of a scope, by household and in the order in which they came."""
    inside = e.household_id.in_(select(households.c.id).where(covers(scope)))
    return _select(tx, inside, *_months(from_month, to_month))


def sums_by_household(tx: Transaction, scope: Scope, from_month: str, to_month: str) -> dict[int, list[SumRow]]:
    """Sums of many households at once: household id → (kind, item, fen); what was wholly reversed is missing."""
    inside = e.household_id.in_(select(households.c.id).where(covers(scope)))
    query = select(e.household_id, e.kind, e.item, func.sum(e.amount_fen)).where(inside, *_months(from_month, to_month))
    found: dict[int, list[SumRow]] = {}
    grouped = query.group_by(e.household_id, e.kind, e.item).having(func.sum(e.amount_fen) != 0)
    for household_id, kind, item, fen in tx.conn.execute(grouped):
        found.setdefault(household_id, []).append((Kind(kind), item, int(fen)))
    return found


def annual_figure(tx: Transaction, household_id: int, year: int) -> int | None:
    """The imported official income per head of a statistical year, fen."""
    where = (y.household_id == household_id, y.year == year)
    found: int | None = tx.conn.scalar(select(y.per_capita_fen).where(*where))
    return found


def set_annual(tx: Transaction, household_id: int, year: int, per_capita_fen: int, source: str) -> bool:
    """Store an official figure; True when it was something new."""
    known = annual_figure(tx, household_id, year)
    key, values = {"household_id": household_id, "year": year}, {"per_capita_fen": per_capita_fen, "source": source}
    if known is None:
        tx.conn.execute(figures.insert().values(key | values))
    elif known != per_capita_fen:
        tx.conn.execute(figures.update().where(y.household_id == household_id, y.year == year).values(values))
    return known != per_capita_fen


def annual_figures_of(tx: Transaction, household_id: int) -> dict[int, int]:
    """Every official figure of a household: year → fen per head."""
    query = select(y.year, y.per_capita_fen).where(y.household_id == household_id)
    return {row.year: row.per_capita_fen for row in tx.conn.execute(query)}


def annual_figures(tx: Transaction, scope: Scope, year: int) -> dict[int, int]:
    """The official figures of a scope for a year: household id → fen per head."""
    inside = y.household_id.in_(select(households.c.id).where(covers(scope)))
    query = select(y.household_id, y.per_capita_fen).where(y.year == year, inside)
    return {row.household_id: row.per_capita_fen for row in tx.conn.execute(query)}


def _months(from_month: str | None, to_month: str | None) -> list[ColumnElement[bool]]:
    low = [e.month >= from_month] if from_month else []
    return low + ([e.month <= to_month] if to_month else [])


def _known_keys(tx: Transaction, keys: list[bytes]) -> set[bytes]:
    known: set[bytes] = set()
    for start in range(0, len(keys), 500):
        found = tx.conn.scalars(select(e.import_key).where(e.import_key.in_(keys[start : start + 500])))
        known.update(bytes(key) for key in found)
    return known


def _columns(tx: Transaction, entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in _PLAIN}
    return values | {"note_sealed": seal_optional(tx.secrets, entry.note, "note")}


def _select(tx: Transaction, *where: ColumnElement[bool]) -> list[Entry]:
    query = select(entries).where(*where).order_by(e.household_id, e.id)
    return readable(tx.conn.execute(query), lambda row: _entry(tx, row))


def _entry(tx: Transaction, row: Row[Any]) -> Entry:
    values = {name: row._mapping[name] for name in _PLAIN}
    values |= {"kind": Kind(row.kind), "amount_fen": int(row.amount_fen)}
    first_day(row.month)  # ValueError when it is none
    return Entry(id=row.id, note=open_optional(tx.secrets, row.note_sealed, "note"), **values)
