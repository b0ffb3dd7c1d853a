"""A message with names, groups and times masked; what it plans and what it corrects itself."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from bot.understanding import intents
from bot.understanding.amendments import amended
from bot.understanding.dates import DateToken, When, find_dates
from bot.understanding.homophones import meant
from bot.understanding.households import Who, drop_counterparts, resolve
from bot.understanding.names import DATE, GROUP, NAME, NAME_TAIL, Mention, find_groups, find_names, mask
from bot.understanding.normalise import LIMIT, clauses, normalise
from bot.understanding.roster import Roster

_MOST_PUT_RIGHT = 3
_YEAR = re.compile(r"20\d\d|[23]\d年|明年")


@dataclass(frozen=True, slots=True)
class Parts:
    """A message with names and times masked, and what was masked."""

    written: str
    text: str
    dates: tuple[DateToken, ...]
    mentions: tuple[Mention, ...]
    who: Who
    today: date


def masked(text: str, today: date, roster: Roster) -> str:
    """The text with names, groups and times masked: what the second reader is trained on."""
    return parts_of(text, today, roster).text


def parts_of(text: str, today: date, roster: Roster) -> Parts:
    """The message with names, groups and times masked."""
    plain = normalise(text)
    groups = find_groups(plain, roster)
    masked = mask(plain, [(start, end) for start, end, _ in groups], GROUP, GROUP)
    everybody = find_names(masked, roster)
    mentions = drop_counterparts(masked, everybody)
    masked = mask(masked, [(each.start, each.end) for each in everybody], NAME, NAME_TAIL)
    masked = meant(masked)
    dates = find_dates(masked, today)
    masked = mask(masked, [(each.start, each.end) for each in dates], DATE, DATE)
    who = resolve(masked, mentions, [key for _, _, key in groups], roster)
    return Parts(text[:LIMIT], masked, tuple(dates), tuple(mentions), who, today)


def without_plans(parts: Parts) -> str:
    """The text without the clauses that only plan or wish."""
    chars, planning = list(intents.seen(parts.text)), False
    plans = [token.start for token in parts.dates if token.when is When.PLAN]
    for start, end in clauses(parts.text):
        clause = parts.text[start:end]
        here = plans[bisect_left(plans, start) : bisect_left(plans, end)]
        if chars[start:end] != list(clause):
            continue
        dated = any(parts.text[at - 1 : at] != "到" for at in here)
        planning = dated or intents.is_wish(clause) or (planning and intents.is_expected(clause))
        if planning:
            past = re.search(r"本来|原本|原打算|原计划", clause)  # 昨天本来要去: the day was, the going was not
            chars[start:end] = [DATE if past and char == DATE else " " for char in clause]
    return "".join(chars)


def in_future(parts: Parts) -> bool:
    """工资3500 2025年5月, written in 2024: the year is said, so it is asked and not dropped."""
    years = [
        token
        for token in parts.dates
        if token.when is When.PLAN and _YEAR.search(parts.written, token.start, token.end)
    ]
    spans = clauses(parts.text)
    return any(
        not intents.is_wish(parts.text[start:end])
        for start, end in spans
        if any(start <= token.start < end for token in years)
    )


def put_right(text: str, today: date, roster: Roster) -> Parts:
    """The message with what it corrects itself; a correction of an older record stays as it is."""
    parts = parts_of(text, today, roster)
    for _ in range(_MOST_PUT_RIGHT):
        if intents.speaks_of_last(parts.text):
            return parts
        mentions = [(each.start, each.end) for each in parts.mentions]
        better = amended(parts.written, parts.text, mentions, [(each.start, each.end) for each in parts.dates])
        if better is None:
            return parts
        parts = parts_of(better, today, roster)
    return parts
