"""Which due household comes first: risk, days overdue, 八必访 order."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.domain.cadence import overdue_days
from bot.domain.households import MONITORED, Category, Household, Monitoring
from bot.domain.income import Sums
from bot.domain.people import Person
from bot.domain.policy_models import MustVisits

ILL = frozenset({"长期慢性病", "患有大病"})
DISABLED = "残疾"
DISASTERS = frozenset({"natural_disaster", "accident"})
"""Codes of risk types in the pack that make a household one hit by accident or disaster."""
UNSTABLE_WORK = "employment"
"""Code of the risk type 因务工就业不稳."""


class Risk(IntEnum):
    """How pressing a household is, whatever its due day."""

    PROBLEM = 0  # an open problem
    ACTIVE = 1  # 监测户, 未消除
    KEY = 2
    OTHER = 3


def risk(category: Category, monitoring: Monitoring, *, key: bool, problem: bool) -> Risk:
    """The most pressing of what applies."""
    if problem:
        return Risk.PROBLEM
    if monitoring is Monitoring.ACTIVE or (category in MONITORED and monitoring is not Monitoring.REMOVED):
        return Risk.ACTIVE
    return Risk.KEY if key else Risk.OTHER


@dataclass(frozen=True, slots=True)
class DueItem:
    """A due household as it is sorted; `rank` from `must_visit_rank`."""

    household_id: int
    group_id: int
    code: str
    on: date
    risk: Risk
    rank: int

    def urgency(self, today: date) -> tuple[int, int, int, str]:
        """Sort key, most urgent first; the household code settles ties."""
        return (self.risk, -overdue_days(self.on, today), self.rank, self.code)


def due_item(household: Household, on: date, *, key: bool, problem: bool, rank: int) -> DueItem:
    """A household as it is sorted."""
    level = risk(household.category, household.monitoring, key=key, problem=problem)
    return DueItem(household.id, household.group_id, household.code, on, level, rank)


def walking_order(items: Iterable[DueItem], today: date) -> list[DueItem]:
    """Village groups by their most urgent household, each group's households together, most urgent first."""
    ordered = sorted(items, key=lambda item: item.urgency(today))
    groups: dict[int, list[DueItem]] = {}
    for item in ordered:
        groups.setdefault(item.group_id, []).append(item)
    return [item for group in groups.values() for item in group]


def must_visits(
    members: Sequence[Person],
    rules: MustVisits,
    *,
    low_or_falling: bool,
    sums: Sums | None = None,
    risks: AbstractSet[str] = frozenset(),
) -> frozenset[str]:
    """Which of 八必访 apply, as codes of the pack.

    `risks` are codes of recorded risk types, `sums` those of the last closed year.
    """
    ill = any(ILL & set(person.health) for person in members)
    applies = {
        "income": low_or_falling,
        "illness": ill,
        "alone": any(person.tekun for person in members) or 0 < len(members) <= rules.alone_members,
        "dibao": any(person.dibao for person in members),
        "disability": any(DISABLED in person.health for person in members),
        "schoolchildren": sum(bool(person.schooling) for person in members) >= rules.schoolchildren,
        "wage": _wage_high(sums, rules) and (UNSTABLE_WORK in risks or _short_work(members, rules)),
        "disaster": bool(risks & DISASTERS),
    }
    return frozenset(code for code, applied in applies.items() if applied)


def must_visit_rank(codes: AbstractSet[str], rules: MustVisits) -> int:
    """Place of the first of 八必访 that applies, 0 first; after all of them when none does."""
    return next((place for place, code in enumerate(rules.order) if code in codes), len(rules.order))


def _wage_high(sums: Sums | None, rules: MustVisits) -> bool:
    """Whether wages make up a large share of gross income."""
    gross = sums.wage + sums.business + sums.property + sums.transfer if sums else 0
    return sums is not None and gross > 0 and sums.wage * 100 >= rules.wage_share_percent * gross


def _short_work(members: Sequence[Person], rules: MustVisits) -> bool:
    """Whether somebody works away for fewer months than the pack calls stable."""
    return any(person.work_months is not None and 0 < person.work_months < rules.stable_months for person in members)
