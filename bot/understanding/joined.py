"""Names that are written with a dot or with blanks inside: the text as names are looked up in it, and the way back."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import spelling
from bot.understanding.normalise import normalise

_DOTS = re.compile(f"(?<=\\w)[{re.escape(spelling.SEPARATORS.replace('。', ''))}･](?=\\w)")
_INSIDE = frozenset("·•‧∙⋅・･")
"""Those that stand inside names and hardly anywhere else; a full stop also ends a sentence."""
_OLD_CODES = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""The same characters at other places of Unicode."""


def name_key(name: str) -> str:
    """A name of the roster as it is looked up: normalised, without dots and blanks between its characters."""
    return spelling.written(normalise(name)).replace(spelling.DOT, "").strip()


def own_name(found: str | None, names: Iterable[str]) -> str | None:
    """The one of these names that a name found in a text is, as it is written there."""
    return next((name for name in names if name_key(name) == found), None)


@dataclass(frozen=True, slots=True)
class Joined:
    """A text without the dots inside names; `places` leads back, `joints` are where a dot of a name was."""

    text: str
    places: tuple[int, ...] | None = None
    joints: frozenset[int] = frozenset()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text that was given."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)

    def torn(self, start: int, end: int) -> bool:
        """Whether a stretch is a part only of what dots join to one name."""
        return start in self.joints or end in self.joints


def without_dots(text: str) -> Joined:
    """A normalised text with names joined: 阿依·古丽 as 阿依古丽."""
    text = _OLD_CODES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    dots = [found.start() for found in _DOTS.finditer(text) if _between_characters(text, found.start())]
    if not dots:
        return Joined(text)
    gone = set(dots)
    places = tuple(at for at in range(len(text)) if at not in gone)
    inside = {at + 1 for at in dots if text[at] in _INSIDE}
    joints = frozenset(new for new, old in enumerate(places) if old in inside)
    return Joined("".join(text[at] for at in places), places, joints)


def _between_characters(text: str, at: int) -> bool:
    return spelling.is_character(text[at - 1]) and spelling.is_character(text[at + 1])


_BLANKS = re.compile(r" {1,4}")


def across_blanks(text: str, at: int, most: int) -> list[tuple[str, int]]:
    """What begins at `at` and goes over a blank, without it, with its end: 王 老五 is 王老, 王老五."""
    word, found, blanks = text[at], [], False
    at += 1
    while len(word) < most and at < len(text):
        gap = _BLANKS.match(text, at)
        if gap:
            at, blanks = gap.end(), True
        if at >= len(text) or not spelling.is_character(text[at]):
            break
        word += text[at]
        at += 1
        if blanks:
            found.append((word, at))
    return found
