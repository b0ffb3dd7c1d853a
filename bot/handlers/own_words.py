"""The bot's own words, copied or forwarded back: receipts, cards, digests, questions. They report nothing new."""

import itertools
import re

from bot.texts import LANGUAGES, texts

_AMOUNT = r"-?[\d,]{1,16}(?:\.\d\d)?元|-?¥[\d,]{1,16}(?:\.\d\d)?"
_DAY = r"\d{4}-\d\d-\d\d|\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]{2}"
_SHORT = r"\S{1,30}(?: [a-z]{1,20}){0,3}"
_VARIABLES = {
    **dict.fromkeys("amount goal missing".split(), _AMOUNT),
    **dict.fromkeys("day last next".split(), rf"(?:{_DAY})(?:\(\D{{1,5}}\d{{1,4}}\D{{1,15}}\))?"),
    **dict.fromkeys("days due overdue members count".split(), r"\d{1,6}"),
    **dict.fromkeys("name kind check code group weekday plan card ledger who".split(), _SHORT),
    **dict.fromkeys("what note done".split(), r"[^\n]{1,400}"),
    "month": r"\d{4}年\d{1,2}月|[A-Z][a-z]{2} \d{4}",
    "number": r"[VJ]\d{6}-\d{2,6}",
}
_TEXTS = (
    "saved-visit saved-try saved-clue saved-entry problem-noted problem-again year-per-head year-unknown goal-missing"
    " goal-reached next-visit number corrects undone undone-correction review review-entry review-cost review-repeat"
    " review-repeat-visit card-code card-visits card-visits-none card-this-year card-this-year-unknown card-last-year"
    " card-last-year-key card-last-year-unknown card-goal card-goal-reached card-problem card-problem-plain"
    " card-archive digest-title digest-counts todo-title list-todo visit-title visit-open-problem"
    " attach-done not-understood not-understood-plain help bound-try own-words"
).split()
"""Texts of which one line is enough to know them by; of those with several lines only lines without a variable."""
_LEAST = 4
_MOST_LINES = 60


def _lines() -> list[str]:
    found = []
    for language, name in itertools.product(LANGUAGES, _TEXTS):
        lines = texts.lines(language, name, _VARIABLES)
        found += lines if len(lines) == 1 else [line for line in lines if "(?:" not in line and len(line) >= _LEAST]
    return sorted(set(found))


_OWN = [re.compile(rf"\A{line}\Z") for line in _lines()]


def are_own(text: str) -> bool:
    """Whether any line is one that the bot writes."""
    lines = [line.strip() for line in text.splitlines()[:_MOST_LINES]]
    return any(pattern.match(line) for line in lines for pattern in _OWN)
