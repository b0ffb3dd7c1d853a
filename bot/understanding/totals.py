"""An amount of money as a total, and a price while its counts are multiplied in."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.understanding.tokens import Token


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount of money as a total, in fen; None where the words leave it open."""

    start: int
    end: int
    fen: int | None
    rough: bool = False
    months: int = 1
    strong: bool = False
    total: bool = False
    reach: int = 0  # where the count that belongs to it ends
    per: str = ""  # day or month, when the amount was said for one
    unit_price: bool = False
    negative: bool = False


def to_fen(value: Decimal) -> int:
    """Yuan to whole fen, half away from zero."""
    return int((value * 100).to_integral_value(ROUND_HALF_UP))


@dataclass(slots=True)
class Total:
    """A price while its counts are multiplied in."""

    value: Decimal
    rough: bool
    reach: int
    unknown: bool
    months: int = 1

    def times(self, count: Token, unit: str, size: Decimal) -> None:
        """Multiply by a count of the unit that the price is for."""
        self.value *= count.value / size
        self.reach = max(self.reach, count.end)
        self.rough = self.rough or count.rough
        self.unknown = self.unknown or count.vague
        if unit == "month":
            self.months = max(1, int(count.value))

    def alone(self, unit: str, size: Decimal, *, needed: bool) -> None:
        """A price without its count: a month's, a year's, or open."""
        self.unknown = self.unknown or needed
        if unit == "month" and size == 3:
            self.months = 3
        elif unit == "year" and self.months == 1:
            self.months = 12
