"""The parts of a policy pack, checked when it is read; every number of the plan lives there beside its citation.

Amounts are written in yuan under keys ending in `_yuan` and held in fen under `_fen`. Percentages are decimals.
"""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt

from bot.domain.checks import Check
from bot.domain.households import Category
from bot.domain.income_kinds import Kind


def _fen(value: object) -> object:
    """Yuan as written in a pack to fen; whole fen only."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("expected an amount in yuan")  # noqa: TRY004 - pydantic collects ValueErrors
    if value * 100 != int(value * 100):
        raise ValueError("expected an amount in whole fen")
    return int(value * 100)


def _fraction(value: object) -> object:
    """Integers are decimals too."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Fen = Annotated[int, BeforeValidator(_fen), Field(ge=0)]
Percent = Annotated[Decimal, BeforeValidator(_fraction), Field(ge=0, le=1000)]
Days = PositiveInt


class Part(BaseModel):
    """Frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Cited(Part):
    """A table with numbers: where they come from."""

    cite: str = Field(min_length=1)


class Label(Part):
    """A word in both languages."""

    zh: str
    en: str


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


class Rate(Cited):
    """One percentage."""

    percent: Percent


class Line(Cited):
    """One amount."""

    value_fen: Fen = Field(alias="yuan")


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


class Cadence(Cited):
    """Days between counted visits; the shortest that applies holds (domain.md section 6)."""

    problem: Days
    active: Days
    key: Days
    removed: Days
    lifted: Days
    ordinary: Days


MustVisit = Literal["income", "illness", "alone", "dibao", "disability", "schoolchildren", "wage", "disaster"]


class MustVisits(Cited):
    """八必访: the order in which households are visited first, and what its vague words mean here."""

    order: tuple[MustVisit, ...]
    schoolchildren: PositiveInt  # several children at school: this many or more
    wage_share_percent: Percent  # wage share high: this much of gross income or more
    alone_members: PositiveInt  # single-person: this many members or fewer


class Reminders(Cited):
    """When people are reminded (domain.md section 6); times are civil."""

    digest_at: time
    earliest: time
    latest: time
    quiet_from: time
    quiet_until: time
    shown: PositiveInt  # households with a button in one digest
    village_overdue_days: Days
    town_overdue_days: Days
    snooze_min_days: Days
    snooze_max_days: Days
    snoozes_in_a_row: PositiveInt
    thin_year_days: Days  # days before the end of the statistical year: list of households whose year is thin


class IncomeNudges(Cited):
    """How often a ledger should grow, in months."""

    monitored_months: PositiveInt
    lifted_months: PositiveInt


class Corrections(Cited):
    """How long an author undoes own records."""

    own_hours: PositiveInt
    attach_minutes: PositiveInt  # a photo sent so soon after a receipt is offered to its visit


class CaseDeadlines(Cited):
    """Case deadlines (domain.md section 7); working days unless the name says otherwise."""

    verify_start: Days
    verify_done: Days
    review: Days
    total: Days
    publicity: Days
    plan: Days
    remind_before: Days
    removal_income_months: PositiveInt
    removal_listed_months: PositiveInt


class CostRatios(Cited):
    """Cost as percent of gross business income, by group of items; `other` for every other item."""

    grain: Percent
    tobacco: Percent
    livestock: Percent
    fruit: Percent
    other: Percent


class Options(Cited):
    """Where the plan leaves a choice; printed under every table that uses it."""

    unstable_counts_as: Literal["lifted", "monitored"]
    removed_stay_in_mean: bool
    estimate_costs: bool


class Hint(Cited):
    """What the asker may look at for one check."""

    check: Check
    zh: str
    en: str


class Risk(Part):
    """A risk type 风险类型; `note_required` when words must say what it is."""

    code: str
    zh: str
    en: str
    coarse: str  # what a publicity text may say
    note_required: bool = False


class Assistance(Part):
    """One of the fifteen kinds of assistance measures; `development` ones raise income."""

    code: str
    zh: str
    en: str
    development: bool = False


class Labels(Part):
    """Names of classes and of kinds of income."""

    categories: dict[Category, Label]
    kinds: dict[Kind, Label]


class Indicator(Cited):
    """One number asked by a measure; `target` None: reported without one. `counted` names what the program counts."""

    code: str
    label: str
    unit: str
    year: int | None = None  # None: every year of the pack, or its end
    target: Annotated[Decimal, BeforeValidator(_fraction)] | None = None
    at_least: bool = True
    approximate: bool = False
    counted: str | None = None


class Measure(Cited):
    """One of the plan's measures with the unit that leads it and its partners."""

    number: PositiveInt
    title: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    indicators: tuple[Indicator, ...] = ()


class WorkdayOverride(Cited):
    """A date that the calendar gets wrong or does not know yet."""

    day: date
    working: bool
