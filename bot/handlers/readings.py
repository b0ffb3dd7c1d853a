"""Readings of what a person wrote, against the households that they may write about.

Reading happens in a process of its own between two attempts at the update: what is not read yet is asked for by
raising Missing (docs/delivery.md, "Reading"). The version in a roster's name is stored in the database, so that an
import of another process is seen too (bot/storage/people.py).
"""

from collections.abc import Hashable
from dataclasses import replace

from bot.domain import access
from bot.domain.access import Action, Scope
from bot.domain.households import Household
from bot.domain.policy import Pack
from bot.handlers.turn import Turn
from bot.reading.asked import Asked, Households, Missing
from bot.storage import people, roster_version
from bot.storage.transaction import Transaction
from bot.understanding import Item, Reading, RosterHousehold


def reading_of(turn: Turn, text: str, household: Household | None = None) -> Reading:
    """What `text` means to the person: of all households that they see, or of this one where it is settled already."""
    pack = turn.shop.policies.on(turn.day)
    name, households = _all(turn) if household is None else _only(turn, household)
    asked = Asked(text, turn.day, name, pack.name)
    if asked not in turn.readings:
        raise Missing(asked, households, lambda: _items(pack))
    return turn.readings[asked]


def reading_about(turn: Turn, household: Household, text: str) -> Reading:
    """What `text`, which names nobody, means when it is said of this household; its notes are the words as said."""
    prefix = f"{household.head}家"
    found = reading_of(turn, prefix + text, household)
    notes = {check: note.removeprefix(prefix) for check, note in found.problem_notes.items()}
    return replace(found, problem_notes=notes, note=found.note.removeprefix(prefix) if found.note else found.note)


def _items(pack: Pack) -> tuple[Item, ...]:
    return tuple(Item(item.name, item.kind, tuple(item.words), item.sector) for item in pack.items)


def _all(turn: Turn) -> tuple[Hashable, Households]:
    scope = access.scope_of(turn.who, Action.VIEW)
    return (scope, roster_version.get(turn.tx)), lambda tx: _rows(tx, scope)


def _rows(tx: Transaction, scope: Scope) -> list[RosterHousehold]:
    return [
        RosterHousehold(head, tuple(members), group, tuple(alias), code)
        for code, head, members, group, alias in people.roster_rows(tx, scope)
    ]


def _only(turn: Turn, household: Household) -> tuple[Hashable, Households]:
    members = [person.name for person in people.of_household(turn.tx, household.id) if person.name != household.head]
    alone = RosterHousehold(household.head, tuple(members), household.group, (), household.code)
    return alone, lambda _: [alone]
