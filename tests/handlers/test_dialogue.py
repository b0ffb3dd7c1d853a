"""Dialogues survive restarts, live side by side, and answer old buttons with what is true now."""

from datetime import timedelta

import pytest

from tests.support.town import Town, answer, tapped

STEPS = ("哪一户", "情况如何", "哪里有问题", "住房怎么了", "请确认")


@pytest.mark.parametrize("stop_at", STEPS)
async def test_a_restart_at_any_question_goes_on_there(town: Town, stop_at: str) -> None:
    """The position is computed from what is stored, so a new process asks the same question."""
    me = town.person()

    async def reached(step: str) -> None:
        if step == stop_at:
            await town.restart()

    form = await answer(me, "/visit", "哪一户")
    await reached("哪一户")
    form = await tapped(me, "王老五", "情况如何", form)
    await reached("情况如何")
    await tapped(me, "有问题", "哪里有问题", form)
    await reached("哪里有问题")
    await tapped(me, "住房", "哪里有问题", form, button="✓ 住房")
    await tapped(me, "选好了", "住房怎么了", form)
    await reached("住房怎么了")
    review = await answer(me, "东墙裂了", "请确认")
    await reached("请确认")
    await tapped(me, "保存", "已保存走访", review)
    assert len(await town.visits()) == 1


async def test_two_drafts_are_open_at_once_and_cancel_drops_the_current_one(town: Town) -> None:
    """A quick form starts anew, the first draft waits and is offered again."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    await answer(me, "走访 张三", "情况如何")
    gone = await answer(me, "/cancel", "已取消")
    assert any("继续" in label and "王老五" in label for label in gone.labels)
    form = await tapped(me, "继续", "情况如何", gone)
    assert "王老五" in form.text
    review = await tapped(me, "一切正常", "请确认", form)
    await tapped(me, "保存", "已保存走访", review)
    assert [visit.household_id for visit in await town.visits()] == [town.ids["王老五"]]


async def test_the_receipt_offers_the_draft_that_waits(town: Town) -> None:
    """继续 by button or by word."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    form = await answer(me, "走访 张三", "情况如何")
    await tapped(me, "一切正常", "请确认", form)
    receipt = await tapped(me, "保存", "已保存走访", form)
    assert any("继续" in label for label in receipt.labels)
    seen = await answer(me, "继续", "情况如何")
    assert "王老五" in seen.text


async def test_a_double_tap_saves_once_and_an_old_button_shows_what_is_true(town: Town) -> None:
    """Three taps on 保存: one visit, one receipt; a tap on 一切正常 of long ago shows the receipt."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    fine = next(b["callback_data"] for row in form.message.content.inline for b in row if b["text"] == "一切正常")
    review = await tapped(me, "一切正常", "请确认", form)
    save = next(b["callback_data"] for row in review.message.content.inline for b in row if b["text"] == "保存")
    taps = [me.tap_data(save, review) for _ in range(3)]
    await me.wait_for("已保存走访")
    for tap in taps:
        await me.wait_answer(tap)
    old = me.tap_data(fine, review)
    assert "已经处理过" in await me.wait_answer(old)
    assert len(await town.visits()) == 1
    assert "已保存走访" in me.messages()[-1].text


async def test_typed_text_answers_the_open_question_or_opens_beside_it(town: Town) -> None:
    """A name answers 哪一户; two hits become buttons; words that fit nothing are asked again."""
    me = town.person()
    await answer(me, "/visit", "哪一户")
    await answer(me, "王老六", "未找到")
    several = await answer(me, "李红英", "是哪一户")
    assert sum("李红英" in label for label in several.labels) == 2
    form = await tapped(me, "1 李红英", "情况如何", several)
    assert "李红英" in form.text


async def test_the_income_form_asks_household_kind_amount_month(town: Town) -> None:
    """记账 by taps and typing, with the amount as people write it."""
    me = town.person()
    asked = await answer(me, "记账", "哪一户")
    assert asked.text
    await answer(me, "老五", "哪一类")
    await tapped(me, "工资性收入", "金额")
    await answer(me, "很多", "金额")
    await answer(me, "三千五", "哪个月")
    review = await tapped(me, "2024年2月", "请确认")
    assert "3,500元" in review.text
    receipt = await tapped(me, "保存", "已记账", review)
    for part in ("王老五", "工资性收入", "3,500元", "2024年2月", "本年度人均纯收入 875元", "编号 J240315-01"):
        assert part in receipt.text
    (entry,) = await town.ledger()
    assert (entry.amount_fen, entry.month, entry.kind) == (350000, "2024-02", "wage")


async def test_a_month_on_a_button_counts_also_when_it_is_tapped_much_later(town: Town) -> None:
    """The screen waited (an outage, a phone without net): what it offered is still an answer."""
    me = town.person()
    await answer(me, "记账 王老五", "哪一类")
    await tapped(me, "工资性收入", "金额")
    asked = await answer(me, "3500", "哪个月")
    town.clock.advance(timedelta(days=200))
    await tapped(me, "2024年2月", "请确认", asked)


async def test_a_future_month_is_refused_in_words(town: Town) -> None:
    """下个月 is asked again and says what would work."""
    me = town.person()
    await answer(me, "记账 王老五", "哪一类")
    await tapped(me, "工资性收入", "金额")
    await answer(me, "3500", "哪个月")
    again = await answer(me, "2024年5月", "还没到")
    assert "哪个月" in again.text


async def test_undo_walks_back_through_own_records(town: Town) -> None:
    """/undo takes the newest that stands, then the one before, then says that nothing is left."""
    me = town.person()
    for name in ("王老五", "张三"):
        form = await answer(me, f"走访 {name}", "情况如何")
        await tapped(me, "一切正常", "请确认", form)
        await tapped(me, "保存", "已保存走访", form)
    assert "张三" in (await answer(me, "/undo", "已撤销")).text
    assert "王老五" in (await answer(me, "撤销", "已撤销")).text
    await answer(me, "/undo", "没有可撤销")
    assert await town.visits() == []


async def test_next_month_is_not_booked_as_this_one(town: Town) -> None:
    """记账 … 下个月: the month is asked, for money of the future cannot be booked."""
    me = town.person()
    await answer(me, "记账 王老五 工资 3500 下个月", "哪个月")
    assert (await town.state())[0] == 0


@pytest.mark.parametrize("word", ["确认", "好的", "对", "保存。", "嗯", "没错!"])
async def test_a_word_of_agreement_saves_what_stands_at_its_review(town: Town, word: str) -> None:
    """Typing is as good as tapping."""
    me = town.person()
    await answer(me, "记账 王老五 工资 3500", "请确认")
    await answer(me, word, "已记账")
    assert [entry.amount_fen for entry in await town.ledger()] == [350000]


@pytest.mark.parametrize("word", ["算了", "不要了", "取消。"])
async def test_a_word_of_refusal_drops_the_draft(town: Town, word: str) -> None:
    me = town.person()
    await answer(me, "记账 王老五 工资 3500", "请确认")
    await answer(me, word, "已取消")
    assert await town.ledger() == []
    await answer(me, "走访 王老五", "情况如何")
    await answer(me, word, "已取消")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李四家房子漏雨", "李四"),
        ("张三打工3500", "张三"),
        ("李四家情况怎么样", "户编号"),
        ("还有哪些没跑", "今日待办"),
    ],
)
async def test_an_open_question_does_not_swallow_what_speaks_of_another_household(
    town: Town, text: str, expected: str
) -> None:
    """A note, a day and an amount are asked for; the message opens beside, and the draft waits."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "有问题", "哪里有问题")
    await tapped(me, "住房", "", button="✓ 住房")
    await tapped(me, "选好了", "怎么了")
    seen = await answer(me, text, expected)
    assert "怎么了" not in seen.text
    waiting = await answer(me, "继续", "")
    assert "王老五" in waiting.text or "李四" in waiting.text or "张三" in waiting.text
    assert await town.visits() == []


