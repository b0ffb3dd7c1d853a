"""What is put right in passing: 昨天去罗家,哦不是,是周家 tells of 周家; the new word takes the place of the old one.

Only a word of the same sort is replaced, and only one that stands before in the same message; a message that begins
with 错了 or 不对 speaks of an older record.
"""

import itertools
import re
from collections.abc import Sequence

from bot.understanding.tokens import Token, scan
from bot.understanding.units import UNIT

Span = tuple[int, int]
_CUE = re.compile(
    r"[,。;!?.… \n]{1,4}(?:哦|噢|喔|呃|额|唉|哎|啊)?[, ]?"
    r"(?:不对不对|不对|错了错了|错了|错啦|不是(?=[,。;! 的是]|应)|说错了?|讲错了?|写错了?|打错了?|记错了?|搞错了?"
    r"|口误|等等|等下)"
    r"(?:了|啊|哈|啦)?[,。;!. ]{0,3}(?:应该|应当|其实|我)?(?:是去的?|是到|是|去的是|改成|改为|为)?(?:在)?"
    r"|[,。;! \n]{1,3}(?:哦|噢|喔)[, ]?(?:不)?(?:应该)?是(?:去的?)?"
)
_NOT = re.compile(r"不是(?:去)?$")
_BUT = re.compile(r"[家户]?[, ]?(?:而)?是(?:去)?")
_MORE = re.compile(r"[,。 ][^,。 ]{2}")
_END = re.compile(r"[,。;! ]|$")
_MOST = 5
"""Words that are put right in one message."""


def amended(text: str, masked: str, mentions: Sequence[Span], dates: Sequence[Span]) -> str | None:
    """The message as it was meant, None when nothing is put right; `masked` is as long as `text`."""
    for cue in list(_CUE.finditer(masked))[:_MOST]:
        for spans in (mentions, dates, _figures(masked), _units(masked, cue.end())):
            new = next((span for span in spans if span[0] == cue.end()), None)
            old = [span for span in spans if span[1] <= cue.start()]
            if new and old:
                return _put_right(text, old[-1], cue.start(), new)
    return _not_that_one(text, masked, mentions)


def _not_that_one(text: str, masked: str, mentions: Sequence[Span]) -> str | None:
    """今天去的不是王家,是李家,都好: only the second was visited."""
    for one, other in itertools.pairwise(mentions):
        before = _NOT.search(masked, max(0, one[0] - 3), one[0])
        if before and before.start() and _BUT.fullmatch(masked, one[1], other[0]) and _MORE.search(masked, other[1]):
            return text[: before.start()] + text[other[0] :]
    return None


def _units(masked: str, new: int) -> list[Span]:
    """The units of counts, and one that stands alone behind the cue."""
    alone = UNIT.match(masked, new)
    if alone is None or not _END.match(masked, alone.end()):
        return []
    counts = [(each.end - len(each.word), each.end) for each in scan(masked[:new]) if each.unit and each.word]
    return [*counts, alone.span()]


def _figures(masked: str) -> list[Span]:
    money: list[Token] = [token for token in scan(masked) if not token.unit and not token.each]
    return [(token.start, token.end) for token in money]


def _put_right(text: str, old: Span, cue: int, new: Span) -> str:
    end = new[1]
    if text[old[1] : old[1] + 1] in {"家", "户"} and text[end : end + 1] in {"家", "户"}:
        end += 1
    return text[: old[0]] + text[slice(*new)] + text[old[1] : cue] + "," + text[end:]
