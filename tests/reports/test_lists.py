"""Lists and counts of a scope hold nothing from outside it, also where a scope is too large for one statement."""

from bot.domain.access import Scope
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry
from bot.reports import lists
from bot.storage import entries
from bot.storage.database import Database
from bot.storage.planning import FEW
from tests.support.grid import PACKS, TODAY, Grid, at


async def test_a_scope_of_many_households_gets_no_household_of_another(db: Database) -> None:
    """One more household than go into a statement, all below the line, and one elsewhere."""

    def fill(tx: object) -> Scope:
        grid = Grid(tx)  # type: ignore[arg-type]
        ids = [grid.house(f"王{number}") for number in range(FEW + 1)]
        for household_id in (*ids, grid.house("李外", "三组")):
            entries.insert(tx, Entry(0, household_id, Kind.WAGE, None, 100_000, "2023-03", at=at(9)))  # type: ignore[arg-type]
        return Scope(groups=frozenset({grid.group("五组")}))

    scope = await db.write(fill)
    below = await db.read(lambda tx: lists.below_line(tx, scope, TODAY, PACKS))
    assert len(below) == FEW + 1
    assert {row.household.group for row in below} == {"五组"}
    counted = await db.read(lambda tx: lists.figures(tx, scope, TODAY))
    assert (counted.households, counted.members, counted.due) == (FEW + 1, FEW + 1, FEW + 1)
