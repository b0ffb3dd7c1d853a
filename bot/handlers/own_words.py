"""The bot's own words, copied or forwarded back: receipts, cards, digests, questions. They report nothing new."""

import itertools
import re
from collections.abc import Iterable

from bot.domain.income_kinds import Kind
from bot.texts import LANGUAGES, texts

_AMOUNT = r"-?[\d,]{1,16}(?:\.\d\d)?元|-?¥[\d,]{1,16}(?:\.\d\d)?"
_DAY = r"\d{4}-\d\d-\d\d|\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]{2}"
_SHORT = r"\S{1,30}(?: [a-z]{1,20}){0,3}"
_WHEN = (
    "digest-when-today digest-when-today-first digest-when-overdue digest-when-overdue-first list-overdue-days"
    " list-due-today list-due-on"
).split()
_VARIABLES = {
    **dict.fromkeys("amount goal missing head".split(), _AMOUNT),
    **dict.fromkeys("day last next".split(), rf"(?:{_DAY})(?:\(\D{{1,5}}\d{{1,4}}\D{{1,15}}\))?"),
    **dict.fromkeys("days due overdue members count year".split(), r"\d{1,6}"),
    **dict.fromkeys("name check code group weekday plan card ledger who change".split(), _SHORT),
    **dict.fromkeys("what note done".split(), r"[^\n]{1,400}"),
    "kind": "|".join(re.escape(texts.get(language, f"kind-{kind}")) for language in LANGUAGES for kind in Kind),
    "place": r"\S{1,40}(?: \S{1,40})?",
    "month": r"\d{4}年\d{1,2}月|[A-Z][a-z]{2} \d{4}",
    "number": r"[VJ]\d{6}-\d{2,6}",
}
_TEXTS = (
    "saved-visit saved-try saved-clue saved-entry saved-entry-bare problem-noted problem-again year-per-head"
    " year-unknown goal-missing goal-reached next-visit number corrects undone undone-correction review"
    " review-entry review-cost review-repeat review-repeat-visit card-code card-visits card-visits-none"
    " card-this-year card-this-year-unknown card-last-year card-last-year-key card-last-year-unknown card-goal"
    " card-goal-reached card-problem card-problem-plain card-archive digest-title digest-counts todo-title"
    " list-todo visit-title visit-open-problem ledger-title ledger-line ledger-sum ledger-net attach-done"
    " clue-closed not-understood not-understood-plain help-visits help-town help-viewer help-liaison"
    " bound-try bound-look own-words"
).split()
"""Texts of which one line is enough to know them by; of those with several lines only lines without a variable."""
_TITLES = "history-title members-title income-title ask-findings".split()
"""First lines that people write themselves, when they write nothing else."""
_FIRST = ("member-saved",)
"""Texts of several lines that are known by their first one."""
_ROWS = ("digest-line", "list-line")
"""Rows of lists: a number, a name and when it is due."""
_LEAST = 4
_MOST_LINES = 60


def _plain(names: Iterable[str], **more: str) -> list[str]:
    """The only line of each text; of several lines those that are the same at each time."""
    found = []
    for language, name in itertools.product(LANGUAGES, names):
        lines = texts.lines(language, name, _VARIABLES | more)
        found += lines if len(lines) == 1 else [line for line in lines if "(?:" not in line and len(line) >= _LEAST]
    return found


_FIRST_LINES = [texts.lines(language, name, _VARIABLES)[0] for language, name in itertools.product(LANGUAGES, _FIRST)]
_ROW_LINES = _plain(_ROWS, number=r"\d{1,3}", when="|".join(_plain(_WHEN)), what="|".join(_plain(_WHEN)))
_OWN = [re.compile(rf"\A{line}\Z") for line in {*_plain(_TEXTS), *_FIRST_LINES, *_ROW_LINES}]
_OWN_TITLES = [re.compile(rf"\A{line}\Z") for line in set(_plain(_TITLES))]


def are_own(text: str) -> bool:
    """Whether any line is one that the bot writes, or the first of several is such a title."""
    lines = [line.strip() for line in text.strip().splitlines()[:_MOST_LINES]]
    titled = len(lines) > 1 and any(pattern.match(line) for line in lines for pattern in _OWN_TITLES)
    return titled or any(pattern.match(line) for line in lines for pattern in _OWN)
