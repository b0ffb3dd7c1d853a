"""One message, one tap: sentences as monitors write them, each a draft that one tap saves."""

import pytest

from bot.storage import clues
from tests.support.town import Town, answer, tapped

ONE_TAP = [
    ("今天走访了王老五家,收入正常,住房安全,水没问题", ("已保存走访", "2024-03-15"), 0),
    ("昨天去王老五家,儿子打工挣了三千五,水没问题", ("已保存走访", "2024-03-14", "工资性收入 3,500元"), 1),
    ("张三家 儿子在广东打工一个月四千五,做了7个月", ("已记账", "31,500元"), 1),
    ("赵国才家卖了两头猪 得1万2,饲料花了4千", ("经营性收入 12,000元", "经营性支出 4,000元"), 2),
    ("王老五家 低保上个月领了860", ("转移性收入 860元", "2024年2月"), 1),
    ("李四媳妇住院 花了2万3 报了1万5", ("合规自付支出 23,000元", "理赔收入 15,000元"), 2),
    ("赵国才家流转3亩2分 一年800一亩", ("财产性收入 2,560元",), 1),
    ("5组赵家不在家,电话联系的,在昆明打工", ("已保存走访 赵国才 2024-03-15",), 0),
    ("张三家核桃今年才卖了百把块", ("经营性收入 100元",), 1),
]


@pytest.mark.parametrize(("text", "expected", "money"), ONE_TAP, ids=[row[0][:14] for row in ONE_TAP])
async def test_a_sentence_is_saved_with_one_tap(town: Town, text: str, expected: tuple[str, ...], money: int) -> None:
    """The draft shows every field read; one tap gives one receipt."""
    me = town.person()
    review = await answer(me, text, "请确认")
    receipt = await tapped(me, "保存", "编号", review)
    for part in expected:
        assert part in receipt.text
    assert len(await town.ledger()) == money


@pytest.mark.parametrize("text", ["今天去王老五家", "昨天去王老五家,儿子打工挣了三千五"])
async def test_a_visit_of_which_nothing_is_said_is_asked_about(town: Town, text: str) -> None:
    """It is never saved as if nothing else had been said."""
    me = town.person()
    asked = await answer(me, text, "情况如何")
    review = await tapped(me, "一切正常", "请确认", asked)
    await tapped(me, "保存", "已保存走访", review)
    (visit,) = await town.visits()
    assert visit.all_ok


async def test_one_message_with_a_visit_and_money_is_one_record(town: Town) -> None:
    """One receipt with both fixed texts, one 撤销 for all."""
    me = town.person()
    review = await answer(me, "昨天去王老五家,儿子打工挣了三千五,水没问题", "请确认")
    for part in ("王老五", "3月14日", "入户", "饮水正常", "工资性收入", "3,500元", "2024年3月"):
        assert part in review.text
    receipt = await tapped(me, "保存", "已保存走访", review)
    assert "已记账" in receipt.text
    assert "本年度人均纯收入 875元" in receipt.text
    assert receipt.labels == ["撤销"]
    undone = await tapped(me, "撤销", "已撤销", receipt)
    assert "3月14日的走访和3,500元" in undone.text
    assert sum(entry.amount_fen for entry in await town.ledger()) == 0
    assert await town.visits() == []


async def test_two_heads_of_one_name_are_one_question(town: Town) -> None:
    """A numbered choice, then the review."""
    me = town.person()
    asked = await answer(me, "今天去李红英家,一切正常", "是哪一户")
    assert [label for label in asked.labels if "李红英" in label] == ["1 李红英 五组", "2 李红英 二组"]
    review = await tapped(me, "李红英 二组", "请确认", asked)
    await tapped(me, "保存", "已保存走访 李红英", review)


async def test_a_bare_amount_is_one_question(town: Town) -> None:
    """老五 5千: received or spent is asked with buttons, nothing is guessed."""
    me = town.person()
    asked = await answer(me, "老五 5千", "收到的,还是花掉的")
    assert "5,000元" in asked.text
    review = await tapped(me, "经营性支出", "请确认", asked)
    await tapped(me, "保存", "已记账", review)
    (entry,) = await town.ledger()
    assert (entry.kind, entry.amount_fen) == ("business_cost", 500000)


