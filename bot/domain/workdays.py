"""Working days in China: weekends, public holidays, make-up working days.

The calendar comes from the `holidays` library, which knows make-up days only once they are published; a pack overrides
by date. `overrides` maps a date to True (working) or False (off).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

Overrides = Mapping[date, bool]
NO_OVERRIDES: Overrides = {}
_SATURDAY = 5
_LONGEST_BREAK = 30
"""Days after which a search for a working day gives up: only a broken override table can have so long a break."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One civil year: days off on weekdays or weekends, and weekend days that are worked."""

    off: frozenset[date]
    made_up: frozenset[date]


@lru_cache(maxsize=64)
def _calendar(year: int) -> _Calendar:
    """The calendar of a civil year; the next year is read too, since its New Year may move days of December."""
    china = holidays.country_holidays("CN", years=(year, year + 1))
    made_up = frozenset(day for day in china.weekend_workdays if day.year == year)
    return _Calendar(frozenset(day for day in china if day.year == year), made_up)


def is_workday(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether offices work that day."""
    if day in overrides:
        return overrides[day]
    calendar = _calendar(day.year)
    return day in calendar.made_up or (day.weekday() < _SATURDAY and day not in calendar.off)


def workday_from(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The first working day on or after `day`; ValueError when the overrides leave none for a month."""
    for ahead in range(_LONGEST_BREAK):
        if is_workday(day + timedelta(ahead), overrides):
            return day + timedelta(ahead)
    raise ValueError(f"no working day within {_LONGEST_BREAK} days of {day}")


def next_workday(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The first working day after `day`."""
    return workday_from(day + timedelta(1), overrides)


def add_workdays(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """The `count`-th working day after `day`; with 0, the first working day on or after it."""
    if count <= 0:
        return workday_from(day, overrides)
    for _ in range(count):
        day = next_workday(day, overrides)
    return day


def workdays_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_workday(start + timedelta(n), overrides) for n in range(1, (end - start).days + 1))


def make_up_days_known(year: int, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the make-up days of a civil year are known: to the library, or by any override of that year."""
    return bool(_calendar(year).made_up) or any(day.year == year for day in overrides)
