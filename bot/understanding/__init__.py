"""Free text of a grid monitor → what interface.md section 5 returns; pure, no clock, no network."""

from bot.understanding.lexicon import Lexicon
from bot.understanding.message import understand
from bot.understanding.model import ASK_ORDER, Intent, Item, ReadEntry, Reading, RosterHousehold, as_json
from bot.understanding.roster import Roster

__all__ = [
    "ASK_ORDER",
    "Intent",
    "Item",
    "Lexicon",
    "ReadEntry",
    "Reading",
    "Roster",
    "RosterHousehold",
    "as_json",
    "understand",
]
