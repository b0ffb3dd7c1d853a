"""Somebody who chose English does the whole job in English; what they write of a visit stays Chinese."""

import re

import pytest

from bot.sandbox.client import Person
from tests.support.town import Town, answer, tapped

NAMES = re.compile(
    r"王老五|李桂花|王小[明红]|李红英|张三|普正兴|李四|赵国才|杨光明|李雪梅|[一二三五]组|之[子女]|配偶|户主"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
EXAMPLES = re.compile(
    "[今昨]天去.*|.*家卖了.*|[昨前]天|上周三|上个?月|上个月10号|10号|3月10日|2月|三千五|1万2|烤烟|务工|低保|工资|中文"
)


async def english(town: Town) -> Person:
    """The monitor, after choosing English."""
    me = town.person()
    await answer(me, "/settings", "设置")
    await tapped(me, "English", "Settings")
    return me


async def test_a_visit_by_three_taps(town: Town) -> None:
    me = await english(town)
    todo = await answer(me, "To do", "To do today")
    form = await tapped(me, "王老五", "How are things", todo)
    await tapped(me, "All fine", "Please confirm", form)
    receipt = await tapped(me, "Save", "Visit saved", form)
    assert "Next visit 2024-04-14" in receipt.text
    await tapped(me, "Undo", "Undone", receipt)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Find 王老五", "Net income per head this year"),
        ("find 王老五", "Household code"),
        ("Visit 王老五", "How are things"),
        ("Income 王老五", "What kind of money"),
        ("income 王老五 wages 3500", "Wages <b>¥3,500</b>"),
        ("Problems", "No open problems"),
        ("Figures", "Households:"),
        ("Undo", "Nothing to undo"),
        ("Help", "After a visit one sentence"),
        ("今天去王老五家,一切正常", "Please confirm"),
        ("hello there", "I did not understand"),
    ],
)
async def test_words_and_quick_forms(town: Town, said: str, expected: str) -> None:
    me = await english(town)
    seen = await answer(me, said, re.sub("<[^>]*>", "", expected))
    assert left_in_chinese(seen.text) == []


def left_in_chinese(text: str) -> list[str]:
    """Chinese words that are neither names nor examples of what the parser reads."""
    return [found for line in text.split("\n") for found in CHINESE.findall(EXAMPLES.sub("", NAMES.sub("", line)))]


@pytest.mark.parametrize(
    "said", ["/todo", "/visit", "/income", "/case", "/stats", "/settings", "Find 王老五", "Find 李"]
)
async def test_every_button_answers_in_english(town: Town, said: str) -> None:
    """Each button of a screen is tapped on a fresh copy of it; `中文` is left out, for it does change the language."""
    me = await english(town)
    labels = (await answer(me, said)).labels
    for label in [each for each in labels if each != "中文"]:
        screen = await answer(me, said)
        tap = me.tap(label, screen)
        toast = await me.wait_answer(tap)
        shown = "\n".join(seen.text for seen in me.chat[-2:] if seen.from_bot)
        assert "Reference" not in shown, shown
        assert left_in_chinese(f"{toast}\n{shown}") == [], label
