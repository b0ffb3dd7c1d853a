"""Clues: problems that stay open until somebody closes them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.domain.access import Scope
from bot.domain.checks import Check
from bot.domain.records import Clue, Visit
from bot.storage import visits
from bot.storage.lenient import day, readable
from bot.storage.schema import clues, households
from bot.storage.scopes import covers
from bot.storage.sealing import open_optional, seal_optional
from bot.storage.transaction import Transaction

c = clues.c
_OPEN = c.closed_on.is_(None) & c.withdrawn.is_(False)


def insert(tx: Transaction, clue: Clue) -> int:
    """Open a clue; its own id is not read. Its id."""
    values = {
        "household_id": clue.household_id,
        "record_id": clue.record_id,
        "check": clue.check,
        "note_sealed": seal_optional(tx.secrets, clue.note, "note"),
        "opened_on": clue.opened_on,
    }
    return int(tx.conn.execute(clues.insert().values(values).returning(c.id)).scalar_one())


def get(tx: Transaction, clue_id: int) -> Clue | None:
    """The clue with this id, open or not."""
    found = _select(tx, c.id == clue_id)
    return found[0] if found else None


def open_of(tx: Transaction, household_id: int) -> list[Clue]:
    """The open clues of a household, oldest first."""
    return _with_news(tx, _select(tx, c.household_id == household_id, _OPEN))


def of_household(tx: Transaction, household_id: int) -> list[Clue]:
    """The clues of a household, open and closed but not withdrawn, oldest first."""
    return _select(tx, c.household_id == household_id, c.withdrawn.is_(False))


def open_for(tx: Transaction, scope: Scope) -> list[Clue]:
    """The open clues of a scope, oldest first; households that left are left out."""
    inside = select(households.c.id).where(covers(scope), households.c.left_on.is_(None))
    return _with_news(tx, _select(tx, c.household_id.in_(inside), _OPEN))


def close(tx: Transaction, clue_id: int, *, on: date, by: int, note: str | None) -> bool:
    """Close a clue with what was done; False when it is not open."""
    values = {"closed_on": on, "closed_by": by, "closed_note_sealed": seal_optional(tx.secrets, note, "note")}
    return tx.conn.execute(clues.update().where(c.id == clue_id, _OPEN).values(values)).rowcount > 0


def withdraw_by_record(tx: Transaction, record_id: int) -> int:
    """Withdraw the clues that an undone record opened; how many."""
    return tx.conn.execute(clues.update().where(c.record_id == record_id).values(withdrawn=True)).rowcount


def reopen_by_record(tx: Transaction, record_id: int) -> int:
    """Let the clues of a restored record stand again; how many."""
    return tx.conn.execute(clues.update().where(c.record_id == record_id).values(withdrawn=False)).rowcount


def _with_news(tx: Transaction, found: list[Clue]) -> list[Clue]:
    """Open clues with what the newest visit that saw the same problem again said of it."""
    if not found:
        return found
    since = min(clue.opened_on for clue in found)
    seen = visits.with_problems(tx, {clue.household_id for clue in found}, since)
    return [replace(clue, said=_said_again(clue, seen.get(clue.household_id, ()))) for clue in found]


def _said_again(clue: Clue, seen: Iterable[Visit]) -> str | None:
    for visit in seen:
        if visit.record_id != clue.record_id and visit.visited_on >= clue.opened_on and clue.check in visit.amiss:
            return visit.words_on(clue.check)
    return None


def _select(tx: Transaction, *where: ColumnElement[bool]) -> list[Clue]:
    rows = tx.conn.execute(select(clues).where(*where).order_by(c.opened_on, c.id))
    return readable(rows, lambda row: _clue(tx, row))


def _clue(tx: Transaction, row: Row[Any]) -> Clue:
    return Clue(
        id=row.id,
        household_id=row.household_id,
        check=Check(row.check),
        opened_on=day(row.opened_on),
        note=open_optional(tx.secrets, row.note_sealed, "note"),
        record_id=row.record_id,
        closed_on=row.closed_on,
        closed_note=open_optional(tx.secrets, row.closed_note_sealed, "note"),
    )
