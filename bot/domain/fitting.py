"""Texts cut to what Telegram takes, counted in UTF-16 units as Telegram counts: what is cut ends with `…`."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate

from bot.domain import wellformed
from bot.domain.limits import BUTTONS, LABEL, MESSAGE, NAME, SHOWN, SHOWN_NAMES

_PIECE = re.compile(
    r"(?P<tag></?[a-z][^<>]*>)|&(?:#\d{1,8}|#x[0-9a-f]{1,6}|lt|gt|amp|quot);|.", re.IGNORECASE | re.DOTALL
)
_DANGLING = "\u200d\ufe0f"
_LEAST_LINE = 24
"""Units of a line below which whole lines are left out instead."""
_LAST_LINES = 3
"""A screen ends with its question or with what to do: these lines always stay."""
MARK = "…"
Piece = tuple[int, str]
"""Its width in units, and what it is."""
Line = list[Piece]


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(mark > "\uffff" for mark in text)


def cut(text: str, most: int) -> str:
    """At most so many units; never half a character."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    left, end = most - 1, 0
    for mark in text:
        left -= 2 if mark > "\uffff" else 1
        if left < 0:
            break
        end += 1
    return text[:end].rstrip(_DANGLING) + MARK  # a joiner without its second half


def label(text: str) -> str:
    """What stands on a button; never empty, which Telegram refuses."""
    return cut(wellformed.line(text), LABEL) or MARK


def buttons(rows: Sequence[Sequence[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Rows of labels and callback data: labels cut; of too many buttons the last row, which leads on, stays."""
    room = BUTTONS - len(rows[-1]) if rows else 0
    totals = accumulate(len(row) for row in rows[:-1])
    kept = [row for row, total in zip(rows, totals, strict=False) if total <= room] + list(rows[-1:])
    return [[(label(text), data) for text, data in row] for row in kept]


def variable(key: str, value: object, names: int = NAME) -> str:
    """A variable of a text as a screen shows it: names are cut after so many characters, all else after `SHOWN`."""
    return cut(str(value), names if key in SHOWN_NAMES else SHOWN)


def escaped(key: str, value: object) -> str:
    """The same, to stand in HTML."""
    return escape(variable(key, value), quote=False)


def html(text: str, most: int = MESSAGE) -> str:
    """A message's HTML, at most so many units once its tags and entities are read.

    The longest lines are cut first, all alike, so that title, question and what to do stay; tags always stay.
    """
    text = wellformed.text(text)
    lines = [list(_pieces(line)) for line in text.split("\n")] if len(text) * 2 > most else []
    if sum(map(_size, lines)) + len(lines) - 1 <= most:
        return text
    lines = _fewer(lines, most // _LEAST_LINE)
    longest = _longest([_size(line) for line in lines], most)
    return "\n".join(_cut_line(line, longest) for line in lines)


def _pieces(text: str) -> Iterator[Piece]:
    """Tags (without width), entities and characters."""
    for found in _PIECE.finditer(text):
        piece = found.group()
        yield (0 if found["tag"] else 2 if piece > "\uffff" or piece.startswith("&#") else 1), piece


def _size(line: Line) -> int:
    return sum(width for width, _ in line)


def _fewer(lines: list[Line], most: int) -> list[Line]:
    """At most so many lines: those left out in the middle become one, `…`."""
    if len(lines) <= most:
        return lines
    gone = slice(most - _LAST_LINES - 1, -_LAST_LINES)
    tags = [piece for line in lines[gone] for piece in line if not piece[0]]
    return [*lines[: gone.start], [(1, MARK), *tags], *lines[gone.stop :]]


def _longest(sizes: list[int], most: int) -> int:
    """The length of a line at which all of them, the longer ones cut to it, and the breaks between them have room."""
    room, left = most - (len(sizes) - 1), len(sizes)
    for size in sorted(sizes):
        if size * left > room:
            break
        room, left = room - size, left - 1
    return room // left if left else most


def _cut_line(line: Line, most: int) -> str:
    if _size(line) <= most:
        return "".join(piece for _, piece in line)
    kept, left, full = [], most - 1, False
    for width, piece in line:
        if width and not full and width > left:
            full = True
            kept.append(MARK)
        if not width or not full:
            kept.append(piece)
            left -= width
    return "".join(kept)
