"""Indexed rosters, kept from message to message: indexing takes far longer than reading."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from bot.understanding import Roster

ROOM = 40_000
"""Households that are kept indexed, over all rosters; the one not used for longest goes first."""


@dataclass(slots=True)
class Rosters:
    """Indexed rosters by their name, which carries their version: an older version is never asked for again."""

    room: int = ROOM
    kept: OrderedDict[Hashable, Roster] = field(default_factory=OrderedDict)

    def find(self, name: Hashable) -> Roster | None:
        """The roster of this name, when it is kept."""
        found = self.kept.get(name)
        if found is not None:
            self.kept.move_to_end(name)
        return found

    def keep(self, name: Hashable, roster: Roster) -> None:
        """Keep a roster, and drop those not used for longest beyond the room."""
        self.kept[name] = roster
        while len(self.kept) > 1 and sum(len(each.households) for each in self.kept.values()) > self.room:
            self.kept.popitem(last=False)
