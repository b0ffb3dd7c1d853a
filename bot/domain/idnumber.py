"""Citizens' ID numbers: 18 digits with checksum, or 20/22 with a disability-card suffix.

Only hints come out of here; a number that looks wrong is stored as given.
"""

import re
from datetime import date
from enum import StrEnum

from stdnum.cn.ric import calc_check_digit

FIRST_YEAR = 1900
"""Nobody alive was born before."""
_LENGTHS = frozenset({18, 20, 22})
_SUFFIX = re.compile(r"[1-7][1-4](B\d)?")
"""Kind and grade of a disability, then B and a digit when the card was issued anew."""
_HIDDEN = "*"


class IdDoubt(StrEnum):
    """What looks wrong about one number."""

    LENGTH = "id-length"
    CHARACTERS = "id-characters"
    DATE = "id-date"
    CHECKSUM = "id-checksum"
    SUFFIX = "id-suffix"


def normal(written: str) -> str:
    """A number without blanks, its letters large."""
    return re.sub(r"\s+", "", written).upper()


def doubts(number: str, today: date) -> tuple[IdDoubt, ...]:
    """What looks wrong, most basic first; nothing else is looked at once length or characters are wrong."""
    text = normal(number)
    if len(text) not in _LENGTHS:
        return (IdDoubt.LENGTH,)
    core, suffix = text[:18], text[18:]
    if not re.fullmatch(r"[0-9]{17}[0-9X]", core):
        return (IdDoubt.CHARACTERS,)
    born = birth_date(core)
    found = {
        IdDoubt.DATE: born is None or born > today,
        IdDoubt.CHECKSUM: calc_check_digit(core) != core[-1],
        IdDoubt.SUFFIX: bool(suffix) and not _SUFFIX.fullmatch(suffix),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def birth_date(number: str) -> date | None:
    """The birth date in the number; None where there is no such day."""
    digits = normal(number)[6:14]
    if not re.fullmatch(r"[0-9]{8}", digits):
        return None
    if int(digits[:4]) < FIRST_YEAR:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def key(number: str) -> str | None:
    """What names one person: the 18 characters of a well-formed number; None for anything else.

    A wrong checksum is a hint only, so that it does not matter here.
    """
    core = normal(number)[:18]
    good = len(normal(number)) in _LENGTHS and re.fullmatch(r"[1-9][0-9]{16}[0-9X]", core) and birth_date(core)
    return core if good else None


def cut_by_a_spreadsheet(number: str) -> bool:
    """Whether a spreadsheet has kept fifteen digits and put zeros for the rest; a true number may look like it."""
    text = normal(number)
    return len(text) in _LENGTHS and bool(re.fullmatch(r"[1-9][0-9]{14}000[0-9]*", text))


def last_four(number: str) -> str:
    """The last four characters of the ID number proper, without a disability suffix: what people search by."""
    return normal(number)[:18][-4:]


def masked(number: str) -> str:
    """The number with everything but its last four hidden; a short one is hidden whole."""
    text = normal(number)
    shown = text[-4:] if len(text) > 8 else ""
    return _HIDDEN * (len(text) - len(shown)) + shown


def age_on(birth: date, day: date) -> int:
    """Age in full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
