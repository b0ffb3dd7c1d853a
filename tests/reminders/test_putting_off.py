"""Snooze, mute and leave: what one may put off, how often, and that each leaves a trace."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Refused
from bot.domain.staff import Assignment, Role
from bot.storage import audit, households, staff
from bot.storage.database import Database, Transaction
from bot.storage.schema import audit as audit_rows
from bot.texts import texts
from bot.usecases.leave import end_leave, stand_ins, take_leave
from bot.usecases.mute import mute
from bot.usecases.snooze import REASONS, snooze, snooze_today
from bot.usecases.todo import todo_of
from tests.support.grid import PACKS, TODAY, Grid, ago, at

NOW = at(9)


def grid_of_one(tx: Transaction) -> Grid:
    grid = Grid(tx)
    grid.monitor("杨光明", "五组")
    grid.monitor("别组", "二组")
    grid.house("王老五")
    return grid


def put_off(tx: Transaction, days: int = 1, day: date = TODAY, reason: str = "busy", by: str = "杨光明") -> None:
    grid = Grid(tx)
    wang = households.by_code(tx, "H0001")
    assert wang is not None
    snooze(tx, grid.staff(by), wang.id, days=days, reason=reason, at=NOW, day=day, policies=PACKS)


def on_list(tx: Transaction, day: date = TODAY, who: str = "杨光明") -> list[str]:
    return [todo.household.head for todo in todo_of(tx, Grid(tx).staff(who), day, PACKS)]


def actions(tx: Transaction) -> list[str]:
    return [row.action for row in tx.conn.execute(audit_rows.select().order_by(audit_rows.c.id))]


async def test_a_snoozed_household_comes_back_on_the_day_that_was_said(db: Database) -> None:
    await db.write(grid_of_one)
    await db.write(lambda tx: put_off(tx, days=3))
    for ahead, there in ((0, False), (2, False), (3, True)):
        assert bool(await db.read(lambda tx, day=TODAY + timedelta(ahead): on_list(tx, day))) is there
    assert await db.read(actions) == ["household.snooze"]
    assert await db.read(audit.verify) is None


async def test_a_snooze_is_for_the_one_who_snoozed(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid_of_one(tx).monitor("同组", "五组")
        put_off(tx)

    await db.write(fill)
    assert await db.read(lambda tx: on_list(tx, who="同组")) == ["王老五"]


async def test_the_third_snooze_in_a_row_is_refused_until_a_visit_counts(db: Database) -> None:
    await db.write(grid_of_one)
    for ahead in (0, 1):
        await db.write(lambda tx, day=TODAY + timedelta(ahead): put_off(tx, day=day))
    with pytest.raises(Refused) as refused:
        await db.write(lambda tx: put_off(tx, day=TODAY + timedelta(2)))
    assert refused.value.code == "snooze-twice"
    later = TODAY + timedelta(10)
    await db.write(lambda tx: households.update(tx, 1, last_visit=later))
    await db.write(lambda tx: put_off(tx, day=later + timedelta(30)))


@pytest.mark.parametrize(("days", "allowed"), [(-3, False), (0, False), (1, True), (7, True), (8, False)])
async def test_one_may_snooze_one_to_seven_days(db: Database, days: int, allowed: bool) -> None:
    await db.write(grid_of_one)
    if allowed:
        await db.write(lambda tx: put_off(tx, days=days))
        return
    with pytest.raises(Refused) as refused:
        await db.write(lambda tx: put_off(tx, days=days))
    assert refused.value.code == "snooze-days"
    assert await db.read(actions) == []


async def test_a_snooze_needs_a_reason_from_the_buttons(db: Database) -> None:
    await db.write(grid_of_one)
    with pytest.raises(Refused, match="snooze-reason"):
        await db.write(lambda tx: put_off(tx, reason="somehow"))
    assert all(texts.has(language, f"snooze-reason-{code}") for language in ("zh", "en") for code in REASONS)


@pytest.mark.parametrize("household_id", [1, 99])
async def test_what_one_does_not_see_is_refused_whether_or_not_it_exists(db: Database, household_id: int) -> None:
    await db.write(grid_of_one)
    for attempt in (
        lambda tx: snooze(
            tx, Grid(tx).staff("别组"), household_id, days=1, reason="busy", at=NOW, day=TODAY, policies=PACKS
        ),
        lambda tx: mute(tx, Grid(tx).staff("别组"), household_id, until=TODAY + timedelta(9), at=NOW, day=TODAY),
    ):
        with pytest.raises(Refused) as refused:
            await db.write(attempt)
        assert refused.value.code == "not-allowed"


async def test_all_of_today_goes_to_tomorrow_and_a_second_tap_changes_nothing(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid_of_one(tx).house("李红英")

    def tap(tx: Transaction, day: date = TODAY) -> tuple[int, list[str]]:
        moved = snooze_today(tx, Grid(tx).staff("杨光明"), at=NOW, day=day, policies=PACKS)
        return moved.moved, [each.head for each in moved.kept]

    await db.write(fill)
    assert await db.write(tap) == (2, [])
    assert await db.write(tap) == (0, [])
    assert await db.read(on_list) == []
    tomorrow = TODAY + timedelta(1)
    assert await db.read(lambda tx: on_list(tx, tomorrow)) == ["王老五", "李红英"]
    await db.write(lambda tx: put_off(tx, day=tomorrow))
    third = TODAY + timedelta(2)
    assert await db.write(lambda tx: tap(tx, third)) == (1, ["王老五"])
    with pytest.raises(Refused, match="snooze-twice"):
        await db.write(lambda tx: tap(tx, third))


async def test_a_muted_household_is_out_of_every_list_until_its_day_and_its_plan_stays(db: Database) -> None:
    await db.write(grid_of_one)
    until = TODAY + timedelta(20)
    go = {"at": NOW, "day": TODAY}
    changed = await db.write(lambda tx: mute(tx, Grid(tx).staff("杨光明"), 1, until=until, **go))
    assert (changed.muted_until, changed.next_due) == (until, TODAY)
    await db.write(lambda tx: mute(tx, Grid(tx).staff("杨光明"), 1, until=until, **go))
    assert await db.read(actions) == ["household.mute"]
    assert await db.read(lambda tx: on_list(tx, until - timedelta(1))) == []
    assert await db.read(lambda tx: on_list(tx, until)) == ["王老五"]
    await db.write(lambda tx: mute(tx, Grid(tx).staff("杨光明"), 1, until=None, **go))
    assert await db.read(on_list) == ["王老五"]


@pytest.mark.parametrize("until", [ago(1), TODAY, TODAY + timedelta(400)])
async def test_an_absence_ends_after_today_and_within_a_year(db: Database, until: date) -> None:
    await db.write(grid_of_one)
    with pytest.raises(Refused, match="mute-date"):
        await db.write(lambda tx: mute(tx, Grid(tx).staff("杨光明"), 1, until=until, at=NOW, day=TODAY))


async def test_leave_without_a_chosen_stand_in_goes_to_the_monitor_of_the_same_group(db: Database) -> None:
    def fill(tx: Transaction) -> list[str]:
        grid = Grid(tx)
        grid.lead("李村长")
        grid.monitor("邻组", "二组")
        grid.monitor("同组", "五组")
        grid.monitor("未绑定", "五组", bound=False)
        grid.person("外村", Assignment(Role.MONITOR, grid.village_id("和平村"), grid.group("一组", "和平村")))
        me = grid.monitor("杨光明", "五组")
        chosen = take_leave(tx, me, first=TODAY, last=TODAY, stand_in_id=None, at=NOW, day=TODAY)
        return [chosen.name if chosen else "", *(each.name for each in stand_ins(tx, me, TODAY))]

    assert await db.write(fill) == ["同组", "同组", "李村长", "邻组"]
    assert (await db.read(lambda tx: Grid(tx).staff("杨光明"))).leave_until == TODAY
    assert await db.read(actions) == ["staff.leave"]
    assert await db.write(lambda tx: end_leave(tx, Grid(tx).staff("杨光明"), at=NOW))
    assert not await db.write(lambda tx: end_leave(tx, Grid(tx).staff("杨光明"), at=NOW))
    assert (await db.read(lambda tx: Grid(tx).staff("杨光明"))).leave_from is None


async def test_leave_lies_ahead_and_its_stand_in_works_in_the_village(db: Database) -> None:
    def fill(tx: Transaction) -> int:
        grid = grid_of_one(tx)
        return grid.person("外村", Assignment(Role.MONITOR, grid.village_id("和平村"), grid.group("一组", "和平村"))).id

    stranger = await db.write(fill)
    for first, last, stand_in, code in (
        (ago(1), TODAY, None, "leave-date"),
        (TODAY, ago(1), None, "leave-date"),
        (TODAY, TODAY, stranger, "stand-in"),
    ):
        with pytest.raises(Refused, match=code):
            await db.write(
                lambda tx, f=first, la=last, s=stand_in: take_leave(
                    tx, Grid(tx).staff("杨光明"), first=f, last=la, stand_in_id=s, at=NOW, day=TODAY
                )
            )
    assert (await db.read(lambda tx: staff.by_name(tx, "杨光明"))).leave_from is None  # type: ignore[union-attr]


async def test_a_lead_puts_off_only_what_the_own_digest_lists(db: Database) -> None:
    def fill(tx: Transaction) -> int:
        grid = grid_of_one(tx)
        lead = grid.lead("李村长")
        grid.house("没人管", "七组")
        return snooze_today(tx, lead, at=NOW, day=TODAY, policies=PACKS).moved

    assert await db.write(fill) == 1
    assert await db.read(on_list) == ["王老五"]
