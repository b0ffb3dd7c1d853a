"""Income of a household: sums, per head, growth, goal.

Money is integer fen. Figures per head are cut toward zero to the fen: comparison with a line and rounding to the
yuan for display then give exactly what the uncut figure would give.
"""

import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bot.domain.income_kinds import Kind
from bot.domain.people import Span
from bot.domain.records import Entry
from bot.domain.statyear import Window, in_window, is_closed, is_future

Counted = Callable[[str | None], bool]
"""Whether the pack counts an item."""
Line = tuple[Kind, str | None, int]
"""Kind, item and net fen of several entries together, reversals included."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Fen by kind, of counted items only; `uncounted` holds what stays in the ledger and outside the sums."""

    wage: int = 0
    business: int = 0
    business_cost: int = 0
    property: int = 0
    transfer: int = 0
    rigid: int = 0
    claim: int = 0
    uncounted: int = 0

    @builtins.property
    def net(self) -> int:
        """Net income, fen."""
        return self.wage + self.business + self.property + self.transfer - self.business_cost

    @builtins.property
    def reference(self) -> int:
        """What monitoring looks at: net income with claims and without rigid spending, fen."""
        return self.net + self.claim - self.rigid

    @builtins.property
    def known(self) -> bool:
        """Whether any counted entry that makes up net income stands."""
        return any((self.wage, self.business, self.business_cost, self.property, self.transfer))

    def __add__(self, other: "Sums") -> "Sums":
        """Both together, kind by kind."""
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Sums)))


def sums_of_lines(lines: Iterable[Line], counted: Counted) -> Sums:
    """Add lines up; an item that the pack does not count goes to `uncounted` whatever its kind."""
    totals = dict.fromkeys((f.name for f in fields(Sums)), 0)
    for kind, item, fen in lines:
        totals[Kind(kind).value if counted(item) else "uncounted"] += fen
    return Sums(**totals)


def sums(entries: Iterable[Entry], counted: Counted, span: Window) -> Sums:
    """Add up the entries whose month lies in the window; a reversal is negative and undoes what it reverses."""
    lines = ((e.kind, e.item, e.amount_fen) for e in entries if in_window(e.month, span))
    return sums_of_lines(lines, counted)


def members_on(spans: Iterable[Span], day: date) -> int:
    """How many memberships cover the day (see `statyear.counting_day`)."""
    return sum(span.covers(day) for span in spans)


def cut(value: Fraction) -> int:
    """A figure cut toward zero."""
    return int(value)


def half_away(value: Fraction) -> int:
    """Round half away from zero."""
    size = abs(value) + Fraction(1, 2)
    return int(size) if value >= 0 else -int(size)


def round_yuan(fen: int) -> int:
    """Fen as whole yuan, half away from zero; for display only."""
    return half_away(Fraction(fen, 100))


def per_head(fen: int, members: int) -> int | None:
    """Fen per head, cut toward zero; None (unknown) without members."""
    return cut(Fraction(fen, members)) if members > 0 else None


class Source(StrEnum):
    """Where a year's figure comes from; labelled wherever it is shown."""

    LEDGER = "ledger"
    OFFICIAL = "official"
    ESTIMATE = "estimate"  # 按比例估算
    NONE = "none"  # 无记录


@dataclass(frozen=True, slots=True)
class YearIncome:
    """Income of one household in one statistical year; `per_capita_fen` None is unknown, never zero."""

    year: int
    net_fen: int
    members: int
    per_capita_fen: int | None
    source: Source
    running: bool
    sums: Sums = Sums()

    @property
    def exact(self) -> Fraction | None:
        """Fen per head, uncut."""
        if self.per_capita_fen is None:
            return None
        return Fraction(self.net_fen, self.members) if self.members > 0 else Fraction(self.per_capita_fen)

    @property
    def reference_fen(self) -> int | None:
        """Reference income per head, fen; from the ledger only."""
        if self.source is Source.OFFICIAL or self.per_capita_fen is None:
            return None
        return per_head(self.sums.reference, self.members)

    def below(self, line_fen: int | None) -> bool:
        """Whether the figure is known and lies below a line; no line, no answer but False."""
        return line_fen is not None and self.per_capita_fen is not None and self.per_capita_fen < line_fen


