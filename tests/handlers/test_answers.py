"""What is typed or tapped while a question is open, however it comes."""

import pytest

from bot.domain.checks import Check
from bot.storage import clues, people
from bot.storage.people import of_household
from tests.support.town import Town, answer, tapped


async def test_the_words_of_a_button_are_as_good_as_a_tap(town: Town) -> None:
    """一切正常, 没在家, 保存 and 取消 can be typed; problems are toggled by their name."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    await answer(me, "一切正常", "请确认")
    await answer(me, "保存", "已保存走访")
    await answer(me, "走访 张三", "情况如何")
    await answer(me, "没在家", "没在家", button="保存")
    await answer(me, "取消", "已取消")
    await answer(me, "走访 张三", "情况如何")
    await answer(me, "有问题", "哪里有问题")
    await answer(me, "住房", "哪里有问题", button="✓ 住房")
    await answer(me, "选好了", "住房怎么了")
    await answer(me, "跳过", "请确认")
    assert len(await town.visits()) == 1


async def test_what_was_found_can_be_said_in_words(town: Town) -> None:
    """房子漏雨 at 情况如何 is a problem of this household, 都好 is all well, and money goes with it."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    review = await answer(me, "昨天去的,房子漏雨", "请确认")
    assert "3月14日" in review.text
    assert "住房:房子漏雨" in review.text
    await tapped(me, "保存", "已保存走访", review)
    (clue,) = await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))
    assert (clue.check, clue.note) == (Check.HOUSING, "房子漏雨")
    await answer(me, "走访 张三", "情况如何")
    review = await answer(me, "都好,儿子打工挣了3500", "请确认")
    assert "一切正常" in review.text
    await tapped(me, "保存", "已记账", review)
    assert len(await town.visits()) == 2


@pytest.mark.parametrize("text", ["张三家房子漏雨", "孔祥福家房子漏雨"])
async def test_another_household_is_never_taken_for_the_one_of_the_question(town: Town, text: str) -> None:
    """It opens beside the question, known or not."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    seen = await answer(me, text)
    assert "王老五" not in seen.text


async def test_a_question_that_is_asked_again_is_the_same_question(town: Town) -> None:
    """Its fixed words are there each time."""
    me = town.person()
    for text, asked in (("走访 王老五", "情况如何"), ("记账 王老五", "哪一类")):
        await answer(me, text, asked)
        assert asked in (await answer(me, "胡言乱语呢")).text


async def test_a_kind_can_be_typed(town: Town) -> None:
    """工资 at 哪一类 is the kind, and the next question comes."""
    me = town.person()
    await answer(me, "记账 王老五", "哪一类")
    await answer(me, "工资", "金额")
    await answer(me, "860.50", "哪个月")
    review = await answer(me, "上个月", "请确认")
    assert "工资性收入 860.50元 2024年2月" in review.text


@pytest.mark.parametrize("text", ["2023-99", "2023-00", "2023-ab", "2024-05"])
async def test_a_month_that_is_none_is_asked_again(town: Town, text: str) -> None:
    """Neither a thirteenth month nor letters nor the future get into the ledger."""
    me = town.person()
    await answer(me, "记账 王老五", "哪一类")
    await tapped(me, "工资性收入", "金额")
    await answer(me, "3500", "哪个月")
    await answer(me, text, "哪个月")
    assert "请确认" not in (me.last.text if me.last else "")


async def test_an_unusual_amount_that_is_changed_is_asked_about_anew(town: Town) -> None:
    """The answer to the old amount never stands in for the new one."""
    me = town.person()
    await tapped(me, "保存", "已记账", await answer(me, "记账 王老五 工资 3500", "请确认"))
    asked = await answer(me, "记账 王老五 工资 35000", "是多少")
    review = await tapped(me, "3,500元", "请确认", asked)
    menu = await tapped(me, "修改", "要改哪一项", review)
    await tapped(me, "金额", "金额", menu)
    asked = await answer(me, "60000", "是多少")
    review = await tapped(me, "就是 60,000元", "请确认", asked)
    await tapped(me, "保存", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()] == [350000, 6000000]


async def test_somebody_who_left_can_be_named_by_typing(town: Town) -> None:
    """The name is as good as the button."""
    me = town.person()
    await answer(me, "王老五家有人去世了", "是谁")
    await answer(me, "李桂花", "哪一天")
    review = await answer(me, "昨天", "请确认")
    assert "李桂花" in review.text
    saved = await tapped(me, "保存", "已记下", review)
    assert "3 人" in saved.text


async def test_a_newborn_has_the_relation_that_was_tapped(town: Town) -> None:
    """之孙子, as the national system writes it."""
    me = town.person()
    await answer(me, "王老五家添了个娃", "叫什么名字")
    await answer(me, "王小宝", "是户主的什么人")
    await tapped(me, "之孙子", "哪一天")
    review = await tapped(me, "今天", "请确认")
    await tapped(me, "保存", "已记下", review)
    members = await town.ruhu.db.read(lambda tx: of_household(tx, town.ids["王老五"]))
    assert [(each.name, each.relation) for each in members][-1] == ("王小宝", "之孙子")


async def test_the_figure_per_head_follows_the_members_on_the_very_day(town: Town) -> None:
    """The card's members and the divisor of its figures are the same number."""
    me = town.person()
    await tapped(me, "保存", "875元", await answer(me, "记账 王老五 工资 3500", "请确认"))
    await answer(me, "王老五家李桂花去世了", "哪一天")
    review = await tapped(me, "今天", "请确认")
    await tapped(me, "保存", "3 人", review)
    card = await answer(me, "查 王老五", "户编号")
    assert "3人" in card.text
    assert "本年度人均纯收入 1,167元" in card.text


