"""The next visit always follows from what is recorded; the cadence itself is tested with the domain."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.domain.checks import Check
from bot.domain.households import Category, Monitoring
from bot.storage import clues, entries, households, visits
from bot.storage.database import Database, Transaction
from bot.usecases.replan import Change, outdated, replan, replan_all
from tests.support.grid import ACTIVE, PACKS, TODAY, Grid, ago, at


def built(fill: Callable[[Grid], object]) -> Callable[[Transaction], Grid]:
    def work(tx: Transaction) -> Grid:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        fill(grid)
        return grid

    return work


async def planned(db: Database, today: date = TODAY) -> tuple[date | None, str]:
    await db.write(lambda tx: replan(tx, [1], today, PACKS))
    found = await db.read(lambda tx: households.get(tx, 1))
    assert found is not None
    return found.next_due, found.due_reason


@pytest.mark.parametrize(
    ("values", "days", "reason"),
    [
        ({}, 90, "lifted"),
        (ACTIVE, 30, "active"),
        ({"category": Category.ORDINARY}, 180, "ordinary"),
        ({"category": Category.SUDDEN, "monitoring": Monitoring.REMOVED}, 90, "removed"),
    ],
)
async def test_a_counted_visit_moves_the_next_one(
    db: Database, values: dict[str, object], days: int, reason: str
) -> None:
    def fill(grid: Grid) -> None:
        house = grid.house("王老五", **values)
        grid.visit(house, grid.staff("杨光明"), ago(3))
        grid.visit(house, grid.staff("杨光明"), ago(1), counted=False)

    await db.write(built(fill))
    assert await planned(db) == (ago(3) + timedelta(days), reason)
    assert (await db.read(lambda tx: households.get(tx, 1))).last_visit == ago(3)  # type: ignore[union-attr]


async def test_an_undone_visit_moves_it_back(db: Database) -> None:
    def fill(grid: Grid) -> int:
        house = grid.house("王老五")
        grid.visit(house, grid.staff("杨光明"), ago(50))
        return grid.visit(house, grid.staff("杨光明"), ago(3))

    await db.write(built(fill))
    assert await planned(db) == (ago(3) + timedelta(90), "lifted")
    await db.write(lambda tx: visits.mark_undone(tx, 2, at(10)))
    assert await planned(db) == (ago(50) + timedelta(90), "lifted")


async def test_an_open_problem_brings_it_forward_until_it_is_closed(db: Database) -> None:
    def fill(grid: Grid) -> None:
        house = grid.house("王老五")
        grid.visit(house, grid.staff("杨光明"), TODAY)
        grid.problem(house, Check.HOUSING, "漏雨", TODAY)

    await db.write(built(fill))
    assert await planned(db) == (TODAY + timedelta(7), "problem")
    await db.write(lambda tx: clues.close(tx, 1, on=TODAY, by=1, note="修好了"))
    assert await planned(db) == (TODAY + timedelta(90), "lifted")


@pytest.mark.parametrize(
    ("yuan", "item", "category", "key"),
    [
        (9_999, None, Category.LIFTED, True),
        (10_000, None, Category.LIFTED, False),
        (0, None, Category.LIFTED, False),  # nothing recorded: unknown, never key
        (9_999, None, Category.ORDINARY, False),
        (12_000, "慰问金", Category.LIFTED, False),  # not counted, so nothing is known
    ],
)
async def test_a_household_below_the_key_line_last_year_is_visited_each_month(
    db: Database, yuan: int, item: str | None, category: Category, key: bool
) -> None:
    def fill(grid: Grid) -> None:
        house = grid.house("王老五", category=category)
        grid.visit(house, grid.staff("杨光明"), TODAY)
        if yuan:
            grid.income(house, yuan, "2023-09", item)
            grid.income(house, 50_000, "2023-10")  # the next statistical year

    await db.write(built(fill))
    reason = (await planned(db))[1]
    assert (reason == "key") is key


async def test_an_official_figure_wins_over_the_ledger(db: Database) -> None:
    def fill(grid: Grid) -> None:
        house = grid.house("王老五")
        grid.visit(house, grid.staff("杨光明"), TODAY)
        grid.income(house, 50_000, "2023-05")
        entries.set_annual(grid.tx, house, 2023, 9_000_00, "import")

    await db.write(built(fill))
    assert (await planned(db))[1] == "key"


async def test_a_never_visited_household_keeps_its_day_of_the_first_round(db: Database) -> None:
    day = TODAY + timedelta(40)
    await db.write(built(lambda grid: grid.house("王老五", first_due=day, due=None, last_visit=None)))
    assert await planned(db) == (day, "first")


async def test_what_moved_is_told_with_both_rules_and_what_did_not_is_not_written(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.visit(grid.house("王老五", due=ago(5)), grid.staff("杨光明"), TODAY)
        grid.house("走了", left_on=ago(9))

    await db.write(built(fill))
    moved = await db.write(lambda tx: replan_all(tx, TODAY, PACKS))
    assert moved == [Change(1, "H0001", ago(5), TODAY + timedelta(90), "lifted", "lifted")]
    assert await db.write(lambda tx: replan_all(tx, TODAY, PACKS)) == []
    assert await db.write(lambda tx: replan(tx, [], TODAY, PACKS)) == []


async def test_the_plan_is_outdated_when_the_year_turns_or_the_policy_changes(db: Database) -> None:
    assert await db.read(lambda tx: outdated(tx, TODAY, PACKS))
    await db.write(lambda tx: replan_all(tx, TODAY, PACKS))
    assert not await db.read(lambda tx: outdated(tx, date(2024, 9, 30), PACKS))
    assert await db.read(lambda tx: outdated(tx, date(2024, 10, 1), PACKS))
    pack = PACKS.packs[0]
    slower = pack.model_copy(update={"cadence": pack.cadence.model_copy(update={"lifted": 60})})
    other = type(PACKS)((slower,))
    assert await db.read(lambda tx: outdated(tx, TODAY, other))


async def test_many_households_and_one_are_planned_alike(any_db: Database) -> None:
    def fill(grid: Grid) -> None:
        for number in range(12):
            house = grid.house(f"户{number}", **(ACTIVE if number % 3 else {}))
            if number % 2:
                grid.visit(house, grid.staff("杨光明"), ago(number))
            if number % 4 == 0:
                grid.income(house, 8_000, "2023-02")
            if number % 5 == 0:
                grid.problem(house, Check.WATER, None, ago(number))

    await any_db.write(built(fill))
    moved = await any_db.write(lambda tx: replan_all(tx, TODAY, PACKS))
    assert moved
    again = await any_db.write(lambda tx: [c for id_ in range(1, 13) for c in replan(tx, [id_], TODAY, PACKS)])
    assert again == []