def year_income(
    year: int, today: date, members: int, total: Sums, official_fen: int | None = None, estimated_cost_fen: int = 0
) -> YearIncome:
    """The year's figure: the official one for a closed year, else the ledger, else unknown.

    `members` are those of `statyear.counting_day`; `estimated_cost_fen` (see `cost_estimate`) labels it an estimate.
    """
    closed = is_closed(year, today)
    if closed and official_fen is not None:
        net = official_fen * members
        return YearIncome(year, net, members, official_fen, Source.OFFICIAL, running=False, sums=total)
    net = total.net - estimated_cost_fen
    if is_future(year, today) or not total.known or members <= 0:
        return YearIncome(year, net, members, None, Source.NONE, running=not closed, sums=total)
    source = Source.ESTIMATE if estimated_cost_fen else Source.LEDGER
    return YearIncome(year, net, members, per_head(net, members), source, running=not closed, sums=total)


def cost_estimate(
    entries: Iterable[Entry], counted: Counted, span: Window, percent_of: Callable[[str | None], Decimal]
) -> int:
    """Estimated business cost in fen by the pack's cost ratios; 0 once any cost is recorded in the window.

    Only gross business entries count; an entry marked net has no cost left.
    """
    inside = [e for e in entries if in_window(e.month, span) and counted(e.item)]
    if sums_of_lines(((e.kind, e.item, e.amount_fen) for e in inside), counted).business_cost:
        return 0
    gross = (e for e in inside if e.kind is Kind.BUSINESS and not e.net)
    return half_away(sum((e.amount_fen * Fraction(percent_of(e.item)) / 100 for e in gross), Fraction(0)))


def growth(this: YearIncome, last: YearIncome) -> Fraction | None:
    """Growth per head on the year before; None while the year runs, when either is unknown or last is not above 0."""
    now, then = this.exact, last.exact
    if this.running or now is None or then is None or then <= 0:
        return None
    return now / then - 1


def reaches(rate: Fraction | None, percent: Decimal | None) -> bool | None:
    """Whether a growth rate reaches the asked percentage; None when either is unknown."""
    return None if rate is None or percent is None else rate >= Fraction(percent) / 100


def tenths(rate: Fraction) -> Decimal:
    """A rate as percent with one decimal, half away from zero, for display: 0.19108 → 19.1."""
    return Decimal(half_away(rate * 1000)) / 10


class GoalSource(StrEnum):
    """Where a household's goal comes from."""

    PLAN = "plan"  # 年度增收目标
    GROWTH = "growth"  # last year × (1 + rate of the pack)


@dataclass(frozen=True, slots=True)
class Goal:
    """A household's goal of the year per head and what is still missing, fen; never negative."""

    fen: int
    missing_fen: int
    source: GoalSource


def goal(
    plan_fen: int | None, last: YearIncome | None, growth_percent: Decimal | None, current_fen: int | None
) -> Goal | None:
    """The goal: 年度增收目标, else last year × (1 + rate); None when neither is known."""
    if plan_fen is not None:
        return Goal(plan_fen, max(0, plan_fen - (current_fen or 0)), GoalSource.PLAN)
    base = last.exact if last else None
    if base is None or growth_percent is None:
        return None
    fen = half_away(base * (1 + Fraction(growth_percent) / 100))
    return Goal(fen, max(0, fen - (current_fen or 0)), GoalSource.GROWTH)


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of a group: Σ net / Σ members of households with data, and its coverage `known` of `total` households."""

    net_fen: int
    members: int
    known: int
    total: int

    @property
    def per_capita_fen(self) -> int | None:
        """Fen per head, cut toward zero; None when no household is known."""
        return per_head(self.net_fen, self.members)

    def growth(self, last: "Mean") -> Fraction | None:
        """Growth of the mean per head against another year's mean."""
        if self.members <= 0 or last.members <= 0 or last.net_fen <= 0:
            return None
        return Fraction(self.net_fen, self.members) / Fraction(last.net_fen, last.members) - 1


def mean(incomes: Iterable[YearIncome]) -> Mean:
    """The group mean with its coverage; unknown households count in `total` only."""
    every = list(incomes)
    known = [i for i in every if i.per_capita_fen is not None and i.members > 0]
    return Mean(sum(i.net_fen for i in known), sum(i.members for i in known), len(known), len(every))
