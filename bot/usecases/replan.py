"""When each household is due next, computed from what is recorded and stored beside it.

Called in the transaction of every change that can move the day, and for all households when the statistical year
turns or another policy holds. Nothing is repaired at night: the day always follows from the record.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import Facts, Reason, next_due
from bot.domain.households import Category
from bot.domain.policy import Policies
from bot.domain.statyear import last_closed, window
from bot.storage import meta, planning
from bot.storage.planning import Standing
from bot.storage.transaction import Transaction
from bot.usecases.closed_years import key_households

PLANNED_FOR = "planned-for"
"""Key in `meta`: statistical year and policy that the stored days follow from."""


@dataclass(frozen=True, slots=True)
class Change:
    """A next visit that moved, and the rules that gave it before and now."""

    household_id: int
    code: str
    before: date | None
    after: date | None
    reason_before: str
    reason: str


def replan(tx: Transaction, household_ids: Sequence[int], today: date, policies: Policies) -> list[Change]:
    """Store next visit, rule and last counted visit of these households where they changed; returns what moved."""
    return _replan(tx, set(household_ids), today, policies) if household_ids else []


def replan_all(tx: Transaction, today: date, policies: Policies) -> list[Change]:
    """The same for every household, and note what the days follow from now (see `outdated`)."""
    changes = _replan(tx, None, today, policies)
    meta.put(tx, PLANNED_FOR, basis(today, policies))
    return changes


def outdated(tx: Transaction, today: date, policies: Policies) -> bool:
    """Whether the statistical year has turned or the policy changed since all households were planned."""
    return meta.get(tx, PLANNED_FOR) != basis(today, policies)


def basis(today: date, policies: Policies) -> str:
    """What the days follow from besides the households: closed year, its key line, counted items and the cadence."""
    pack, year = policies.on(today), last_closed(today)
    closing = policies.on(window(year)[1])
    uncounted = sorted(item.name for item in closing.items if not closing.counted(item.name))
    said = f"{pack.cadence.model_dump_json()} {policies.key_line(year)} {uncounted}"
    return f"{year} {hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _replan(tx: Transaction, ids: Collection[int] | None, today: date, policies: Policies) -> list[Change]:
    cadence = policies.on(today).cadence
    keys = key_households(tx, ids, today, policies)
    plans: list[tuple[int, date | None, str, date | None]] = []
    changes: list[Change] = []
    for now in planning.standings(tx, ids):
        due = next_due(_facts(now, now.id in keys), cadence)
        day, reason = (due.on, due.reason.value) if due else (None, Reason.FIRST.value)
        moved = (day, reason) != (now.next_due, now.due_reason)
        if moved or now.last_visit != now.counted_visit:
            plans.append((now.id, day, reason, now.counted_visit))
        if moved:
            changes.append(Change(now.id, now.code, now.next_due, day, now.due_reason, reason))
    planning.store(tx, plans)
    return changes


def _facts(standing: Standing, key: bool) -> Facts:
    return Facts(
        category=standing.category,
        monitoring=standing.monitoring,
        key=key and standing.category is not Category.ORDINARY,
        problem_since=standing.problem_since,
        last_visit=standing.counted_visit,
        first_due=standing.first_due,
        imported_on=standing.imported_on,
    )
