"""What is added to a visit shows in it and can be taken out; words about somebody else are never offered to it."""

import pytest

from bot.domain.access import EVERYTHING
from bot.reports.workbooks.visits import visits as sheets
from bot.sandbox.client import Person
from bot.sandbox.seen import Seen
from bot.storage import audit
from tests.support.town import Town, answer, tapped


async def _saved(me: Person, text: str) -> Seen:
    return await tapped(me, "保存", "编号", await answer(me, text, "请确认"))


@pytest.mark.parametrize(
    "text",
    [
        "老周家农忙,过三天再去",
        "周德明家农忙,过三天再去",
        "李四家这几天在插秧,过三天再去",
        "张三说他家的路要修了",
        "杨文学家农忙,过三天再去",
    ],
)
async def test_words_that_name_somebody_else_are_not_offered_to_the_visit(town: Town, text: str) -> None:
    """Known, unknown or out of sight: whoever is named, it is not the household just visited."""
    me = town.person()
    await _saved(me, "今天去王老五家,一切正常")
    seen = await answer(me, text, "没看懂")
    assert not [label for label in seen.labels if "记到" in label]


@pytest.mark.parametrize("text", ["今天去老周家,都好", "周德明家打工3500"])
async def test_an_unknown_household_is_not_answered_with_the_one_just_handled(town: Town, text: str) -> None:
    me = town.person()
    await _saved(me, "今天去赵国才家,一切正常")
    asked = await answer(me, text, "未找到")
    assert not asked.labels or "赵国才" not in asked.labels[0]


@pytest.mark.parametrize("text", ["这几天村里在修路不好走", "王老五说他的腿好多了"])
async def test_what_is_added_shows_and_can_be_undone(any_town: Town, text: str) -> None:
    """In the answer, in the history and in the receipt, until 撤销 takes it out again."""
    town = any_town
    me = town.person()
    receipt = await _saved(me, "今天去王老五家,一切正常")
    offered = await answer(me, text, "没看懂")
    added = await tapped(me, "记到王老五的走访里", f"补记:{text}", offered)
    history = await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))
    assert f"补记:{text}" in history.text
    rows = await town.ruhu.db.read(lambda tx: sheets(tx, EVERYTHING, village_id=None, year=None, sensitive=True))
    assert text in str(rows[0].rows)
    await tapped(me, "撤销", "拿掉了", added)
    history = await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))
    assert "补记" not in history.text
    assert len(await town.visits()) == 1
    await tapped(me, "撤销", "已撤销", receipt)
    assert await town.ruhu.db.read(audit.verify) is None


async def test_pictures_are_counted_where_the_visit_is_shown(town: Town) -> None:
    me = town.person()
    await _saved(me, "今天去王老五家,一切正常")
    me.send_photo()
    done = await tapped(me, "放进去", "已放进", await me.wait_for("要放进"))
    history = await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))
    assert "照片 1 张" in history.text
    await tapped(me, "撤销", "拿掉了", done)
    history = await tapped(me, "历史", "历史", await answer(me, "查 王老五", "户编号"))
    assert "照片" not in history.text


async def test_a_note_takes_no_message_about_somebody_else(town: Town) -> None:
    me = town.person()
    asked = await answer(me, "走访 王老五", "情况如何")
    asked = await tapped(me, "有问题", "哪里有问题", asked)
    asked = await tapped(me, "住房", "哪里有问题", asked)
    asked = await tapped(me, "选好了", "住房怎么了", asked)
    seen = await answer(me, "李四家这几天在插秧,过三天再去")
    assert "请确认" not in seen.text
    review = await answer(me, "东墙裂了", "请确认")
    assert "插秧" not in review.text


async def test_a_problem_spoken_of_again_goes_on_and_is_not_offered_as_solved(any_town: Town) -> None:
    """房子漏雨, then 厨房还漏: one open problem with the newest words; undone, the older ones count again."""
    town = any_town
    me = town.person()
    await _saved(me, "昨天去王老五家,房子漏雨")
    receipt = await _saved(me, "今天去王老五家,厨房房顶还在漏雨")
    assert "还没解决" in receipt.text
    assert not [label for label in receipt.labels if "解决了" in label]
    card = await answer(me, "查 王老五", "未解决:住房")
    assert card.text.count("未解决") == 1
    assert "厨房" in card.text
    assert "厨房" in (await answer(me, "走访 王老五", "情况如何")).text
    await answer(me, "/cancel", "已取消")
    await tapped(me, "撤销", "已撤销", receipt)
    card = await answer(me, "查 王老五", "未解决:住房")
    assert "厨房" not in card.text


async def test_an_open_problem_of_which_nothing_was_said_is_offered(town: Town) -> None:
    me = town.person()
    await _saved(me, "昨天去王老五家,房子漏雨")
    receipt = await _saved(me, "今天去王老五家,水停了")
    assert "住房问题解决了" in receipt.labels
