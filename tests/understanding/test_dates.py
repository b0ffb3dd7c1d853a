"""Days and months as people write them, seen from a Friday, 15 March 2024."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.typed_days import parse_day, parse_month

TODAY = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", "2024-03-15"),
        ("昨天", "2024-03-14"),
        ("昨晚", "2024-03-14"),
        ("前天", "2024-03-13"),
        ("大前天", "2024-03-12"),
        ("三天前", "2024-03-12"),
        ("上周三", "2024-03-06"),
        ("上个星期天", "2024-03-10"),
        ("周二", "2024-03-12"),
        ("周六", "2024-03-09"),
        ("10号", "2024-03-10"),
        ("20号", "2024-02-20"),
        ("31号", "2024-01-31"),
        ("3月14日", "2024-03-14"),
        ("3月20号", "2023-03-20"),
        ("2024-03-14", "2024-03-14"),
        ("20240314", "2024-03-14"),
        ("3.14", "2024-03-14"),
        ("3/14", "2024-03-14"),
        ("去年12月30号", "2023-12-30"),
        ("上个月28号", "2024-02-28"),
        ("初八", "2024-02-17"),
        ("正月十五", "2024-02-24"),
        ("腊月二十六", "2024-02-05"),
        ("除夕", "2024-02-09"),
        ("国庆那天", "2023-10-01"),
        ("元旦", "2024-01-01"),
        ("清明", "2023-04-05"),
        ("中秋", "2023-09-29"),
        ("十二月二十五号", "2023-12-25"),
    ],
)
def test_day_is_read(text: str, day: str) -> None:
    """A day without a year is the latest one not in the future; 初八 is lunar; weeks begin on Monday."""
    assert parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "前几天",
        "月初",
        "月底",
        "上个月底",
        "上周",
        "周末",
        "国庆期间",
        "过年的时候",
        "明天",
        "下周三",
        "2024-12-01",
        "2月30号",
        "三千五",
        "哪天",
    ],
)
def test_unclear_or_future_day_is_none(text: str) -> None:
    """What could be several days, or has not come yet, is None."""
    assert parse_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2月", "2024-02"),
        ("上个月", "2024-02"),
        ("这个月", "2024-03"),
        ("2024年2月", "2024-02"),
        ("去年腊月", "2024-01"),
        ("12月份", "2023-12"),
        ("十一月", "2023-11"),
        ("2023-11", "2023-11"),
        ("3", "2024-03"),
        ("上上个月", "2024-01"),
        ("去年9月", "2023-09"),
    ],
)
def test_month_is_read(text: str, month: str) -> None:
    """A month without a year is the latest one not in the future."""
    assert parse_month(text, TODAY) == month


@pytest.mark.parametrize("text", ["", "下个月", "2024年12月", "13", "去年", "随便"])
def test_unclear_or_future_month_is_none(text: str) -> None:
    """No month, several, or one to come: None."""
    assert parse_month(text, TODAY) is None


@given(st.text(max_size=60), st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1)))
def test_no_day_is_in_the_future(text: str, today: date) -> None:
    """Whatever the text, never a crash and never a day to come."""
    day, month = parse_day(text, today), parse_month(text, today)
    assert day is None or day <= today
    assert month is None or month <= f"{today:%Y-%m}"


@given(st.dates(min_value=date(2005, 1, 1), max_value=date(2040, 1, 1)), st.integers(0, 330))
def test_month_and_day_read_back(today: date, back: int) -> None:
    """Any day of the past year, written as 3月14日, is that day."""
    day = date.fromordinal(today.toordinal() - back)
    if (day.month, day.day) != (2, 29):
        assert parse_day(f"{day.month}月{day.day}日", today) == day


@pytest.mark.parametrize("parse", [parse_day, parse_month])
def test_a_long_text_is_no_answer(parse: Callable[[str, date], object]) -> None:
    """Answers are read where they are stored, so their length is limited."""
    assert parse("昨天", TODAY) is not None or parse("2月", TODAY) is not None
    assert parse("2024-03-08 " * 8, TODAY) is None
