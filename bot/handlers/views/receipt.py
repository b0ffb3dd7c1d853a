"""The receipt of a saved record, computed from what is stored, so that an old button shows what is true now."""

from datetime import date

from bot.domain.access import sees
from bot.domain.checks import Check
from bot.domain.households import Household
from bot.domain.records import Clue, Entry, Record, Visit, last_reversed, standing
from bot.forms.buttons import encode
from bot.handlers.screen import Button, Screen
from bot.handlers.turn import Turn
from bot.handlers.views.added import added_lines
from bot.handlers.views.wording import amount, due_on, head_figure, joined, to_go
from bot.reports.household import Status, status
from bot.storage import clues, entries, households, records, visits
from bot.texts import formats


def receipt_screen(turn: Turn, record_id: int, day: date, *, waiting: tuple[Button, ...] = ()) -> Screen:
    """What was saved, the household's year so far, when to go again; `waiting` resumes another draft."""
    record = records.get(turn.tx, record_id)
    household = households.get(turn.tx, record.household_id) if record is not None else None
    assert record is not None
    assert household is not None
    if record.undone_at is not None:
        return undone_screen(turn, record, household)
    visit = visits.of_record(turn.tx, record_id)
    written = standing(entries.of_record(turn.tx, record_id))
    now = status(turn.tx, household, day, turn.shop.policies)
    lines = [*_visit_lines(turn, record, household, visit, day), *added_lines(turn, record_id)]
    lines += _entry_lines(turn, written, day, alone=household.head if not lines else None)
    if written:
        lines += _year_lines(turn, now)
    if visit is not None or not written:
        lines.append(_next_line(turn, household, visit, day))
    corrected = _corrected(turn, record)
    if corrected is not None:
        lines.append(turn.t("corrects", what=described(turn, corrected), number=corrected.number))
    lines.append(turn.t("number", number=record.number))
    rows = (*_rows(turn, record, visit, written, now), *((waiting,) if waiting else ()))
    return Screen("\n".join(lines), rows)


def _visit_lines(turn: Turn, record: Record, household: Household, visit: Visit | None, day: date) -> list[str]:
    found = _opened(turn, record)
    lines = []
    if visit is not None:
        text = "saved-visit" if visit.counted else "saved-try"
        lines.append(turn.t(text, name=household.head, day=visit.visited_on.isoformat()))
    elif found:
        lines.append(turn.t("saved-clue", name=household.head))
    days = turn.shop.policies.on(day).cadence.problem
    new = {clue.check for clue in found}
    still = (visit.amiss if visit is not None else set()) - new
    if new:
        lines.append(turn.t("problem-noted", check=_checks(turn, new), days=days))
    return [*lines, turn.t("problem-again", check=_checks(turn, still), days=days)] if still else lines


def _checks(turn: Turn, checks: set[Check]) -> str:
    return joined(turn, (turn.t(f"check-{check}") for check in Check if check in checks))


def _entry_lines(turn: Turn, written: list[Entry], day: date, *, alone: str | None) -> list[str]:
    """A line an entry; `alone`: the head's name for a first line of its own, when there is nothing but money."""
    lines = [turn.t("saved-entry-household", name=alone)] if alone and written else []
    text = "saved-entry-bare" if lines else "saved-entry"
    pack = turn.shop.policies.on(day)
    for entry in written:
        month = formats.month(entry.month, turn.language)
        kind = turn.t(f"kind-{entry.kind}")
        lines.append(turn.t(text, kind=kind, amount=amount(turn, entry.amount_fen), month=month))
        if entry.item and not pack.counted(entry.item):
            lines.append(turn.t("uncounted", item=entry.item))
    return lines


def _year_lines(turn: Turn, now: Status) -> list[str]:
    per_head = now.this_year.per_capita_fen
    lines = [
        turn.t("year-per-head", amount=head_figure(turn, per_head)) if per_head is not None else turn.t("year-unknown")
    ]
    if now.goal is None or per_head is None:
        return lines
    missing = to_go(turn, now.goal, per_head)
    if now.goal.missing_fen <= 0:
        lines.append(turn.t("goal-reached", amount=head_figure(turn, now.goal.fen)))
    elif missing is None:
        lines.append(turn.t("goal-nearly", days=now.days_left))
    else:
        lines.append(turn.t("goal-missing", amount=missing, days=now.days_left))
    return lines


def _opened(turn: Turn, record: Record) -> list[Clue]:
    return [clue for clue in clues.of_household(turn.tx, record.household_id) if clue.record_id == record.id]


def _next_line(turn: Turn, household: Household, visit: Visit | None, day: date) -> str:
    if household.next_due is not None and visit is not None and not visit.counted and household.next_due <= day:
        late = (day - household.next_due).days
        return turn.t("still-due", days=late) if late else turn.t("still-due-today")
    if household.next_due is None:
        return turn.t("next-visit-none")
    return turn.t("next-visit", day=due_on(turn, household.next_due, household.next_due.isoformat()))


def _rows(
    turn: Turn, record: Record, visit: Visit | None, written: list[Entry], now: Status
) -> tuple[tuple[Button, ...], ...]:
    undo = (turn.t("button-undo"), encode("undo", record.id))
    first: tuple[Button, ...] = (undo,)
    if visit is not None and not written and visit.counted:
        first = ((turn.t("button-add-income"), encode("income", record.household_id)), undo)
    seen = visit.amiss if visit is not None else set()
    fresh = {clue.id for clue in _opened(turn, record)}
    solved = [clue for clue in now.problems if clue.id not in fresh and clue.check not in seen]
    return (first, (solve_button(turn, solved[0]),)) if solved else (first,)


def solve_button(turn: Turn, clue: Clue) -> Button:
    """Says which problem it closes."""
    return turn.plain("button-problem-solved", check=turn.plain(f"check-{clue.check}")), encode("solve", clue.id)


def undone_screen(turn: Turn, record: Record, household: Household) -> Screen:
    """What was undone, with a way back; a record that was corrected shows by which."""
    what = described(turn, record)
    correction = records.standing_correction(turn.tx, record.id)
    if correction is not None:
        back = ((turn.t("button-show-correction"), encode("receipt", correction.id)),)
        return Screen(turn.t("corrected", name=household.head, what=what, number=correction.number), (back,))
    restore = ((turn.t("button-restore"), encode("restore", record.id)),)
    lines = [turn.t("undone", name=household.head, what=what)]
    before = _corrected(turn, record)
    if before is not None and before.undone_at is None:
        lines.append(turn.t("undone-correction", number=before.number, what=described(turn, before)))
    return Screen("\n".join(lines), (restore,))


def _corrected(turn: Turn, record: Record) -> Record | None:
    """The record that this one corrects; not when it is of another household, which the person may not see."""
    before = records.get(turn.tx, record.corrects) if record.corrects is not None else None
    household = households.get(turn.tx, before.household_id) if before is not None else None
    return before if household is not None and sees(turn.who, household) else None


def described(turn: Turn, record: Record) -> str:
    """A record in a few words: 3月14日的走访和 3,500元."""
    parts = []
    visit = visits.of_record(turn.tx, record.id)
    if visit is not None:
        text = "undone-visit" if visit.counted else "undone-try"
        parts.append(turn.t(text, day=formats.short_day(visit.visited_on, turn.language)))
    every = entries.of_record(turn.tx, record.id)
    shown = standing(every) or last_reversed(every, record.undone_at)
    parts += [amount(turn, entry.amount_fen) for entry in shown]
    if not parts:
        parts.append(turn.t("undone-clue"))
    return turn.t("and").join(parts)
