"""Findings and visit of a message as both readers have them."""

from dataclasses import replace
from datetime import date

from bot.domain.checks import Check, CheckState, Mode
from bot.understanding.checks import Findings
from bot.understanding.dates import DateToken
from bot.understanding.parts import Parts
from bot.understanding.second import NO, YES, Scores, read_clauses
from bot.understanding.settle import Settled
from bot.understanding.visits import Visit, implied_visit


def settled_checks(findings: Findings, parts: Parts, scores: dict[str, Scores], settled: Settled) -> None:
    """The seven checks and whether all is well: what the rules do not see is looked for clause by clause."""
    clauses, written = read_clauses(parts.text), parts.written
    for check in Check:
        said = findings.states.get(check)
        answer = settled.take("check", said or NO, scores[check.value] if said else clauses[check])
        if answer == NO:
            findings.states.pop(check, None)
            findings.notes.pop(check, None)
        elif answer != said:
            findings.states[check] = CheckState(answer)
            if answer == CheckState.PROBLEM:
                findings.notes[check] = written.strip()
    fine = settled.take("all_ok", YES if findings.all_ok else NO, scores["all_ok"]) == YES
    findings.all_ok = fine and CheckState.PROBLEM not in findings.states.values()


def settled_visit(
    visit: Visit | None, dates: list[DateToken], today: date, scores: Scores, settled: Settled
) -> Visit | None:
    """The visit as both readers have it; one that only the second reader sees is of the day that is said."""
    said = visit.mode.value if visit else NO
    answer = settled.take("visit", said, scores)
    if answer == said:
        return visit
    if answer == NO:
        return None
    if visit is not None:
        return replace(visit, mode=Mode(answer))
    found = implied_visit(dates, today) or Visit(None if dates else today, Mode.HOME, unclear=bool(dates))
    return replace(found, mode=Mode(answer))
