"""The words that name what money is earned with or spent on; they come from the policy pack."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.understanding.model import Item
from bot.understanding.normalise import normalise


@dataclass(frozen=True, slots=True)
class Found:
    """A word of an item in a text."""

    start: int
    end: int
    item: Item


class Lexicon:
    """Every word of the pack's items, the longest at each place first."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        words: dict[str, Item] = {}
        for item in items:
            for word in (item.name, *item.words):
                words.setdefault(normalise(word), item)
        self._words = words
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in filter(None, words):
            lengths[word[0]].add(len(word))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}

    @classmethod
    def of(cls, items: Iterable[Item]) -> Self:
        """Index the items; a word that two items share belongs to the first."""
        return cls(tuple(items))

    def find(self, text: str) -> list[Found]:
        """Words of items in a normalised text, the longest at each place, in order."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                item = self._words.get(text[at : at + length])
                if item is not None:
                    found.append(Found(at, at + length, item))
                    at += length
                    break
            else:
                at += 1
        return found
