"""Days that have names: lunar days and festivals, and the latest past one of each."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate

NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {
    "十": 10,
    "正": 1,
    "冬": 11,
    "腊": 12,
}


def cn_number(word: str) -> int:
    """A day or month number up to 39 as written: 28, 二十八, 廿八, 三十; 0 when it is none."""
    if word.isdigit():
        return int(word)
    word = word.replace("廿", "二十").replace("卅", "三十").replace("二十十", "二十")
    if "十" not in word:
        return NUMBERS.get(word, 0) if len(word) == 1 else 0
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (NUMBERS.get(tens, 0) if tens else 1) * 10 + (NUMBERS.get(ones, 0) if ones else 0)


def solar(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # a message full of lunar days asks for the same ones
def lunar(year: int, month: int, day: int) -> date | None:
    """A day of the lunar calendar (never of a leap month) as a civil date."""
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except (ValueError, AttributeError, OverflowError, IndexError):
        return _last_of_lunar(year, month) if day == 30 else None
    return found


def _last_of_lunar(year: int, month: int) -> date | None:
    try:
        found: date = LunarDate(year, month, 29).to_solar_date()
    except (ValueError, AttributeError, OverflowError, IndexError):
        return None
    return found


@lru_cache(maxsize=64)
def lunar_year(today: date) -> int:
    """The lunar year that `today` lies in."""
    try:
        year: int = LunarDate.from_solar_date(today.year, today.month, today.day).year
    except (ValueError, IndexError, OverflowError):
        return today.year
    return year


def latest(today: date, days: Iterator[date | None]) -> date | None:
    """The latest of `days` that is not after `today`."""
    return max((day for day in days if day is not None and day <= today), default=None)


def latest_solar(today: date, month: int, day: int, year: int | None = None) -> date | None:
    """A month and day without a year: the latest one not in the future; with a year: that one."""
    if year is not None:
        return solar(year, month, day)
    return latest(today, (solar(today.year - back, month, day) for back in range(5)))


def latest_lunar(today: date, month: int, day: int, year: int | None = None) -> date | None:
    """A lunar month and day: the latest one not in the future, or that of the lunar year given."""
    if year is not None:
        return lunar(year, month, day)
    this = lunar_year(today)
    return latest(today, (lunar(this - back, month, day) for back in range(3)))


@lru_cache(maxsize=256)
def latest_lunar_day(today: date, day: int) -> date | None:
    """初八 without a month: the latest eighth day of any lunar month."""
    this = lunar_year(today)
    return latest(today, (lunar(year, month, day) for year in (this, this - 1) for month in range(1, 13)))


def latest_day_of_month(today: date, day: int) -> date | None:
    """10号 without a month: the latest tenth."""
    first = today.replace(day=1)
    found: list[date | None] = []
    for _ in range(3):
        found.append(solar(first.year, first.month, day))
        first = (first - timedelta(days=1)).replace(day=1)
    return latest(today, iter(found))


def previous_month(today: date, back: int) -> tuple[int, int]:
    """Year and month so many months before that of `today`."""
    months = today.year * 12 + today.month - 1 - back
    return months // 12, months % 12 + 1


def _term(factor: float) -> Callable[[int], int]:
    """Day of a solar term in a year of this century, by the usual approximation."""
    return lambda year: int((year % 100) * 0.2422 + factor) - (year % 100) // 4


TERMS = {  # month and factor; 清明 and 冬至 are feasts
    "小寒": (1, 5.4055),
    "大寒": (1, 20.12),
    "立春": (2, 3.87),
    "惊蛰": (3, 5.63),
    "春分": (3, 20.646),
    "谷雨": (4, 20.1),
    "立夏": (5, 5.52),
    "小满": (5, 21.04),
    "芒种": (6, 5.678),
    "夏至": (6, 21.37),
    "小暑": (7, 7.108),
    "大暑": (7, 22.83),
    "立秋": (8, 7.5),
    "处暑": (8, 23.13),
    "白露": (9, 7.646),
    "秋分": (9, 23.042),
    "寒露": (10, 8.318),
    "霜降": (10, 23.438),
    "立冬": (11, 7.438),
}
"""Solar terms; 雨水, 小雪 and 大雪 are the weather's too and are left out."""


def term_day(name: str, today: date, year: int | None = None) -> date | None:
    """The latest past day of a solar term, or that of a civil year."""
    month, factor = TERMS[name]
    years = [year] if year is not None else [today.year, today.year - 1]
    return latest(today, (solar(each, month, _solar_term(each, month, factor)) for each in years))


def _solar_term(year: int, month: int, factor: float) -> int:
    """January and February count the leap days of the years before."""
    past = year % 100 - (1 if month <= _FEBRUARY else 0)
    return int((year % 100) * 0.2422 + factor) - past // 4


_FEBRUARY = 2
_QINGMING, _WINTER = _term(4.81), _term(21.94)

SOLAR_FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
}
LUNAR_FEASTS = {
    "元宵": (1, 15),
    "端午": (5, 5),
    "端阳": (5, 5),
    "火把节": (6, 24),
    "七夕": (7, 7),
    "七月半": (7, 15),
    "中元": (7, 15),
    "中秋": (8, 15),
    "八月十五": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "除夕": (12, 30),
    "大年三十": (12, 30),
    "年三十": (12, 30),
    "大年夜": (12, 30),
}


def feast(name: str, today: date, year: int | None = None) -> date | None:
    """The latest past day of a festival, or that of a civil year."""
    if name in SOLAR_FEASTS:
        return latest_solar(today, *SOLAR_FEASTS[name], year)
    if name in LUNAR_FEASTS:
        return latest_lunar(today, *LUNAR_FEASTS[name], year)
    month, term = (4, _QINGMING) if name.startswith("清明") else (12, _WINTER)
    years = [year] if year is not None else [today.year, today.year - 1]
    return latest(today, (solar(each, month, term(each)) for each in years))
