"""What one clause says about the seven checks: subject, predicate, denial, mending, and whose it is."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.domain.checks import Check, CheckState
from bot.understanding.finding_scope import FAR, MASKED, Carried, Clause, Scope
from bot.understanding.finding_tokens import NONE, Role, Token, tokens
from bot.understanding.finding_words import ONLY_LAST, WHICH

_LACKED: Final = frozenset({Check.FOOD, Check.CLOTHING, Check.WATER, Check.INCOME})
_THINNER: Final = ("", *"了的一半几两三")
"""What may follow where it is only denied that something is there: 厚衣裳没得一件."""
_SCHOOLING: Final = frozenset({Check.EDUCATION})
_LAST: Final = ("", *"了呢的里读念上、也都还就正好嘞啊安,")
_ONLY_LAST: Final = frozenset(ONLY_LAST.split())
_WHICH: Final = tuple(WHICH.split())
_MEASURE: Final = re.compile(r"[\d平厘毫一二三四五六七八九十几多]$")
_INSURED: Final = frozenset("交缴参买办上")
_BY: Final = ("被", "着", "让", "给", "遭")
_KEEPING: Final = frozenset({Role.PASSES, Role.JOINS, Role.DENIES, Role.LIMITS})
"""Words before which a clause has not begun."""


def read_clause(text: str, carried: Carried) -> Clause:
    """Read a bare clause."""
    return _Reader(text, tokens(text), carried).read()


class _Reader(Scope):
    def __init__(self, text: str, found: Sequence[Token], carried: Carried) -> None:
        super().__init__(text, found, carried)
        self.not_being = self.planned = self.past = False
        self.awaiting = False  # 成问题的就是…: the subject comes behind
        self.limited = -FAR
        self.settled = 0  # findings that a late denial no longer reaches

    def read(self) -> Clause:
        last = 0
        for at, token in enumerate(self.tokens):
            self.at = at
            if token.start > last:
                self.gap(last, token.start)
            last = token.end
            self._step(token)
        if self.not_being and self.group and not self.clause.said:
            self.clause.taken_back |= self.group
        self.clause.subjects, self.clause.narrow = self.group, self.narrow
        self.clause.bare = bool(self.group) and not self.said_of_group and not self.narrow
        return self.clause

    def _step(self, token: Token) -> None:
        word = token.word
        if (step := _STEPS.get(word.role)) is not None:
            step(self, token)
        elif word.narrow or (word.subject and not (word.weak and not self.strong(token))):
            self._subject(token)
        elif word.predicate:
            self._predicate(token)
        elif word.role is not Role.JOINS:
            self.gap(token.start, token.end)
            return
        if word.role not in _KEEPING:
            self.head = False

    # words that do something to others

    def nothing(self, token: Token) -> None:
        self.gap(token.start, token.end)

    def another_thing(self, token: Token) -> None:
        self.gap(token.start, token.end)
        if self.text.startswith(_BY, max(0, token.start - 1)) and self.group:
            return  # 水源被牛踩脏
        self.group, self.thing, self.group_end = NONE, True, token.end

    def another_owner(self, token: Token) -> None:
        self.gap(token.start, token.end)
        following = self.next(token)
        owns = self.text.startswith("的", token.end) or (following is not None and bool(following.word.subject))
        if owns or token.text.startswith("隔壁") or token.text.endswith(("家", "村", "组")):
            self.owner, self.group = True, NONE

    def ours(self, token: Token) -> None:
        self.gap(token.start, token.end)
        self.owner = self.thing = False
        if token.word.narrow:
            self._subject(token)

    def denies(self, token: Token) -> None:
        if self.not_being:  # 不是没有
            self.not_being, self.denial, self.head, self.thing = False, None, False, True
            return
        self.denial, self.conjoined = token, False
        if self._lacks_group(token):
            self.put(self.group & _LACKED, CheckState.PROBLEM, token)
            self.denial = None

    def _lacks_group(self, token: Token) -> bool:
        """鞋都没得, 厚衣裳没得一件: nothing is denied but that it is there."""
        rest = self.text[token.end : token.end + 1]
        if not self.group & _LACKED or self.said_of_group or self.thing or self.owner:
            return False
        alone = token.text[-1] in "没得有" and (rest in _THINNER or rest.isdigit()) and self.near(token)
        return alone and not any(each.word.predicate for each in self.tokens[self.at + 1 : self.at + FAR])

    def not_being_(self, token: Token) -> None:
        self.not_being, self.denial = True, token

    def denies_late(self, _token: Token) -> None:
        said = self.clause.said
        said[self.settled :] = [each._replace(state=CheckState.OK) for each in said[self.settled :]]
        self.settled = len(said)

    def cannot(self, token: Token) -> None:
        before = self.clause.said[-1] if self.clause.said else None
        if before is not None and before.end == token.start:
            self.denies_late(token)

    def passes(self, token: Token) -> None:
        word = token.word
        fits = self.group & (word.good | word.bad) and not self.said_of_group and self.joined(token, 0)
        if fits or self.ahead(token, word.good):
            self._predicate(token)
            self.head = False

    def was_so(self, token: Token) -> None:
        self.past = True
        self.gap(token.start, token.end)

    def limits(self, token: Token) -> None:
        self.limited = token.end

    def takes_back(self, _token: Token) -> None:
        self.clause.taken_back, self.clause.said = self.carried.problems, []

    def plans(self, token: Token) -> None:
        self.planned = True
        self.gap(token.start, token.end)

    # subjects

    def _subject(self, token: Token) -> None:
        checks = token.word.subject or token.word.narrow
        owned = self.group_end == token.start - 1 and self.text.startswith("的", self.group_end)
        if (self.thing and (owned or (token.text == "收成" and self.group_end == token.start))) or (
            token.text == "米" and _MEASURE.search(self.text[: token.start][-1:])
        ):
            return  # 猪圈的墙, 3米
        if self.not_being and self.denial is not None:  # 不是房子
            self.group, self.group_end, self.thing, self.denial = checks, token.end, True, None
            return
        if self.denial is not None and not token.word.weak and self._lack(token, self.denial):
            return
        open_ = self.group and not self.said_of_group and not self.narrow
        joined = open_ and not owned and self.joined(token)
        self.speak_of(self.group | checks if joined else checks, token, self.group_start if joined else token.start)
        self.narrow = bool(token.word.narrow)
        if self.awaiting:
            self.put(checks, CheckState.PROBLEM, token)
            self.awaiting = False
        elif Check.EDUCATION in checks and not self.narrow and self.at_school(token):
            self.put(_SCHOOLING, CheckState.OK, token)

    def _lack(self, token: Token, denial: Token) -> bool:
        """没衣服穿, 没医保; but 没水质问题."""
        following = self.next(token)
        self.narrow = False
        if following is not None and _noun(following):
            self.speak_of(token.word.subject, token, denial.start)
            self.denial = denial  # it reaches the trouble behind
            return True
        if not token.word.lackable or not token.word.subject or self.owner:
            return False
        self.speak_of(token.word.subject, token, denial.start)
        self.put(token.word.subject, CheckState.PROBLEM, token)
        return True

    # predicates

    def _predicate(self, token: Token) -> None:
        word = token.word
        refused = self.denial is not None
        denied = refused or self.conjoined
        if self._idle(token) or (self.planned and not refused and (word.mended or word.good or word.own_good)):
            self.gap(token.start, token.end)
            return
        if word.bad and self.head and not self.group and self.text.startswith(_WHICH, token.end):
            self.awaiting = True
            return
        bad, good = self.targets(token, bad=True), self.targets(token, bad=False)
        if mended := self.mended(token):
            self.put(mended, CheckState.PROBLEM if refused else CheckState.OK, token, mended=not refused)
        elif bad and self.past and not denied:
            self.clause.past |= bad
            self.troubles |= bad
        elif bad:
            again = denied and self._no_more(token)
            self.put(bad, CheckState.OK if denied else CheckState.PROBLEM, token, mended=again)
        elif good:
            wanting = refused or self._limited(token)
            self.put(good, CheckState.PROBLEM if wanting else CheckState.OK, token)
        self.conjoined = denied and bool(bad)
        self.denial = None

    def _no_more(self, token: Token) -> bool:
        """不漏了, 没再漏: it was so before."""
        again = self.denial is not None and "再" in self.denial.text
        return again or token.text[-1] == "了" or self.text.startswith("了", token.end)

    def _idle(self, token: Token) -> bool:
        """修好, 学会: the word only completes another; 读大学花了8000, 在学校门口: no schooling."""
        if token.text[0] == "好" and token.start > 0:
            known = self.at > 0 and self.tokens[self.at - 1].end == token.start
            return not known and self.text[token.start - 1] < MASKED
        if Check.EDUCATION in token.word.own_good:
            follows = token.text in _ONLY_LAST and self.text[token.end : token.end + 1] not in _LAST
            return follows or self.costs(token)
        return False

    def _limited(self, token: Token) -> bool:
        """只有一个人买了医保."""
        return token.start - self.limited < FAR and not _INSURED.isdisjoint(token.text)


def _noun(token: Token) -> bool:
    return bool(token.word.bad or token.word.own_bad) and not token.text.startswith("有")


_STEPS: Final[dict[Role, Callable[[_Reader, Token], None]]] = {
    Role.NOTHING: _Reader.nothing,
    Role.THING: _Reader.another_thing,
    Role.OWNER: _Reader.another_owner,
    Role.OURS: _Reader.ours,
    Role.DENIES: _Reader.denies,
    Role.NOT_BEING: _Reader.not_being_,
    Role.LATE_DENIAL: _Reader.denies_late,
    Role.IMPOSSIBLE: _Reader.cannot,
    Role.PASSES: _Reader.passes,
    Role.PLANS: _Reader.plans,
    Role.LIMITS: _Reader.limits,
    Role.PAST: _Reader.was_so,
    Role.TAKES_BACK: _Reader.takes_back,
}
