"""What a message says about the seven checks, and whether all is well (domain.md section 5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.checks import Check, CheckState
from bot.understanding.check_words import (
    ALL_FINE,
    BAD,
    EXCLUDED,
    FINE,
    FIXED,
    GOES_ON,
    HOUSE,
    NEGATION,
    OTHERS,
    OUTSIDE,
    PLAINLY_FINE,
    SUBJECTS,
    WHOLE,
)
from bot.understanding.names import DATE
from bot.understanding.trouble_words import SURE, TROUBLES, VIRTUES

_CHECKS = tuple(Check)


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


def find_checks(clauses: list[tuple[str, str]]) -> Findings:
    """Findings of a message, from its clauses (masked for the rules, as written for the notes)."""
    found = Findings()
    fine = False
    last: Check | None = None
    read: dict[str, _Said] = {}  # what is written twice is read once
    for masked, written in clauses:
        said = read.get(masked) or read.setdefault(masked, _said(masked))
        if last is not None and said.goes_on:
            found.put(last, CheckState.OK, written)
            continue
        said.put_into(found, written.strip())
        last = said.subject if said.subject not in found.states else None
        fine = fine or said.all_fine
    ordered = {check: found.states[check] for check in Check if check in found.states}
    found.states = ordered
    found.notes = {check: ",".join(dict.fromkeys(said)) for check, said in found.clauses.items()}
    found.all_ok = fine and CheckState.PROBLEM not in ordered.values()
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What one clause says: states in the order in which they are kept, and the subject that it ends with."""

    states: tuple[tuple[Check, CheckState], ...]
    mended: frozenset[Check]  # what it says to be in order again
    subject: Check | None
    all_fine: bool
    goes_on: bool

    def put_into(self, found: Findings, written: str) -> None:
        for check, state in self.states:
            if state is CheckState.OK and check in self.mended and found.states.get(check) is CheckState.PROBLEM:
                found.states.pop(check)
                found.clauses.pop(check, None)
            found.put(check, state, written)


def _said(masked: str) -> _Said:
    plain = masked.replace(DATE, "")
    text = EXCLUDED.sub(lambda match: "\ue004" * len(match.group()), plain)
    if not HOUSE.search(text):
        text = OUTSIDE.sub(lambda match: "\ue004" * len(match.group()), text)
    spans = _stretches(text)
    states = [(check, CheckState.OK) for pattern, checks in WHOLE if pattern.search(text) for check in checks]
    states += [(check, state) for check, stretch in spans if (state := _generic(stretch))]
    own = [(check, state) for check in _CHECKS if (state := _specific(check, text))]
    mended = frozenset(check for check, state in own if state is CheckState.OK) if FIXED.search(text) else frozenset()
    subject = spans[-1][0] if spans else None
    return _Said((*states, *own), mended, subject, _says_all_fine(text), GOES_ON.match(text.strip()) is not None)


def _stretches(text: str) -> list[tuple[Check, str]]:
    """Each subject with what is said of it: up to the next subject; 房子、水都好 shares its predicate."""
    marks = sorted(
        (match.start(), match.end(), check) for check, pattern in SUBJECTS.items() for match in pattern.finditer(text)
    )
    found: list[tuple[Check, str]] = []
    said = text[marks[-1][1] :] if marks else ""
    for position in range(len(marks) - 1, -1, -1):
        end = marks[position][1]
        limit = marks[position + 1][0] if position + 1 < len(marks) else len(text)
        own = text[end:limit]
        if re.sub(r"[、和跟与及 还有的也]", "", own):
            said = own
        found.append((marks[position][2], said))
    return found[::-1]


def words(masked: str) -> Iterator[tuple[int, int]]:
    """Where the words of a clause stand that tell of one of the seven checks, or that all is well."""
    kept = [at for at, char in enumerate(masked) if char not in {DATE, " ", "、"}]
    bare = "".join(masked[at] for at in kept)
    for pattern in _TELLING:
        for match in pattern.finditer(bare):
            if match.end() > match.start():
                yield kept[match.start()], kept[match.end() - 1] + 1
    for pattern in SUBJECTS.values():
        for match in pattern.finditer(bare):
            said = FINE.search(bare, match.end(), match.end() + 10) or BAD.search(bare, match.end(), match.end() + 10)
            if said:
                yield kept[match.start()], kept[said.end() - 1] + 1


