"""The morning's message: one a person and day, on working days, in waking hours, and only when something is due."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.checks import Check
from bot.domain.policy import Policies
from bot.reminders.plan import plan
from bot.reminders.planned import Planned
from bot.storage import households, staff
from bot.storage.database import Database, Transaction
from tests.support.grid import ACTIVE, PACKS, TODAY, Grid, ago, at

MORNING = at(8, 30)


async def planned_at(db: Database, moment: datetime = MORNING, policies: Policies = PACKS) -> list[Planned]:
    return await db.read(lambda tx: plan(tx, moment, policies))


def four_due(tx: Transaction) -> Grid:
    """What the sketch of the chat shows: two groups, one household overdue with an open problem, one new."""
    grid = Grid(tx)
    grid.monitor("杨光明", "五组", "二组")
    wang = grid.house("王老五", due=ago(2), due_reason="problem")
    grid.problem(wang, Check.HOUSING, "房子漏雨", ago(9))
    grid.house("李红英")
    grid.house("张三", "二组")
    grid.house("普正兴", "二组", due_reason="first", last_visit=None)
    grid.house("不到期", due=TODAY + timedelta(1))
    return grid


async def test_the_digest_reads_like_the_sketch(any_db: Database) -> None:
    await any_db.write(four_due)
    [digest] = await planned_at(any_db)
    assert digest.text == (
        "今日待办 3月15日 周五\n到期 4 户,其中逾期 1 户\n\n"
        "五组\n1 <b>王老五</b>  逾期 2 天\n  房子漏雨,还没解决\n2 <b>李红英</b>  今天到期\n"
        "二组\n3 <b>张三</b>  今天到期\n4 <b>普正兴</b>  今天到期(新户)"
    )
    assert [[button.label for button in row] for row in digest.rows] == [
        ["1 王老五", "2 李红英"], ["3 张三", "4 普正兴"], ["都改到明天", "今天请假"],
    ]  # fmt: skip
    assert (digest.person, digest.kind, digest.households) == ("杨光明", "digest", ("H0001", "H0002", "H0003", "H0004"))


async def test_a_household_button_opens_its_visit_form_and_the_day_is_in_the_day_buttons(db: Database) -> None:
    grid = await db.write(four_due)
    [digest] = await planned_at(db)
    data = [button.data for row in digest.rows for button in row]
    assert data[0] == f"visit.{grid.ids['王老五']}."
    assert data[-2:] == ["snoozeall.20240315.", "leave.20240315."]


async def test_more_than_five_show_the_five_most_urgent_and_a_button_for_the_rest(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        for days in range(9):
            grid.house(f"王{days}", due=ago(days))

    await db.write(fill)
    [digest] = await planned_at(db)
    assert "到期 9 户,其中逾期 8 户" in digest.text
    assert [name for name in (f"王{days}" for days in range(9)) if name in digest.text] == [
        f"王{d}" for d in range(4, 9)
    ]
    assert [(button.label, button.data) for button in digest.rows[3]] == [("其余 4 户", "todo.0.5")]
    assert len(digest.households) == 9


async def test_risk_comes_before_days_overdue_and_a_group_follows_its_most_urgent_household(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "二组", "五组")
        grid.house("久的", "二组", due=ago(20))
        grid.house("监测", "五组", due=ago(1), **ACTIVE)
        grid.problem(grid.house("漏雨", "二组"), Check.HOUSING, None, ago(7))

    await db.write(fill)
    [digest] = await planned_at(db)
    assert digest.households == ("H0003", "H0002", "H0001")
    assert [digest.text.index(word) for word in ("二组", "漏雨", "久的", "五组", "监测")] == sorted(
        digest.text.index(word) for word in ("二组", "漏雨", "久的", "五组", "监测")
    )
    assert "住房有问题,还没解决" in digest.text


async def test_names_and_notes_are_escaped(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        grid.problem(grid.house("<王>&五"), Check.WATER, "水<1>", ago(7))

    await db.write(fill)
    [digest] = await planned_at(db)
    assert "<b>&lt;王&gt;&amp;五</b>" in digest.text
    assert "水&lt;1&gt;" in digest.text
    assert digest.rows[0][0].label == "1 <王>&五"


async def test_english_is_read_by_whoever_chose_it(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组", language="en")
        grid.house("王老五", due=ago(1))

    await db.write(fill)
    [digest] = await planned_at(db)
    assert digest.text.startswith("To do today, 15 Mar Fri\nDue: 1, of these overdue: 1")


@pytest.mark.parametrize(
    ("day", "hour", "sent"),
    [
        (date(2024, 3, 15), (8, 29), False),  # the pack's hour has not come
        (date(2024, 3, 15), (8, 30), True),
        (date(2024, 3, 15), (14, 7), True),  # the first tick after it
        (date(2024, 3, 15), (19, 59), True),
        (date(2024, 3, 15), (20, 0), False),  # quiet
        (date(2024, 3, 15), (21, 0), False),
        (date(2024, 3, 16), (8, 30), False),  # Saturday
        (date(2024, 3, 17), (8, 30), False),  # Sunday
        (date(2024, 4, 7), (8, 30), True),  # a Sunday worked for 清明
        (date(2024, 4, 4), (8, 30), False),  # 清明
        (date(2024, 10, 1), (9, 0), False),  # 国庆
        (date(2024, 10, 12), (8, 30), True),  # a Saturday worked for 国庆
    ],
)
async def test_a_digest_goes_out_on_working_days_between_the_hour_and_the_quiet(
    db: Database, day: date, hour: tuple[int, int], sent: bool
) -> None:
    await db.write(four_due)
    assert bool(await planned_at(db, at(*hour, day=day))) is sent


async def test_a_pack_overrides_the_calendar_by_date(db: Database) -> None:
    await db.write(four_due)
    saturday, friday = date(2024, 3, 16), date(2024, 3, 15)
    pack = PACKS.packs[0]
    override = type(pack).model_fields["workdays"].annotation.__args__[0]
    rows = tuple(override(day=day, working=day == saturday, cite="test") for day in (saturday, friday))
    turned = Policies((pack.model_copy(update={"workdays": rows}),))
    assert await planned_at(db, at(9, day=saturday), turned)
    assert not await planned_at(db, at(9, day=friday), turned)


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [(time(10, 15), (10, 14), (10, 15)), (time(6, 0), (7, 59), (8, 0)), (time(22, 0), (19, 29), (19, 30))],
)
async def test_the_chosen_hour_is_kept_within_what_the_pack_allows(
    db: Database, chosen: time, before: tuple[int, int], after: tuple[int, int]
) -> None:
    grid = await db.write(four_due)
    await db.write(lambda tx: staff.set_digest_at(tx, Grid(tx).staff("杨光明").id, chosen))
    assert grid.count == 5
    assert not await planned_at(db, at(*before))
    assert await planned_at(db, at(*after))


async def test_nothing_due_is_no_message(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        grid.house("王老五", due=TODAY + timedelta(3))
        grid.house("走了", left_on=ago(3))
        grid.house("外出", muted_until=TODAY + timedelta(1))
        grid.lead("李村长")
        grid.person("镇长")

    await db.write(fill)
    assert await planned_at(db) == []


async def test_a_household_that_was_away_is_back_on_its_day(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        grid.house("外出", muted_until=TODAY)

    await db.write(fill)
    assert len(await planned_at(db)) == 1


async def test_who_cannot_be_told_is_left_out(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("未绑定", "五组", bound=False)
        grid.monitor("屏蔽了", "五组", reachable=False)
        grid.monitor("离岗", "五组", revoked_at=at(7))
        grid.monitor("请假", "五组", leave_from=TODAY, leave_until=TODAY)
        grid.house("王老五")

    await db.write(fill)
    assert await planned_at(db) == []


async def test_several_monitors_of_a_group_see_the_same_households(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        grid.monitor("甲", "五组")
        grid.monitor("乙", "五组", "二组")
        grid.house("王老五")
        grid.house("张三", "二组")

    await db.write(fill)
    assert [(each.person, each.households) for each in await planned_at(db)] == [
        ("甲", ("H0001",)), ("乙", ("H0001", "H0002")),
    ]  # fmt: skip


async def test_planning_changes_nothing(db: Database) -> None:
    await db.write(four_due)
    assert await planned_at(db) == await planned_at(db)


async def test_a_visit_takes_a_household_off_the_list(db: Database) -> None:
    grid = await db.write(four_due)
    await db.write(lambda tx: households.set_due(tx, grid.ids["张三"], TODAY + timedelta(90), "lifted"))
    [digest] = await planned_at(db)
    assert "张三" not in digest.text
