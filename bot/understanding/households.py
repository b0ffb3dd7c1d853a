"""Which household a message is about, from everybody that it names."""

import re
from dataclasses import dataclass

from bot.understanding.joined import name_key
from bot.understanding.names import GROUP, Mention, Tier
from bot.understanding.roster import Roster, group_key

_COUNTERPART = re.compile(r"(?:帮|给|替|向|租给|卖给|包给|转给|借给|为|在|找|嫁给|同|跟着|送给|欠)$")
_CALL = re.compile(r"电话|视频|微信|语音|联系")


def drop_counterparts(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without those who only take part: 帮张三家摘烟, 租给李四种; the first one named is the subject."""
    kept: list[Mention] = []
    for mention in mentions:
        before = text[max(0, mention.start - 6) : mention.start].rstrip(GROUP)
        if kept and _COUNTERPART.search(before) and not _CALL.search(before):
            continue
        kept.append(mention)
    return kept


@dataclass(frozen=True, slots=True)
class Who:
    """The household of a message: one, several to choose from, or none that is known."""

    household: int | None = None
    candidates: tuple[int, ...] = ()
    several: bool = False
    said: bool = False  # somebody of the roster is named


def resolve(text: str, mentions: list[Mention], groups: list[str], roster: Roster) -> Who:
    """One household, or whom to ask about: firmer names and groups settle what looser ones leave open."""
    if not mentions:
        return Who()
    top = max(mention.tier for mention in mentions)
    here: frozenset[int] | None = None
    kept: set[frozenset[int]] = set()  # those that `here` lies in
    for mention in sorted(mentions, key=lambda each: -each.tier):
        possible = mention.households
        if possible in kept:
            continue
        if here is None or here & possible:
            here = possible if here is None else here & possible
            kept.add(possible)
        elif mention.tier is Tier.FULL or _is_household(text, mention) or _opens(text, mention):
            return Who(None, tuple(sorted(here | possible)), several=True, said=True)
    here = here or frozenset()
    if groups and (top < Tier.FULL or len(here) > 1 or len(groups) == 1):
        inside = frozenset(index for index in here if group_key(roster.households[index].group) in groups)
        if not inside and top is Tier.NICK:
            return Who(said=True)
        here = inside or here if len(here) > 1 else inside
    if len(here) == 1:
        return Who(next(iter(here)), said=True)
    return Who(None, tuple(sorted(here)), said=True)


def _opens(text: str, mention: Mention) -> bool:
    """Whether a name begins a line or an item of a list: 阿军…;老熊…"""
    return text[: mention.start].rstrip(" " + GROUP)[-1:] in {";", "\n"}


def _is_household(text: str, mention: Mention) -> bool:
    return text[mention.end : mention.end + 1] in {"家", "户"} and not _COUNTERPART.search(
        text[max(0, mention.start - 6) : mention.start]
    )


def labels(indexes: tuple[int, ...], roster: Roster) -> tuple[str, ...]:
    """Heads' names to choose from; NAME@GROUP where two heads share a name."""
    return tuple(
        f"{home.head}@{home.group}" if len(roster.heads[name_key(home.head)]) > 1 and home.group else home.head
        for home in (roster.households[index] for index in indexes)
    )
