"""`ruhu understand`: JSON lines in, JSON lines out (interface.md section 5)."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bot.domain import wellformed
from bot.understanding.lexicon import Lexicon
from bot.understanding.message import understand
from bot.understanding.model import RosterHousehold, as_json
from bot.understanding.roster import Roster

WRONG = ("json", "object", "missing", "text", "day", "name", "other")
"""What may be wrong with a line; the command line has the words."""


class WrongLine(ValueError):
    """A line is not what section 5 describes: its number, one of `WRONG`, and the key that it is about."""

    def __init__(self, number: int, code: str, what: str = "") -> None:
        super().__init__(f"line {number}: {code} {what}".strip())
        self.number, self.code, self.what = number, code, what


def convert(lines: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """One answer a line, in order; blank lines are skipped. Raises WrongLine."""
    known: dict[tuple[RosterHousehold, ...], Roster] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            identity, today, text, households = _read(line)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WrongLine(number, *_reason(error)) from error
        if households not in known:
            known.clear()
            known[households] = Roster.of(households)
        reading = understand(text, today, known[households], lexicon)
        yield json.dumps(as_json(reading, identity), ensure_ascii=False)


class _Not(TypeError):
    """A value is not what it should be: one of `WRONG`."""


def _read(line: str) -> tuple[str, date, str, tuple[RosterHousehold, ...]]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise _Not("object")
    if not isinstance(row["text"], str):
        raise _Not("text")
    return (
        wellformed.text(str(row["id"])),
        _day(row["today"]),
        wellformed.text(row["text"]),
        tuple(map(household, row.get("roster") or ())),
    )


def _day(written: object) -> date:
    try:
        return date.fromisoformat(written)  # type: ignore[arg-type]  # TypeError when it is no text
    except (ValueError, TypeError) as error:
        raise _Not("day") from error


def household(row: dict[str, Any]) -> RosterHousehold:
    """One household of a request's roster; raises TypeError or KeyError when it is none."""
    group = row.get("group")
    return RosterHousehold(
        head=_word(row["head"]),
        members=tuple(_word(name) for name in row.get("members") or ()),
        group=None if group is None else wellformed.line(str(group)),
        alias=tuple(_word(name) for name in row.get("alias") or ()),
        key=row.get("key"),
    )


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise _Not("name")
    return wellformed.line(value)


def _reason(error: Exception) -> tuple[str, str]:
    if isinstance(error, KeyError):
        return "missing", wellformed.line(str(error.args[0]))
    if isinstance(error, _Not):
        return str(error), ""
    return ("json" if isinstance(error, json.JSONDecodeError | RecursionError) else "other"), ""
