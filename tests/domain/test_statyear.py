"""The statistical year runs from October to September."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import statyear

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2023, 9, 30), 2023, 4),
        (date(2023, 10, 1), 2024, 1),
        (date(2023, 12, 31), 2024, 1),
        (date(2024, 1, 1), 2024, 2),
        (date(2024, 3, 31), 2024, 2),
        (date(2024, 4, 1), 2024, 3),
        (date(2024, 9, 30), 2024, 4),
        (date(2024, 10, 1), 2025, 1),
    ],
)
def test_october_begins_the_year_and_its_first_quarter(day: date, year: int, quarter: int) -> None:
    assert (statyear.stat_year(day), statyear.quarter(day)) == (year, quarter)


def test_the_months_of_2024_are_october_2023_to_september_2024() -> None:
    months = statyear.months(2024)
    assert len(months) == 12
    assert (months[0], months[2], months[3], months[-1]) == ("2023-10", "2023-12", "2024-01", "2024-09")


@given(DAYS)
def test_every_day_lies_in_the_window_and_the_months_of_its_year(day: date) -> None:
    year = statyear.stat_year(day)
    first, last = statyear.window(year)
    assert first <= day <= last
    assert statyear.month_of(day) in statyear.months(year)
    assert statyear.year_of_month(statyear.month_of(day)) == year
    assert statyear.in_window(statyear.month_of(day), (first, last))
    assert statyear.window(year + 1)[0] == last + timedelta(1)


@given(DAYS)
def test_the_year_of_a_day_runs_and_the_one_before_is_closed(day: date) -> None:
    year = statyear.stat_year(day)
    assert not statyear.is_closed(year, day)
    assert not statyear.is_future(year, day)
    assert statyear.is_closed(statyear.last_closed(day), day)
    assert statyear.is_future(year + 1, day)
    assert statyear.counting_day(year, day) == day


def test_days_left_count_to_the_thirtieth_of_september() -> None:
    assert statyear.days_left(2024, date(2024, 3, 15)) == 199
    assert statyear.days_left(2024, date(2024, 9, 30)) == 0
    assert statyear.days_left(2023, date(2024, 3, 15)) == 0


def test_the_rolling_window_is_the_last_twelve_full_months() -> None:
    assert statyear.rolling_window(date(2024, 3, 15)) == (date(2023, 3, 1), date(2024, 2, 29))
    assert statyear.rolling_window(date(2024, 1, 1)) == (date(2023, 1, 1), date(2023, 12, 31))


@given(st.integers(2000, 2090), st.integers(1, 12), st.integers(-60, 60))
def test_shifting_a_month_there_and_back_changes_nothing(year: int, month: int, by: int) -> None:
    written = f"{year:04d}-{month:02d}"
    assert statyear.shift_month(statyear.shift_month(written, by), -by) == written
