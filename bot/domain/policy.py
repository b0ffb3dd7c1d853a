"""Policy packs: which pack speaks for a day or a year.

Kinds, items, cadence and deadlines hold until the next pack; numbers bound to a year end with the pack's validity,
and a year about which no pack says anything is None (未设置), never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, ValidationError

from bot.domain import policy_models as m
from bot.domain import policy_years as years
from bot.domain.policy_checks import contradictions
from bot.domain.policy_items import ItemPolicy
from bot.domain.statyear import window

PlanGroup = Literal["lifted", "monitored"]

STANDING = frozenset(
    {
        "options",
        "cadence",
        "must_visit",
        "reminders",
        "income_nudges",
        "corrections",
        "case_deadlines",
        "cost_ratios",
        "hints",
        "risks",
        "assistance",
        "labels",
        "items",
    }
)
"""Sections that a later pack may leave out: they are taken whole from the latest pack before it."""


class PolicyError(Exception):
    """A pack cannot be used; `problems` has one clear line for each mistake, naming file, key and what is expected."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Pack(years.YearBound):
    """One plan and its period."""

    name: str
    title: str
    validity: years.Validity
    options: m.Options
    cadence: m.Cadence
    must_visit: m.MustVisits
    reminders: m.Reminders
    income_nudges: m.IncomeNudges
    corrections: m.Corrections
    case_deadlines: m.CaseDeadlines
    cost_ratios: m.CostRatios
    hints: tuple[m.Hint, ...]
    risks: tuple[m.Risk, ...]
    assistance: tuple[m.Assistance, ...]
    labels: m.Labels
    items: tuple[ItemPolicy, ...] = ()
    tasks: tuple[years.Task, ...] = ()
    measures: tuple[years.Measure, ...] = ()
    workdays: tuple[m.WorkdayOverride, ...] = ()
    source: str = Field(default="", exclude=True)  # the file it was read from

    @cached_property
    def items_by_name(self) -> Mapping[str, ItemPolicy]:
        """Items by their name."""
        return {item.name: item for item in self.items}

    def counted(self, item: str | None) -> bool:
        """Whether entries of the item count; no item, or one that the pack does not list, counts."""
        found = self.items_by_name.get(item) if item else None
        return found is None or found.counted

    def specific(self, item: str | None) -> str | None:
        """The item when it says what it is; None for none and for a word that may mean any of its kind."""
        found = self.items_by_name.get(item) if item else None
        return None if found is not None and found.general else item

    def cost_percent(self, item: str | None) -> Decimal:
        """Cost ratio of an item in percent, for the estimate only."""
        found = self.items_by_name.get(item) if item else None
        ratio: Decimal = getattr(self.cost_ratios, (found and found.cost_group) or "other")
        return ratio


@dataclass(frozen=True)
class Policies:
    """All packs in force, oldest first."""

    packs: tuple[Pack, ...]

    def on(self, day: date) -> Pack:
        """The pack that covers the day, else the latest before it, else the first."""
        begun = [pack for pack in self.packs if pack.validity.from_ <= day]
        covering = [pack for pack in begun if pack.validity.covers(day)]
        return (covering or begun or [self.packs[0]])[-1]

    def counting(self, year: int) -> Pack:
        """The pack whose items and options hold for figures of a statistical year: that of its last day."""
        return self.on(window(year)[1])

    def for_year(self, year: int) -> Pack | None:
        """The newest pack whose validity has the statistical year; None: nothing is set for it."""
        return next((pack for pack in reversed(self.packs) if pack.validity.covers_year(year)), None)

    def target(self, year: int, group: PlanGroup) -> int | None:
        """The mean per head that a group is to reach, fen; None when unset."""
        pack = self.for_year(year)
        row = next((row for row in pack.group_means if row.year == year), None) if pack else None
        if row is None:
            return None
        return row.lifted_fen if group == "lifted" else row.monitored_fen

    def growth_percent(self, year: int) -> Decimal | None:
        """The growth asked of a year, percent; None when unset."""
        pack = self.for_year(year)
        return pack.growth.percent if pack and pack.growth else None

    def key_line(self, year: int) -> int | None:
        """The line of key households for income of a statistical year, fen per head; None when unset."""
        pack = self.for_year(year)
        return pack.key_household.value_fen if pack and pack.key_household else None

    def key_village_percent(self, year: int) -> Decimal | None:
        """Share of monitored persons above which a lifted village is a key village; None when unset."""
        pack = self.for_year(year)
        return pack.key_village.percent if pack and pack.key_village else None

    def dibao(self, year: int) -> int | None:
        """低保 standard, fen a head a year; None when unset."""
        return self._year_line("dibao", year)

    def monitoring_line(self, year: int) -> int | None:
        """Monitoring line, fen per head a year; None when unset."""
        return self._year_line("monitoring_line", year)

    def overrides(self) -> dict[date, bool]:
        """Working days (True) and days off (False) by date, later packs winning."""
        return {row.day: row.working for pack in self.packs for row in pack.workdays}

    def _year_line(self, section: str, year: int) -> int | None:
        """The newest pack that names the year; each line names its own year, so validity adds nothing."""
        rows = [row for pack in self.packs for row in getattr(pack, section) if row.year == year]
        return rows[-1].value_fen if rows else None


def build(raws: Sequence[tuple[str, Mapping[str, Any]]]) -> Policies:
    """Packs from parsed files `(source, content)` in any order; raises PolicyError with every problem found."""
    problems: list[str] = []
    packs: list[Pack] = []
    inherited: dict[str, Any] = {}
    for source, raw in sorted(raws, key=_begins):
        inherited |= {key: value for key, value in raw.items() if key in STANDING}
        try:
            pack = Pack.model_validate({**inherited, **raw, "source": source})
        except ValidationError as error:
            problems += [_line(source, detail) for detail in error.errors()]
            continue
        packs.append(pack)
        problems += [f"{source}: {problem}" for problem in contradictions(pack)]
    if problems or not packs:
        raise PolicyError(problems or ["no policy pack named"])
    return Policies(tuple(packs))


def _begins(pair: tuple[str, Mapping[str, Any]]) -> str:
    """Sort key: the first day in force as written; unreadable ones come first and fail later."""
    validity = pair[1].get("validity")
    return str(validity.get("from", "")) if isinstance(validity, Mapping) else ""


def _line(source: str, detail: Mapping[str, Any]) -> str:
    """One problem as one line: file, key, what is expected and what was found."""
    key = ".".join(str(part) for part in detail["loc"]) or "(whole file)"
    found = "" if detail["type"] == "missing" else f" (found {detail['input']!r:.60})"
    return f"{source}: {key}: {detail['msg']}{found}"
