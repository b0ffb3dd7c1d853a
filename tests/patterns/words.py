"""Words that a regular expression nearly matches: what it repeats, said many times, and then something else."""

import random
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from scripts.patterns.alphabet import children

_ENDS = ("", "x", "\u4e71", "\n")  # what breaks a match that was nearly there
_BROKEN = "\uf8ff"  # marks where the repetition ends
_REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


def nearly(pattern: str, flags: int, length: int, rng: random.Random) -> Iterator[str]:
    """Texts of about `length` characters; each comes out the same, only longer, with the same seed."""
    tree = parser.parse(pattern, flags)
    for target in [None, *_repeats(tree)]:
        word = _Words(rng, target)
        said = word.of(tree).partition(_BROKEN)[0]
        rounds = word.of(target[1][2]).replace(_BROKEN, "") * rng.randint(1, 2) if target else ""
        for before, again in ((said, rounds), ("", said + rounds)):
            if again:
                yield (before + again * (length // len(again)))[: length - 1] + rng.choice(_ENDS)


def _repeats(tree: Any) -> Iterator[Any]:
    for node in tree:
        if node[0] in _REPEATS and node[1][1] > 1:
            yield node
        for inner in children(*node) if node[0] is not ops.IN else ():
            yield from _repeats(inner)


def _holds(tree: Any, target: Any) -> bool:
    return target is not None and any(
        node is target or any(_holds(inner, target) for inner in children(*node) if node[0] is not ops.IN)
        for node in tree
    )


class _Words:
    """One text that a tree matches, by chance, through the repetition `target`."""

    def __init__(self, rng: random.Random, target: Any) -> None:
        self.rng, self.target = rng, target

    def of(self, tree: Any) -> str:
        return "".join(self._one(node) for node in tree)

    def _one(self, node: Any) -> str:
        op, value = node
        if op in {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}:
            return self._character(op, value)
        if op in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}:
            return self.of(value[1]) if op is ops.ASSERT and value[0] > 0 and self.rng.random() < 0.5 else ""
        if op in _REPEATS:
            return self._repeated(node)
        inner = children(op, value)
        through = [each for each in inner if _holds(each, self.target)]
        return self.of(self.rng.choice(through or inner))

    def _repeated(self, node: Any) -> str:
        least, most, body = node[1]
        if node is self.target:
            return "".join(self.of(body) for _ in range(min(least, 40))) + _BROKEN
        times = self.rng.randint(least, min(most, least + 2)) if least < 40 else least
        if _holds(body, self.target):
            times = max(1, times)
        return "".join(self.of(body) for _ in range(times))

    def _character(self, op: Any, value: Any) -> str:
        if op is ops.LITERAL:
            return chr(value)
        if op is ops.IN and value[0][0] is not ops.NEGATE:
            what, chosen = self.rng.choice(value)
            if what is ops.RANGE:
                return chr(self.rng.randint(*chosen))
            return chr(chosen) if what is ops.LITERAL else {"SPACE": " ", "DIGIT": "7"}.get(str(chosen)[9:], "w")
        return self.rng.choice("好家1的")
