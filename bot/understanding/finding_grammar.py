"""What one clause says about the seven checks: subject, predicate, denial, mending, and whose it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.domain.checks import Check, CheckState
from bot.understanding.finding_tokens import NONE, Checks, Role, Token, tokens
from bot.understanding.finding_words import COSTING, ONLY_LAST

_FAR: Final = 10
_UNKNOWN: Final = 5
"""How many characters, and how many of them unknown, may stand between a subject and what is said of it."""
_OUTSIDE: Final = frozenset({Check.HOUSING, Check.WATER})
"""Checks whose troubles a thing of another kind takes upon itself."""
_LACKED: Final = frozenset({Check.FOOD, Check.CLOTHING, Check.WATER, Check.INCOME})
_THINNER: Final = frozenset("了的一半几两三")
_THROUGH: Final = frozenset({Role.PASSES, Role.JOINS})


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
    problems: Checks = NONE


@dataclass(slots=True)
class Clause:
    """What a clause says, what it speaks of at its end, and what it takes back."""

    said: list[Said] = field(default_factory=list)
    subjects: Checks = NONE
    bare: bool = False
    taken_back: Checks = NONE  # what was said of these before is not so


def read_clause(text: str, carried: Carried) -> Clause:
    """Read a bare clause."""
    return _Reader(text, tokens(text), carried).read()


class _Reader:
    def __init__(self, text: str, found: Sequence[Token], carried: Carried) -> None:
        self.text, self.tokens, self.carried = text, found, carried
        self.clause = Clause()
        self.group: Checks = NONE  # the subject that is spoken of
        self.group_start = self.group_end = 0
        self.said_of_group = False
        self.thing = self.owner = self.planned = self.narrow = False
        self.awaiting = False  # 成问题的就是…: the subject comes behind
        self.limited = -_FAR
        self.denial: Token | None = None
        self.not_being = False
        self.conjoined = False  # the last predicate was denied: what is joined to it is so, too
        self.head = True  # nothing but passing words so far

    def read(self) -> Clause:
        last = 0
        for at, token in enumerate(self.tokens):
            if token.start > last:
                self._gap(last, token.start)
            last = token.end
            self._step(at, token)
        if self.not_being and self.group and not self.clause.said:
            self.clause.taken_back |= self.group
        self.clause.subjects = self.group
        self.clause.bare = bool(self.group) and not self.said_of_group and not self.narrow
        return self.clause

    def _gap(self, start: int, end: int) -> None:
        """Unknown characters end a denial and the beginning of a clause."""
        if all(_MASKED <= char for char in self.text[start:end]):
            return
        self.denial, self.conjoined, self.head = None, False, False

    def _step(self, at: int, token: Token) -> None:
        word = token.word
        if word.role in _STEPS:
            getattr(self, _STEPS[word.role])(at, token)
        elif word.narrow:
            self._subject(at, token)
        elif word.subject and not (word.weak and not self._strong(at)):
            self._subject(at, token)
        elif word.predicate:
            self._predicate(at, token)
        else:
            self._gap(token.start, token.end)
            return
        if word.role not in _KEEPING:
            self.head = False

    # words that do something to others

    def _nothing(self, at: int, token: Token) -> None:
        self._gap(token.start, token.end)

    def _thing_(self, at: int, token: Token) -> None:
        self._gap(token.start, token.end)
        self.group, self.thing, self.group_end = NONE, True, token.end

    def _owner_(self, at: int, token: Token) -> None:
        self._gap(token.start, token.end)
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        behind = self.text[token.end : token.end + 1]
        near = following is not None and following.start == token.end and bool(following.word.subject)
        if behind == "的" or near or token.text.endswith(("家", "村", "组")):
            self.owner, self.group = True, NONE

    def _ours(self, at: int, token: Token) -> None:
        self._gap(token.start, token.end)
        self.owner = self.thing = False
        if token.word.narrow:
            self._subject(at, token)

    def _denies(self, at: int, token: Token) -> None:
        if self.not_being:  # 不是没有
            self.not_being, self.denial, self.head = False, None, False
            self.thing = True
            return
        self.denial, self.conjoined = token, False
        if self._lacks_group(token):
            lacked = self.group & _LACKED
            self._put(lacked, CheckState.PROBLEM, token)
            self.denial = None

    def _lacks_group(self, token: Token) -> bool:
        """鞋都没得, 厚衣裳没得一件: nothing is denied but that it is there."""
        rest = self.text[token.end : token.end + 1]
        here = bool(self.group & _LACKED) and not self.said_of_group and not self.thing and not self.owner
        return (
            here
            and token.text[-1] in "没得有"
            and (not rest or rest in _THINNER or rest.isdigit())
            and self._near(token)
            and not self._says_more(token)
        )

    def _says_more(self, token: Token) -> bool:
        return any(each.word.predicate for each in self.tokens if each.start >= token.end)

    def _not_being_(self, at: int, token: Token) -> None:
        self.not_being, self.denial = True, token

    def _late_denial(self, at: int, token: Token) -> None:
        self.clause.said = [each._replace(state=CheckState.OK) for each in self.clause.said]

    def _impossible(self, at: int, token: Token) -> None:
        before = self.clause.said[-1] if self.clause.said else None
        if before is not None and before.end == token.start:
            self._late_denial(at, token)

    def _joins(self, at: int, token: Token) -> None:
        pass

    def _passes(self, at: int, token: Token) -> None:
        if token.word.predicate and (self._beside(at, token) or self._fits(token)):
            self._predicate(at, token)

    def _fits(self, token: Token) -> bool:
        """Whether a word that often only passes is said of the subject before it."""
        word = token.word
        return bool(self.group & (word.good | word.bad)) and not self.said_of_group and self._close(token)

    def _limits(self, at: int, token: Token) -> None:
        self.limited = token.end

    def _takes_back(self, at: int, token: Token) -> None:
        self.clause.taken_back, self.clause.said = self.carried.problems, []

    def _plans(self, at: int, token: Token) -> None:
        self.planned = True
        self._gap(token.start, token.end)

    # subjects

    def _strong(self, at: int) -> bool:
        """A weak subject counts where another one, a predicate or a joining word is beside it."""
        token = self.tokens[at]
        beside = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        joined = bool(self.group) and not self.said_of_group and self._joined(token)
        if beside is None or beside.start != token.end:
            return joined and token.end == len(self.text)
        word = beside.word
        if word.subject or word.role is Role.JOINS or joined:
            return True
        return self._told(at + 1)

    def _told(self, at: int) -> bool:
        end = self.tokens[at - 1].end
        for each in self.tokens[at:]:
            if each.start != end:
                return False
            if each.word.predicate and each.word.role in {Role.TELLS}:
                return each.word.generic
            if each.word.role not in {Role.PASSES, Role.DENIES}:
                return False
            end = each.end
        return False

    def _subject(self, at: int, token: Token) -> None:
        checks = token.word.subject or token.word.narrow
        before = self.text[: token.start]
        if (self.thing and self.group_end == token.start - 1 and before.endswith("的")) or (
            token.text == "米" and _MEASURE.search(before)
        ):
            return  # 猪圈的墙, 3米
        if self.not_being and self.denial is not None:  # 不是房子
            self.group, self.group_end, self.thing, self.denial = checks, token.end, True, None
            return
        if self.denial is not None and not token.word.weak and self._lack(at, token):
            return
        owning = self.group_end == token.start - 1 and before.endswith("的")
        joined = self.group and not self.said_of_group and not owning and self._joined(token)
        self._speak_of(self.group | checks if joined else checks, token, self.group_start if joined else token.start)
        self.narrow = bool(token.word.narrow)
        if self.awaiting:
            self._put(checks, CheckState.PROBLEM, token)
            self.awaiting = False
        elif Check.EDUCATION in checks and not self.narrow and self._at_school(token):
            self._put(_SCHOOLING, CheckState.OK, token)

    def _speak_of(self, checks: Checks, token: Token, start: int) -> None:
        self.group, self.group_start, self.group_end = checks, start, token.end
        self.thing, self.said_of_group, self.narrow = False, False, False
        self.denial, self.conjoined = None, False

    def _at_school(self, token: Token) -> bool:
        """在县一中读书: somebody is where one learns, and it is no matter of money."""
        return "在" in self.text[max(0, token.start - 8) : token.start] and not self._costs(token)

    def _costs(self, token: Token) -> bool:
        behind = self.text[token.end : token.end + 6]
        return any(each in behind for each in COSTING)

    def _joined(self, token: Token) -> bool:
        between = [each for each in self.tokens if self.group_end <= each.start < token.start]
        known = sum(each.end - each.start for each in between if each.word.role in _THROUGH)
        return token.start - self.group_end - known <= 1

    def _lack(self, at: int, token: Token) -> bool:
        """没衣服穿, 没医保; but 没水质问题."""
        assert self.denial is not None
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        denial, self.narrow = self.denial, False
        if following is not None and following.start == token.end and self._noun(following):
            self._speak_of(token.word.subject, token, denial.start)
            self.denial = denial  # it reaches the trouble behind
            return True
        if not token.word.lackable or not token.word.subject or self.owner:
            return False
        self._speak_of(token.word.subject, token, denial.start)
        self._put(token.word.subject, CheckState.PROBLEM, token)
        return True

    def _noun(self, token: Token) -> bool:
        return bool(token.word.bad or token.word.own_bad) and not token.text.startswith("有")

    # predicates

    def _predicate(self, at: int, token: Token) -> None:
        word = token.word
        denied = self.denial is not None or self.conjoined
        if self._idle(token) or (self.planned and not denied and (word.mended or word.good or word.own_good)):
            self._gap(token.start, token.end)
            return
        if word.generic and word.bad and self.head and not self.group and self.text.startswith(_WHICH, token.end):
            self.awaiting = True
            return
        mended = self._mended(at, token)
        bad = self._targets(at, token, bad=True)
        good = self._targets(at, token, bad=False)
        if mended:
            self._put(mended, CheckState.PROBLEM if denied else CheckState.OK, token, mended=not denied)
        elif bad:
            again = self.text[token.end : token.end + 1] == "了" or token.text[-1] == "了" or self._again()
            self._put(bad, CheckState.OK if denied else CheckState.PROBLEM, token, mended=denied and again)
        elif good:
            wanting = denied or self._limited(good, token)
            self._put(good, CheckState.PROBLEM if wanting else CheckState.OK, token)
        self.conjoined = denied and bool(bad)
        self.denial = None

    def _idle(self, token: Token) -> bool:
        """修好, 学会: the word only completes another; 读大学花了8000, 在学校门口: no schooling."""
        if token.text.startswith("好"):
            known = any(each.end == token.start for each in self.tokens)
            return token.start > 0 and not known and self.text[token.start - 1] < _MASKED
        if Check.EDUCATION in token.word.own_good:
            last = self.text[token.end : token.end + 1] in _LAST or token.text not in _ONLY_LAST
            return self._costs(token) or not last
        return False

    def _limited(self, good: Checks, token: Token) -> bool:
        return (
            Check.MEDICAL in good
            and token.start - self.limited < _FAR
            and not _INSURED.isdisjoint(token.text)
        )

    def _again(self) -> bool:
        return self.denial is not None and "再" in self.denial.text

    def _mended(self, at: int, token: Token) -> Checks:
        word = token.word
        if not word.mended or self.owner or self.narrow or (self.thing and self._near(token)):
            return NONE
        here = frozenset(said.check for said in self.clause.said if said.state is CheckState.PROBLEM)
        if self.group:
            return (self.group | here) & word.mended if self.group & word.mended else here & word.mended
        return self._ahead(at, token, word.mended) or ((here or self.carried.problems) & word.mended)

    def _targets(self, at: int, token: Token, *, bad: bool) -> Checks:
        """The checks that a predicate is said of."""
        word = token.word
        of, own = (word.bad, word.own_bad) if bad else (word.good, word.own_good)
        if self.owner:
            return NONE
        if self.thing and self._near(token):
            return own - _OUTSIDE
        if self.narrow and self._near(token):
            return self._of_narrow(token, own, bad=bad)
        here = self.group & (of | own)
        if here and self._near(token):
            return here
        if ahead := self._ahead(at, token, of):
            return ahead
        begun = self.head or (bad and not word.generic and token.start <= _UNKNOWN)
        open_ = begun and not self.group and self._closes(at, 0 if bad else 2)
        if open_ and (found := self.carried.subjects & (of | own)):
            return found
        return own

    def _of_narrow(self, token: Token, own: Checks, *, bad: bool) -> Checks:
        here = self.group & token.word.bad_narrow
        if not bad or (self.denial is not None and here != _HOUSING):
            return own
        return here or own

    def _closes(self, at: int, most: int) -> bool:
        """Whether hardly anything follows."""
        end, unknown = self.tokens[at].end, 0
        for each in self.tokens[at + 1 :]:
            unknown += each.start - end
            if each.word.subject or each.word.role is Role.NOTHING:
                return False
            end = each.end
        return unknown + len(self.text) - end <= most

    def _near(self, token: Token) -> bool:
        between = token.start - self.group_end
        if between < 0 or between > _FAR:
            return between < 0
        known = sum(
            each.end - each.start for each in self.tokens if self.group_end <= each.start and each.end <= token.start
        )
        return between - known <= _UNKNOWN

    def _close(self, token: Token) -> bool:
        known = sum(
            each.end - each.start
            for each in self.tokens
            if self.group_end <= each.start and each.end <= token.start and each.word.role in _THROUGH
        )
        return token.start - self.group_end - known <= 0

    def _beside(self, at: int, token: Token) -> bool:
        return bool(self._ahead(at, token, token.word.good))

    def _ahead(self, at: int, token: Token, of: Checks) -> Checks:
        """The subject right behind a predicate: 断了水, 漏雨的房子."""
        end = token.end
        for each in self.tokens[at + 1 : at + 4]:
            if each.start != end:
                return NONE
            if each.word.subject:
                return each.word.subject & of
            if each.word.role is not Role.PASSES:
                return NONE
            end = each.end
        return NONE

    def _put(self, checks: Checks, state: CheckState, token: Token, *, mended: bool = False) -> None:
        start = self.group_start if self.group & checks else token.start
        for check in sorted(checks, key=_ORDER.index):
            self.clause.said.append(Said(check, state, mended, min(start, token.start), token.end))
        if checks & self.group or not self.group:
            self.said_of_group = True


_SCHOOLING: Final = frozenset({Check.EDUCATION})
_HOUSING: Final = frozenset({Check.HOUSING})
_WHICH: Final = ("的就是", "的是", "的只有", "的还是", "的就")
_LAST: Final = ("", *"了呢的里读念上、也都还就正好嘞啊安,")
_ONLY_LAST: Final = frozenset(ONLY_LAST.split())
_ORDER: Final = tuple(Check)
_STEPS: Final = {
    Role.NOTHING: "_nothing",
    Role.THING: "_thing_",
    Role.OWNER: "_owner_",
    Role.OURS: "_ours",
    Role.DENIES: "_denies",
    Role.NOT_BEING: "_not_being_",
    Role.LATE_DENIAL: "_late_denial",
    Role.IMPOSSIBLE: "_impossible",
    Role.JOINS: "_joins",
    Role.PASSES: "_passes",
    Role.PLANS: "_plans",
    Role.LIMITS: "_limits",
    Role.TAKES_BACK: "_takes_back",
}
_KEEPING: Final = frozenset({Role.PASSES, Role.JOINS, Role.DENIES, Role.LIMITS})
_MASKED: Final = "\ue000"
_MEASURE: Final = re.compile(r"[\d平厘毫一二三四五六七八九十几多]$")
_INSURED: Final = frozenset("交缴参买办上")
