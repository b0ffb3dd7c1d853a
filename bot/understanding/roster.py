"""The households that a writer may mean, indexed once."""

from collections.abc import Iterable
from typing import Self

from bot.understanding.model import RosterHousehold


class Roster:
    """Households by every way of naming them."""

    def __init__(self, households: tuple[RosterHousehold, ...]) -> None:
        self.households = households

    @classmethod
    def of(cls, households: Iterable[RosterHousehold]) -> Self:
        """Index the households; built once and used for many messages."""
        return cls(tuple(households))