async def test_net_or_gross_is_asked_for_trade(town: Town) -> None:
    """养羊赚了8000: net or gross is one question, and net is stored as net."""
    me = town.person()
    asked = await answer(me, "李四家今年养羊赚了8000", "净赚")
    review = await tapped(me, "净赚的", "请确认", asked)
    await tapped(me, "保存", "已记账", review)
    (entry,) = await town.ledger()
    assert (entry.net, entry.amount_fen) == (True, 800000)


async def test_a_name_out_of_sight_is_not_found_like_one_that_does_not_exist(town: Town) -> None:
    """The answer never says that more exists elsewhere."""
    me = town.person()
    hidden = await answer(me, "今天去杨文学家,一切正常", "未找到")
    await answer(me, "/cancel", "已取消")
    missing = await answer(me, "今天去孔祥福家,一切正常", "未找到")
    assert hidden.text == missing.text


async def test_nothing_is_stored_from_other_talk(town: Town) -> None:
    """收到, 好的, plans and questions: a helpful answer, no draft."""
    me = town.person()
    for text in ("收到", "好的,谢谢", "明天9点到村委会301开会,带好本子", "今天下雨路滑,去不成了", "医保缴费截止到哪天"):
        seen = await answer(me, text, "没看懂")
        assert "保存" not in seen.labels
    assert await town.state() == (0, 0, None)


async def test_questions_get_the_card_or_a_list(town: Town) -> None:
    """A household's status, who is due, who is below the line."""
    me = town.person()
    await answer(me, "老五家情况", "户编号")
    await answer(me, "逾期的有哪些户", "逾期")
    await answer(me, "万元以下有哪些", "万元以下")
    await answer(me, "看下待办", "今日待办")


async def test_a_complaint_without_a_visit_is_a_problem_and_no_visit(town: Town) -> None:
    """X家断水三天了: a clue with the words, the household is due within seven days."""
    me = town.person()
    review = await answer(me, "王老五家断水三天了", "请确认")
    receipt = await tapped(me, "保存", "已记下", review)
    assert "饮水问题已记下" in receipt.text
    assert await town.visits() == []
    (clue,) = await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))
    assert clue.note is not None


async def test_a_late_message_keeps_its_own_day(town: Town) -> None:
    """今天 of a message that an outage delayed is the day on which it was written."""
    from datetime import timedelta

    me = town.person()
    me.say("今天去王老五家,一切正常", date=town.clock.now() - timedelta(days=2))
    review = await me.wait_for("请确认")
    assert "3月13日" in review.text


async def test_a_correction_in_words_replaces_the_last_record(town: Town) -> None:
    """不是3500是5300: the reversing and the new entry, the figure is right, the chain is in the history."""
    me = town.person()
    review = await answer(me, "昨天去王老五家,儿子打工挣了三千五,水没问题", "请确认")
    first = await tapped(me, "保存", "已保存走访", review)
    review = await answer(me, "刚才那条错了,不是3500是5300", "请确认")
    assert "更正 V240315-01" in review.text
    second = await tapped(me, "保存", "已保存走访", review)
    assert "5,300元" in second.text
    assert "V240315-01" in second.text
    assert "本年度人均纯收入 1,325元" in second.text
    assert [entry.amount_fen for entry in await town.ledger()] == [350000, -350000, 530000]
    assert len(await town.visits()) == 1
    old = await tapped(me, "撤销", "已更正", first)
    assert "恢复" not in " ".join(old.labels)
    history = await tapped(me, "历史", "冲正", await answer(me, "查 王老五", "户编号"))
    assert "5,300元" in history.text
    await tapped(me, "撤销", "已撤销", second)
    assert sum(entry.amount_fen for entry in await town.ledger()) == 350000
    assert len(await town.visits()) == 1


