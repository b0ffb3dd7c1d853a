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
    """Every word of the pack's items by its first character, longest first."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        words: dict[str, Item] = {}
        for item in items:
            for word in (item.name, *item.words):
                words.setdefault(normalise(word), item)
        self._by_first: dict[str, list[tuple[str, Item]]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            if word:
                self._by_first[word[0]].append((word, words[word]))

    @classmethod
    def of(cls, items: Iterable[Item]) -> Self:
        """Index the items; a word that two items share belongs to the first."""
        return cls(tuple(items))

    def find(self, text: str) -> list[Found]:
        """Words of items in a normalised text, the longest at each place, in order."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            hit = next(
                ((word, item) for word, item in self._by_first.get(text[at], ()) if text.startswith(word, at)), None
            )
            if hit is None:
                at += 1
                continue
            found.append(Found(at, at + len(hit[0]), hit[1]))
            at += len(hit[0])
        return found
