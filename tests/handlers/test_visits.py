"""A visit by taps: three for the routine one, exceptions by toggles, corrections, undo."""

from bot.domain.checks import Check, CheckState
from bot.storage import clues
from tests.support.town import Town, answer, tapped


async def test_a_routine_visit_is_three_taps(town: Town) -> None:
    """todo → household → 一切正常 → 保存, and the receipt says when to go again."""
    me = town.person()
    todo = await answer(me, "待办", "今日待办")
    assert "到期 7 户,其中逾期 7 户" in todo.text
    form = await tapped(me, "王老五", "情况如何", todo)
    await tapped(me, "一切正常", "请确认", form)
    receipt = await tapped(me, "保存", "已保存走访", form)
    for part in ("王老五", "2024-03-15", "下次走访 2024-04-14", "编号 V240315-01"):
        assert part in receipt.text
    assert "撤销" in " ".join(receipt.labels)
    (visit,) = await town.visits()
    assert (visit.household_id, visit.all_ok, visit.mode) == (town.ids["王老五"], True, "home")


async def test_what_is_wrong_is_toggled_and_said_in_words(town: Town) -> None:
    """Two problems by toggles, one described, one skipped; the follow-up comes within seven days."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    await tapped(me, "住房", "哪里有问题", form, button="✓ 住房")
    await tapped(me, "饮水", "哪里有问题", form, button="✓ 饮水")
    await tapped(me, "选好了", "住房怎么了", form)
    me.say("东墙裂了")
    asked = await me.wait_for("饮水怎么了")
    review = await tapped(me, "跳过", "请确认", asked)
    assert "住房:东墙裂了" in review.text
    receipt = await tapped(me, "保存", "已保存走访", review)
    assert "下次走访 2024-03-22" in receipt.text
    (visit,) = await town.visits()
    assert visit.checks == {Check.HOUSING: CheckState.PROBLEM, Check.WATER: CheckState.PROBLEM}
    opened = await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))
    assert {(each.check, each.note) for each in opened} == {(Check.HOUSING, "东墙裂了"), (Check.WATER, None)}


async def test_a_phone_visit_on_an_earlier_day(town: Town) -> None:
    """打电话问的 and 换日期 are two taps each, before or after the findings."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "打电话问的", "情况如何", form)
    days = await tapped(me, "换日期", "哪一天", form)
    await tapped(me, "前天", "情况如何", days)
    review = await tapped(me, "一切正常", "请确认", form)
    assert "3月13日" in review.text
    assert "电话" in review.text
    receipt = await tapped(me, "保存", "已保存走访", review)
    assert "2024-03-13" in receipt.text


async def test_the_day_can_be_typed_and_a_future_one_is_asked_again(town: Town) -> None:
    """明天 is no day of a visit; 昨天 is."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "换日期", "哪一天", form)
    again = await answer(me, "2024-03-20", "还没到")
    assert "哪一天" in again.text
    back = await answer(me, "2024-03-14", "情况如何")
    review = await tapped(me, "一切正常", "请确认", back)
    assert "3月14日" in review.text


async def test_nobody_home_is_a_try_that_does_not_count(town: Town) -> None:
    """没在家 is kept and listed, and the household stays due."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "没在家", "请确认", form)
    receipt = await tapped(me, "保存", "没在家", form)
    assert "不算走访" in receipt.text
    household = await town.household("王老五")
    assert household.last_visit is None
    todo = await answer(me, "/todo", "今日待办")
    assert "王老五" in todo.text


async def test_undo_takes_the_visit_back_and_restore_brings_it_again(town: Town) -> None:
    """The clue of an undone visit closes, the household is due as before; 恢复 reverses all of it."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    await tapped(me, "住房", "哪里有问题", form, button="✓ 住房")
    await tapped(me, "选好了", "住房怎么了", form)
    await tapped(me, "跳过", "请确认", form)
    receipt = await tapped(me, "保存", "已保存走访", form)
    undone = await tapped(me, "撤销", "已撤销", receipt)
    assert await town.visits() == []
    assert await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"])) == []
    assert (await town.household("王老五")).last_visit is None
    await tapped(me, "恢复", "已保存走访", undone)
    assert len(await town.visits()) == 1
    assert len(await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))) == 1


async def test_a_problem_is_closed_with_what_was_done(town: Town) -> None:
    """线索 lists it, the card offers 问题解决了, and the cadence is the household's own again."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    await tapped(me, "住房", "哪里有问题", form, button="✓ 住房")
    await tapped(me, "选好了", "住房怎么了", form)
    me.say("房子漏雨")
    review = await me.wait_for("请确认")
    await tapped(me, "保存", "已保存走访", review)
    listed = await answer(me, "线索", "没解决的问题")
    assert "房子漏雨" in listed.text
    card = await tapped(me, "王老五", "户编号", listed)
    assert "未解决:住房(房子漏雨,3月15日)" in card.text
    asked = await tapped(me, "问题解决了", "怎么解决的", card)
    me.say("换了新瓦")
    review = await me.wait_for("请确认")
    assert "换了新瓦" in review.text
    done = await tapped(me, "保存", "问题已解决", review)
    assert "下次走访 2024-04-14" in done.text
    assert asked.text


async def test_back_and_edit_work_at_each_step(town: Town) -> None:
    """返回 goes one question back, 修改 changes one answer of the review and returns to it."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    await tapped(me, "返回", "情况如何", form)
    await tapped(me, "一切正常", "请确认", form)
    menu = await tapped(me, "修改", "要改哪一项", form)
    await tapped(me, "方式", "入户看的,还是打电话", menu)
    review = await tapped(me, "打电话问的", "请确认", form)
    assert "电话" in review.text
    await tapped(me, "修改", "要改哪一项", form)
    noted = await tapped(me, "备注", "备注写什么", form)
    assert noted.text
    me.say("家里有客人")
    review = await me.wait_for("请确认")
    assert "备注:家里有客人" in review.text
    await tapped(me, "保存", "已保存走访", review)
    (visit,) = await town.visits()
    assert visit.note == "家里有客人"
