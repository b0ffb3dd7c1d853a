"""Taking an income workbook over."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.income_kinds import Kind
from bot.domain.records import Entry
from bot.domain.workbooks.problems import IncomeSummary, WorkbookRefused
from bot.policies import load
from bot.storage import audit, entries, households
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.import_income import import_income
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.storage import NOW, TODAY
from tests.support.workbooks import entry, income, person, roster

POLICIES = load("lufeng-2022-2024")


@pytest_asyncio.fixture
async def town(db: Database) -> AsyncIterator[Database]:
    """A database with two households."""
    rows = [person(别名="老五"), person(name="李桂花", relation="配偶"), person("H002", "赵单")]
    book = read_roster(roster(rows), TODAY)
    await db.write(lambda tx: import_roster(tx, None, book, today=TODAY, now=NOW, policies=POLICIES))
    yield db


def take(tx: Transaction, content: bytes, **more: Any) -> IncomeSummary:
    """Import as the operator."""
    return import_income(tx, None, read_income(content, TODAY), today=TODAY, now=NOW, policies=POLICIES, **more)


async def ledger(db: Database, code: str = "H001") -> list[Entry]:
    """The entries of a household."""
    return await db.read(lambda tx: entries.of_household(tx, households.codes(tx)[code]))


def refused(content: bytes) -> list[tuple[str, str]]:
    """Cell and code of the errors that show without the database."""
    with pytest.raises(WorkbookRefused) as caught:
        read_income(content, TODAY).findings.refuse()
    return [(problem.cell, problem.code) for problem in caught.value.problems]


async def test_rows_become_entries_without_a_record(town: Database) -> None:
    summary = await town.write(lambda tx: take(tx, income([entry(姓名="李桂花", 备注="昆明", 金额="1,234.50元")])))
    assert (summary.new, summary.known) == (1, 0)
    (found,) = await ledger(town)
    assert (found.kind, found.item, found.amount_fen, found.month) == (Kind.WAGE, "务工工资", 123_450, "2024-02")
    assert (found.record_id, found.author_id, found.note) == (None, None, "昆明")
    assert found.person_id is not None


async def test_a_second_import_adds_nothing_and_the_nth_equal_row_is_the_same_entry(town: Database) -> None:
    twice = [entry(), entry(), entry("H002")]
    await town.write(lambda tx: take(tx, income(twice)))
    assert len(await ledger(town)) == 2
    again = await town.write(lambda tx: take(tx, income(twice)))
    assert (again.new, again.known, again.nothing) == (0, 3, True)
    third = await town.write(lambda tx: take(tx, income([*twice, entry()])))
    assert (third.new, third.known) == (1, 3)
    assert len(await ledger(town)) == 3
    rows = await town.read(lambda tx: audit.rows_of(tx, "income"))
    assert len(rows) == 2


async def test_order_of_rows_does_not_matter(town: Database) -> None:
    await town.write(lambda tx: take(tx, income([entry(), entry("H002"), entry(月份="2024-01")])))
    other_order = income([entry(月份="2024年1月"), entry("H002", 202402), entry(类别="wage")])
    assert (await town.write(lambda tx: take(tx, other_order))).nothing


@pytest.mark.parametrize("month", ["2024-02", "2024年2月", "202402", 202402, "2024/2", "2024.02", date(2024, 2, 29)])
def test_months_are_read_in_every_usual_form(month: Any) -> None:
    assert read_income(income([entry(月份=month)]), TODAY).entries[0].month == "2024-02"


@pytest.mark.parametrize(
    ("written", "fen"), [(3500, 350_000), (860.5, 86_050), ("3,500元", 350_000), ("¥1,000.01", 100_001), (0.29, 29)]
)
def test_amounts_in_yuan_are_kept_to_the_fen(written: Any, fen: int) -> None:
    assert read_income(income([entry(金额=written)]), TODAY).entries[0].amount_fen == fen


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ({"月份": "2024-04"}, "B2", "future-month"),
        ({"月份": "二月"}, "B2", "month"),
        ({"类别": "彩票"}, "C2", "list"),
        ({"金额": 1.234}, "E2", "decimals"),
        ({"金额": "很多"}, "E2", "amount"),
        ({"金额": -5}, "E2", "not-positive"),
        ({"金额": None}, "E2", "blank"),
        ({"户编号": ""}, "A2", "blank"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error(change: dict[str, Any], cell: str, code: str) -> None:
    assert refused(income([entry() | change])) == [(cell, code)]


async def test_unknown_households_and_members_are_named_and_nothing_is_written(town: Database) -> None:
    content = income([entry(), entry("H999"), entry(姓名="赵单"), entry(姓名="老五")])
    with pytest.raises(WorkbookRefused) as caught:
        await town.write(lambda tx: take(tx, content))
    assert [(problem.cell, problem.code) for problem in caught.value.problems] == [
        ("A3", "no-household"),
        ("F4", "no-member"),
    ]
    assert await ledger(town) == []


async def test_all_errors_are_told_at_once(town: Database) -> None:
    """Whoever mends a workbook should not have to send it in again for each kind of error."""
    figure = {"户编号": "H998", "年度": 2099, "人均纯收入": 5}
    content = income(
        [entry() | {"金额": "很多"}, entry("H999") | {"类别": "彩票"}, entry(姓名="赵单")], figures=[figure]
    )
    with pytest.raises(WorkbookRefused) as caught:
        await town.write(lambda tx: take(tx, content))
    assert {problem.code for problem in caught.value.problems} == {
        "amount", "list", "no-household", "no-member", "whole",
    }  # fmt: skip
    assert sum(problem.code == "no-household" for problem in caught.value.problems) == 2
    assert await ledger(town) == []


async def test_official_figures_are_added_then_updated_then_unchanged(town: Database) -> None:
    def figure(yuan: float) -> bytes:
        return income(figures=[{"户编号": "H001", "年度": 2023, "人均纯收入": yuan}])

    counts = []
    for yuan in (15905, 15905, 16000.5):
        summary = await town.write(partial(take, content=figure(yuan)))
        counts.append((summary.figures_new, summary.figures_updated, summary.figures_unchanged))
    assert counts == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    stored = await town.read(lambda tx: entries.annual_figure(tx, households.codes(tx)["H001"], 2023))
    assert stored == 1_600_050


def test_a_year_to_come_and_two_figures_for_one_year_are_errors() -> None:
    rows = [{"户编号": "H001", "年度": year, "人均纯收入": yuan} for year, yuan in ((2023, 1), (2023, 2), (2025, 1))]
    assert refused(income(figures=rows)) == [("C3", "figure-twice"), ("B4", "whole")]


async def test_a_dry_run_counts_and_writes_nothing(town: Database) -> None:
    summary = await town.read(lambda tx: take(tx, income([entry()]), dry_run=True))
    assert summary.new == 1
    assert await ledger(town) == []


async def test_a_figure_below_the_key_line_brings_the_next_visit_forward(town: Database) -> None:
    def late_first_round(tx: Transaction) -> None:
        households.update(tx, households.codes(tx)["H001"], first_due=date(2024, 6, 10))

    await town.write(late_first_round)
    low = income(figures=[{"户编号": "H001", "年度": 2023, "人均纯收入": 8000}])
    await town.write(lambda tx: take(tx, low))
    found = await town.read(lambda tx: households.by_code(tx, "H001"))
    assert found is not None
    assert found.next_due is not None
    assert (found.next_due - TODAY).days <= 30
