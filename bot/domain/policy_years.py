"""The year-bound parts of a policy pack: targets, lines and standards end with its validity."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PositiveInt

from bot.domain.policy_base import Cited, Fen, Label, Line, Part, Rate, decimal


class Validity(Cited):
    """Civil days on which the pack is in force, both inclusive; year-bound numbers end with it."""

    from_: date = Field(alias="from")
    until: date

    def covers(self, day: date) -> bool:
        """Whether the pack is in force that day."""
        return self.from_ <= day <= self.until

    def covers_year(self, year: int) -> bool:
        """Whether a statistical year belongs to the pack."""
        return self.from_.year <= year <= self.until.year


class GroupMeans(Cited):
    """What the two groups' means per head are to reach in a statistical year (plan 一(二))."""

    year: int
    lifted_fen: Fen = Field(alias="lifted_yuan")
    monitored_fen: Fen = Field(alias="monitored_yuan")


class YearLine(Line):
    """One amount of one year; it names its year itself."""

    year: int


class Cohort(Cited):
    """The named cohort with conditions and will (plan 三(一)3): net operating income per head grows by `growth_fen`."""

    label: Label
    base_year: int
    target_year: int
    lifted_households: int
    lifted_persons: int
    monitored_households: int
    monitored_persons: int
    growth_fen: Fen = Field(alias="growth_yuan")


class YearBound(Part):
    """Numbers that end with the pack's validity."""

    group_means: tuple[GroupMeans, ...] = ()
    growth: Rate | None = None
    key_household: Line | None = None
    key_village: Rate | None = None
    cohort: Cohort | None = None
    dibao: tuple[YearLine, ...] = ()
    monitoring_line: tuple[YearLine, ...] = ()


class Indicator(Cited):
    """One number asked by a measure; `target` None: reported without one. `counted` names what the program counts."""

    code: str
    zh: str
    en: str
    unit: str
    year: int | None = None  # None: every year of the pack, or its end
    target: Annotated[Decimal, BeforeValidator(decimal)] | None = None
    at_least: bool = True
    approximate: bool = False
    counted: str | None = None


class Task(Cited):
    """One task of the plan with the units that lead it and their partners."""

    zh: str
    en: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    indicators: tuple[Indicator, ...] = ()


class Measure(Task):
    """One of the plan's numbered measures."""

    number: PositiveInt
