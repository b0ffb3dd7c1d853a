"""The standing parts of a policy pack: they hold until the next pack."""

from datetime import date, time
from typing import Literal

from pydantic import PositiveInt

from bot.domain.checks import Check
from bot.domain.households import Category
from bot.domain.income_kinds import Kind
from bot.domain.policy_base import Cited, Days, Label, Part, Percent


class Cadence(Cited):
    """Days between counted visits; the shortest that applies holds."""

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
    stable_months: PositiveInt  # work for fewer months a year is unstable


class Reminders(Cited):
    """When people are reminded; times are civil."""

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
    """Case deadlines; working days unless the name says otherwise."""

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


class WorkdayOverride(Cited):
    """A date that the calendar gets wrong or does not know yet."""

    day: date
    working: bool
