"""Numbers as people write them: digits, Chinese numerals and any mixture (domain.md section 10)."""

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000, "k": 1000}
LARGE = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_SPOKEN = re.compile(r"点([零一二三四五六七八九]{1,2}|\d{1,2})(?=万|千|亿|w|k|块|元|公?斤|亩|吨|公里|平方?米)")
_NEXT_EACH = re.compile(r"一(?:头|只|条|匹|个|亩|公?斤|袋|包|天)(?=[\d一二两三四五六七八九十])")  # 一头八千一头六千五
_TENS = {"廿": 20, "卅": 30}


class Number(NamedTuple):
    """A number read from `start` to `end`; `rough` for 三千五六, `vague` for 三四千; `bare` without any unit."""

    start: int
    end: int
    value: Decimal
    rough: bool = False
    vague: bool = False
    bare: bool = False
    arabic: bool = False


class _Reader:
    """Reads one number from left to right and stops before what does not belong to it."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.at = text, start, start
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.width = 0  # digits of the pending number
        self.last_unit = 0
        self.zero = self.rough = self.vague = self.arabic = self.units = False

    def read(self) -> Number | None:
        while self.at < len(self.text) and self._step():
            pass
        if self.at == self.start or (self.pending is None and not self.units):
            return None
        self._tail()
        bare = not self.units
        value = self.total + self.section
        return Number(self.start, self.at, value, self.rough, self.vague, bare, self.arabic)

    def _step(self) -> bool:
        char = self.text[self.at]
        if char.isascii() and char.isdigit():
            return self._digits()
        if char in _TENS:
            return self._tens(char)
        if char == "零":
            return self._nought()
        if char in DIGITS:
            return self._digit(DIGITS[char])
        if char in SMALL:
            return self._small(SMALL[char])
        return self._point() if char == "点" else char in LARGE and self._large(LARGE[char])

    def _point(self) -> bool:
        """一点二万 is 1.2万; without a unit behind it 点 is the hour of a clock."""
        match = _SPOKEN.match(self.text, self.at)
        if match is None or self.vague or (self.pending is None and not self.units):
            return False
        said = "".join(str(DIGITS.get(char, char)) for char in match.group(1))
        self.pending = (self.pending or Decimal(0)) + Decimal(f"0.{said}")
        self.width = 2
        self.at = match.end()
        return True

    def _digits(self) -> bool:
        match = _ARABIC.match(self.text, self.at)
        if self.pending is not None or match is None:
            return False
        found = match.group().replace(",", "")
        self.pending, self.width, self.arabic = Decimal(found), len(found), True
        self.at = match.end()
        return True

    def _tens(self, char: str) -> bool:
        if self.pending is not None or self.units:
            return False
        self.section, self.last_unit, self.units = Decimal(_TENS[char]), 10, True
        self.at += 1
        return True

    def _nought(self) -> bool:
        if self.pending is not None or not self.units:
            return False
        self.zero = True
        self.at += 1
        return True

    def _digit(self, value: int) -> bool:
        if self.units and _NEXT_EACH.match(self.text, self.at):
            return False
        if self.pending is not None:
            if self.arabic or self.width > 1 or value != self.pending + 1:
                return False
            self.width = 2
            self.vague, self.rough = (not self.units, self.units)
            self.at += 1
            return True
        self.pending, self.width = Decimal(value), 1
        self.at += 1
        return True

    def _small(self, unit: int) -> bool:
        if self.last_unit and unit >= self.last_unit:
            return False
        if self.pending is None:
            if self.units and unit != 10:
                return False
            self.pending = Decimal(1)
        self.section += self.pending * unit
        self.pending, self.last_unit, self.zero, self.units = None, unit, False, True
        self.at += 1
        return True

    def _large(self, unit: int) -> bool:
        base = self.section + (self.pending or 0)
        if self.total and unit >= self.last_unit:
            return False
        if base == 0:
            if self.at != self.start:
                return False
            base = Decimal(1)
        self.total = (self.total + base) * unit
        self.section, self.pending, self.last_unit, self.zero, self.units = Decimal(0), None, unit, False, True
        self.at += 1
        return True

    def _tail(self) -> None:
        """The last digit without a unit: 三千五 is 3500, 三千零五 is 3005, 1万2500 is 12500."""
        if self.pending is None:
            return
        short = self.width == 1 or (self.rough and not self.arabic)
        if self.units and short and not self.zero and self.last_unit >= 100:
            self.section += self.pending * self.last_unit / 10
        else:
            self.section += self.pending


def read_number(text: str, start: int) -> Number | None:
    """The longest number of a normalised text that begins at `start`; None when none does."""
    return _Reader(text, start).read()
