"""A household of which a value cannot be read stops nobody: digests, lists, search, exports, plans go on."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.checks import Check
from bot.reminders.plan import enqueue, plan
from bot.storage import inbox, outbox
from bot.storage.unreadable import unreadable
from bot.usecases.replan import replan_all
from tests.delivery.rig import until
from tests.support.grid import TODAY, Grid, at
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import HELPER, LEAD, MONITOR, OFFICE, OTHER_MONITOR, Town, answer, any_town, tapped  # noqa: F401 - a fixture

ODD_DAY = {"sqlite": "'gestern'", "postgresql": "'infinity'"}
DAMAGE = {
    "class": "UPDATE households SET category = 'nonsense' WHERE id = :id",
    "monitoring": "UPDATE households SET monitoring = '' WHERE id = :id",
    "day of the last visit": "UPDATE households SET last_visit = {day} WHERE id = :id",
    "day of registering": "UPDATE households SET registered_on = {day} WHERE id = :id",
    "note of a problem": "UPDATE clues SET note_sealed = :junk WHERE household_id = :id",
    "kind of a problem": "UPDATE clues SET \"check\" = 'nonsense' WHERE household_id = :id",
    "day of a problem": "UPDATE clues SET opened_on = {day} WHERE household_id = :id",
    "phone": "UPDATE people SET phone_sealed = :junk WHERE name = '王老五'",
    "birthday": "UPDATE people SET birth = {day} WHERE name = '王老五'",
    "day of joining": "UPDATE memberships SET joined_on = {day} WHERE household_id = :id",
    "day of a visit": "UPDATE visits SET visited_on = {day} WHERE household_id = :id",
    "checks of a visit": "UPDATE visits SET checks = '{{\"housing\"' WHERE household_id = :id",
    "note of a visit": "UPDATE visits SET note_sealed = :junk WHERE household_id = :id",
    "kind of an entry": "UPDATE entries SET kind = 'nonsense' WHERE household_id = :id",
    "month of an entry": "UPDATE entries SET month = '2024-99' WHERE household_id = :id",
    "moment of an entry": "UPDATE entries SET at = 'gestern' WHERE household_id = :id",
}


async def damaged(town: Town, what: str) -> None:
    """王老五 with a problem, a visit and money, and one value of it replaced by what nobody can read."""

    def work(tx: Any) -> None:
        id_ = town.ids["王老五"]
        grid = Grid(tx)
        grid.problem(id_, Check.HOUSING, "房梁朽了", TODAY)
        grid.visit(id_, grid.staff("杨光明"), TODAY.replace(month=1))
        grid.income(id_, 3517, "2024-02")
        values = {"id": id_, "junk": b"\x00" * 40}
        line = DAMAGE[what].format(day=ODD_DAY[tx.conn.dialect.name])
        wanted = {name: value for name, value in values.items() if f":{name}" in line}
        assert tx.conn.execute(text(line), wanted).rowcount > 0

    await town.write(work)


async def drained(town: Town) -> None:
    """Nothing waits any more."""

    async def quiet() -> bool:
        return await town.ruhu.db.read(lambda tx: inbox.depth(tx)[0] + outbox.depth(tx)[0]) == 0

    await until(lambda: not len(town.server.world.updates), 30)
    await until(quiet, 30)


@pytest.mark.parametrize("what", DAMAGE)
async def test_a_value_that_cannot_be_read_stops_nobody(any_town: Town, what: str) -> None:  # noqa: F811
    """The digest of its own monitor arrives, and everybody else's; lists, cards, exports and plans are made."""
    town = any_town
    await damaged(town, what)
    assert await town.ruhu.db.read(unreadable) == ["H0001"]

    def digests(tx: Any) -> int:
        tx.conn.execute(text("UPDATE households SET next_due = '2024-02-01'"))
        return len([enqueue(tx, each, at(9)) for each in plan(tx, at(9), town.ruhu.policies)])

    told = [town.person(user_id) for user_id in (MONITOR, LEAD, OTHER_MONITOR, HELPER, OFFICE)][:2]
    assert await town.write(digests) >= 4
    for person in told:
        digest = await person.wait_for("今日待办", since=0)
        assert "王老五" in digest.text
    me, office = town.person(), town.person(OFFICE)
    for asked in ("待办", "线索", "统计", "查 五组", "这个月哪些没走访", "万元以下有哪些"):
        assert "编号 E-" not in (await answer(me, asked)).text
    assert "户编号" in (await answer(me, "查 王老五")).text
    await tapped(me, "历史", "历史")
    await answer(me, "查 李四", "户编号")
    await tapped(me, "保存", "已记账", await answer(me, "记账 李四 工资 3500", "请确认"))
    for kind in ("花名册", "台账", "走访"):
        menu = await answer(office, "/export")
        office.tap(next(label for label in menu.labels if kind in label), menu)
        await until(lambda: office.messages()[-1].document is not None, 20)
    await town.write(lambda tx: replan_all(tx, TODAY, town.ruhu.policies))
    await drained(town)
    asides = await town.ruhu.db.read(lambda tx: (inbox.count_aside(tx), outbox.count_aside(tx)))
    assert asides == (0, 0)


async def test_a_household_that_cannot_be_read_is_listed_as_such(any_town: Town) -> None:  # noqa: F811
    """In the digest, in a list, on its card; the others look as ever."""
    await damaged(any_town, "class")
    me = any_town.person()
    said = (await answer(me, "待办")).text.splitlines()
    assert sum("读不出来" in line for line in said) == 1
    assert any("王老五" in line and "读不出来" in line for line in said)
    assert "读不出来" in (await answer(me, "查 王老五")).text
    assert "读不出来" not in (await answer(me, "查 李四")).text
