"""Text from outside made well-formed once, where it comes in: what every database keeps and every screen shows.

Left out is what nobody sees and what makes a text look like another one: NUL and other control characters, halves of
characters (lone surrogates), code points that are no characters, marks that turn the direction of writing, and
characters without width. So a name with a zero-width space in it is the same name.
"""

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of characters, no characters
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb"  # without width, or turning the direction
    "\U000e0000-\U000e0fff]"
)
_LAST_TWO = (chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
_NO_CHARACTERS = re.compile(f"[{''.join(_LAST_TWO)}]")
"""The last two of each plane."""
_JOINERS = re.compile(
    "(?<![\u200d\ufe00-\ufe0f\u20e3\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff])[\u200d\ufe00-\ufe0f]+"
)
"""Those that join emoji stay."""
_BLANKS = re.compile(r"\s+")


def text(raw: str) -> str:
    """What somebody wrote, line breaks and emoji as they are."""
    if raw.isascii() and raw.isprintable():
        return raw
    kept = _NO_CHARACTERS.sub("", _DROPPED.sub("", _BREAKS.sub("\n", raw)))
    return _JOINERS.sub("", kept)


def line(raw: str) -> str:
    """The same on one line, without outer blanks: a name, a place, a code."""
    return _BLANKS.sub(" ", text(raw)).strip()
