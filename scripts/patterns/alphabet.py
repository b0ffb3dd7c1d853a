"""Characters that a pattern can tell apart, each kind by one of them, and its sets of characters as bits."""

import re
from collections.abc import Iterator
from functools import cached_property
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

# one of each kind: control, space, punctuation, digits of two scripts, letters, full width, Chinese, stand-in, emoji
_KINDS = "\x00\t\n\x0b !0:A[_`a{\x7f\u00e9\u0660\u3000\u4e00\ue000\U0001f600"


class Alphabet:
    """Between two characters that the pattern names, all are alike to it."""

    def __init__(self, tree: Any, flags: int) -> None:
        edges = {ord(char) for char in _KINDS}
        for low, high in _named(tree):
            for each in {low, high} | (_cases(low) | _cases(high) if flags & re.IGNORECASE else set()):
                edges |= {each, each + 1}
        self.codes = sorted(edge for edge in edges if edge <= 0x10FFFF)

    @cached_property
    def all(self) -> int:
        """Every character."""
        return (1 << len(self.codes)) - 1

    def mask(self, op: Any, value: Any, flags: int) -> int:
        """The characters that a node of the tree matches, as bits."""
        return sum(1 << bit for bit, code in enumerate(self.codes) if _matches(op, value, code, flags))

    def example(self, mask: int) -> str:
        """A character of the set."""
        codes = [code for bit, code in enumerate(self.codes) if mask >> bit & 1]
        return chr(max(codes, key=lambda code: (chr(code).isprintable(), code < 0x10000))) if codes else ""


def _named(tree: Any) -> Iterator[tuple[int, int]]:
    for op, value in tree:
        if op in {ops.LITERAL, ops.NOT_LITERAL}:
            yield value, value
        elif op is ops.RANGE:
            yield value
        else:
            for inner in children(op, value):
                yield from _named(inner)


def children(op: Any, value: Any) -> list[Any]:
    """The trees inside a node."""
    if op is ops.BRANCH:
        return list(value[1])
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
        return [value[2]]
    if op in {ops.ASSERT, ops.ASSERT_NOT}:
        return [value[1]]
    return [value] if op in {ops.ATOMIC_GROUP, ops.IN} else []


def _cases(code: int) -> set[int]:
    return {ord(each) for each in (chr(code).lower(), chr(code).upper()) if len(each) == 1}


def _matches(op: Any, value: Any, code: int, flags: int) -> bool:
    if op is ops.ANY:
        return bool(flags & re.DOTALL) or code != 10
    codes = _cases(code) | {code} if flags & re.IGNORECASE else {code}
    if op is ops.LITERAL:
        return value in codes
    if op is ops.NOT_LITERAL:
        return value not in codes
    if op is ops.RANGE:
        return any(value[0] <= each <= value[1] for each in codes)
    if op is ops.CATEGORY:
        return _in_category(str(value), chr(code), ascii_only=bool(flags & re.ASCII))
    negated = value[0][0] is ops.NEGATE
    return negated != any(_matches(each, what, code, flags) for each, what in value[negated:])


def _in_category(name: str, char: str, *, ascii_only: bool) -> bool:
    sort = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    inside = {"DIGIT": char.isdecimal(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}[sort]
    return (inside and (char.isascii() or not ascii_only)) != ("NOT_" in name)
