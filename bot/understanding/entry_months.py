"""Which phrase of time an amount belongs to: in front of it, in brackets behind it, or several months that share it."""

import re
from bisect import bisect_left, bisect_right

from bot.understanding.amounts import Sum
from bot.understanding.dates import DateToken, When

_OF_EACH = re.compile(r"(?:各|都|均|每个?月)(?:是|为|有|领|发|得|了|拿)*$")
_MONTHS = 11  # named before the last one of a year
_JOINED = re.compile(r"[ 、,和跟与]?")
_ALL_OF = re.compile(r"都是$|全是$")
_GAP = re.compile(r"(?:块钱?|元|钱)?[, ][^,。;!?\n\d没]{0,6}")
_CAME = re.compile(r"(?:份|才|刚|就|都|也){0,3}(?:到账|到手|领|拿|发|打|收到|到的|下来|结)(?!不)")
_BRACKET = re.compile(r"(?:块钱?|元|钱)? ?[(]")


def when_of(text: str, each: Sum, dates: list[DateToken], stop: int) -> DateToken | None:
    """The time said in front, however far, or right behind the amount."""
    behind = bisect_left(dates, each.end, key=lambda token: token.start)
    reached = bisect_left(dates, each.reach, key=lambda token: token.start)
    inside = next((token for token in dates[behind:reached] if token.month), None)
    if inside is not None:
        return inside
    bracketed = dates[behind] if behind < len(dates) else None
    if bracketed is not None and bracketed.month and _BRACKET.fullmatch(text, each.end, bracketed.start):
        return bracketed
    before = bisect_right(dates, each.start, key=lambda token: token.end)
    if before:
        return dates[before - 1]
    broken = re.search(r"[,。;!?\n]", text[each.end : stop])
    limit = max(each.end + broken.start() if broken else stop, each.reach)
    after = dates[behind] if behind < len(dates) else None
    return after if after is not None and (after.start < limit or _told_behind(text, each, after)) else None


def _told_behind(text: str, each: Sum, token: DateToken) -> bool:
    """补助1500元,3月份到账; 低保:430和610,都是上个月的."""
    gap, tail = text[each.end : token.start], text[token.end : token.end + 8]
    if _ALL_OF.search(gap) and tail.startswith("的"):
        return True
    return _GAP.fullmatch(gap) is not None and _CAME.match(tail) is not None


def months_before(text: str, each: Sum, dates: list[DateToken], when: DateToken | None) -> list[DateToken]:
    """3月4月低保各430 is 430 of each month: the months named right before the last one."""
    if when is None or not _OF_EACH.search(text[max(0, each.start - 8) : each.start]):
        return []
    found: list[DateToken] = []
    at = bisect_left(dates, when.start, key=lambda token: token.start)
    while at > 0 and len(found) < _MONTHS and _joined(text, dates[at - 1], dates[at]):
        at -= 1
        found.append(dates[at])
    return found[::-1]


def _joined(text: str, month: DateToken, other: DateToken) -> bool:
    return month.when is When.MONTH and _JOINED.fullmatch(text, month.end, other.start) is not None
