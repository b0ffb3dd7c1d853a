"""What a clause speaks of at a word, and which checks a predicate there is said of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.domain.checks import Check, CheckState
from bot.understanding.finding_tokens import NONE, Checks, Role, Token
from bot.understanding.finding_words import COSTING

FAR: Final = 10
_UNKNOWN: Final = 5
"""How many characters, and how many of them unknown, may stand between a subject and what is said of it."""
_BEHIND: Final = 6
_SCHOOL: Final = 8
"""Characters behind schooling that make it a matter of money, and before it that say where."""
_AROUND: Final = 12
"""Words that are looked at on either side."""
_OUTSIDE: Final = frozenset({Check.HOUSING, Check.WATER})
"""Checks whose troubles a thing of another kind takes upon itself."""
_HOUSING: Final = frozenset({Check.HOUSING})
_INCOME: Final = frozenset({Check.INCOME})
_AMOUNT: Final = re.compile(r"\d{2}|[一二两三四五六七八九十几多][万千百]|[一二两三四五六七八九十百千万]块")
HALF: Final = ("一半", "了一半", "半截", "了半截", "不到一半", "一点", "了一点")
"""Behind a word of mending: it is not done."""
_THROUGH: Final = frozenset({Role.PASSES, Role.JOINS})
_ORDER: Final = tuple(Check)
MASKED: Final = "\ue000"
"""From here on characters stand for names and groups."""


class Said(NamedTuple):
    """One finding of a clause."""

    check: Check
    state: CheckState
    mended: bool  # what was wrong before is right again
    start: int
    end: int


@dataclass(slots=True)
class Carried:
    """What the clauses before leave open: their last subjects, and whether nothing was said of them yet."""

    subjects: Checks = NONE
    bare: bool = False
    narrow: bool = False
    problems: Checks = NONE
    past: Checks = NONE  # what is told to have been wrong once


@dataclass(slots=True)
class Clause:
    """What a clause says, what it speaks of at its end, and what it takes back."""

    said: list[Said] = field(default_factory=list)
    subjects: Checks = NONE
    bare: bool = False
    narrow: bool = False
    past: Checks = NONE
    taken_back: Checks = NONE  # what was said of these before is not so


class Scope:
    """The words of a clause, the place that is read, and what has been spoken of."""

    def __init__(self, text: str, found: Sequence[Token], carried: Carried) -> None:
        self.text, self.tokens, self.carried = text, found, carried
        self.clause = Clause()
        self.at = 0
        self.group: Checks = NONE  # the subject that is spoken of
        self.group_start = self.group_end = 0
        self.said_of_group = False
        self.troubles: set[Check] = set()  # what this clause says to be wrong
        self.thing = self.owner = self.narrow = False
        self.denial: Token | None = None
        self.conjoined = False  # the last predicate was denied: what is joined to it is so, too
        self.head = True  # nothing but passing words so far

    def gap(self, start: int, end: int) -> None:
        """Unknown characters end a denial and the beginning of a clause."""
        if all(char >= MASKED for char in self.text[start:end]):
            return
        self.denial, self.conjoined, self.head = None, False, False

    def speak_of(self, checks: Checks, token: Token, start: int) -> None:
        """Turn to another subject."""
        self.group, self.group_start, self.group_end = checks, start, token.end
        self.thing, self.said_of_group, self.narrow = False, False, False
        self.denial, self.conjoined = None, False

    def put(self, checks: Checks, state: CheckState, token: Token, *, mended: bool = False) -> None:
        """Keep what is said of these checks."""
        start = self.group_start if self.group & checks else token.start
        for check in sorted(checks, key=_ORDER.index):
            self.clause.said.append(Said(check, state, mended, min(start, token.start), token.end))
        if state is CheckState.PROBLEM:
            self.troubles |= checks
        if checks & self.group or not self.group:
            self.said_of_group = True

    # what is near

    def next(self, token: Token) -> Token | None:
        """The word right behind this one."""
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        return following if following is not None and following.start == token.end else None

    def near(self, token: Token) -> bool:
        """Whether the subject is near enough."""
        between = token.start - self.group_end
        if between < 0 or between > FAR:
            return between < 0
        known = sum(each.end - each.start for each in self._since(token))
        return between - known <= _UNKNOWN

    def joined(self, token: Token, most: int = 1) -> bool:
        """Whether nothing but passing and joining words stands behind the subject."""
        if token.start - self.group_end > FAR:
            return False
        known = sum(each.end - each.start for each in self._since(token) if each.word.role in _THROUGH)
        return token.start - self.group_end - known <= most

    def _since(self, token: Token) -> list[Token]:
        before = self.tokens[max(0, self.at - _AROUND) : self.at]
        return [each for each in before if self.group_end <= each.start and each.end <= token.start]

    def ahead(self, token: Token, of: Checks) -> Checks:
        """The subject right behind a predicate: 断了水, 漏雨的房子."""
        end = token.end
        for each in self.tokens[self.at + 1 : self.at + 4]:
            if each.start != end:
                return NONE
            if each.word.subject:
                return each.word.subject & of
            if each.word.role is not Role.PASSES:
                return NONE
            end = each.end
        return NONE

    def _closes(self, most: int) -> bool:
        """Whether hardly anything follows."""
        end, unknown = self.tokens[self.at].end, 0
        if len(self.tokens) - self.at > _AROUND:
            return False
        for each in self.tokens[self.at + 1 :]:
            unknown += each.start - end
            if unknown > most or each.word.subject or each.word.role is Role.NOTHING:
                return False
            end = each.end
        return unknown + len(self.text) - end <= most

    def at_school(self, token: Token) -> bool:
        """在县一中读书: somebody is where one learns, and it is no matter of money."""
        return "在" in self.text[max(0, token.start - _SCHOOL) : token.start] and not self.costs(token)

    def costs(self, token: Token) -> bool:
        """Whether money or work stands right behind."""
        behind = self.text[token.end : token.end + _BEHIND]
        return any(each in behind for each in COSTING)

    def strong(self, token: Token) -> bool:
        """A weak subject counts where another one, a predicate or a joining word is beside it."""
        beside = self.next(token)
        joined = bool(self.group) and not self.said_of_group and self.joined(token)
        if beside is None:
            return joined and token.end == len(self.text)
        return joined or bool(beside.word.subject) or beside.word.role is Role.JOINS or self._told(token)

    def _told(self, token: Token) -> bool:
        end = token.end
        for each in self.tokens[self.at + 1 : self.at + FAR]:
            word = each.word
            if each.start != end:
                return False
            if word.predicate and word.role is Role.TELLS:
                return word.generic or bool(token.word.subject & (word.good | word.bad))
            if word.role not in {Role.PASSES, Role.DENIES}:
                return False
            end = each.end
        return False

    # what a predicate is said of

    def targets(self, token: Token, *, bad: bool) -> Checks:
        """The checks that a trouble or a virtue is said of."""
        word = token.word
        of, own = (word.bad, word.own_bad) if bad else (word.good, word.own_good)
        if self.owner:
            return NONE
        if self.thing and self.near(token):
            return own - _OUTSIDE
        if self.narrow and self.near(token):
            return self.ahead(token, of) or self._of_narrow(token, own, bad=bad)
        here = self.group & (of | own)
        if here and self.near(token):
            return here
        return self.ahead(token, of) or self._of_carried(token, of | own, bad=bad) or own

    def _of_narrow(self, token: Token, own: Checks, *, bad: bool) -> Checks:
        here = self.group & token.word.bad_narrow
        if here == _INCOME and _AMOUNT.search(self.text):
            return own  # 工钱6000块没拿到: that is asked or noted as money
        if not bad or (self.denial is not None and here != _HOUSING):
            return own
        return here or own

    def _of_carried(self, token: Token, of: Checks, *, bad: bool) -> Checks:
        """A clause that is nothing but a predicate goes on about what the clause before spoke of."""
        begun = self.head or (bad and not token.word.generic and token.start <= _UNKNOWN)
        waiting = bad and self.carried.bare and not token.word.generic and len(token.text) > 1
        if not self.group and ((self.head and waiting) or ((begun or waiting) and self._closes(0 if bad else 2))):
            about = self.carried.subjects | self.carried.past
            return about & (token.word.bad_narrow if self.carried.narrow else of)
        return NONE

    def mended(self, token: Token) -> Checks:
        """The checks that a word of mending is said of: a subject, or what was wrong before."""
        word = token.word
        if (
            not word.mended
            or self.text.startswith(HALF, token.end)
            or self.owner
            or self.narrow
            or (self.thing and self.near(token))
        ):
            return NONE
        here = word.mended & self.troubles
        if self.group:
            return here | (self.group & word.mended)
        return self.ahead(token, word.mended) or here or ((self.carried.problems | self.carried.past) & word.mended)
