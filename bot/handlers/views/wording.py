"""Codes and values of options and questions in the words of the person's language."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.fitting import cut
from bot.domain.households import Household
from bot.domain.income import Goal, round_yuan
from bot.domain.limits import TYPED
from bot.handlers.turn import Turn
from bot.storage import staff
from bot.texts import formats
from bot.understanding.money import parse_amount


def words(turn: Turn, args: Mapping[str, str]) -> dict[str, str]:
    """Each variable by its name: `check` and `kind` are codes, `day` and `month` ISO, `yuan` a raw amount."""
    return {key: _word(turn, key, value) for key, value in args.items()}


def _word(turn: Turn, key: str, value: str) -> str:
    if key in {"check", "kind"} and value:
        return turn.t(f"{key}-{value}")
    if key == "day":
        return formats.short_day(date.fromisoformat(value), turn.language)
    if key == "month":
        return formats.month(value, turn.language)
    if key in {"yuan", "said", "usual"}:
        amount = parse_amount(value)
        return formats.yuan(amount.fen, turn.language) if amount else value
    return value


def joined(turn: Turn, words: Iterable[str]) -> str:
    """Several things in a row: 住房、饮水."""
    return turn.plain("list-separator").join(words)


QUOTED = 20
"""Units of a person's own words that an answer repeats."""


def short(text: str, most: int) -> str:
    """At most so many units; what is cut off is marked and stays in the record."""
    return cut(text, most)


def too_long(turn: Turn) -> str:
    """That a message is longer than what is read."""
    return turn.t("too-long", most=f"{TYPED:,}")


def elsewhere(turn: Turn, household: Household) -> bool:
    """Whether it lies outside the one village in which the person works, so that its group alone does not tell."""
    if turn.own_villages is None:
        turn.own_villages = frozenset(staff.villages_of(turn.tx, turn.who))
    return turn.own_villages != {household.village_id}


def place(turn: Turn, household: Household) -> str:
    """Where a household is: the group, outside one's own village with the village."""
    return f"{household.village} {household.group}" if elsewhere(turn, household) else household.group


def day(turn: Turn, moment: date) -> str:
    """A day as it is said: 3月14日."""
    return formats.short_day(moment, turn.language)


def past_day(turn: Turn, moment: date) -> str:
    """A day of the past: with its year unless it is this year's."""
    said = formats.short_day(moment, turn.language)
    return said if moment.year == turn.day.year else turn.plain("day-of-year", year=moment.year, day=said)


def amount(turn: Turn, fen: int) -> str:
    """An amount with its unit: 3,500元."""
    return formats.yuan(fen, turn.language)


def head_figure(turn: Turn, fen: int) -> str:
    """A figure per head, to the yuan."""
    return formats.per_head(fen, turn.language)


def to_go(turn: Turn, goal: Goal, per_head_fen: int) -> str | None:
    """What is missing, as the difference of the two figures that are printed; None when that would be nothing."""
    missing = round_yuan(goal.fen) - round_yuan(per_head_fen)
    return formats.yuan(missing * 100, turn.language) if missing > 0 else None


def due_on(turn: Turn, due: date, said: str) -> str:
    """A day of the next visit, with how long it is past."""
    late = (turn.day - due).days
    return turn.t("day-overdue", day=said, days=late) if late > 0 else said
