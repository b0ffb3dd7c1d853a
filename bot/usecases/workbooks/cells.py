"""One raw cell to one value: each reader returns the value, None for a blank, or `Wrong` with what is expected."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from bot.domain import spelling, wellformed
from bot.domain.limits import ALIASES, CELLS
from bot.domain.workbooks import words

Raw = int | float | str | bool | date | datetime | time | timedelta
EXACT_DIGITS = 15
"""Spreadsheets keep fifteen significant digits of a number; a longer one has lost its end."""
LARGEST_FEN = 10**13
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets, as they count from March 1900 on."""
YEARS = range(1900, 2101)
"""Years of a day; others are slips, and no spreadsheet shows them."""
LEDGER_YEARS = range(2000, 2101)
_EXPONENT = re.compile(r"\d(?:\.\d{0,20})?[Ee]\+?\d{1,3}")
"""How a spreadsheet shows a long number that it has cut."""
_CUT_MONTH = re.compile(r"(\d{4})\.1")
DAY_NUMBERS = range(14_611, 73_051)
"""Days of 1940 to 2099 as spreadsheets number them; neither a year nor a month written in digits is among them."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read: code of the text that says what is expected, with its variables."""

    code: str
    details: tuple[tuple[str, str], ...] = ()


Reader = Callable[[Raw], object]


def wrong(code: str, **details: str) -> Wrong:
    """Shorthand for a `Wrong` with details."""
    return Wrong(code, tuple(details.items()))


def too_long(key: str, value: object) -> Wrong | None:
    """What is wrong with a text that is longer than its column takes, or with too many of them."""
    texts, most = value if isinstance(value, tuple) else (value,), CELLS.get(key)
    longest = max((len(each) for each in texts if isinstance(each, str)), default=0)
    if most is not None and longest > most:
        return wrong("too-long", length=f"{longest:,}", most=f"{most:,}")
    return wrong("too-many", count=f"{len(texts):,}", most=str(ALIASES)) if len(texts) > ALIASES else None


def as_text(raw: Raw) -> str:
    """What the cell shows: whole numbers without a decimal point, on one line, well-formed."""
    if isinstance(raw, bool):
        return words.YES if raw else words.NO
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e21 else f"{raw:.15g}"
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return wellformed.line(str(raw))


def text(raw: Raw) -> str | None:
    """Ordinary text; blank is None."""
    return as_text(raw) or None


def name(raw: Raw) -> str | None:
    """A person's or a village's name in the one way of writing it; None for 无."""
    found = spelling.written(as_text(raw))
    return found if found and not words.nothing(found) else None


def _digits(raw: Raw) -> str | Wrong:
    text = unicodedata.normalize("NFKC", as_text(raw))
    number = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 10**EXACT_DIGITS
    return wrong("precision") if number or _EXPONENT.fullmatch(text) else text


def code(raw: Raw) -> str | Wrong | None:
    """A household code; a number longer than fifteen digits is refused, its last digits being lost."""
    found = _digits(raw)
    return found or None


def id_number(raw: Raw) -> str | Wrong | None:
    """An ID number as text, letters large; None for 0 and without any digit; checksums are for others."""
    found = _digits(raw)
    if isinstance(found, Wrong):
        return found
    bare = re.sub(r"[\s'‘’`-]+", "", found).upper()
    return bare if re.search(r"\d", bare) and bare != "0" else None  # 无, 不详


def phone(raw: Raw) -> str | Wrong | None:
    """A phone number: digits, a leading + allowed; the first of several. Nothing for 无, / and 0."""
    found = _digits(raw)
    if isinstance(found, Wrong):
        return found
    if words.nothing(found) or re.fullmatch(r"(?:[无没不未][^\d]{0,20}|[0\s-]*)", found):
        return None
    first = re.split(r"[,、;/]|或", re.sub(r"\([^()\d]{0,20}\)", "", found))[0]
    bare = re.sub(r"[\s().-]+", "", first)
    good = re.fullmatch(r"\+?\d{7,15}", bare)
    return bare if good else wrong("phone", digits=str(sum(sign.isdecimal() for sign in first)))


def alias(raw: Raw) -> tuple[str, ...]:
    """Other names, separated by blanks, commas, strokes; none for 无."""
    parts = re.split(r"[\s,、;/]+", unicodedata.normalize("NFKC", as_text(raw)))
    return tuple(spelling.written(part) for part in parts if part and not words.nothing(part))


