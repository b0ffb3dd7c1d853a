"""How a name is written, and when two writings are one name: the same rule at import, in search and in messages.

`阿依·古丽`, `阿依•古丽`, `阿依.古丽`, `阿依 古丽` and `阿依古丽` are one person, and so in every script: what counts as
a character of a name is asked of Unicode, not of a range of codes.
"""

import re
import unicodedata

from bot.domain import wellformed

DOT = "·"
"""What stands between the parts of a name as it is kept."""
SEPARATORS = "·•‧∙⋅・ꞏ᛫᛬●∘◦‣․.。⸱⸳⸰▪"
"""What people type for it, once widths are folded."""
_GAP = re.compile(rf"[\s{re.escape(SEPARATORS)}]+")
_DROPPED = re.compile(rf"[\s{re.escape(SEPARATORS)},、'’\-_]+")


def folded(text: str) -> str:
    """One line, well-formed, in one width."""
    return wellformed.line(unicodedata.normalize("NFKC", wellformed.line(text)))


def written(name: str) -> str:
    """A name as it is kept: one dot between its parts, no blanks between characters that stand without them."""
    if name.isascii():
        return wellformed.line(name)
    text = folded(name)

    def gap(found: "re.Match[str]") -> str:
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        if not (before and after and is_character(before) and is_character(after)):
            return found.group()
        return "" if found.group().isspace() else DOT

    return _GAP.sub(gap, text)


def key(name: str) -> str:
    """What two writings of one name share: no dots, no blanks, small letters."""
    return _DROPPED.sub("", folded(name).lower())


def same(one: str, other: str) -> bool:
    """Whether both are writings of one name."""
    return key(one) == key(other)


def is_character(char: str) -> bool:
    """Whether it stands without blanks: Chinese, Yi and the like, in any plane; no Latin letters, no figures."""
    return unicodedata.category(char) == "Lo"
