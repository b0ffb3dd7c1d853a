"""Contradictions inside one policy pack that its types cannot express; found when it is loaded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.policy import Pack


def contradictions(pack: "Pack") -> Iterator[str]:
    """One `key: what is expected` for each; nothing for a sound pack."""
    yield from _years(pack)
    yield from _reminders(pack)
    yield from _twice("items", (item.name for item in pack.items))
    yield from _twice("measures", (str(measure.number) for measure in pack.measures))
    yield from _twice("risks", (risk.code for risk in pack.risks))
    yield from _twice("assistance", (measure.code for measure in pack.assistance))
    yield from _twice("must_visit.order", pack.must_visit.order)
    yield from _twice("workdays", (row.day.isoformat() for row in pack.workdays))
    for task in (*pack.tasks, *pack.measures):
        keys = (f"{one.code} {one.year or ''}".strip() for one in task.indicators)
        yield from _twice(f"indicators of {task.zh}", keys)


def _years(pack: "Pack") -> Iterator[str]:
    """Validity the right way round; targets only for its years, each year once."""
    validity = pack.validity
    if validity.until < validity.from_:
        yield f"validity.until: expected a day not before {validity.from_} (found {validity.until})"
        return
    for row in pack.group_means:
        if not validity.covers_year(row.year):
            yield f"group_means: expected a year from {validity.from_.year} to {validity.until.year} (found {row.year})"
    for section in ("group_means", "dibao", "monitoring_line"):
        yield from _twice(section, (str(row.year) for row in getattr(pack, section)))


def _reminders(pack: "Pack") -> Iterator[str]:
    """Hours in order, the quiet time after the last digest, the shorter limits first."""
    one = pack.reminders
    if not one.earliest <= one.digest_at <= one.latest:
        yield f"reminders.digest_at: expected an hour from {one.earliest} to {one.latest} (found {one.digest_at})"
    if not one.latest <= one.quiet_from:
        yield f"reminders.quiet_from: expected an hour not before {one.latest} (found {one.quiet_from})"
    if one.quiet_until > one.earliest:
        yield f"reminders.quiet_until: expected an hour not after {one.earliest} (found {one.quiet_until})"
    if one.snooze_max_days < one.snooze_min_days:
        yield f"reminders.snooze_max_days: expected at least {one.snooze_min_days} (found {one.snooze_max_days})"
    if one.town_overdue_days < one.village_overdue_days:
        least = one.village_overdue_days
        yield f"reminders.town_overdue_days: expected at least {least} (found {one.town_overdue_days})"


def _twice(key: str, values: Iterable[str]) -> Iterator[str]:
    """Values that must be unique and are not."""
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{key}: expected each only once (found {value} {count} times)"