def flag(raw: Raw) -> bool | Wrong | None:
    """是 or 否 in any usual way."""
    found = as_text(raw)
    if not found:
        return None
    value = words.flag(found)
    return wrong("flag") if value is None else value


def whole(lowest: int, highest: int) -> Reader:
    """A reader of whole numbers within both bounds; a unit such as 个月 or 人 behind is forgiven."""

    def read(raw: Raw) -> int | Wrong | None:
        found = as_text(raw)
        if not found or words.nothing(found):
            return None
        bare = re.sub(r"[,\s]|个?月$|人$|年度?$", "", unicodedata.normalize("NFKC", found))
        good = re.fullmatch(r"\d{1,9}", bare) and lowest <= int(bare) <= highest
        return int(bare) if good else wrong("whole", lowest=str(lowest), highest=str(highest))

    return read


def fen(raw: Raw) -> int | Wrong | None:
    """An amount in yuan, number or text (`3,500元`), as fen; more than two decimals are refused."""
    found = as_text(raw)
    if not found or words.nothing(found):
        return None
    bare = re.sub(r"[,\s]|^[¥¥]|元$", "", unicodedata.normalize("NFKC", found))
    try:
        exact = Decimal(bare) * 100
    except InvalidOperation:
        return wrong("amount")
    if not exact.is_finite() or abs(exact) > LARGEST_FEN:
        return wrong("amount")
    return int(exact) if exact == exact.to_integral_value() else wrong("decimals")


def _dated(raw: Raw) -> str | date | Wrong:
    """A number of days since 1900 as its date: date formats of Chinese spreadsheets are not told apart from numbers.

    `Wrong` for the number 2024.1, which may have been typed as 2024.10: a spreadsheet drops the last zero of a number.
    """
    if isinstance(raw, date):
        return raw
    text = unicodedata.normalize("NFKC", as_text(raw))
    cut = _CUT_MONTH.fullmatch(text)
    if isinstance(raw, float) and cut:
        return wrong("month-cut", year=cut[1])
    days = re.fullmatch(r"(\d{5})(?:\.\d{1,15})?", text)
    return FIRST_DAY + timedelta(days=int(days[1])) if days and int(days[1]) in DAY_NUMBERS else text


def month(raw: Raw) -> str | Wrong | None:
    """A month as `2024-02`, from `2024-02`, `2024年2月`, `202402`, `2024/2`, `2024.2` or a date."""
    found = _dated(raw)
    if isinstance(found, Wrong):
        return found
    if not found or words.nothing(str(found)):
        return None
    parts = re.fullmatch(r"(\d{4})(?:[-/.年]\s*(\d{1,2})|(\d\d))(?:月份?)?(?:[-/.]\d{1,2})?", str(found))
    if isinstance(found, date):
        year, number = found.year, found.month
    else:
        year, number = (int(parts[1]), int(parts[2] or parts[3])) if parts else (0, 0)
    if not 1 <= number <= 12:
        return wrong("month")
    return f"{year:04d}-{number:02d}" if year in LEDGER_YEARS else _outside(LEDGER_YEARS)


def day(raw: Raw) -> date | Wrong | None:
    """A calendar day from a date or from `2022-03-15`, `2022年3月15日`, `20220315`; a month alone is its first day."""
    found = _dated(raw)
    if isinstance(found, Wrong):
        return found
    if not found or words.nothing(str(found)):
        return None
    if isinstance(found, datetime):
        found = found.date()
    elif not isinstance(found, date):
        parts = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})?)?日?", str(found))
        try:
            found = date(int(parts[1]), int(parts[2]), int(parts[3] or 1)) if parts else wrong("day")
        except ValueError:
            return wrong("day")
    return found if isinstance(found, Wrong) or found.year in YEARS else _outside(YEARS)


def _outside(years: range) -> Wrong:
    return wrong("year", first=str(years.start), last=str(years.stop - 1))


def word(lookup: Callable[[str], object], expected: tuple[str, ...]) -> Reader:
    """A reader of words of a list; `expected` is what the problem line names."""

    def read(raw: Raw) -> object:
        found = as_text(raw)
        if not found:
            return None
        value = lookup(found)
        if value is None and words.nothing(found):
            return None
        return wrong("list", list="、".join(expected)) if value is None else value

    return read
