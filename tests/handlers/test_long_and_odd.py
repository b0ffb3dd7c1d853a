"""Names and notes of any length and with any sign: every screen arrives and shows them as they are."""

from bot.domain.checks import Check
from bot.domain.records import Clue
from bot.storage import clues, people
from tests.support.town import Town, answer, tapped

LONG = "墙<b>裂</b> & 漏" + "甲" * 480


async def _note(me: object, town: Town, note: str) -> None:
    form = await answer(me, "走访 王老五", "情况如何")  # type: ignore[arg-type]
    review = await tapped(me, "一切正常", "请确认", form)  # type: ignore[arg-type]
    menu = await tapped(me, "修改", "要改哪一项", review)  # type: ignore[arg-type]
    await tapped(me, "备注", "备注写什么", menu)  # type: ignore[arg-type]
    review = await answer(me, note, "请确认")  # type: ignore[arg-type]
    label = "再记一笔" if "再记一笔" in review.labels else "保存"
    await tapped(me, label, "已保存走访", review)  # type: ignore[arg-type]


async def test_ten_long_notes_fit_one_page_of_the_history(town: Town) -> None:
    """They are cut in the list; the record keeps them whole."""
    me = town.person()
    for _ in range(11):
        await _note(me, town, LONG)
    history = await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))
    assert "墙<b>裂</b> & 漏" in history.text
    assert len(history.text) < 4096
    assert {visit.note for visit in await town.visits()} == {LONG}


async def test_eight_long_problems_fit_the_list_and_the_card(town: Town) -> None:
    """线索, the card and the review of seven problems with a note each."""
    me = town.person()

    def fill(tx: object) -> None:
        for head in ("王老五", "张三", "李四", "普正兴", "赵国才"):
            for check in (Check.HOUSING, Check.WATER):
                clue = Clue(0, town.ids[head], check, town.clock.now().date(), "乙" * 500)
                clues.insert(tx, clue)  # type: ignore[arg-type]

    await town.write(fill)
    assert len((await answer(me, "线索", "没解决的问题")).text) < 4096
    await answer(me, "查 王老五", "未解决:住房")
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    for name in ("收入", "吃饭", "穿衣", "上学", "医保看病", "住房", "饮水"):
        await tapped(me, name, "哪里有问题", form, button=f"✓ {name}")
    await tapped(me, "选好了", "收入怎么了", form)
    for _ in range(6):
        await answer(me, "丙" * 500, "怎么了")
    await answer(me, "丙" * 500, "请确认")


async def test_signs_of_html_are_shown_as_they_are(town: Town) -> None:
    """On the card, in lists, on buttons, in the history and where a line of it is marked as undone."""

    def rename(tx: object) -> None:
        (head,) = people.of_household(tx, town.ids["张三"])  # type: ignore[arg-type]
        people.update(tx, head.id, name="<b>张&三")  # type: ignore[arg-type]

    await town.write(rename)
    me = town.person()
    todo = await answer(me, "待办", "<b>张&三")
    assert any("<b>张&三" in label for label in todo.labels)
    await _note(me, town, "墙<b>裂</b> & 漏")
    await answer(me, "撤销", "已撤销")
    history = await tapped(me, "历史", "已撤销", await answer(me, "查 王老五", "户编号"))
    assert "墙<b>裂</b> & 漏(已撤销)" in history.text


async def test_the_name_of_an_item_is_short(town: Town) -> None:
    """A sentence is no item: it is asked for again."""
    me = town.person()
    review = await answer(me, "记账 王老五 工资 3500", "请确认")
    menu = await tapped(me, "修改", "要改哪一项", review)
    await tapped(me, "项目", "什么项目", menu)
    await answer(me, "丁" * 21, "什么项目")
    await answer(me, "丁" * 20, "请确认")


async def test_a_note_beyond_its_limit_is_asked_for_again_with_the_limit(town: Town) -> None:
    """2,000 characters are kept whole; the answer to one more says how long it was."""
    me = town.person()
    review = await tapped(me, "一切正常", "请确认", await answer(me, "走访 王老五", "情况如何"))
    await tapped(me, "备注", "备注写什么", await tapped(me, "修改", "要改哪一项", review))
    await answer(me, "戊" * 2001, "有 2,001 个字。发短一点,最多 2,000 个字")
    review = await answer(me, "戊" * 2000, "请确认")
    await tapped(me, "保存", "已保存走访", review)
    assert [visit.note for visit in await town.visits()] == ["戊" * 2000]