_TELLING = (
    *SURE.values(),
    *TROUBLES.values(),
    *VIRTUES.values(),
    *(pattern for pattern, _ in WHOLE),
    ALL_FINE,
    OTHERS,
    PLAINLY_FINE,
    FIXED,
)
_NEAR = 40  # a word of praise begins at most 8 characters behind its subject


def _generic(stretch: str) -> CheckState | None:
    match = FINE.search(stretch[:_NEAR])
    if match is None or match.start() > 8:
        return _generic_trouble(stretch)
    before = stretch[: match.start()]
    if re.search(r"(?:不|没有?|没得|还没|未|不太|不是很|不大|只|仅|刚)(?:太|很|大|怎么|是很|算|够)?$", before):
        return CheckState.PROBLEM
    return CheckState.OK


def _generic_trouble(stretch: str) -> CheckState | None:
    """水质差, 收入掉了一截: a word of trouble right behind the subject, unless it is denied or mended."""
    bad = BAD.search(stretch[:10])
    if bad is None or re.search(r"\d", stretch[:10]):
        return None
    denied = NEGATION.search(stretch[: bad.start()]) is not None
    return CheckState.OK if denied or _mended(stretch, bad) else CheckState.PROBLEM


def _specific(check: Check, text: str) -> CheckState | None:
    virtue = VIRTUES[check].search(text)
    denied = False
    if sure := SURE[check].search(text):
        if not _mended(text, sure):
            return CheckState.PROBLEM
        denied = True
    for match in TROUBLES[check].finditer(text):
        if _denied(text, match):
            denied = True
            continue
        if _mended(text, match):
            denied = True
            continue
        return CheckState.PROBLEM
    return CheckState.OK if denied or virtue else None


def _denied(text: str, match: re.Match[str]) -> bool:
    """Whether the trouble is said not to be there: 没漏, 不漏, 没有辍学, 没发现裂缝."""
    trigger = match.start(match.lastgroup or 0)
    before = text[max(0, trigger - 6) : trigger]
    return NEGATION.search(before) is not None


def _mended(text: str, match: re.Match[str]) -> bool:
    """Whether the trouble is past: 漏雨的房顶修好了."""
    done = FIXED.search(text, match.start())
    return done is not None and not _UNDONE.search(text[max(0, done.start() - 6) : done.start()])


_UNDONE = re.compile(r"(?:没有?|没得|未|还没|不)(?:有|去|人|能|得|肯|想|愿意?)?$")
_MISHAP = re.compile(
    r"遭(?:了|到|受)?(?:了)?[\u4e00-\u9fff]{0,3}(?:冰雹|雹子?|灾|水|旱|虫|霜|雪|冻|瘟)|受(?:了)?(?:灾|旱|"
    r"冻)|(?:被|着)(?:大|洪)?(?:水|冰雹|雹子?|霜|雪|风|虫)?(?:淹|打|泡|冲|冻|吃)了?|"
    r"(?:病|瘟|冻|淹|旱|毒|咬|热|闷)?死(?:了|掉|亡)?|发瘟|[猪鸡]瘟"
)


def is_mishap(clause: str) -> bool:
    """Whether a trouble with the income is nothing but a lost crop or animal."""
    rest = _MISHAP.sub(" ", clause)
    return rest != clause and not SURE[Check.INCOME].search(rest) and not TROUBLES[Check.INCOME].search(rest)


def _says_all_fine(text: str) -> bool:
    bare = re.sub(r"[\s、]", "", text)
    if OTHERS.search(bare):
        return True
    if (all_fine := ALL_FINE.search(bare)) and not (
        all_fine.group()[0] in "和跟与同照" and _names_check(bare, all_fine.start())
    ):
        return True
    plain = PLAINLY_FINE.search(bare)
    return plain is not None and not _names_check(bare, plain.end())


def _names_check(text: str, end: int) -> bool:
    """Whether one of the seven checks is named before `end`."""
    return any(pattern.search(text, 0, end) for pattern in SUBJECTS.values())