@pytest.mark.parametrize("text", ["/find　王老五", "/find\n王老五", "查　王老五", "查:王老五"])
async def test_commands_take_their_argument_after_any_space(town: Town, text: str) -> None:
    """A Chinese keyboard types a wide space."""
    await answer(town.person(), text, "户编号")


async def test_who_earned_it_can_be_named_in_a_quick_form(town: Town) -> None:
    """记账 王老五 王小明 工资 3500."""
    me = town.person()
    review = await answer(me, "记账 王老五 王小明 工资 3500", "请确认")
    assert "王小明的" in review.text


async def test_ten_letters_are_a_name_before_they_are_a_code(town: Town) -> None:
    """zhangdefen is pinyin; only an invitation that can be used is a code."""

    def rename(tx: object) -> None:
        (head,) = people.of_household(tx, town.ids["张三"])  # type: ignore[arg-type]
        people.update(tx, head.id, name="张德芬")  # type: ignore[arg-type]

    await town.write(rename)
    assert "张德芬" in (await answer(town.person(), "zhangdefen", "户编号")).text


async def test_a_forged_option_is_answered_and_changes_nothing(town: Town) -> None:
    """Numbers that no database holds, options that nobody offered."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    draft = form.buttons[0].data.split(".")[0] if form.buttons[0].data else ""
    data = [
        f"{draft}.1.{option}" for option in ("drop.x", "=still.foo", "=mode.foo", "=edit.zzz", "=#99999999999999999999")
    ]
    data += [
        "visit.9999999999999999999.",
        "9999999999999999999.1.save",
        "mute.1.99999999999",
        "snooze.1.busy-99999999999",
    ]
    for each in data:
        await me.wait_answer(me.tap_data(each, form))
    await tapped(me, "一切正常", "请确认", form)
    assert await town.state() == (0, 0, None)


async def test_words_that_could_be_of_two_households_are_nobodys(town: Town) -> None:
    """Nobody can know whose the words are: nothing is put at either household, and what would work is said."""
    me = town.person()
    said = await answer(me, "张三和王老五两家一共卖猪得1万", "分不清哪些是哪一户的")
    assert "什么都没有记" in said.text
    assert not said.labels


@pytest.mark.parametrize(
    "text",
    [
        "昨天去王老五家,都好,钱七家水断了",
        "王老五家都好;李四家房子漏雨;还去了赵六家,都正常",
        "钱七家卖猪得5000,王老五家打工3500",
        "今天去了王老五家,还去了二组钱家,房子漏雨",
    ],
)
async def test_words_about_a_household_that_is_not_known_go_to_nobody_else(town: Town, text: str) -> None:
    """They would land at the neighbour; the person hears who was not found, and nothing is written."""
    me = town.person()
    said = await answer(me, text, "未找到")
    assert "什么都没有记" in said.text
    assert not said.labels


async def test_what_was_undone_twice_is_told_once(town: Town) -> None:
    """撤销, 恢复, 撤销: the amount of the record is named once, and 恢复 brings one entry back."""
    me = town.person()
    receipt = await tapped(me, "保存", "已记账", await answer(me, "记账 王老五 工资 3500", "请确认"))
    for _ in range(2):
        undone = await tapped(me, "撤销", "已撤销", receipt)
        assert undone.text.count("3,500元") == 1
        receipt = await tapped(me, "恢复", "已记账", undone)
    assert sum(entry.amount_fen for entry in await town.ledger()) == 350000
