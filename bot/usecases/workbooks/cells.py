"""One raw cell to one value: each reader returns the value, None for a blank, or `Wrong` with what is expected."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from bot.domain import wellformed
from bot.domain.limits import ALIASES, CELLS
from bot.domain.workbooks import words

Raw = int | float | str | bool | date | datetime | time | timedelta
EXACT_DIGITS = 15
"""Spreadsheets keep fifteen significant digits of a number; a longer one has lost its end."""
LARGEST_FEN = 10**13
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets, as they count from March 1900 on."""
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
    """A person's name; blanks that only spread Chinese characters (张  三) are dropped."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s{1,20}(?=[\u3400-\u9fff])", "", as_text(raw)) or None


def _digits(raw: Raw) -> str | Wrong:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 10**EXACT_DIGITS:
        return wrong("precision")
    return as_text(raw)


def code(raw: Raw) -> str | Wrong | None:
    """A household code; a number longer than fifteen digits is refused, its last digits being lost."""
    found = _digits(raw)
    return found if isinstance(found, Wrong) else unicodedata.normalize("NFKC", found) or None


def id_number(raw: Raw) -> str | Wrong | None:
    """An ID number as text, letters large; None without any digit, `Wrong` as for `code`; checksums are for others."""
    found = _digits(raw)
    if isinstance(found, Wrong):
        return found
    bare = re.sub(r"[\s'‘’`-]+", "", unicodedata.normalize("NFKC", found)).upper()
    return bare if re.search(r"\d", bare) else None  # 无, 不详


def phone(raw: Raw) -> str | Wrong | None:
    """A phone number: digits, a leading + allowed; the first of several."""
    found = _digits(raw)
    if isinstance(found, Wrong) or not found:
        return found or None
    first = re.split(r"[,、;/]", unicodedata.normalize("NFKC", found))[0]
    bare = re.sub(r"[\s()-]+", "", first)
    return bare if re.fullmatch(r"\+?\d{7,15}", bare) else wrong("phone")


def alias(raw: Raw) -> tuple[str, ...]:
    """Other names, separated by blanks, commas, strokes."""
    return tuple(part for part in re.split(r"[\s,、;/]+", unicodedata.normalize("NFKC", as_text(raw))) if part)


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
        if not found:
            return None
        bare = re.sub(r"[,\s]|个?月$|人$|年度?$", "", unicodedata.normalize("NFKC", found))
        good = re.fullmatch(r"\d{1,9}", bare) and lowest <= int(bare) <= highest
        return int(bare) if good else wrong("whole", lowest=str(lowest), highest=str(highest))

    return read


def fen(raw: Raw) -> int | Wrong | None:
    """An amount in yuan, number or text (`3,500元`), as fen; more than two decimals are refused."""
    found = as_text(raw)
    if not found:
        return None
    bare = re.sub(r"[,\s]|^[¥¥]|元$", "", unicodedata.normalize("NFKC", found))
    try:
        exact = Decimal(bare) * 100
    except InvalidOperation:
        return wrong("amount")
    if not exact.is_finite() or abs(exact) > LARGEST_FEN:
        return wrong("amount")
    return int(exact) if exact == exact.to_integral_value() else wrong("decimals")


def _dated(raw: Raw) -> Raw:
    """A number of days since 1900 as its date: date formats of Chinese spreadsheets are not told apart from numbers."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and raw in DAY_NUMBERS:
        return FIRST_DAY + timedelta(days=int(raw))
    return raw


def month(raw: Raw) -> str | Wrong | None:
    """A month as `2024-02`, from `2024-02`, `2024年2月`, `202402`, `2024/2`, `2024.2` or a date."""
    raw = _dated(raw)
    if isinstance(raw, date):
        return f"{raw.year:04d}-{raw.month:02d}"
    found = unicodedata.normalize("NFKC", as_text(raw))
    if not found:
        return None
    parts = re.fullmatch(r"(20\d\d)(?:[-/.年]\s*(\d{1,2})|(\d\d))(?:月份?)?(?:[-/.]\d{1,2})?", found)
    number = int(parts[2] or parts[3]) if parts else 0
    return f"{parts[1]}-{number:02d}" if parts and 1 <= number <= 12 else wrong("month")


def day(raw: Raw) -> date | Wrong | None:
    """A calendar day from a date or from `2022-03-15`, `2022年3月15日`, `20220315`; a month alone is its first day."""
    raw = _dated(raw)
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = unicodedata.normalize("NFKC", as_text(raw))
    if not found:
        return None
    parts = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})?)?日?", found)
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3] or 1)) if parts else wrong("day")
    except ValueError:
        return wrong("day")


def word(lookup: Callable[[str], object], expected: tuple[str, ...]) -> Reader:
    """A reader of words of a list; `expected` is what the problem line names."""

    def read(raw: Raw) -> object:
        found = as_text(raw)
        if not found:
            return None
        value = lookup(found)
        return wrong("list", list="、".join(expected)) if value is None else value

    return read
