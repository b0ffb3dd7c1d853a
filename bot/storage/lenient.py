"""Reading what may be damaged: one value that cannot be read must not stop the lists, plans and digests of others.

A row of which nothing sure can be said is left out; a damaged text is shown as `UNREADABLE`; a household is listed as
one that cannot be read. `ruhu doctor` names them (bot/storage/unreadable.py).
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.storage.errors import WrongKey
from bot.storage.types import UNREADABLE_DAY

R = TypeVar("R")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def readable(rows: Iterable[R], read: Callable[[R], T]) -> list[T]:
    """What `read` makes of the rows, those left out that hold a value which is none of its kind."""
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except (WrongKey, ValueError):
            continue
    return found


def day(value: date) -> date:
    """The date; ValueError when the column held none."""
    if value is UNREADABLE_DAY:
        raise ValueError("not a date")
    return value


def day_or_none(value: date | None) -> date | None:
    """The date; None when the column held none."""
    return None if value is UNREADABLE_DAY else value


def one_of(kind: type[E], value: str, otherwise: E) -> E:
    """The member with this value, `otherwise` when there is none."""
    try:
        return kind(value)
    except ValueError:
        return otherwise
