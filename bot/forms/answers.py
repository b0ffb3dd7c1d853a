"""Answers that more than one form asks for: a household, a day, somebody of the household, words of one's own."""

from collections.abc import Callable
from datetime import date

from bot.domain import spelling
from bot.domain.limits import row_id
from bot.forms.engine import Answers, Facts, Option, Question
from bot.understanding.typed_days import parse_day


def household_id(raw: str) -> int | None:
    """The number of a household as a draft keeps it, `#12`."""
    return row_id(raw[1:]) if raw.startswith("#") else None


def household(raw: str, _facts: Facts) -> int | None:
    """Which household."""
    return household_id(raw)


def day(raw: str, facts: Facts) -> date | None:
    """A day that is not still to come, as a date or in words."""
    today: date = facts["day"]
    try:
        found: date | None = date.fromisoformat(raw)
    except ValueError:
        found = parse_day(raw, today)
    return found if found is not None and found <= today else None


def member(raw: str, facts: Facts) -> int | None:
    """Somebody who lives there, by number or by a name that only one of them has."""
    members: dict[int, str] = facts.get("members", {})
    if raw.isdecimal() and int(raw) in members:
        return int(raw)
    named = [key for key, name in members.items() if spelling.same(name, raw)]
    return named[0] if len(named) == 1 else None


def free_text(
    key: str,
    text_id: str,
    most: int,
    options: Callable[[Answers, Facts], tuple[Option, ...]],
    args: Callable[[Answers, Facts], dict[str, str]] = lambda _answers, _facts: {},
) -> Question:
    """A question that is answered by any words, at most so many characters."""

    def parse(raw: str, _facts: Facts) -> str | None:
        return raw if raw.strip() and len(raw) <= most else None

    return Question(key, text_id, parse, options, args, most=most)
