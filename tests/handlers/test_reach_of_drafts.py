"""Drafts whose household, day or author changed meanwhile."""

from datetime import date, timedelta

from bot.domain.staff import Assignment, Role
from bot.storage import households, staff
from tests.support.town import LEAD, MONITOR, OTHER_MONITOR, Town, answer, tapped


async def _moved(town: Town, head: str, group: str) -> None:
    def move(tx: object) -> None:
        place = next(each for each in households.by_ids(tx, [town.ids[group]]))  # type: ignore[arg-type]
        households.move_group(tx, town.ids[head], place.group_id, date(2024, 3, 15))  # type: ignore[arg-type]

    await town.write(move)


async def test_a_household_that_left_the_grid_blocks_nothing_else(town: Town) -> None:
    """Its buttons are 没有权限, what is typed goes on as if there were no question, 取消 works."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await _moved(town, "王老五", "杨文学")
    tap = me.tap("一切正常", form)
    assert "没有权限" in await me.wait_answer(tap)
    await answer(me, "你好", "没看懂")
    review = await answer(me, "今天去张三家,一切正常", "请确认")
    receipt = await tapped(me, "保存", "已保存走访", review)
    assert not any("继续" in label for label in receipt.labels)
    await tapped(me, "取消", "已取消", form)


async def test_a_draft_of_yesterday_knows_what_today_is(town: Town) -> None:
    """今天, tapped or typed, is the day on which it is tapped or typed."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    town.clock.advance(timedelta(days=1))
    await tapped(me, "换日期", "哪一天", form)
    form = await answer(me, "今天", "情况如何")
    review = await tapped(me, "一切正常", "请确认", form)
    assert "3月16日" in review.text
    form = await answer(me, "走访 张三", "情况如何")
    town.clock.advance(timedelta(days=1))
    days = await tapped(me, "换日期", "哪一天", form)
    await tapped(me, "今天", "情况如何", days)
    review = await tapped(me, "一切正常", "请确认", form)
    assert "3月17日" in review.text


async def test_one_who_may_only_look_there_writes_nothing_there(town: Town) -> None:
    """A monitor who is a viewer of the township besides: others' households are as unknown to a record as to 走访."""
    me = town.person()

    def view(tx: object) -> None:
        person = staff.by_telegram(tx, MONITOR)  # type: ignore[arg-type]
        assert person is not None
        staff.add_assignment(tx, person.id, Assignment(Role.VIEWER), town.clock.now())  # type: ignore[arg-type]

    await town.write(view)
    card = await answer(me, "查 杨文学", "户编号")
    assert "走访" not in card.labels
    await answer(me, "走访 杨文学", "未找到")
    await answer(me, "今天去杨文学家,一切正常", "未找到")
    await answer(me, "杨文学家添了个娃", "哪一户")


async def test_a_stand_in_has_the_households_for_the_time_of_the_leave(town: Town) -> None:
    """On the day after, the begun draft is out of reach and nothing hangs."""
    me, lead, other = town.person(), town.person(LEAD), town.person(OTHER_MONITOR)
    await answer(lead, "/settings", "设置")
    await tapped(me, "今天请假", "代看", await answer(me, "/settings", "设置"))

    def stand_in(tx: object) -> None:
        person, substitute = staff.by_telegram(tx, MONITOR), staff.by_telegram(tx, OTHER_MONITOR)  # type: ignore[arg-type]
        assert person is not None
        assert substitute is not None
        staff.set_leave(tx, person.id, date(2024, 3, 15), date(2024, 3, 15), substitute.id)  # type: ignore[arg-type]

    await town.write(stand_in)
    form = await answer(other, "走访 王老五", "情况如何")
    await tapped(other, "一切正常", "请确认", form)
    town.clock.advance(timedelta(days=1))
    tap = other.tap("保存", form)
    assert "没有权限" in await other.wait_answer(tap)
    await answer(other, "查 杨文学", "户编号")
    await answer(other, "你好", "没看懂")


async def test_a_reply_to_a_receipt_of_yesterday_is_refused_at_once(town: Town) -> None:
    """No draft is begun that could not be saved."""
    me = town.person()
    receipt = await tapped(me, "保存", "已记账", await answer(me, "记账 王老五 工资 3500", "请确认"))
    town.clock.advance(timedelta(hours=25))
    me.reply_to(receipt, "5300")
    seen = await me.wait_for("没有权限")
    assert "保存" not in seen.labels


async def test_a_household_can_be_put_off_or_left_out_from_its_card(town: Town) -> None:
    """改天去 with a reason, 外出不在 until a day, and back."""
    me = town.person()
    card = await answer(me, "查 王老五", "户编号")
    await tapped(me, "改天去", "什么原因", card)
    await tapped(me, "农忙", "过几天再去", card)
    await tapped(me, "过 2 天", "3月17日", card)
    assert "王老五" not in (await answer(me, "待办", "今日待办")).text
    card = await answer(me, "查 张三", "户编号")
    await tapped(me, "外出不在", "外出多久", card)
    await tapped(me, "15天", "3月30日", card)
    assert "张三" not in (await answer(me, "待办", "今日待办")).text
    card = await answer(me, "查 张三", "户编号", button="已经回来了")
    await tapped(me, "已经回来了", "照常提醒", card)
    assert "张三" in (await answer(me, "待办", "今日待办")).text
