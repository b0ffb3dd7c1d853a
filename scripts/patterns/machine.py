"""A regular expression as a graph of its characters: which can begin, which follows which, and in how many ways.

Lookarounds count as nothing here and are looked at on their own, so the graph allows at least what the pattern does.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from scripts.patterns.alphabet import Alphabet

ENDLESS = 32  # more rounds than this are as good as without end
COPIES = 3  # rounds of a bounded repetition that are drawn one by one
TRUSTED_ROUNDS = 3  # a bounded repetition with more rounds must be read in one way, too


class Unknown(Exception):
    """The pattern has something that cannot be judged (back references, conditions)."""


@dataclass(slots=True)
class Part:
    """A piece of the graph; counters tell in how many ways, two standing for any more."""

    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)
    empty: int = 1  # ways to match nothing
    free: bool = True  # nothing can go wrong when it matches nothing
    sure: frozenset[int] = frozenset()  # those of `last` behind which nothing can go wrong
    at_start: frozenset[int] = frozenset()  # those of `first` that stand at the beginning of the text only
    anchored: bool = False


@dataclass(slots=True)
class Machine:
    """The graph of one pattern, lookahead or atomic group; `sets` are characters as bits."""

    kind: str  # "search": tried at each place; "once": tried where it stands; "loop": the body of a bounded repetition
    sets: list[int] = field(default_factory=list)
    follow: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    whole: Part = field(default_factory=Part)
    atomic: list[frozenset[int]] = field(default_factory=list)  # groups that are never entered again


def machines(pattern: str, flags: int) -> tuple[list[Machine], Alphabet]:
    """The graphs of a pattern and of what stands in it on its own. Raises Unknown."""
    tree = parser.parse(pattern, flags)
    alphabet = Alphabet(tree, tree.state.flags)
    builder = _Builder(alphabet)
    builder.machine(tree, tree.state.flags, "search")
    return builder.made, alphabet


class _Builder:
    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.made: list[Machine] = []

    def machine(self, tree: Any, flags: int, kind: str) -> None:
        made = Machine(kind)
        self.made.append(made)
        made.whole = _Drawing(self, made).sequence(tree, flags)
        if kind == "loop":
            _link(made, made.whole.last, made.whole.first)


def _link(machine: Machine, last: Counter[int], first: Counter[int]) -> None:
    for one, ways in last.items():
        row = machine.follow[one]
        for other, more in first.items():
            row[other] = min(2, row[other] + ways * more)


class _Drawing:
    """Draws one tree into one machine."""

    def __init__(self, builder: _Builder, machine: Machine) -> None:
        self.builder, self.machine = builder, machine

    def sequence(self, tree: Any, flags: int) -> Part:
        part = Part()
        for op, value in tree:
            part = self._join(part, self._one(op, value, flags))
        return part

    def _one(self, op: Any, value: Any, flags: int) -> Part:
        if op in {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}:
            return self._character(op, value, flags)
        if op is ops.BRANCH:
            return self._branch([self.sequence(each, flags) for each in value[1]])
        if op is ops.SUBPATTERN:
            return self.sequence(value[3], (flags | value[1]) & ~value[2])
        if op in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
            least, most, body = value
            return self._repeat(least, most, body, flags)
        if op in {ops.POSSESSIVE_REPEAT, ops.ATOMIC_GROUP}:
            return self._atomic(value if op is ops.ATOMIC_GROUP else [(ops.MAX_REPEAT, value)], flags)
        return self._place(op, value, flags)

    def _place(self, op: Any, value: Any, flags: int) -> Part:
        """What matches no character: lookarounds and the edges of the text."""
        if op not in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}:
            raise Unknown(str(op).lower())
        if op is not ops.AT and value[0] > 0:
            self.builder.machine(value[1], flags, "search")
        start = value is ops.AT_BEGINNING_STRING or (value is ops.AT_BEGINNING and not flags & re.MULTILINE)
        return Part(free=False, anchored=start)

    def _character(self, op: Any, value: Any, flags: int) -> Part:
        at = len(self.machine.sets)
        self.machine.sets.append(self.builder.alphabet.mask(op, value, flags))
        return Part(Counter([at]), Counter([at]), 0, False, frozenset([at]))

    def _join(self, one: Part, other: Part) -> Part:
        _link(self.machine, one.last, other.first)
        begun = one.at_start | (
            frozenset(other.first) if one.anchored else other.at_start if one.empty else frozenset()
        )
        return Part(
            _sum(one.first, other.first, one.empty),
            _sum(other.last, one.last, other.empty),
            min(2, one.empty * other.empty),
            one.free and other.free,
            other.sure | (one.sure if other.free else frozenset()),
            one.at_start | begun,
            one.anchored or other.anchored,
        )

    def _branch(self, parts: list[Part]) -> Part:
        first, last = Counter[int](), Counter[int]()
        for part in parts:
            first, last = _sum(first, part.first, 1), _sum(last, part.last, 1)
        return Part(
            first,
            last,
            min(2, sum(part.empty for part in parts)),
            any(part.free for part in parts),
            frozenset().union(*(part.sure for part in parts)),
            frozenset().union(*(part.at_start for part in parts)),
            all(part.anchored for part in parts),
        )

    def _repeat(self, least: int, most: Any, body: Any, flags: int) -> Part:
        endless = most is ops.MAXREPEAT or most > ENDLESS
        if not endless and most > TRUSTED_ROUNDS and not _single(body):
            self.builder.machine(body, flags, "loop")
        part = Part()
        for _ in range(min(least, COPIES) - (1 if endless and least else 0)):
            part = self._join(part, self.sequence(body, flags))
        if endless:
            return self._join(part, self._loop(body, flags, optional=not least))
        more = Part()
        for _ in range(min(most, COPIES) - min(least, COPIES)):
            more = self._maybe(self._join(self.sequence(body, flags), more))
        return self._join(part, more)

    def _loop(self, body: Any, flags: int, *, optional: bool) -> Part:
        part = self.sequence(body, flags)
        _link(self.machine, part.last, part.first)
        return self._maybe(part) if optional else part

    def _maybe(self, part: Part) -> Part:
        return Part(part.first, part.last, min(2, 1 + part.empty), True, part.sure, part.at_start)

    def _atomic(self, tree: Any, flags: int) -> Part:
        self.builder.machine(tree, flags, "once")
        start = len(self.machine.sets)
        part = self.sequence(tree, flags)
        self.machine.atomic.append(frozenset(range(start, len(self.machine.sets))))
        return part


def _sum(one: Counter[int], other: Counter[int], ways: int) -> Counter[int]:
    if not ways:
        return one
    total = Counter(one)
    for at, count in other.items():
        total[at] = min(2, total[at] + ways * count)
    return total


def _single(body: Any) -> bool:
    """Whether each round is one character."""
    return len(body) == 1 and body[0][0] in {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}
