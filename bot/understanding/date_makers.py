"""What each phrase of time means, from the match of its rule: 10号, 上周三, 腊月二十六."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum, auto

from bot.understanding.named_days import (
    cn_number,
    feast,
    latest_day_of_month,
    latest_lunar,
    latest_lunar_day,
    latest_solar,
    lunar_year,
    previous_month,
    solar,
    term_day,
)


class When(Enum):
    """How exactly a phrase says a time."""

    DAY = auto()
    MONTH = auto()
    VAGUE = auto()  # could be several days
    PLAN = auto()  # in the future
    YEAR = auto()  # only a year, or a part of it: no month
    RANGE = auto()  # several months
    CLOCK = auto()  # an hour of the day


Made = tuple[When, date | None, str | None, int]
N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
YEAR = r"(?:(?P<y>去年|前年|今年|上年|(?:19|20)\d\d年?|[2-3]\d年)(?:的)?)?"


def _year(word: str | None, today: date) -> int | None:
    if not word:
        return None
    named = {"去年": 1, "上年": 1, "前年": 2, "今年": 0}
    if word in named:
        return today.year - named[word]
    number = int(word.rstrip("年"))
    return number if number > 1000 else 2000 + number


def _day(found: date | None, today: date) -> Made | None:
    if found is None:
        return None
    when = When.DAY if found <= today else When.PLAN
    return when, found, f"{found:%Y-%m}", 0


def make_month(year: int, month: int, today: date, when: When = When.MONTH) -> Made | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    if (year, month) > (today.year, today.month):
        return When.PLAN, None, None, 0
    return when, None, f"{year:04d}-{month:02d}", 0


def make_iso(match: re.Match[str], today: date) -> Made | None:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    return _day(solar(year, int(match["m"]), int(match["d"])), today)


def make_month_day(match: re.Match[str], today: date) -> Made | None:
    month, day = cn_number(match["m"]), cn_number(match["d"])
    if not 1 <= month <= 12:
        return None
    if not re.search(r"[\d号日]", match.group()):
        return When.VAGUE, None, None, 0  # 十月十五: of which calendar?
    found = latest_solar(today, month, day, _year(match["y"], today))
    return _day(found, today) or (When.VAGUE, None, None, 0)  # 2月30号 is no day: ask


def make_past_month_day(match: re.Match[str], today: date) -> Made | None:
    back = 2 if match["m"].startswith("上上") else 1 if match["m"].startswith("上") else 0
    year, month = previous_month(today, back)
    return _day(solar(year, month, cn_number(match["d"])), today)


def make_lunar_day(match: re.Match[str], today: date) -> Made | None:
    month = cn_number(match["m"]) or {"正": 1, "冬": 11, "腊": 12}.get(match["m"], 0)
    year = _lunar_year(match["y"], today)
    day = cn_number(match["d"].removeprefix("初"))
    found = latest_lunar(today, month, day, year) if month else None
    if found is not None and found > today and year is not None:
        found = latest_lunar(today, month, day, year - 1)
    return _day(found, today)


def _lunar_year(word: str | None, today: date) -> int | None:
    if word in {"去年", "上年"}:
        return lunar_year(today) - 1
    return _year(word, today) if word and word not in {"今年", "前年"} else None


def make_first_days(match: re.Match[str], today: date) -> Made | None:
    day = cn_number(match["d"])
    if match["p"]:
        return _day(latest_lunar(today, 1, day), today)
    return _day(latest_lunar_day(today, day), today)


_RELATIVE = {"大大前": 4, "大前": 3, "上前": 3, "前": 2, "昨": 1, "今": 0, "当": 0}


def make_relative(match: re.Match[str], today: date) -> Made | None:
    back = _RELATIVE.get(match["r"] or "今", 0)
    return _day(today - timedelta(days=back), today)


def make_ago(match: re.Match[str], today: date) -> Made | None:
    word = match["n"].replace("两", "二")
    number = cn_number(word)
    if not number or number > 99:
        return When.VAGUE, None, None, 0
    return _day(today - timedelta(days=number), today)


def make_weekday(match: re.Match[str], today: date) -> Made | None:
    prefix, name = match["p"] or "", match["d"]
    if prefix.startswith("下"):
        return When.PLAN, None, None, 0
    if name == "末":
        return When.VAGUE, None, None, 0
    index = "一二三四五六日天".find(name) if not name.isdigit() else int(name) - 1
    index = 6 if name == "天" else index
    monday = today - timedelta(days=today.weekday())
    found = monday + timedelta(days=index) - timedelta(weeks=len(re.findall("上", prefix)))
    if not prefix and found > today:
        found -= timedelta(weeks=1)
    return _day(found, today)


def make_bare_week(match: re.Match[str], today: date) -> Made | None:
    if match["p"].startswith("下"):
        return When.PLAN, None, None, 0
    monday = today - timedelta(days=today.weekday()) - timedelta(weeks=len(re.findall("上", match["p"])))
    last = min(monday + timedelta(days=6), today)
    month = f"{monday:%Y-%m}" if monday.month == last.month else None
    return When.VAGUE, None, month, 0


def make_feast(match: re.Match[str], today: date) -> Made | None:
    found = feast(match["f"], today, _year(match["y"], today))
    if match["v"]:
        month = f"{found:%Y-%m}" if found and match["f"] in {"国庆", "十一"} else None
        return When.VAGUE, None, month, 0
    return _day(found, today)


def make_term(match: re.Match[str], today: date) -> Made | None:
    if match["v"]:
        return When.VAGUE, None, None, 0
    return _day(term_day(match["f"], today, _year(match["y"], today)), today)


def make_day_number(match: re.Match[str], today: date) -> Made | None:
    if match["dead"]:
        return When.PLAN, None, None, 0
    return _day(latest_day_of_month(today, cn_number(match["d"])), today)


def make_numeric(match: re.Match[str], today: date) -> Made | None:
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _day(latest_solar(today, month, day), today)


def make_named_month(match: re.Match[str], today: date) -> Made | None:
    month, year = cn_number(match["m"]), _year(match["y"], today)
    if not 1 <= month <= 12:
        return None
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    return make_month(year, month, today, When.VAGUE if match["v"] else When.MONTH)


def make_relative_month(match: re.Match[str], today: date) -> Made | None:
    word = match["m"]
    if word.startswith("下"):
        return When.PLAN, None, None, 0
    back = 2 if word.startswith(("上上", "大上")) else 1 if word.startswith("上") else 0
    return make_month(*previous_month(today, back), today, When.VAGUE if match["v"] else When.MONTH)


def make_lunar_month(match: re.Match[str], today: date) -> Made | None:
    """A lunar month lies in two civil ones: the one that has its fifteenth day."""
    found = latest_lunar(today, {"正": 1, "冬": 11, "腊": 12}[match["m"]], 15, _lunar_year(match["y"], today))
    return make_month(found.year, found.month, today) if found else None


def make_range(match: re.Match[str], _today: date) -> Made | None:
    first, last = cn_number(match["a"]), cn_number(match["b"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return When.RANGE, None, None, (last - first) % 12 + 1


def make_year(match: re.Match[str], today: date) -> Made | None:
    """A year or a part of it; 12 months where it is over, so that no entry of it belongs to the present month."""
    word = match.group()
    over = word[0] in "去前往常历" or word.startswith("上年") or (word[:4].isdigit() and int(word[:4]) < today.year)
    return When.YEAR, None, None, 12 if over else 0


def make_fixed(when: When) -> Callable[[re.Match[str], date], Made | None]:
    return lambda _match, _today: (when, None, None, 0)


def make_early(match: re.Match[str], today: date) -> Made | None:
    return (
        make_month(today.year, today.month, today, When.VAGUE)
        if match.group() in {"月初", "月头", "月中"}
        else (When.VAGUE, None, None, 0)
    )
