"""What every part of a policy pack is made of.

Amounts are written in yuan under keys ending in `_yuan` and held in fen under `_fen`. Percentages are decimals.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt


def _fen(value: object) -> object:
    """Yuan as written in a pack to fen; whole fen only."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("expected an amount in yuan")  # noqa: TRY004 - pydantic collects ValueErrors
    if value * 100 != int(value * 100):
        raise ValueError("expected an amount in whole fen")
    return int(value * 100)


def decimal(value: object) -> object:
    """Integers are decimals too."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Fen = Annotated[int, BeforeValidator(_fen), Field(ge=0)]
Percent = Annotated[Decimal, BeforeValidator(decimal), Field(ge=0, le=1000)]
Days = PositiveInt


class Part(BaseModel):
    """Frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Part):
    """A table with numbers: where they come from."""

    cite: str = Field(min_length=1)


class Label(Part):
    """A word in both languages."""

    zh: str
    en: str


class Rate(Cited):
    """One percentage."""

    percent: Percent


class Line(Cited):
    """One amount."""

    value_fen: Fen = Field(alias="yuan")
