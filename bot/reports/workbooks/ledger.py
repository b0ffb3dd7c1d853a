"""The ledger as a workbook: every entry and reversal, numbered as receipts number them."""

from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, func, select

from bot.domain.access import Scope
from bot.domain.income_kinds import Kind
from bot.domain.policy import Policies
from bot.domain.statyear import first_day, months
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import LEDGER
from bot.reports.workbooks.sheet import Cell, Sheet
from bot.storage.households import head_name
from bot.storage.lenient import readable
from bot.storage.schema import entries, groups, households, records, staff, villages
from bot.storage.scopes import covers
from bot.storage.transaction import Transaction

NAME = "记账"
h, e = households.c, entries.c


def entry_number(entry_id: int, record: str | None, place: int) -> str:
    """The number of an entry, unique and stable: its receipt's, `-2` and on behind for more; `E000123` imported."""
    if record is None:
        return f"E{entry_id:06d}"
    return record if place == 1 else f"{record}-{place}"


def ledger(
    tx: Transaction, scope: Scope, policies: Policies, zone: tzinfo, *, village_id: int | None, year: int | None
) -> list[Sheet]:
    """Entries of the households that a scope covers, by village, group, household and month; `year` is statistical."""
    where = [covers(scope)]
    where += [h.village_id == village_id] if village_id is not None else []
    where += [e.month.between(months(year)[0], months(year)[-1])] if year is not None else []
    rows = readable(tx.conn.execute(_query(where)), lambda row: _row(row, policies, zone))
    return [Sheet(NAME, LEDGER, rows)]


def _numbered() -> Subquery:
    """Every entry with its record's number and its place among the record's entries."""
    place = func.row_number().over(partition_by=e.record_id, order_by=e.id)
    query = select(e.id, records.c.number, place.label("place")).outerjoin(records, records.c.id == e.record_id)
    return query.subquery()


def _query(where: list[ColumnElement[bool]]) -> Select[Any]:
    own, reversed_ = _numbered(), _numbered()
    return (
        select(
            entries,
            own.c.number,
            own.c.place,
            reversed_.c.number.label("reversed_number"),
            reversed_.c.place.label("reversed_place"),
            h.code,
            func.coalesce(head_name(), h.code).label("head"),
            villages.c.name.label("village"),
            groups.c.name.label("group"),
            staff.c.name.label("author"),
        )
        .join(own, own.c.id == e.id)
        .outerjoin(reversed_, reversed_.c.id == e.reverses)
        .join(households, h.id == e.household_id)
        .join(villages, villages.c.id == h.village_id)
        .join(groups, groups.c.id == h.group_id)
        .outerjoin(staff, staff.c.id == e.author_id)
        .where(*where)
        .order_by(h.village_id, h.group_id, h.code, e.month, e.id)
    )


def _row(row: Row[Any], policies: Policies, zone: tzinfo) -> list[Cell]:
    counted = policies.on(first_day(row.month)).counted(row.item)
    reverses = row.reverses and entry_number(row.reverses, row.reversed_number, row.reversed_place)
    return [
        entry_number(row.id, row.number, row.place),
        row.code,
        row.head,
        row.village,
        row.group,
        row.month,
        words.KINDS[Kind(row.kind)],
        row.item,
        row.amount_fen / 100,
        words.YES if counted else words.NO,
        words.YES if row.estimate else words.NO,
        row.author or words.IMPORTED,
        _moment(row.at, zone),
        reverses,
    ]


def _moment(at: datetime, zone: tzinfo) -> str:
    """A moment in civil time, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
