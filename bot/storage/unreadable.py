"""Which households hold something that cannot be read: for the operator, by code, never what it is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Integer, Select, Table, select

from bot.domain.checks import Check, Mode
from bot.domain.households import Category, Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.statyear import first_day
from bot.storage.errors import WrongKey
from bot.storage.schema import attachments, clues, entries, households, memberships, people, records, visits
from bot.storage.sealing import UNREADABLE
from bot.storage.transaction import Transaction
from bot.storage.types import UNREADABLE_DAY, UNREADABLE_MOMENT, Day, Moment
from bot.storage.visits import read_checks

_PURPOSES = {
    "note_sealed": "note",
    "closed_note_sealed": "note",
    "id_number_sealed": "id_number",
    "phone_sealed": "phone",
    "health_note_sealed": "health_note",
    "content_sealed": "attachment",
}
_READ: Mapping[str, Callable[[Any], object]] = {
    "households.category": Category,
    "households.monitoring": Monitoring,
    "clues.check": Check,
    "visits.mode": Mode,
    "visits.checks": read_checks,
    "entries.kind": Kind,
    "entries.month": first_day,
}


def unreadable(tx: Transaction) -> list[str]:
    """The codes of the households of which any value cannot be read, theirs or their members', in order."""
    damaged = {household for table, query in _queries() for household in _damaged(tx, table, query)}
    codes = tx.conn.execute(select(households.c.id, households.c.code).order_by(households.c.code))
    return [row.code for row in codes if row.id in damaged]


def _queries() -> Iterator[tuple[Table, Select[Any]]]:
    """Each table with what says whose its rows are."""
    yield households, select(households, households.c.id.label("whose"))
    for table in (memberships, clues, visits, entries):
        yield table, select(table, table.c.household_id.label("whose"))
    members = select(people, memberships.c.household_id.label("whose"))
    yield people, members.join(memberships, memberships.c.person_id == people.c.id)
    kept = select(attachments, records.c.household_id.label("whose"))
    yield attachments, kept.join(records, records.c.id == attachments.c.record_id)


def _damaged(tx: Transaction, table: Table, query: Select[Any]) -> Iterator[int]:
    names = [column.name for column in table.c]
    for row in tx.conn.execute(query):
        if not all(_is_sound(tx, table, name, row._mapping[name]) for name in names):
            yield row.whose


def _is_sound(tx: Transaction, table: Table, name: str, value: Any) -> bool:
    if value is None:
        return True
    if name in _PURPOSES:
        return _opens(tx, bytes(value), _PURPOSES[name])
    if isinstance(table.c[name].type, Day):
        return value is not UNREADABLE_DAY
    if isinstance(table.c[name].type, Moment):
        return value is not UNREADABLE_MOMENT
    if f"{table.name}.{name}" in _READ:
        return _reads(_READ[f"{table.name}.{name}"], value)
    return not isinstance(value, str) or (UNREADABLE not in value and not isinstance(table.c[name].type, Integer))


def _opens(tx: Transaction, blob: bytes, purpose: str) -> bool:
    try:
        tx.secrets.open(blob, purpose)
    except WrongKey:
        return False
    return True


def _reads(read: Callable[[Any], object], value: Any) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
