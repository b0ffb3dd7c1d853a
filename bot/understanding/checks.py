"""What a message says about the seven checks, and whether all is well (domain.md section 5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.checks import Check, CheckState
from bot.understanding.finding_grammar import read_clause
from bot.understanding.finding_scope import Carried, Clause, Said
from bot.understanding.finding_tokens import NONE, Role, bare, tokens
from bot.understanding.finding_troubles import MISHAPS
from bot.understanding.fine_words import ALL_FINE, OTHERS, PLAINLY_FINE

_ALL = "都一样各全家屋我"
"""So begins a clause that is about all, even where a subject waits for what is said of it."""
_ABOUT = ("没", "也", "很", "还", "好", "正常", "安全", "不错", "可以", "稳")
"""Where a clause begins so, it goes on about what the clause before spoke of."""
_ANSWER = 5
"""Characters of the longest clause that only answers the question before it."""
_QUESTION = re.compile(r"[?？]")
_OPEN = re.compile(r"(?:了没|没有?|了吗|不)$")


@dataclass(slots=True)
class Findings:
    """States by check, the clauses that tell of problems, and whether everything was said to be fine."""

    states: dict[Check, CheckState] = field(default_factory=dict)
    clauses: dict[Check, list[str]] = field(default_factory=dict)
    notes: dict[Check, str] = field(default_factory=dict)
    all_ok: bool = False

    def put(self, check: Check, state: CheckState, clause: str) -> None:
        """Keep a finding; a problem outweighs an ok of the same check."""
        if self.states.get(check) is CheckState.PROBLEM and state is CheckState.OK:
            return
        self.states[check] = state
        if state is CheckState.PROBLEM:
            self.clauses.setdefault(check, []).append(clause)

    def drop(self, check: Check) -> None:
        """Take a problem back: it was mended, or was another thing's."""
        if self.states.get(check) is CheckState.PROBLEM:
            del self.states[check]
            self.clauses.pop(check, None)

    @property
    def problems(self) -> frozenset[Check]:
        """The checks with a problem."""
        return frozenset(check for check, state in self.states.items() if state is CheckState.PROBLEM)


def find_checks(text: str, written: str, spans: Sequence[tuple[int, int]]) -> Findings:
    """Findings of a masked text with its clauses; the words of a problem are kept as `written`."""
    found, carried, fine = Findings(), Carried(), False
    asked: list[Said] = []
    for start, end in spans:
        clause = bare(text[start:end].replace(":", " ")).text
        words = written[start:end].strip()
        carried.problems = found.problems
        if _says_all_fine(clause, carried):
            fine, carried.subjects = True, NONE
        read = read_clause(clause, carried)
        if asked and (answer := _answered(asked, clause)):
            read.said = [*answer, *read.said]
        if _QUESTION.match(text, end):
            asked, read.said = read.said, []
        else:
            asked = []
        _keep(found, read, words)
        _carry(carried, read)
    found.states = {check: found.states[check] for check in Check if check in found.states}
    found.notes = {check: ",".join(dict.fromkeys(said)) for check, said in found.clauses.items()}
    found.all_ok = fine and CheckState.PROBLEM not in found.states.values()
    return found


def _keep(found: Findings, read: Clause, words: str) -> None:
    for check in read.taken_back:
        found.drop(check)
    for said in _last_word(read.said):
        if said.mended:
            found.drop(said.check)
        found.put(said.check, said.state, words)


def _last_word(said: list[Said]) -> list[Said]:
    """Within a clause what is mended takes the trouble before it along."""
    mended = {each.check: at for at, each in enumerate(said) if each.mended}
    return [each for at, each in enumerate(said) if at >= mended.get(each.check, 0)]


def _carry(carried: Carried, read: Clause) -> None:
    joined = carried.bare and read.bare
    subjects = read.subjects or frozenset(each.check for each in read.said)
    carried.subjects = carried.subjects | subjects if joined else subjects
    carried.bare, carried.narrow = read.bare, read.narrow
    carried.past |= read.past


def _answered(asked: list[Said], clause: str) -> list[Said]:
    """漏雨那间修了没?没修: a short answer says yes or no to what was asked."""
    if len(clause) > _ANSWER:
        return []
    if clause[0] in "没不未":
        turned = {CheckState.OK: CheckState.PROBLEM, CheckState.PROBLEM: CheckState.OK}
        return [each._replace(state=turned[each.state], mended=False) for each in asked]
    return asked if clause[-1] in "了的在好" else []


def words(masked: str) -> Iterator[tuple[int, int]]:
    """Where the words of a clause stand that tell of one of the seven checks, or that all is well."""
    clause = bare(masked)
    kept, text = clause.places, clause.text
    spans = [(said.start, said.end) for said in read_clause(text, Carried(frozenset(Check))).said]
    plain = text.replace("、", "")
    places = [at for at, char in zip(kept, text, strict=True) if char != "、"]
    for start, end in spans:
        yield kept[start], kept[end - 1] + 1
    for pattern in (ALL_FINE, OTHERS, PLAINLY_FINE):
        for match in pattern.finditer(plain):
            if match.end() > match.start():
                yield places[match.start()], places[match.end() - 1] + 1


_MISHAP = frozenset(MISHAPS.split())


def is_mishap(note: str) -> bool:
    """Whether a trouble with the income is nothing but a lost crop or animal."""
    texts = [token.text for token in tokens(bare(note).text) if Check.INCOME in token.word.own_bad]
    return bool(texts) and all(text in _MISHAP for text in texts)


def _says_all_fine(text: str, carried: Carried) -> bool:
    plain = text.replace("、", "")
    if OTHERS.search(plain):
        return True
    if (all_fine := ALL_FINE.search(plain)) and not (
        all_fine.group()[0] in "和跟与同照" and _names_check(plain, all_fine.start())
    ):
        return True
    said = PLAINLY_FINE.search(plain)
    if said is None or _names_check(plain, said.end()) or _tells(text, said.end()):
        return False
    about = carried.subjects and said.start() == 0
    waiting = carried.bare and (len(carried.subjects) > 1 or plain[0] not in _ALL)
    return not (about and (waiting or plain.startswith(_ABOUT)))


def _tells(text: str, end: int) -> bool:
    """Whether what is praised is one of the seven checks."""
    return any(each.start < end for each in read_clause(text, Carried()).said)


def _names_check(text: str, end: int) -> bool:
    """Whether one of the seven checks is named before `end`."""
    found = (token.word for token in tokens(text[:end]))
    return any((word.subject and not word.weak) or word.role is Role.THING for word in found)
