"""The households that a writer may mean, indexed once by every way of naming them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from pypinyin import lazy_pinyin

from bot.understanding.joined import name_key
from bot.understanding.model import RosterHousehold
from bot.understanding.named_days import cn_number
from bot.understanding.normalise import normalise

_GROUP = re.compile(r"^第?([一二三四五六七八九十]{1,3}|\d{1,3})(?:村民)?(?:小组|组|社|队)?$")


@lru_cache(maxsize=20_000)
def sound(char: str) -> str:
    """How one character sounds, without its tone."""
    return lazy_pinyin(char)[0]


def sounds(word: str) -> str:
    """How a word sounds: "li hong ying"."""
    return " ".join(map(sound, word))


_ACCENT = re.compile(r"(?<=[zcs])h|(?<=[aei]n)g")


@lru_cache(maxsize=20_000)
def accent(char: str) -> str:
    """How one character sounds where zh is z and ing is in."""
    return _ACCENT.sub("", sound(char))


def accents(word: str) -> str:
    """How a name sounds where zh is z and ing is in; the surname as it is."""
    return " ".join((sound(word[0]), *map(accent, word[1:])))


def group_key(group: str | None) -> str:
    """`5组`, `五组`, `第五村民小组` and `5` are one group; named groups stay as they are."""
    if not group:
        return ""
    plain = normalise(group).strip()
    match = _GROUP.match(plain)
    return str(cn_number(match.group(1))) if match else plain


class Roster:
    """Households by name, alias, given name, surname and sound; positions in `households` are the keys."""

    def __init__(self, households: tuple[RosterHousehold, ...]) -> None:
        self.households = households
        self.names: dict[str, set[int]] = defaultdict(set)
        self.aliases: dict[str, set[int]] = defaultdict(set)
        self.given: dict[str, set[int]] = defaultdict(set)
        self.surnames: dict[str, set[int]] = defaultdict(set)
        self.member_surnames: set[str] = set()
        self.last_chars: dict[str, set[int]] = defaultdict(set)
        self.by_sound: dict[str, set[int]] = defaultdict(set)
        self.by_accent: dict[str, set[int]] = defaultdict(set)
        self.groups: dict[str, set[int]] = defaultdict(set)
        self.heads: dict[str, set[int]] = defaultdict(set)
        for index, household in enumerate(households):
            self._add(index, household)
        self.sound_starts = {tuple(key.split(" ")[:2]) for key in self.by_sound}
        self.accent_starts = {tuple(key.split(" ")[:2]) for key in self.by_accent}
        self.longest = max(map(len, (*self.names, *self.aliases)), default=0)
        self.starts = {word[0] for word in (*self.names, *self.aliases) if word}
        self.named_groups = tuple(key for key in self.groups if len(key) > 1 and not key.isdigit())

    @classmethod
    def of(cls, households: Iterable[RosterHousehold]) -> Self:
        """Index the households; built once and used for many messages."""
        return cls(tuple(households))

    def _add(self, index: int, household: RosterHousehold) -> None:
        head = name_key(household.head)
        for name in (head, *map(name_key, household.members)):
            if len(name) < 2:
                continue
            self.names[name].add(index)
            self.by_sound[sounds(name)].add(index)
            self.by_accent[accents(name)].add(index)
            self.member_surnames.add(name[0])
            if len(name) > 2:
                self.given[name[-2:]].add(index)
        for alias in household.alias:
            word = name_key(alias)
            if len(word) > 1:
                self.aliases[word].add(index)
        if head:
            self.heads[head].add(index)
            self.surnames[head[0]].add(index)
            self.last_chars[head[-1]].add(index)
            self.last_chars[head[-2:][0]].add(index)
        self.groups[group_key(household.group)].add(index)
