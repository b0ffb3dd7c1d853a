"""Which words of a message the reading accounts for; the rest is shown as said and kept with what is saved.

Every word ends in a fact, in a question, in the talk that belongs to every message, or here.
"""

import re
from collections.abc import Iterator

from bot.understanding import checks, visits
from bot.understanding.entry_words import NO_AMOUNT, UNHEARD
from bot.understanding.ledger import Ledger
from bot.understanding.parts import Parts
from bot.understanding.small_talk import SMALL_TALK

_WORD = re.compile(r"[\u4e00-\u9fffa-z\d]")
_SHORTEST = 4
"""Characters of the shortest remainder of a clause that says something of its own."""
_ALONE = 2
"""The same where nothing of the clause was understood."""

_ASKED = (NO_AMOUNT, UNHEARD, visits.FORGOTTEN)

Spans = Iterator[tuple[int, int]]


def unread(masked: str, written: str, clauses: list[tuple[int, int]], known: Spans) -> tuple[str, ...]:
    """The words that no span of `known` covers, clause by clause, as written."""
    open_ = bytearray(b"\x01" * len(masked))
    for start, end in known:
        open_[start:end] = bytes(end - start)
    understood = bytes(open_)
    for match in SMALL_TALK.finditer(masked):
        open_[match.start() : match.end()] = bytes(match.end() - match.start())
    found: list[str] = []
    for start, end in clauses:
        said = _said(masked, bytes(open_), understood, start, end)
        if said is not None:
            found.append(written[slice(*said)].strip())
    return tuple(found)


def _said(masked: str, open_: bytes, understood: bytes, start: int, end: int) -> tuple[int, int] | None:
    """From the first to the last word of a clause that is open, with the small talk around it."""
    rest = [at for at in range(start, end) if open_[at] and _WORD.match(masked, at)]
    if len(rest) < (_SHORTEST if 0 in understood[start:end] else _ALONE):
        return None
    low, high = rest[0], rest[-1] + 1
    while low > start and understood[low - 1]:
        low -= 1
    while high < end and understood[high]:
        high += 1
    return low, high


def known(parts: Parts, clauses: list[tuple[int, int]], ledger: Ledger, noted: set[str], *, visited: bool) -> Spans:
    """What of a masked text is a name, a time, a visit, a finding, money, or asked; clauses `noted` are kept whole."""
    masked, written = parts.text, parts.written
    yield from ((at, at + 1) for at, char in enumerate(masked) if "\ue000" <= char <= "\uf8ff")
    if visited:
        yield from visits.words(masked)
    yield from (match.span() for pattern in _ASKED for match in pattern.finditer(masked))
    read: dict[str, tuple[tuple[int, int], ...]] = {}  # what is written twice is read once
    for start, end in clauses:
        if written[start:end].strip() in noted:
            yield start, end
        clause = masked[start:end]
        if clause not in read:
            read[clause] = tuple(checks.words(clause))
        yield from ((start + low, start + high) for low, high in read[clause])
    yield from ledger.words
