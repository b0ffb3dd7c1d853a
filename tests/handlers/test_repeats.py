"""The same entry again, by the same person or another one, in whatever way: shown with who and when, never doubled."""

import pytest

from tests.support.town import LEAD, MONITOR, Town, answer, tapped

SAME = "3月15日 杨光明 记过一笔一样的"


async def _saved(town: Town, text: str, user_id: int = MONITOR) -> None:
    me = town.person(user_id)
    await tapped(me, "保存", "编号", await answer(me, text, "请确认"))


WAYS = ["记账 王老五 工资 3500", "王老五家打工3500", "王老五家儿子上班这个月得了三千五", "老五 打工 3500元"]


@pytest.mark.parametrize("text", WAYS)
@pytest.mark.parametrize("user_id", [MONITOR, LEAD])
async def test_the_same_entry_is_shown_before_it_is_saved(town: Town, text: str, user_id: int) -> None:
    await _saved(town, "记账 王老五 工资 3500")
    me = town.person(user_id)
    review = await answer(me, text, SAME)
    assert "请确认" in review.text
    assert review.labels == ["再记一笔", "修改", "不记了"]
    await tapped(me, "不记了", "已取消", review)
    assert len(await town.ledger()) == 1


async def test_the_form_shows_it_too(any_town: Town) -> None:
    """Tapped question by question; once more is one tap, and the second tap does nothing."""
    town = any_town
    await _saved(town, "记账 王老五 工资 3500")
    me = town.person()
    asked = await answer(me, "记账 王老五", "哪一类")
    asked = await tapped(me, "工资性收入", "金额", asked)
    asked = await tapped(me, "3,500元", "哪个月", asked)
    review = await tapped(me, "2024年3月", SAME, asked)
    await tapped(me, "再记一笔", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()] == [350000, 350000]


async def test_a_correction_into_what_is_there_already_is_shown(town: Town) -> None:
    """张三's wage put right to 王老五, who has the same one; the record that is corrected is no other."""
    await _saved(town, "记账 王老五 工资 3500")
    await _saved(town, "记账 张三 工资 3500")
    me = town.person()
    await answer(me, "刚才记错户了,应该是王老五家", SAME)
    await answer(me, "不记了", "已取消")
    review = await answer(me, "刚才那条错了,不是3500是3600", "请确认")
    assert "记过一笔" not in review.text


@pytest.mark.parametrize(
    "text",
    [
        "记账 王老五 工资 3600",
        "王老五家上个月打工3500",
        "记账 张三 工资 3500",
        "王老五家低保3500",
        "王老五家卖猪得3500",
    ],
)
async def test_what_differs_is_another_entry(town: Town, text: str) -> None:
    await _saved(town, "记账 王老五 工资 3500")
    review = await answer(town.person(), text, "请确认")
    assert "保存" in review.labels


async def test_an_undone_entry_is_none(town: Town) -> None:
    await _saved(town, "记账 王老五 工资 3500")
    me = town.person()
    await answer(me, "撤销", "已撤销")
    assert "保存" in (await answer(me, "记账 王老五 工资 3500", "请确认")).labels


async def test_a_second_visit_of_one_day_is_shown(any_town: Town) -> None:
    """By message and by form; of the try after a visit nothing is said, and what is new can be kept alone."""
    town = any_town
    await _saved(town, "今天去王老五家,一切正常", LEAD)
    me = town.person()
    again = await answer(me, "今天去王老五家,都好", "3月15日 杨村长 记过一笔一样的走访")
    await tapped(me, "不记了", "已取消", again)
    asked = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "一切正常", "记过一笔一样的走访", asked)
    await answer(me, "不记了", "已取消")
    review = await answer(me, "今天去王老五家,房子漏雨,打工3500", "记过一笔一样的走访")
    review = await tapped(me, "只记其余的", "请确认", review)
    assert "漏雨" in review.text
    await tapped(me, "保存", "已记账", review)
    assert (len(await town.ledger()), len(await town.visits())) == (1, 1)
    assert "保存" in (await answer(me, "昨天去王老五家,一切正常", "请确认")).labels


async def test_two_drafts_of_one_entry_do_not_both_pass(town: Town) -> None:
    """Both were shown before either was saved; a typed 保存 is no answer to what it has not seen."""
    me, lead = town.person(), town.person(LEAD)
    mine = await answer(me, "记账 王老五 工资 3500", "请确认")
    theirs = await answer(lead, "记账 王老五 工资 3500", "请确认")
    await tapped(me, "保存", "已记账", mine)
    shown = await tapped(lead, "保存", SAME, theirs)
    assert len(await town.ledger()) == 1
    await answer(lead, "保存", SAME)
    assert len(await town.ledger()) == 1
    await tapped(lead, "再记一笔", "已记账", shown)
    assert len(await town.ledger()) == 2


async def test_several_at_once_leave_the_repeated_one_open(town: Town) -> None:
    await _saved(town, "记账 张三 工资 3500")
    me = town.person()
    together = await answer(me, "张三打工3500,李四打工4500,王老五打工3200", "一共 3 户")
    await tapped(me, "保存 2 户", "已保存 2 户", together)
    assert sorted(entry.amount_fen for entry in await town.ledger()) == [320000, 350000, 450000]
    await answer(me, "再记一笔", "已记账")
    assert len(await town.ledger()) == 4
