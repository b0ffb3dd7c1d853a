"""Sweeps are indexed queries: nothing that runs each minute or with each visit reads a whole table."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.checks import Check
from bot.domain.staff import Assignment, Role
from bot.reminders.plan import candidates, enqueue, plan
from bot.storage.database import Database, Transaction
from bot.usecases.leave import standing_in
from bot.usecases.replan import replan
from tests.support.grid import ACTIVE, PACKS, TODAY, Grid, ago, at

LARGE = (
    "households",
    "people",
    "memberships",
    "visits",
    "clues",
    "entries",
    "snoozes",
    "reminders",
    "outbox",
    "drafts",
)
SCAN = re.compile(rf"SCAN ({'|'.join(LARGE)})(?! USING (COVERING )?INDEX ix_households_due)\b")


def fill(tx: Transaction) -> None:
    grid = Grid(tx)
    monitor = grid.monitor("杨光明", "五组")
    grid.lead("李村长")
    grid.person("镇办", Assignment(Role.TOWN))
    grid.person("李帮扶", Assignment(Role.HELPER))
    for number in range(30):
        house = grid.house(f"户{number}", due=ago(number), imported_on=ago(300), helper_name="李帮扶", **ACTIVE)
        grid.visit(house, monitor, ago(30 + number), counted=bool(number % 2))
        grid.problem(house, Check.WATER, None, ago(3))


def scans(tx: Transaction, work: Callable[[Transaction], Any]) -> list[str]:
    """The queries of `work` that read a large table from end to end."""
    ran: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        ran.append((statement, parameters))

    event.listen(tx.conn, "before_cursor_execute", note)
    work(tx)
    event.remove(tx.conn, "before_cursor_execute", note)
    found = []
    for statement, parameters in ran:
        if statement.startswith("INSERT INTO outbox"):
            continue  # its children are looked at only while a deferred violation is open, which the plan cannot tell
        rows = tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found += [f"{row.detail}: {statement}" for row in rows if SCAN.search(row.detail)]
    assert ran
    return found


@pytest.mark.parametrize(
    "work",
    [
        lambda tx: candidates(tx, at(8), PACKS),
        lambda tx: plan(tx, at(8, 30), PACKS),
        lambda tx: plan(tx, at(9, day=TODAY.replace(month=9, day=18)), PACKS),
        lambda tx: replan(tx, [3, 4], TODAY, PACKS),
        lambda tx: standing_in(tx, Grid(tx).staff("杨光明"), TODAY),
    ],
    ids=["idle tick", "digests", "thin years", "one visit", "front door"],
)
async def test_no_large_table_is_read_from_end_to_end(db: Database, work: Callable[[Transaction], Any]) -> None:
    await db.write(fill)
    assert await db.write(lambda tx: scans(tx, work)) == []


async def test_taking_a_reminder_reads_no_table_either(db: Database) -> None:
    await db.write(fill)
    digest = (await db.read(lambda tx: plan(tx, at(8, 30), PACKS)))[0]
    assert await db.write(lambda tx: scans(tx, lambda tx: enqueue(tx, digest, at(8, 30)))) == []


async def test_the_test_itself_sees_a_scan(db: Database) -> None:
    await db.write(fill)
    found = await db.read(lambda tx: scans(tx, lambda tx: tx.conn.execute(text("SELECT mode FROM visits"))))
    assert len(found) == 1
