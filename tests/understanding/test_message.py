"""Whole messages: households, doubts, lists, corrections, and texts that nobody should have sent."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind
from bot.understanding import ASK_ORDER, Intent, Reading, as_json, understand
from tests.understanding.pack import lexicon, roster

TODAY = date(2024, 3, 15)


def read(text: str) -> Reading:
    return understand(text, TODAY, roster(), lexicon())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("今天去王老五家,都好", "H1"),
        ("老五家都好,今天去的", "H1"),
        ("今天走访王小明家", "H1"),
        ("5组赵家今天去了", "H2"),
        ("今天去赵家", "H2"),
        ("三组李红英家今天去了,都好", "H3"),
        ("五组李红英家今天去了,都好", "H4"),
        ("李红英家今天去了,周建华在家,都好", "H3"),
        ("今天去英子家", "H4"),
        ("海涛卖鸡得300", "H5"),
        ("今天走访王老武家", "H1"),
        ("今天走访杨闻学家,正常", "H5"),
        ("老赵卖羊得3000", "H2"),
        ("一组杨家卖猪得3000", "H6"),
    ],
)
def test_household_is_found(text: str, key: str) -> None:
    """Heads, members, nicknames, groups, given names and names typed by sound lead to one household."""
    assert read(text).household_key == key


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("今天去李红英家,都好", ("李红英@三组", "李红英@第五村民小组")),
        ("老杨卖鸡得300", ("杨文学", "杨发财")),
        ("今天去孔祥福家,都好", ()),
        ("今天去了,都好", ()),
    ],
)
def test_unclear_household_is_asked(text: str, candidates: tuple[str, ...]) -> None:
    """Several, or none that the roster knows: null, with whom it could be."""
    reading = read(text)
    assert (reading.household, reading.candidates, "household" in reading.ask) == (None, candidates, True)


def test_problem_keeps_the_words() -> None:
    """A problem carries what the person wrote."""
    reading = read("今天去王老五家,东墙裂了,水没问题")
    assert reading.checks == {Check.HOUSING: CheckState.PROBLEM, Check.WATER: CheckState.OK}
    assert reading.problem_notes == {Check.HOUSING: "东墙裂了"}
    assert reading.note == "东墙裂了"


def test_nobody_home_is_a_try() -> None:
    """No one there and no phone call that got through."""
    assert read("今天去王老五家,门锁着没人").tried
    assert not read("今天去王老五家没人,打电话问的,都好").tried
    assert read("今天去王老五家没人,打电话问的,都好").mode is Mode.PHONE


def test_visit_and_money_make_one_reading() -> None:
    """A visit's day gives the entry no month."""
    reading = read("昨天去王老五家,儿子打工挣了三千五,水没问题")
    assert reading.visited_on == date(2024, 3, 14)
    assert [(entry.kind, entry.amount_fen, entry.month) for entry in reading.entries] == [(Kind.WAGE, 350000, None)]


def test_item_and_member_are_named() -> None:
    """An entry knows its item of the pack and the member who is named."""
    entry = read("王小明上个月工资3800").entries[0]
    assert (entry.item, entry.member, entry.month) == ("工资", "王小明", "2024-02")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("待办", "todo"),
        ("逾期的有哪些户", "overdue"),
        ("万元以下有哪些", "below_10000"),
        ("哪些人还没交医保", "uninsured"),
        ("还有哪些没跑", "todo"),
        ("还有几户没走", "todo"),
        ("这个月还有哪些没跑", "unvisited"),
        ("3月份没走访的有哪些户", "unvisited"),
    ],
)
def test_list_is_named(text: str, name: str) -> None:
    """A list says which one."""
    reading = read(text)
    assert (reading.intent, reading.list) == (Intent.LIST, name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("王老五卖了两头猪,多少钱没说", Kind.BUSINESS),
        ("王小明发工资了数不知道", Kind.WAGE),
        ("王老五家低保到账了,具体数没问", Kind.TRANSFER),
        ("李桂花住院花了不少钱", Kind.RIGID),
        ("王老五买化肥花了些钱", Kind.BUSINESS_COST),
        ("王老五家有一笔钱进来,多少没说", None),
    ],
)
def test_money_without_an_amount_tells_its_kind(text: str, kind: Kind | None) -> None:
    """What is said of money whose amount is open: its kind, and that the amount must be asked."""
    reading = read(text)
    assert (reading.entries, reading.ask, reading.kind) == ((), ("amount",), kind)