async def test_a_message_too_long_to_be_read_is_called_so_also_while_a_question_is_open(town: Town) -> None:
    """It is no name that was not found; the question is asked again."""
    me = town.person()
    await answer(me, "今天去王老五家,一切正常。" * 200, "太长了")
    form = await answer(me, "/visit", "哪一户")
    long = await answer(me, "今天去王老五家,一切正常。" * 200, "太长了")
    assert "哪一户" in long.text
    assert "未找到" not in long.text
    await tapped(me, next(each for each in form.labels if "王老五" in each), "情况如何")
    again = await answer(me, "一" * 2_600, "太长了")
    assert "情况如何" in again.text


async def test_a_name_that_was_not_found_is_repeated_short_and_marked_where_cut(town: Town) -> None:
    me = town.person()
    for said in ("查 {}", "走访 {}", "记账 {}"):
        await answer(me, said.format("无" * 300), f"未找到“{'无' * 19}…”")
    await answer(me, "/visit", "哪一户")
    await answer(me, "无" * 300, f"未找到“{'无' * 19}…”")


async def test_a_day_in_a_message_about_another_household_is_no_answer(town: Town) -> None:
    """昨天去李四家,都好 while the day of 王老五's visit is asked."""
    me = town.person()
    await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "换日期", "哪一天")
    review = await answer(me, "昨天去李四家,都好", "请确认")
    assert "李四" in review.text
    assert "王老五" not in review.text


async def test_a_reply_to_a_card_speaks_of_its_household(town: Town) -> None:
    """房子漏雨 under the card of 李四 is about 李四; under a draft it is about that draft."""
    me = town.person()
    card = await answer(me, "查 李四", "户编号")
    await answer(me, "查 张三", "户编号")
    me.reply_to(card, "今天去看了,房子漏雨")
    review = await me.wait_for("请确认")
    assert "李四" in review.text
    me.reply_to(card, "张三家打工3500")
    assert "张三" in (await me.wait_for("请确认")).text


async def test_a_reply_to_a_draft_means_that_draft(town: Town) -> None:
    """不是3500是5300 under the older of two drafts changes the older one."""
    me = town.person()
    older = await answer(me, "记账 王老五 工资 3500", "请确认")
    await answer(me, "记账 李四 工资 2500", "请确认")
    me.reply_to(older, "不是3500,是5300")
    review = await me.wait_for("5,300元")
    assert "王老五" in review.text


async def test_words_without_a_household_are_offered_to_the_one_just_handled(town: Town) -> None:
    """It is shown first and never assumed."""
    me = town.person()
    review = await answer(me, "今天去李四家,都好", "请确认")
    await tapped(me, "保存", "已保存走访", review)
    asked = await answer(me, "养老金260", "哪一户")
    assert asked.labels[0].startswith("1 李四")
    review = await tapped(me, asked.labels[0], "请确认", asked)
    assert "李四" in review.text
