"""Indexed rosters, kept from message to message (bot/handlers/rosters.py says when they are made anew)."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.domain.access import Scope
from bot.understanding import Roster

ROOM = 40_000
"""Households that are kept indexed, over all scopes; the roster not used for longest goes first."""


@dataclass(slots=True)
class Rosters:
    """Indexed rosters by scope, each with the version that it was made of."""

    room: int = ROOM
    kept: OrderedDict[Scope, tuple[str, Roster]] = field(default_factory=OrderedDict)

    def find(self, scope: Scope, version: str) -> Roster | None:
        """The roster of a scope, when it is of this version."""
        found = self.kept.get(scope)
        if found is None or found[0] != version:
            return None
        self.kept.move_to_end(scope)
        return found[1]

    def keep(self, scope: Scope, version: str, roster: Roster) -> None:
        """Keep a roster, and drop those not used for longest beyond the room."""
        self.kept[scope] = (version, roster)
        self.kept.move_to_end(scope)
        while len(self.kept) > 1 and sum(len(each.households) for _, each in self.kept.values()) > self.room:
            self.kept.popitem(last=False)
