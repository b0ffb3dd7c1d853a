"""A clause as words of the seven checks: one table of all words, the longest at each place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import product
from typing import Final, NamedTuple

from bot.domain.checks import Check
from bot.understanding import finding_troubles as troubles
from bot.understanding import finding_virtues as virtues
from bot.understanding import finding_words as words
from bot.understanding.names import DATE

Checks = frozenset[Check]
NONE: Final[Checks] = frozenset()


class Role(Enum):
    """What a word does in a clause beside telling of a check."""

    TELLS = auto()
    NOTHING = auto()
    THING = auto()
    OWNER = auto()
    OURS = auto()
    DENIES = auto()
    NOT_BEING = auto()
    LATE_DENIAL = auto()
    IMPOSSIBLE = auto()
    JOINS = auto()
    PASSES = auto()
    PLANS = auto()
    LIMITS = auto()
    PAST = auto()
    TAKES_BACK = auto()


@dataclass(slots=True)
class Word:
    """What one word says: `bad`, `good` and `mended` of a subject of these checks, `own_` without any subject."""

    role: Role = Role.TELLS
    subject: Checks = NONE
    weak: bool = False
    narrow: Checks = NONE
    bad_narrow: Checks = NONE
    bad: Checks = NONE
    good: Checks = NONE
    mended: Checks = NONE
    own_bad: Checks = NONE
    own_good: Checks = NONE
    generic: bool = False
    lackable: bool = field(default=True)

    @property
    def predicate(self) -> bool:
        """Whether the word says something of a subject."""
        return bool(self.bad_narrow or self.bad or self.good or self.mended or self.own_bad or self.own_good)


class Token(NamedTuple):
    """A word where it stands; characters between tokens are not known."""

    start: int
    end: int
    word: Word
    text: str


def _checks(names: str) -> Checks:
    return frozenset(map(Check, names.split()))


def _add(table: dict[str, Word], rows: Mapping[str, str], slot: str, *, generic: bool = False) -> None:
    for names, row in rows.items():
        for each in row.split():
            word = table.setdefault(each, Word())
            setattr(word, slot, getattr(word, slot) | _checks(names))
            word.generic = word.generic or generic


def _mending() -> Iterator[tuple[str, str]]:
    yield from virtues.MENDED.items()
    for names, verbs in virtues.MENDED_VERBS.items():
        yield names, " ".join(verb + end for verb in verbs.split() for end in virtues.MENDED_ENDS.split())


def _table() -> dict[str, Word]:
    table: dict[str, Word] = {}
    _add_subjects(table)
    _add(table, {troubles.ANY: troubles.TROUBLES_ANY}, "bad", generic=True)
    _add(table, {troubles.ANY: virtues.VIRTUES_ANY}, "good", generic=True)
    _add(table, troubles.TROUBLES_OF, "bad")
    _add(table, virtues.VIRTUES_OF, "good")
    _add(table, {"income": troubles.MISHAPS}, "own_bad")
    _add(table, troubles.TROUBLES_OWN, "own_bad")
    _add(table, virtues.VIRTUES_OWN, "own_good")
    _add(table, troubles.TROUBLES_NARROW, "bad_narrow")
    for names, row in _built(troubles.BUILT):
        _add(table, {names: row}, "own_bad")
    for names, row in _built(virtues.BUILT_GOOD):
        _add(table, {names: row}, "good")
    for names, row in _mending():
        _add(table, {names: row}, "mended")
    _take_over(table)
    for role, row in _ROLES:
        for each in row.split():
            table.setdefault(each, Word()).role = role
    return table


def _add_subjects(table: dict[str, Word]) -> None:
    _add(table, words.WEAK, "subject")
    for word in table.values():
        word.weak = True
    strong: dict[str, Word] = {}
    _add(strong, words.SUBJECTS, "subject")
    for each in words.NOT_LACKED.split():
        strong.setdefault(each, Word()).lackable = False
    table.update(strong)
    _add(table, words.NARROW, "narrow")


def _built(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[tuple[str, str]]:
    for names, columns in rows:
        yield names, " ".join(map("".join, product(*(column.split() for column in columns))))


def _take_over(table: dict[str, Word]) -> None:
    """掉了 and 断过 say whatever 掉 and 断 say."""
    for each, word in table.items():
        if each.endswith(("了", "过")) and (plain := table.get(each[:-1])) is not None:
            word.bad, word.good, word.mended = word.bad | plain.bad, word.good | plain.good, word.mended | plain.mended
            word.own_bad, word.own_good = word.own_bad | plain.own_bad, word.own_good | plain.own_good
            word.bad_narrow |= plain.bad_narrow


_ROLES: Final = (
    (Role.PASSES, words.PASSED_OVER),
    (Role.JOINS, words.JOINING),
    (Role.LIMITS, words.LIMITS),
    (Role.PAST, words.PAST),
    (Role.PLANS, words.PLANS),
    (Role.TAKES_BACK, words.TAKING_BACK),
    (Role.DENIES, words.DENIALS),
    (Role.NOT_BEING, words.NOT_BEING),
    (Role.LATE_DENIAL, words.LATE_DENIALS),
    (Role.IMPOSSIBLE, words.IMPOSSIBLE),
    (Role.OWNER, words.OTHER_OWNERS),
    (Role.OURS, words.THIS_HOUSEHOLD),
    (Role.THING, words.OTHER_THINGS),
    (Role.NOTHING, words.NOTHING),
)
TABLE: Final = _table()
_LENGTHS: Final = {
    first: sorted({len(each) for each in TABLE if each[0] == first}, reverse=True) for first in {w[0] for w in TABLE}
}
_LEFT_OUT: Final = frozenset({DATE, " "})


class Bare(NamedTuple):
    """A clause without times and blanks, and where its characters stood."""

    text: str
    places: list[int]


def bare(masked: str) -> Bare:
    """A masked clause as its words are looked up."""
    places = [at for at, char in enumerate(masked) if char not in _LEFT_OUT]
    return Bare("".join(masked[at] for at in places), places)


def tokens(text: str) -> list[Token]:
    """The words of a bare clause, in order."""
    found: list[Token] = []
    at, size = 0, len(text)
    while at < size:
        for length in _LENGTHS.get(text[at], ()):
            each = text[at : at + length]
            word = TABLE.get(each)
            if word is not None:
                found.append(Token(at, at + len(each), word, each))
                at += len(each)
                break
        else:
            at += 1
    return found
