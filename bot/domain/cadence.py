"""When a household is due for its next visit. Days come from the pack."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.households import MONITORED, Category, Household, Monitoring
from bot.domain.policy_models import Cadence


class Reason(StrEnum):
    """Which rule gave the date; shown when a change of class moves it."""

    FIRST = "first"  # never visited: the first round
    PROBLEM = "problem"  # an open problem
    ACTIVE = "active"  # 监测户, 未消除
    KEY = "key"  # key household
    REMOVED = "removed"  # 监测户, 已消除
    LIFTED = "lifted"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides the next visit. `last_visit`: newest counted visit that stands; `problem_since`: oldest open one."""

    category: Category
    monitoring: Monitoring
    key: bool = False
    problem_since: date | None = None
    last_visit: date | None = None
    first_due: date | None = None
    imported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The day of the next visit and the rule that gave it."""

    on: date
    reason: Reason


def facts_of(household: Household, *, key: bool, problem_since: date | None) -> Facts:
    """The facts of a household as stored."""
    return Facts(
        household.category,
        household.monitoring,
        key,
        problem_since,
        household.last_visit,
        household.first_due,
        household.imported_on,
    )


def standing_reason(facts: Facts, cadence: Cadence) -> Reason:
    """The shortest rule of the household's class and state, open problems aside."""
    reasons = [Reason.LIFTED if facts.category is not Category.ORDINARY else Reason.ORDINARY]
    if facts.monitoring is Monitoring.REMOVED:
        reasons = [Reason.REMOVED]
    elif facts.monitoring is Monitoring.ACTIVE or facts.category in MONITORED:
        reasons = [Reason.ACTIVE]
    if facts.key:
        reasons.append(Reason.KEY)
    return min(reasons, key=lambda reason: days(reason, cadence))


def days(reason: Reason, cadence: Cadence) -> int:
    """Days between visits under a rule."""
    given: int = getattr(cadence, reason.value)
    return given


def next_due(facts: Facts, cadence: Cadence) -> Due | None:
    """The next visit: days after the last counted one, the shortest rule that applies.

    A problem runs from the last visit, or from the day it became known when that is later. Never visited: the day of
    the first round, or sooner when the class has a shorter cadence by now; None only when no import day is known.
    """
    standing = standing_reason(facts, cadence)
    choices: list[Due] = []
    if facts.last_visit is not None:
        choices.append(Due(facts.last_visit + timedelta(days(standing, cadence)), standing))
    else:
        choices += _first_round(facts, days(standing, cadence))
    if facts.problem_since is not None:
        since = max(facts.problem_since, facts.last_visit or facts.problem_since)
        choices.append(Due(since + timedelta(cadence.problem), Reason.PROBLEM))
    return min(choices, key=lambda due: (due.on, due.reason is not Reason.PROBLEM), default=None)


def _first_round(facts: Facts, length: int) -> list[Due]:
    """The first round's day, never later than one whole cadence after the import."""
    latest = facts.imported_on + timedelta(length) if facts.imported_on else None
    known = [day for day in (facts.first_due, latest) if day is not None]
    return [Due(min(known), Reason.FIRST)] if known else []


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A household that was never visited; `rank` is its place in 八必访 (see `priority.must_visit_rank`)."""

    id: int
    group_id: int
    code: str
    reason: Reason
    rank: int


def spread_first_round(households: Iterable[Newcomer], imported_on: date, cadence: Cadence) -> dict[int, date]:
    """First due days: even over the cadence within each village group, in the order of 八必访.

    Groups are set off against one another, so that the town's round is even as well.
    The same input gives the same days.
    """
    buckets: dict[Reason, dict[int, list[Newcomer]]] = defaultdict(lambda: defaultdict(list))
    for household in households:
        buckets[household.reason][household.group_id].append(household)
    spread: dict[int, date] = {}
    for reason, groups in buckets.items():
        for place, group_id in enumerate(sorted(groups)):
            offsets = _offsets(len(groups[group_id]), days(reason, cadence), place, len(groups))
            ordered = sorted(groups[group_id], key=lambda h: (h.rank, h.code, h.id))
            spread |= {h.id: imported_on + timedelta(o) for h, o in zip(ordered, offsets, strict=True)}
    return spread


def _offsets(count: int, length: int, place: int, places: int) -> Sequence[int]:
    """`count` days from 0 to length−1, evenly spaced, shifted by the group's place among `places`."""
    return [(index * places + place) * length // (count * places) for index in range(count)]


def is_due(on: date | None, today: date) -> bool:
    """Due: next ≤ today."""
    return on is not None and on <= today


def overdue_days(on: date | None, today: date) -> int:
    """Days past the due day; 0 on it and before it."""
    return max(0, (today - on).days) if on is not None else 0
