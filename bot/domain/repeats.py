"""The same thing recorded again: by the same person or another one, in whatever way. Pure."""

from collections.abc import Iterable
from datetime import date

from bot.domain.records import Entry, Visit


def same_entry(new: Entry, earlier: Iterable[Entry]) -> Entry | None:
    """The newest entry of the household that says the same: kind, item, amount, month; what is not named may be it."""
    found = [each for each in earlier if _same(new, each)]
    return max(found, key=lambda each: each.id) if found else None


def _same(new: Entry, old: Entry) -> bool:
    plain = (new.kind, new.amount_fen, new.month) == (old.kind, old.amount_fen, old.month)
    return plain and _may_be(new.item, old.item) and _may_be(new.person_id, old.person_id)


def _may_be(one: str | int | None, other: str | int | None) -> bool:
    return one == other or one is None or other is None


def same_visit(visited_on: date, *, counted: bool, earlier: Iterable[Visit]) -> Visit | None:
    """A visit of that day; to a try (nobody was home) another try is the same."""
    found = [each for each in earlier if each.visited_on == visited_on and each.counted == counted]
    return max(found, key=lambda each: each.id) if found else None
