"""A stored record as the raw answers of a draft, for its correction."""

from bot.domain.records import Entry, Record, Visit
from bot.forms.record import SKIP
from bot.forms.record_values import yuan_text
from bot.handlers.turn import Turn
from bot.storage import clues, entries, visits


def answers_of(turn: Turn, record: Record) -> dict[str, str]:
    """A stored record as the raw answers of a draft."""
    answers = {"household": f"#{record.household_id}"}
    visit = visits.of_record(turn.tx, record.id)
    mine = [clue for clue in clues.of_household(turn.tx, record.household_id) if clue.record_id == record.id]
    told = {clue.check.value: clue.note or SKIP for clue in mine}
    if visit is not None:
        answers |= _visit_answers(visit, told)
    elif mine:
        answers["clue"] = "1"
        answers |= _problem_answers(told)
    written = entries.standing_of_record(turn.tx, record.id)
    answers["entries"] = str(len(written))
    for index, entry in enumerate(written):
        answers |= _entry_answers(f"e{index}", entry)
    return answers


def _visit_answers(visit: Visit, told: dict[str, str]) -> dict[str, str]:
    """The visit with all that was found, also what was known before; words that belong to no problem are its note."""
    answers = {"visit": "1", "date": visit.visited_on.isoformat(), "mode": visit.mode.value}
    answers["findings"] = "away" if not visit.counted else "ok" if visit.all_ok else "said"
    fine = [f"{check}=ok" for check, state in visit.checks.items() if state == "ok"]
    bad = [check.value for check, state in visit.checks.items() if state == "problem"]
    if fine:
        answers["checks"] = ",".join(fine)
    known = {check: told.get(check, SKIP) for check in bad} | told
    if known:
        answers |= _problem_answers(known)
    if visit.note and visit.note != ";".join(dict.fromkeys(note for note in known.values() if note != SKIP)):
        answers["note"] = visit.note
    return answers


def _problem_answers(told: dict[str, str]) -> dict[str, str]:
    found = {"findings": "problems", "problems": ",".join(told), "problems.done": "1"}
    return found | {f"note.{check}": note for check, note in told.items()}


def _entry_answers(key: str, entry: Entry) -> dict[str, str]:
    answers = {
        f"{key}.kind": entry.kind.value,
        f"{key}.amount": yuan_text(entry.amount_fen),
        f"{key}.month": entry.month,
        f"{key}.months": str(entry.months),
        f"{key}.estimate": "1" if entry.estimate else "0",
        f"{key}.net": "1" if entry.net else "0",
    }
    if entry.item:
        answers[f"{key}.item"] = entry.item
    if entry.person_id:
        answers[f"{key}.member"] = str(entry.person_id)
    if entry.note:
        answers[f"{key}.note"] = entry.note
    return answers
