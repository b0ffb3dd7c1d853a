"""Figures that stand together add up as printed; what is not known is 无数据, never 0."""

import re
from datetime import timedelta

import pytest

from bot.storage import entries, households
from tests.support.town import Town, answer, tapped


def _figure(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    assert found is not None, text
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize(("goal_fen", "yuan"), [(2_410_049, "35170.2"), (2_410_050, "35171.99"), (1_000_000, "30001")])
async def test_goal_income_and_what_is_missing_add_up(town: Town, goal_fen: int, yuan: str) -> None:
    me = town.person()
    await town.write(lambda tx: households.update(tx, town.ids["王老五"], goal_fen=goal_fen))
    asked = await answer(me, f"记账 王老五 打工 {yuan}", "是多少")
    await tapped(me, "就是", "请确认", asked)
    receipt = await answer(me, "保存", "已记账")
    card = await answer(me, "查 王老五", "户编号")
    reached = _figure(card.text, r"本年度人均纯收入 ([\d,]+)元")
    missing = _figure(card.text, r"还差 ([\d,]+)元")
    assert _figure(card.text, r"目标 ([\d,]+)元") == reached + missing
    assert _figure(receipt.text, r"还差 ([\d,]+)元") == missing


async def test_what_is_not_known_is_no_nought(town: Town) -> None:
    """Neither income nor what is missing to the goal is a figure before there is a record."""
    me = town.person()
    await town.write(lambda tx: households.update(tx, town.ids["王老五"], goal_fen=2_410_000))
    card = await answer(me, "查 王老五", "户编号")
    assert "本年度人均纯收入 无数据" in card.text
    assert "还差" not in card.text
    ledger = await tapped(me, "记账本", "记账本", card)
    assert "纯收入 无数据" in ledger.text
    assert not re.search(r"(?<![\d,])0元", ledger.text + card.text)


async def test_a_next_visit_that_is_past_says_how_long(town: Town) -> None:
    """A visit of five weeks ago is entered today: the next one was due nine days ago."""
    me = town.person()
    visited = (town.ruhu.today - timedelta(days=39)).isoformat()
    review = await answer(me, f"{visited} 去王老五家,一切正常", "请确认")
    receipt = await tapped(me, "保存", "已保存走访", review)
    assert "下次走访 2024-03-06(已逾期 9 天)" in receipt.text
    assert "已逾期 9 天" in (await answer(me, "查 王老五", "户编号")).text


async def test_no_entry_is_needed_for_a_next_visit_to_come(town: Town) -> None:
    me = town.person()
    receipt = await tapped(me, "保存", "已保存走访", await answer(me, "今天去王老五家,一切正常", "请确认"))
    assert "下次走访 2024-04-14" in receipt.text
    assert "逾期" not in receipt.text
    assert await town.ruhu.db.read(lambda tx: entries.of_household(tx, town.ids["王老五"])) == []
