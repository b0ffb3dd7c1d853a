"""Corrections: by reply to a receipt or in words; a correction is a draft that replaces the record when it is saved."""

from bot.domain.errors import Refused
from bot.domain.records import Entry, Record, Visit
from bot.forms.engine import Draft, Review
from bot.forms.record_values import yuan_text
from bot.handlers import conversation
from bot.handlers.drafts import candidates, engine_draft, household_of, position_of, store
from bot.handlers.turn import Turn
from bot.handlers.views.receipt import receipt_screen
from bot.storage import clues, entries, households, visits
from bot.understanding import Reading
from bot.understanding.model import Intent
from bot.understanding.money import parse_amount
from bot.usecases.undo import correctable, newest_undoable, undo_record


def correct_last(turn: Turn, text: str, reading: Reading) -> None:
    """ "刚才那条错了": the author's newest record that stands."""
    record = newest_undoable(turn.tx, turn.who, turn.at, turn.shop.policies, turn.day)
    if record is None:
        raise Refused("nothing-to-undo")
    correct(turn, record, text, reading)


def correct(turn: Turn, record: Record, text: str, reading: Reading) -> None:
    """Open the correction as a draft, or take the record back when that is what was asked."""
    if reading.delete:
        undone = undo_record(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
        turn.show(receipt_screen(turn, undone.id, turn.day))
        return
    correctable(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
    answers = answers_of(turn, record) | {"_text": text, "_fixes": str(record.id)}
    answers |= _other_household(turn, reading)
    index = _which_entry(turn, record, reading)
    if reading.entries and index is not None:
        answers |= _changed(index, reading)
    elif not reading.entries and reading.household is None and not reading.candidates:
        answers["_edit"] = "e0.amount" if answers["entries"] != "0" else "findings"
    elif reading.entries:
        answers["_edit"] = "e0.amount"
    conversation.start(turn, answers)


def _other_household(turn: Turn, reading: Reading) -> dict[str, str]:
    if reading.household_key:
        household = households.by_code(turn.tx, reading.household_key)
        return {"household": f"#{household.id}"} if household is not None else {}
    if reading.candidate_keys:
        found = [households.by_code(turn.tx, key) for key in reading.candidate_keys]
        return {"household": "", "_candidates": candidates(each for each in found if each is not None)}
    return {}


def _which_entry(turn: Turn, record: Record, reading: Reading) -> int | None:
    """Which of the record's entries is meant: the only one, else by its old amount, else by its kind."""
    written = entries.standing_of_record(turn.tx, record.id)
    if len(written) == 1:
        return 0
    by_amount = [i for i, entry in enumerate(written) if entry.amount_fen == reading.old_amount_fen]
    if len(by_amount) == 1:
        return by_amount[0]
    kind = reading.entries[0].kind if reading.entries else None
    by_kind = [i for i, entry in enumerate(written) if kind is not None and entry.kind == kind]
    return by_kind[0] if len(by_kind) == 1 else None


def _changed(index: int, reading: Reading) -> dict[str, str]:
    said, key = reading.entries[0], f"e{index}"
    changed = {f"{key}.amount": yuan_text(said.amount_fen), f"{key}.sure": ""} if said.amount_fen is not None else {}
    changed[f"{key}.estimate"] = "1" if said.estimate else "0"
    if said.kind is not None:
        changed[f"{key}.kind"] = said.kind
    if said.month is not None:
        changed[f"{key}.month"] = said.month
    return changed


def answers_of(turn: Turn, record: Record) -> dict[str, str]:
    """A stored record as the raw answers of a draft."""
    answers = {"household": f"#{record.household_id}"}
    visit = visits.of_record(turn.tx, record.id)
    if visit is not None:
        answers |= _visit_answers(visit)
    mine = [clue for clue in clues.of_household(turn.tx, record.household_id) if clue.record_id == record.id]
    if mine:
        answers |= {"findings": "problems", "problems": ",".join(clue.check for clue in mine), "problems.done": "1"}
        answers |= {f"note.{clue.check}": clue.note or "-" for clue in mine}
        if visit is None:
            answers["clue"] = "1"
    written = entries.standing_of_record(turn.tx, record.id)
    answers["entries"] = str(len(written))
    for index, entry in enumerate(written):
        answers |= _entry_answers(f"e{index}", entry)
    return answers


def _visit_answers(visit: Visit) -> dict[str, str]:
    answers = {"visit": "1", "date": visit.visited_on.isoformat(), "mode": visit.mode.value}
    answers["findings"] = "away" if not visit.counted else "ok" if visit.all_ok else "said"
    fine = [f"{check}=ok" for check, state in visit.checks.items() if state == "ok"]
    bad = [check.value for check, state in visit.checks.items() if state == "problem"]
    if fine:
        answers["checks"] = ",".join(fine)
    if bad:
        answers |= {"findings": "problems", "problems": ",".join(bad), "problems.done": "1"}
        answers |= dict.fromkeys((f"note.{check}" for check in bad), visit.note or "-")
    return answers


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


def replied(turn: Turn, record: Record, text: str, reading: Reading) -> bool:
    """A reply to a receipt: an amount, a correction or a household corrects it; False for anything else.

    Refused `not-allowed` once its household is out of the person's scope.
    """
    household_of(turn, {"household": f"#{record.household_id}"})
    if record.undone_at is not None:
        turn.show(receipt_screen(turn, record.id, turn.day))
        return True
    if reading.intent is Intent.CORRECT:
        correct(turn, record, text, reading)
        return True
    amount = parse_amount(text)
    written = entries.standing_of_record(turn.tx, record.id)
    if amount is None or not written:
        return False
    correctable(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
    answers = answers_of(turn, record) | {"_text": text, "_fixes": str(record.id)}
    if len(written) == 1:
        answers |= {"e0.amount": yuan_text(amount.fen), "e0.estimate": "1" if amount.estimate else "0"}
    else:
        answers |= {"_edit": "e0.amount"}
    conversation.start(turn, answers)
    return True


def amends_draft(turn: Turn, reading: Reading) -> bool:
    """ "不是3500是5300" while the draft with 3,500 waits for 保存: the draft is changed, nothing else."""
    draft = conversation.answerable(turn)
    if draft is None or reading.intent is not Intent.CORRECT or draft.form != "record" or len(reading.entries) != 1:
        return False
    where, _ = position_of(turn, draft)
    if not isinstance(where, Review) or draft.answers.get("entries") != "1":
        return False
    before = engine_draft(draft)
    changed = Draft(before.form, before.answers | _changed(0, reading), before.revision + 1)
    conversation.show(turn, store(turn, draft, changed))
    return True
