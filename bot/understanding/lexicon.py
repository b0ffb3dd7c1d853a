"""The words that name what money is earned with or spent on; they come from the policy pack."""

from collections.abc import Iterable
from typing import Self

from bot.understanding.model import Item


class Lexicon:
    """Every word of the pack's items, longest first, ready to be found in a text."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self._by_word = {word: item for item in reversed(items) for word in (item.name, *item.words)}

    @classmethod
    def of(cls, items: Iterable[Item]) -> Self:
        """Index the items; a word that two items share belongs to the first."""
        return cls(tuple(items))
