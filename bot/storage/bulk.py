"""Many rows in one statement, for the synthetic township; each kind of row is otherwise written by its own file."""

from collections.abc import Sequence
from dataclasses import asdict

from bot.domain.records import Clue, Record
from bot.storage.schema import clues, records
from bot.storage.sealing import seal_optional
from bot.storage.transaction import Transaction


def insert_records(tx: Transaction, new: Sequence[Record]) -> list[int]:
    """Store records with their numbers and, where they were undone, the moment; their ids in the same order."""
    if not new:
        return []
    rows = [{key: value for key, value in asdict(record).items() if key != "id"} for record in new]
    return list(tx.conn.scalars(records.insert().returning(records.c.id, sort_by_parameter_order=True), rows))


def insert_clues(tx: Transaction, new: Sequence[tuple[Clue, int]]) -> None:
    """Store clues, open or closed, each with the staff member who closes it."""
    rows = [
        {
            "household_id": clue.household_id,
            "record_id": clue.record_id,
            "check": clue.check,
            "note_sealed": seal_optional(tx.secrets, clue.note, "note"),
            "opened_on": clue.opened_on,
            "closed_on": clue.closed_on,
            "closed_by": closer if clue.closed_on else None,
            "closed_note_sealed": seal_optional(tx.secrets, clue.closed_note, "note"),
        }
        for clue, closer in new
    ]
    if rows:
        tx.conn.execute(clues.insert(), rows)
