"""What else the one message of the day tells: leads, town, helpers, stand-ins, and the ledger."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.domain.checks import Mode
from bot.domain.households import Category
from bot.domain.staff import Assignment, Role
from bot.reminders.income_sections import period_start
from bot.reminders.plan import enqueue, plan
from bot.reminders.planned import Planned
from bot.storage.database import Database
from bot.usecases.leave import standing_in, take_leave
from bot.usecases.snooze import snooze
from tests.support.grid import ACTIVE, PACKS, TODAY, Grid, ago, at

MORNING = at(8, 30)
MONDAY = date(2024, 3, 18)
TOWN = Assignment(Role.TOWN)


async def told(db: Database, fill: Callable[[Grid], object], moment: datetime = MORNING) -> dict[str, Planned]:
    await db.write(lambda tx: fill(Grid(tx)))
    return {each.person: each for each in await db.read(lambda tx: plan(tx, moment, PACKS))}


async def test_the_lead_of_a_village_reads_one_bundled_line_without_names_of_staff(any_db: Database) -> None:
    def fill(grid: Grid) -> None:
        monitor = grid.monitor("杨光明", "三组", "五组")
        grid.lead("李村长")
        zhao = grid.house("赵家", "三组", due=ago(12))
        grid.visit(zhao, monitor, ago(8), counted=False, mode=Mode.PHONE)
        grid.visit(zhao, monitor, ago(3), counted=False, mode=Mode.PHONE)
        grid.visit(grid.house("钱家", "五组", due=ago(7)), monitor, ago(2), counted=False)
        grid.house("孙家", "五组", due=ago(9))
        grid.house("六天", "五组", due=ago(6))

    digest = (await told(any_db, fill))["李村长"]
    assert digest.text == (
        "今日待办 3月15日 周五\n到期 4 户,其中逾期 4 户\n\n"
        "三组、五组有 3 户逾期 7 天以上\n赵家(电话 2 次没人接)、孙家、钱家(上门 1 次没人)"
    )
    assert [[(button.label, button.data) for button in row] for row in digest.rows] == [[("看名单", "late.7.0")]]
    assert digest.households == ("H0001", "H0003", "H0002")


async def test_tries_before_the_last_counted_visit_tell_nothing_any_more(db: Database) -> None:
    def fill(grid: Grid) -> None:
        monitor = grid.monitor("杨光明", "五组")
        grid.lead("李村长")
        grid.visit(grid.house("赵家", due=ago(9)), monitor, ago(100), counted=False)

    assert "次" not in (await told(db, fill))["李村长"].text


async def test_the_town_reads_of_households_overdue_by_a_fortnight_by_village(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.person("镇办", TOWN)
        grid.house("赵家", due=ago(14))
        grid.house("钱家", due=ago(20), village="和平村")
        grid.house("孙家", due=ago(13))

    text = (await told(db, fill))["镇办"].text
    assert "到期 3 户,其中逾期 3 户" in text
    assert "和平村、东河村有 2 户逾期 14 天以上\n钱家、赵家" in text


async def test_more_than_five_are_counted_and_five_are_named(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.lead("李村长")
        for number in range(7):
            grid.house(f"户{number}", due=ago(20 - number))

    assert "户0、户1、户2、户3、户4 等 7 户" in (await told(db, fill))["李村长"].text


async def test_the_lead_is_told_of_each_household_whose_monitor_cannot_be_told(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("屏蔽了", "五组", reachable=False)
        grid.monitor("在岗", "二组")
        grid.lead("李村长")
        grid.house("王老五")
        grid.house("没人管", "七组")
        grid.house("张三", "二组")

    digests = await told(db, fill)
    assert digests["李村长"].households == ("H0001", "H0002")
    assert digests["在岗"].households == ("H0003",)
    assert "到期 2 户" in digests["李村长"].text


async def test_a_household_snoozed_by_anybody_is_not_reported_upwards(db: Database) -> None:
    def fill(grid: Grid) -> None:
        monitor = grid.monitor("杨光明", "五组")
        grid.lead("李村长")
        late = grid.house("赵家", due=ago(12))
        snooze(grid.tx, monitor, late, days=3, reason="busy", at=at(8), day=TODAY, policies=PACKS)

    assert await told(db, fill) == {}


async def test_helpers_hear_of_missing_plans_only_and_once_a_week(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.person("李帮扶", Assignment(Role.HELPER))
        grid.house("没方案", helper_name="李帮扶", due=MONDAY, **ACTIVE)
        grid.house("有方案", helper_name="李帮扶", due=MONDAY, plan=True, **ACTIVE)
        grid.house("脱贫户", helper_name="李帮扶", due=MONDAY)
        grid.house("别家", due=MONDAY, **ACTIVE)

    digests = await told(db, fill, at(8, 30, MONDAY))
    assert digests["李帮扶"].text == ("今日待办 3月18日 周一\n到期 1 户,其中逾期 0 户\n\n还没有一户一方案:1 户\n没方案")
    tuesday = at(8, 30, MONDAY + timedelta(1))
    assert await db.read(lambda tx: plan(tx, tuesday, PACKS)) == []


@pytest.mark.parametrize("role", [Role.LIAISON, Role.VIEWER])
async def test_liaisons_and_viewers_get_no_digest(db: Database, role: Role) -> None:
    def fill(grid: Grid) -> None:
        grid.person("某人", Assignment(role, unit="镇财政所"))
        grid.house("王老五", due=ago(40))

    assert await told(db, fill) == {}


async def test_a_stand_in_gets_the_households_instead_and_may_open_them(db: Database) -> None:
    def fill(grid: Grid) -> None:
        absent, other = grid.monitor("请假的", "五组"), grid.monitor("代班的", "二组")
        take_leave(grid.tx, absent, first=TODAY, last=TODAY, stand_in_id=other.id, at=at(8), day=TODAY)
        grid.house("王老五")
        grid.house("张三", "二组")

    digests = await told(db, fill)
    assert {name: each.households for name, each in digests.items()} == {"代班的": ("H0001", "H0002")}

    def groups(tx, day: date) -> set[int | None]:
        return {each.group_id for each in standing_in(tx, Grid(tx).staff("代班的"), day).assignments}

    assert len(await db.read(lambda tx: groups(tx, TODAY))) == 2
    assert len(await db.read(lambda tx: groups(tx, MONDAY))) == 1


async def test_a_leave_that_begins_after_the_digest_is_told_to_the_stand_in_once(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("请假的", "五组")
        grid.monitor("代班的", "二组")
        grid.house("王老五", due=ago(1))
        grid.house("张三", "二组")

    for digest in (await told(db, fill)).values():
        assert await db.write(lambda tx, digest=digest: enqueue(tx, digest, MORNING))

    def go(tx) -> None:
        grid = Grid(tx)
        ids = {"stand_in_id": grid.staff("代班的").id}
        take_leave(tx, grid.staff("请假的"), first=TODAY, last=TODAY, at=at(8, 40), day=TODAY, **ids)

    await db.write(go)
    [cover] = await db.read(lambda tx: plan(tx, at(8, 41), PACKS))
    assert (cover.person, cover.kind, cover.households) == ("代班的", "cover", ("H0001",))
    assert cover.text.startswith("请假的今天请假,请你代看\n到期 1 户,其中逾期 1 户\n\n五组\n1 <b>王老五</b>")
    await db.write(lambda tx: enqueue(tx, cover, at(8, 41)))
    assert await db.read(lambda tx: plan(tx, at(8, 42), PACKS)) == []


async def test_the_ledger_of_a_watched_household_is_asked_for_once_a_month_beside_what_is_due(any_db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.house("没记", imported_on=ago(300), **ACTIVE)
        grid.income(grid.house("记了", imported_on=ago(300), **ACTIVE), 3500, "2024-02")
        grid.house("新来", **ACTIVE)

    digest = (await told(any_db, fill))["杨光明"]
    assert digest.text.endswith("2024年2月没记账:1 户\n没记")
    await any_db.write(lambda tx: enqueue(tx, digest, MORNING))
    [later] = await any_db.read(lambda tx: plan(tx, at(8, 30, MONDAY), PACKS))
    assert "没记账" not in later.text
    april = date(2024, 4, 1)
    [next_month] = await any_db.read(lambda tx: plan(tx, at(8, 30, april), PACKS))
    assert "2024年3月没记账:3 户" in next_month.text


async def test_a_silent_ledger_alone_is_no_message(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.house("没记", due=TODAY + timedelta(9), imported_on=ago(300), **ACTIVE)

    assert await told(db, fill) == {}


async def test_the_ledger_of_lifted_households_is_asked_for_by_quarter(db: Database) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.house("没记", imported_on=ago(300))
        grid.income(grid.house("记了", imported_on=ago(300)), 3500, "2023-11")
        grid.house("一般户", imported_on=ago(300), category=Category.ORDINARY)

    text = (await told(db, fill))["杨光明"].text
    assert text.endswith("2023年10月到12月没记账:1 户\n没记")


@pytest.mark.parametrize(
    ("day", "length", "start"),
    [
        (date(2024, 3, 15), 1, "2024-03"),
        (date(2024, 3, 31), 3, "2024-01"),
        (date(2024, 4, 1), 3, "2024-04"),
        (date(2023, 10, 1), 3, "2023-10"),
        (date(2024, 9, 30), 6, "2024-04"),
    ],
)
def test_periods_are_counted_from_october(day: date, length: int, start: str) -> None:
    assert period_start(day, length) == start


@pytest.mark.parametrize(
    ("day", "sent"), [(date(2024, 9, 14), False), (date(2024, 9, 18), True), (date(2024, 9, 30), True)]
)
async def test_years_that_are_still_thin_are_listed_in_the_last_fortnight_even_when_nothing_is_due(
    any_db: Database, day: date, sent: bool
) -> None:
    def fill(grid: Grid) -> None:
        grid.monitor("杨光明", "五组")
        grid.income(grid.house("薄的", due=None, due_reason="first"), 3500, "2023-11")
        full = grid.house("齐的", due=None)
        for month in ("2023-10", "2024-01", "2024-06", "2024-07"):
            grid.income(full, 900, month)

    digests = await told(any_db, fill, at(9, day=day))  # 14 September 2024 is worked, 18 too
    assert bool(digests) is sent
    if sent:
        digest = digests["杨光明"]
        assert digest.text.endswith("本年度 9月30日 结束\n还有季度没记账:1 户\n薄的")
        await any_db.write(lambda tx: enqueue(tx, digest, at(9, day=day)))
        assert await any_db.read(lambda tx: plan(tx, at(10, day=day), PACKS)) == []
        assert await any_db.read(lambda tx: plan(tx, at(9, day=date(2024, 9, 29)), PACKS)) == [] or day.day == 30


async def test_a_household_that_is_away_or_put_off_is_not_asked_for(db: Database) -> None:
    def fill(grid: Grid) -> None:
        monitor = grid.monitor("杨光明", "五组")
        grid.house("到期")
        grid.house("外出", imported_on=ago(300), muted_until=TODAY + timedelta(1), **ACTIVE)
        put_off = grid.house("改天", imported_on=ago(300), **ACTIVE)
        snooze(grid.tx, monitor, put_off, days=3, reason="busy", at=at(8), day=TODAY, policies=PACKS)

    assert (await told(db, fill))["杨光明"].households == ("H0001",)
