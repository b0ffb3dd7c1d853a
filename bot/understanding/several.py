"""Several households in one message: the words of each, so that each is read on its own.

A household's words begin where it is named and end where the next one is named. What stands before the first name
(今天走访了…) goes before each of them. Households named in a row (张三、李四两家都好) share the words behind them, if
these say so (都, 每家, 各) or tell of nothing but the visit; else nobody can know whose they are.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.names import DATE, NOT_SURNAMES, SURNAMES, Mention

MOST = 10
"""Households in one message; a longer list is asked to be sent in parts."""

_JOINED = re.compile(r"(?:家|户)?(?:里)?[ ]?(?:[、,/和跟与及]|还有|以及|,?顺便?(?:又)?去了)?[ ]?\ue002*[ ]?")
_SHARED = re.compile(r"都|均|全|每[家户]|各|[两二三四五六七八九十几\d]{1,2}[家户]")
_WHOLE = re.compile(r"[一总]?共|总|合计|加起来|合伙|平分")
_VISITED = re.compile(r"[\ue000-\uf8ff家户去了到过走访看跑入户今天昨天也刚才已的,。 、;!\n]*")
_NUMBERING = re.compile(r"(?:(?<=\n)|^)[ ]?[(]?\d{1,2}[.、):][ ]?(?=\D)")
_CALLED = re.compile(r"电话|微信|视频|语音|打通|联系")
_OWN_DAY = re.compile(DATE)
_FACT = re.compile(r"\d|[一二两三四五六七八九十百千万]{2}|好|正常|没|坏|漏|断|病|钱")
_GONE_TO = re.compile(r"去|到|走|访|看|跑|入户")
_SENTENCE = re.compile(r"[。!?\n]")
_BREAK = re.compile(r"[,:。;!?\n]")


_FAMILY = re.compile(
    rf"(?:(?<=^)|(?<=[,。;!?:\n、 和跟去到了过\ue002]))(?<!嫁到)老?[{''.join(sorted(SURNAMES - NOT_SURNAMES))}]"
    r"[\u4e00-\u9fff]{0,2}(?:家|户)(?![里长庭具乡村庄湾沟坝寨镇河冲箐坡岭铺屯营塘打做干帮吃喝借摘砍盖背当])"
)


def unknown_families(masked: str, written: str) -> tuple[str, ...]:
    """Households that are named and not in the roster (钱七家): their words are nobody else's."""
    return tuple(written[found.start() : found.end()] for found in _FAMILY.finditer(masked))


_FIRST = re.compile(rf"[ ]?(老?[{''.join(sorted(SURNAMES - NOT_SURNAMES))}][\u4e00-\u9fff]{{0,2}}(?:家|户))")


def first_family(masked: str) -> tuple[str, ...]:
    """The household that a text begins with, known or not (周德明家打工3500)."""
    found = _FIRST.match(masked)
    return (found[1],) if found else ()


@dataclass(frozen=True, slots=True)
class Share:
    """One household's words, and who was named there."""

    mention: Mention
    words: str


def shares(masked: str, written: str, mentions: list[Mention]) -> tuple[Share, ...]:
    """The words of each household, () when there are not several or when nobody can know whose some words are.

    `masked` and `written` have the same length; `mentions` are those who are spoken of, in order.
    """
    heads = _subjects(mentions)
    if not 1 < len(heads) <= MOST:
        return ()
    numbered = _NUMBERING.sub(lambda found: " " * len(found.group()), masked)
    plain = "".join(
        char if numbered[at] != " " or masked[at] == " " else " " for at, char in enumerate(written[: len(masked)])
    )
    lead, begins = _begins(numbered, heads)
    found: list[Share] = []
    for row in _rows(numbered, heads, begins):
        mine = _share_row(numbered, plain, lead, row)
        if not mine:
            return ()
        found += mine
    return tuple(found)


def _subjects(mentions: list[Mention]) -> list[Mention]:
    """The first mention of each household in a row; a household spoken of again begins anew."""
    found: list[Mention] = []
    for mention in mentions:
        if not found or not mention.households & found[-1].households:
            found.append(mention)
    again = any(one.households & other.households for at, one in enumerate(found) for other in found[:at])
    return [] if again else found


def _begins(text: str, heads: list[Mention]) -> tuple[int, list[int]]:
    """Where the common beginning ends, and where the words of each household begin."""
    first = heads[0].start
    start = _after_break(text, 0, first)
    lead = first if not _FACT.search(text[:first]) else start
    begins = [lead]
    for before, head in itertools.pairwise(heads):
        begins.append(_after_break(text, before.end, head.start))
    return lead, begins


def _after_break(text: str, floor: int, end: int) -> int:
    """The place behind the last break before `end`, or where the name stands when its clause began with another."""
    breaks = [found.end() for found in _BREAK.finditer(text, floor, end)]
    return breaks[-1] if breaks else (0 if floor == 0 else end)


@dataclass(frozen=True, slots=True)
class _Row:
    """Households named in a row, and where their words begin and end."""

    heads: list[Mention]
    begin: int
    end: int


def _rows(text: str, heads: list[Mention], begins: list[int]) -> Iterator[_Row]:
    ends = [*begins[1:], len(text)]
    row, begin = [heads[0]], begins[0]
    for at, head in enumerate(heads[1:], 1):
        if _JOINED.fullmatch(text, row[-1].end, head.start):
            row.append(head)
            continue
        yield _Row(row, begin, ends[at - 1])
        row, begin = [head], begins[at]
    yield _Row(row, begin, len(text))


def _share_row(text: str, plain: str, lead: int, row: _Row) -> list[Share]:
    own = text[row.begin : row.end]
    if len(row.heads) > 1:
        behind = text[row.heads[-1].end : row.end]
        if _WHOLE.search(behind) or not (_SHARED.search(behind) or _VISITED.fullmatch(behind)):
            return []
    before = "" if row.begin == 0 or row.begin < lead else _common(text, plain, _reach(text, lead, row.begin), own)
    found = []
    for head in row.heads:
        others = [other for other in row.heads if other is not head]
        found.append(Share(head, before + _without(plain, row.begin, row.end, others)))
    return found


def _reach(text: str, lead: int, begin: int) -> int:
    """How much of the beginning still speaks of words at `begin`: behind a line or sentence only what stood alone."""
    return _after_break(text, 0, lead) if _SENTENCE.search(text, lead, begin) else lead


def _common(text: str, plain: str, lead: int, own: str) -> str:
    """What the message began with, as far as these words do not say it themselves."""
    kept = "".join(
        char
        for at, char in enumerate(plain[:lead])
        if not (text[at] == DATE and _OWN_DAY.search(own)) and not (_CALLED.search(own) and text[at] != DATE)
    )
    return "" if _GONE_TO.search(own) and not _OWN_DAY.search(text[:lead]) else kept


def _without(plain: str, begin: int, end: int, others: list[Mention]) -> str:
    """The words without the other households of the row."""
    chars = list(plain[begin:end])
    for other in others:
        until = other.end + (plain[other.end : other.end + 1] in {"家", "户"})
        for at in range(max(other.start - begin, 0), min(until - begin, len(chars))):
            chars[at] = ""
    return re.sub(r"(?<=[、,和跟与])[、,和跟与 ]+|^[、,和跟与 ]+", "", "".join(chars))
