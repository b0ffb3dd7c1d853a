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


def convert(lines: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """One answer a line, in order; blank lines are skipped.

    Raises ValueError naming the line number when a line is not what section 5 describes.
    """
    known: dict[tuple[RosterHousehold, ...], Roster] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            identity, today, text, households = _read(line)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"line {number}: {_reason(error)}") from error
        if households not in known:
            known.clear()
            known[households] = Roster.of(households)
        reading = understand(text, today, known[households], lexicon)
        yield json.dumps(as_json(reading, identity), ensure_ascii=False)


def _read(line: str) -> tuple[str, date, str, tuple[RosterHousehold, ...]]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError("not a JSON object")
    if not isinstance(row["text"], str):
        raise TypeError("text is not a string")
    return (
        wellformed.text(str(row["id"])),
        date.fromisoformat(row["today"]),
        wellformed.text(row["text"]),
        tuple(map(household, row.get("roster") or ())),
    )


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
        raise TypeError("a name in the roster is not a string")
    return wellformed.line(value)


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else wellformed.line(str(error))