@pytest.mark.parametrize(
    ("text", "change", "member"),
    [
        ("王小明上周病逝了", "death", "王小明"),
        ("李桂花嫁到元谋去了", "marriage_out", "李桂花"),
        ("王小明户口迁到安宁去了", "moved", "王小明"),
        ("王小明媳妇生了个女儿,取名王雨欣", "birth", "王雨欣"),
        ("王小明讨媳妇了,媳妇名字叫杨丽萍", "marriage_in", "杨丽萍"),
        ("王小明户口迁回来了", "moved_in", None),
        ("王小明结婚了", None, None),
        ("王老五家老倌上个月走了", "death", None),
    ],
)
def test_change_in_the_family_is_named(text: str, change: str | None, member: str | None) -> None:
    """What happened, and who leaves or joins, as far as the words say."""
    reading = read(text)
    assert (reading.intent, reading.change, reading.member) == (Intent.MEMBER_CHANGE, change, member)


@pytest.mark.parametrize(
    "text",
    [
        "今天十点二十去的王老五家,医保交了",
        "今天9点10分到王老五家,医保交了",
        "王老五家,下午3点半到的,4点20走的,医保交了",
        "上午十一点去的王老五家,医保交了",
        "8:40到王老五家,10:30走的,医保交了",
    ],
)
def test_hours_of_the_day_are_no_money(text: str) -> None:
    """A clock is neither money nor a day."""
    reading = read(text)
    assert (reading.entries, reading.ask, reading.visited_on) == ((), (), TODAY)


def test_correction_carries_the_right_value() -> None:
    """不是3500是5300: the new amount, the old one beside it, and nothing asked."""
    reading = read("刚才那条错了,不是3500是5300")
    assert (reading.intent, reading.entries[0].amount_fen, reading.old_amount_fen, reading.ask) == (
        Intent.CORRECT,
        530000,
        350000,
        (),
    )
    assert read("上一条不对,删掉").delete
    assert read("记错人了,是赵国才不是王老五").household_key == "H2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "收到",
        "明天去王老五家",
        "听说王老五家要卖牛",
        "医保截止到哪天",
        "王老五家明天要卖两头猪得5000",
        "打算卖牛,估计得1万",
        "👍👍",
        "<b>你好</b>",
        "12345",
    ],
)
def test_nothing_is_recorded_from_talk(text: str) -> None:
    """Greetings, questions, plans, hearsay and noise are `other`."""
    reading = read(text)
    assert reading.intent is Intent.OTHER
    assert (reading.entries, reading.visited_on, reading.checks, reading.all_ok) == ((), None, {}, False)


PIECES = st.sampled_from(
    (
        "今天 昨天 去 王老五 李红英 家 卖 得 花 一个月 3500 三千五 1万2 块 斤 亩 每 × , 。 没 水 房子 漏雨 医保 "
        "打电话 错了 是 不是 哪些 吗 月 号 初 十 百 千 万 半 几 多 《 &amp; 😀 零 0.5 / - ="
    ).split()
)


@given(st.one_of(st.text(max_size=4096), st.lists(PIECES, max_size=60).map("".join)))
@settings(deadline=None, max_examples=300)
def test_no_text_crashes_the_parser(text: str) -> None:
    """Any text gives a reading that can be printed, with doubts in their fixed order."""
    reading = read(text)
    out = as_json(reading, "1")
    assert list(out["ask"]) == [key for key in ASK_ORDER if key in out["ask"]]
    assert reading.visited_on is None or reading.visited_on <= TODAY
    assert not (reading.intent is Intent.RECORD and reading.household is None and "household" not in reading.ask)


@pytest.mark.parametrize(
    "char", ["一", "家", "1", "。", " ", "不", "没水", "卖了3头猪得", "<p>", "😀", "王老五", "每", "号"]
)
def test_long_monotony_is_no_trouble(char: str) -> None:
    """4,096 characters of one thing are read at once."""
    read((char * 4096)[:4096])