async def test_a_reply_to_the_receipt_corrects_it(town: Town) -> None:
    """Replying with an amount is a correction of that record, not of the newest."""
    me = town.person()
    receipts = []
    for name in ("王老五", "张三"):
        review = await answer(me, f"记账 {name} 工资 3500", "请确认")
        receipts.append(await tapped(me, "保存", "已记账", review))
    me.reply_to(receipts[0], "5300")
    review = await me.wait_for("请确认")
    assert "王老五" in review.text
    await tapped(me, "保存", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()] == [350000, 350000, -350000, 530000]


async def test_the_wrong_household_is_corrected_by_name(town: Town) -> None:
    """刚才记错户了,应该是张三家."""
    me = town.person()
    review = await answer(me, "记账 王老五 工资 3500", "请确认")
    await tapped(me, "保存", "已记账", review)
    review = await answer(me, "刚才记错户了,应该是张三家", "请确认")
    receipt = await tapped(me, "保存", "已记账", review)
    assert "张三" in receipt.text
    ledger = await town.ledger()
    assert [(e.household_id == town.ids["张三"], e.amount_fen) for e in ledger] == [
        (False, 350000),
        (False, -350000),
        (True, 350000),
    ]


async def test_the_last_record_is_deleted_in_words(town: Town) -> None:
    """上一条不对,删掉 undoes it, with a way back."""
    me = town.person()
    review = await answer(me, "记账 王老五 工资 3500", "请确认")
    await tapped(me, "保存", "已记账", review)
    gone = await answer(me, "上一条不对,删掉", "已撤销")
    assert "恢复" in gone.labels


async def test_a_draft_that_waits_is_changed_by_a_correction(town: Town) -> None:
    """不是3500是5300 before 保存 changes the draft, nothing else."""
    me = town.person()
    await answer(me, "记账 王老五 工资 3500", "请确认")
    review = await answer(me, "不是3500,是5300", "5,300元")
    await tapped(me, "保存", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()] == [530000]


async def test_ten_times_the_usual_is_asked_once(town: Town) -> None:
    """35000 after 3500: one gentle question with both amounts as buttons."""
    me = town.person()
    review = await answer(me, "记账 王老五 工资 3500", "请确认")
    await tapped(me, "保存", "已记账", review)
    asked = await answer(me, "记账 王老五 工资 35000", "是多少")
    assert "3,500元" in asked.labels
    assert "就是 35,000元" in asked.labels
    review = await tapped(me, "就是 35,000元", "请确认", asked)
    await tapped(me, "保存", "已记账", review)
    assert [entry.amount_fen for entry in await town.ledger()] == [350000, 3500000]


async def test_a_member_change_is_always_confirmed(town: Town) -> None:
    """A death is told with who died: only the day is asked, figures per head follow."""
    me = town.person()
    when = await answer(me, "王老五家李桂花上个月去世了", "哪一天")
    review = await tapped(me, "昨天", "请确认", when)
    assert "李桂花" in review.text
    saved = await tapped(me, "保存", "已记下", review)
    assert "3 人" in saved.text
    assert (await town.household("王老五")).members == 3


async def test_a_change_that_could_be_several_is_asked(town: Town) -> None:
    """结婚 leaves open whether somebody comes or goes."""
    me = town.person()
    await answer(me, "王老五家李桂花结婚了", "有什么变化")


async def test_lists_asked_for_in_words(town: Town) -> None:
    """Each list has its own answer; who is still to be visited is the to-do list."""
    me = town.person()
    review = await answer(me, "王老五家断水三天了", "请确认")
    await tapped(me, "保存", "已记下", review)
    await answer(me, "还有哪些没跑", "今日待办")
    await answer(me, "这个月还有哪些户没走访", "这个月还没走访")
    await answer(me, "哪些人还没交医保", "没交医保")
    await answer(me, "还有问题没解决的有哪些户", "没解决的问题")
    await answer(me, "收入下降的有哪些户", "比前一年少")
