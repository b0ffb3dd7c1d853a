"""The statistical year of the income plan: October to September.

Months are written `YYYY-MM`; a window is a pair of days, both inclusive.
"""

from datetime import date, timedelta

FIRST_MONTH = 10
"""Statistical year Y begins on 1 October of Y−1 and ends on 30 September of Y."""

Window = tuple[date, date]


def stat_year(day: date) -> int:
    """The statistical year to which `day` belongs."""
    return day.year + (day.month >= FIRST_MONTH)


def window(year: int) -> Window:
    """First and last day of the statistical year."""
    return date(year - 1, FIRST_MONTH, 1), date(year, FIRST_MONTH, 1) - timedelta(days=1)


def month_of(day: date) -> str:
    """The month of a day: 2024-03."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of a month; ValueError when the text is not `YYYY-MM`."""
    return date.fromisoformat(month + "-01")


def shift_month(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative)."""
    day = first_day(month)
    years, index = divmod(day.year * 12 + day.month - 1 + by, 12)
    return f"{years:04d}-{index + 1:02d}"


def months(year: int) -> tuple[str, ...]:
    """The twelve months of the statistical year, October first."""
    start = month_of(window(year)[0])
    return tuple(shift_month(start, index) for index in range(12))


def year_of_month(month: str) -> int:
    """The statistical year to which a month belongs."""
    return stat_year(first_day(month))


def quarter(day: date) -> int:
    """Quarter of the statistical year, 1 (October to December) to 4."""
    return (day.month - FIRST_MONTH) % 12 // 3 + 1


def is_closed(year: int, today: date) -> bool:
    """Whether the statistical year is over on `today`."""
    return window(year)[1] < today


def is_future(year: int, today: date) -> bool:
    """Whether the statistical year has not begun on `today`."""
    return today < window(year)[0]


def last_closed(today: date) -> int:
    """The newest statistical year that is over."""
    return stat_year(today) - 1


def counting_day(year: int, today: date) -> date:
    """The day on which members are counted: the last of the window, today while it runs."""
    return min(window(year)[1], today)


def days_left(year: int, today: date) -> int:
    """Days from `today` to the last day of the year; 0 once it is over."""
    return max(0, (window(year)[1] - today).days)


def rolling_window(today: date) -> Window:
    """The last twelve full months before the month of `today`."""
    start = first_day(shift_month(month_of(today), -12))
    return start, today.replace(day=1) - timedelta(days=1)


def in_window(month: str, span: Window) -> bool:
    """Whether a month lies in a window of whole months."""
    return month_of(span[0]) <= month <= month_of(span[1])
