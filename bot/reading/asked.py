"""What is asked of a reading process, and how it says that something is missing or went wrong."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.storage.transaction import Transaction
from bot.understanding import Item, Reading, RosterHousehold

Households = Callable[[Transaction], Sequence[RosterHousehold]]
Readings = Mapping["Asked", Reading]
"""What was read for one update."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One text to be read on the day `today`.

    `roster` names the households that may be meant and their version, `pack` the words of the policy pack; both are
    sent once and kept. Two equal questions have one answer.
    """

    text: str
    today: date
    roster: Hashable
    pack: str


class Missing(Exception):
    """A reading is needed to go on: the transaction is rolled back, the text is read, and all begins anew.

    `households` are looked up when no reading process knows `asked.roster` yet; `items` are the pack's.
    """

    def __init__(self, asked: Asked, households: Households, items: Callable[[], tuple[Item, ...]]) -> None:
        super().__init__()
        self.asked, self.households, self.items = asked, households, items


class TooHard(Exception):
    """The text was not read within its time; the process that tried has been ended."""


class Unreadable(Exception):
    """No answer, and no sign that the text is hard: the parser has a defect with it, or the reading process died.

    `kind` and `place` say where, never what was written.
    """

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(f"{kind} at {place}")
        self.kind, self.place = kind, place
