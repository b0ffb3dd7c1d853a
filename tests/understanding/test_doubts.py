"""What looks like money and is none, or is open: nothing wrong is saved without a question."""

from datetime import date

import pytest

from bot.understanding import Intent, Reading, understand
from tests.understanding.pack import lexicon, roster

TODAY = date(2024, 3, 15)


def read(text: str) -> Reading:
    """A message of 15 March 2024 over the small roster."""
    return understand(text, TODAY, roster(), lexicon())


@pytest.mark.parametrize(
    "text",
    [
        "王老五家牛卖价8000没舍得卖",
        "王老五家牛有人出8000他不卖",
        "王老五家补贴还没到账,说是有1200",
        "王老五家低保被停了,原来一个月430",
        "今天去王老五家,学费还差一千二没交上",
        "王小明打工工资被拖欠8000",
    ],
)
def test_money_that_has_not_moved_is_no_entry(text: str) -> None:
    """Offers, promises, arrears and what was paid before are left out."""
    assert read(text).entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "王老五家今年烤烟比去年多卖了5000",
        "王小明工资从3000涨到3500",
        "王老五家土地流转5亩,一亩800,只给了一半",
        "王老五家卖苞谷两千斤",
        "王老五家核桃8块30斤",
        "王小明打工日薪200一个月干26天做了3个月",
        "王小明打工一天200,1月干了20天2月干了25天",
    ],
)
def test_sums_that_are_not_the_amount_are_asked(text: str) -> None:
    """Differences, rates and part payments are no totals."""
    reading = read(text)
    assert (reading.intent, reading.entries, reading.ask) == (Intent.RECORD, (), ("amount",))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("王老五看病花了3000,能报2000还没报", [300000]),
        ("王老五家卖了牛8000,还没卖猪", [800000]),
        ("王老五住院花了一万三千多,报了八千六,自己出了四千多点", [1300000, 860000]),
        ("王老五家养老金每月165元,2人,3月共计领取330元", [33000]),
        ("王老五家土地流转收入3600元(4亩×900元/亩)", [360000]),
        ("王老五家烤烟卖了3万,肥料5000,请工800,还剩24200", [3000000, 500000, 80000]),
        ("王小明月薪4k5 干了仨月", [1350000]),
        ("王老五卖猪得1点2万", [1200000]),
        ("王老五家1月2月低保各430", [43000, 43000]),
        ("王老五家卖猪得2000种菜得3000", [200000, 300000]),
        ("王老五家卖菜收入300,车费20", [30000, 2000]),
        ("王老五卖鸡10只,每只3斤,一斤25", [75000]),
        ("王小明工资4500扣掉社保到手4100", [410000]),
        ("王小明1月工资4500,2月只拿了3200", [450000, 320000]),
        ("王老五家烤烟交了两回,一共21000,头回12000", [2100000]),
    ],
)
def test_one_sum_is_counted_once(text: str, amounts: list[int]) -> None:
    """What is said twice, as parts and as a whole, is one entry."""
    reading = read(text)
    assert ([entry.amount_fen for entry in reading.entries], reading.ask) == (amounts, ())


@pytest.mark.parametrize(
    "text",
    [
        "王小明在县城租房子一个月600",
        "王老五家水费120",
        "王小明打工一个月3500,做了半年,寄回来1万",
        "王老五给儿子500",
    ],
)
def test_what_a_household_lives_on_is_asked(text: str) -> None:
    """Rent, water, and money between relatives have no kind of their own."""
    assert "direction" in read(text).ask


def test_a_year_that_is_over_leaves_the_month_open() -> None:
    """去年 is no month of this year, 今年 may stand as the present one."""
    earlier, now = read("王老五家核桃去年卖3000今年卖了1200").entries
    assert (earlier.earlier, earlier.month, now.earlier) == (True, None, False)


@pytest.mark.parametrize("text", ["王老五家收入不太好,其他都好", "今天去王老五家,水不太够,别的都正常"])
def test_a_mild_word_is_still_a_problem(text: str) -> None:
    """不太好 is no all-clear, whatever is said of the rest."""
    reading = read(text)
    assert (reading.all_ok, len(reading.checks), len(reading.problem_notes)) == (False, 1, 1)
