"""Working days in China, 2022 to 2026, against the published arrangements."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import workdays

DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
MADE_UP = """
2022-01-29 2022-01-30 2022-04-02 2022-04-24 2022-05-07 2022-10-08 2022-10-09
2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
OFF = """
2022-01-03 2022-01-31 2022-02-04 2022-04-04 2022-05-04 2022-06-03 2022-09-12 2022-10-07
2023-01-02 2023-01-27 2023-04-05 2023-05-03 2023-06-23 2023-09-29 2023-10-06
2024-01-01 2024-02-16 2024-04-05 2024-05-03 2024-06-10 2024-09-16 2024-10-07
2025-01-01 2025-02-04 2025-04-04 2025-05-05 2025-06-02 2025-10-08
2026-01-02 2026-02-16 2026-02-23 2026-04-06 2026-05-05 2026-06-19 2026-09-25 2026-10-07
"""


@pytest.mark.parametrize("written", MADE_UP.split())
def test_make_up_days_on_weekends_are_worked(written: str) -> None:
    day = date.fromisoformat(written)
    assert day.weekday() >= 5
    assert workdays.is_workday(day)


@pytest.mark.parametrize("written", OFF.split())
def test_days_off_on_weekdays_are_not_worked(written: str) -> None:
    day = date.fromisoformat(written)
    assert day.weekday() < 5
    assert not workdays.is_workday(day)


@given(DAYS)
def test_no_other_weekend_day_is_worked(day: date) -> None:
    if day.weekday() >= 5:
        assert workdays.is_workday(day) == (day.isoformat() in MADE_UP)


def test_ordinary_weekdays_and_weekends_are_what_they_look_like() -> None:
    assert workdays.is_workday(date(2024, 3, 15))
    assert not workdays.is_workday(date(2024, 3, 16))


def test_the_pack_overrides_the_calendar_by_date() -> None:
    friday, saturday = date(2024, 3, 15), date(2024, 3, 16)
    overrides = {friday: False, saturday: True}
    assert not workdays.is_workday(friday, overrides)
    assert workdays.is_workday(saturday, overrides)
    assert workdays.workday_from(friday, overrides) == saturday
    assert workdays.next_workday(date(2024, 3, 14), overrides) == saturday


def test_five_working_days_over_the_spring_festival_of_2024() -> None:
    assert workdays.add_workdays(date(2024, 2, 8), 3) == date(2024, 2, 19)
    assert workdays.workdays_between(date(2024, 2, 8), date(2024, 2, 19)) == 3


def test_zero_working_days_from_a_weekend_is_the_next_monday() -> None:
    assert workdays.add_workdays(date(2024, 3, 16), 0) == date(2024, 3, 18)
    assert workdays.add_workdays(date(2024, 3, 15), 0) == date(2024, 3, 15)


@given(DAYS, st.integers(1, 25))
def test_adding_working_days_passes_exactly_so_many_of_them(day: date, count: int) -> None:
    end = workdays.add_workdays(day, count)
    assert workdays.is_workday(end)
    assert workdays.workdays_between(day, end) == count


def test_overrides_that_leave_no_working_day_are_an_error_and_no_endless_search() -> None:
    start = date(2024, 3, 1)
    with pytest.raises(ValueError, match="no working day"):
        workdays.workday_from(start, {start + timedelta(n): False for n in range(60)})


def test_make_up_days_are_known_once_published_or_overridden() -> None:
    assert all(workdays.make_up_days_known(year) for year in range(2022, 2027))
    assert not workdays.make_up_days_known(2090)
    assert workdays.make_up_days_known(2090, {date(2090, 1, 7): True})
