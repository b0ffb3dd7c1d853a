"""Corrections change what is in front: a waiting draft before a stored record; of records the one that is named,
replied to or newest. The correction of a record is a draft that replaces it when it is saved.
"""

from datetime import datetime, timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.records import Record
from bot.forms import engine
from bot.forms.answers import household_id
from bot.forms.engine import EDIT, Ask, Draft, Review
from bot.forms.record_edits import fixed
from bot.handlers import conversation, typed
from bot.handlers.drafts import begin, candidates, engine_draft, household_of, position_of, store
from bot.handlers.naming import Together, ask_which, meant_draft, named_record, newest_record
from bot.handlers.readings import reading_of
from bot.handlers.stored import answers_of
from bot.handlers.turn import Turn
from bot.handlers.views.receipt import receipt_screen
from bot.handlers.views.review import edit_screen
from bot.storage import households
from bot.storage.drafts import StoredDraft
from bot.understanding import Reading
from bot.understanding.correction import AS_CORRECTION, IS, MOST, says_right, says_wrong, slot_of
from bot.understanding.model import Fix, Intent
from bot.usecases.undo import correctable, own_since, undo_record

_BARE = 6
"""Characters of a reply that may be nothing but a name."""


def in_front(turn: Turn, text: str) -> bool:
    """Put right what stands in front of the writer; False when the text is nothing of that kind."""
    draft = conversation.answerable(turn)
    if draft is not None and draft.form == "record":
        wrong = says_wrong(text) or (says_right(text) and not _answers(turn, draft, text))
        reading = _fixing(turn, text) if wrong else None
        return reading is not None and amend(turn, draft, text, reading)
    if draft is not None or not (says_wrong(text) or says_right(text)):
        return False
    minutes = turn.shop.policies.on(turn.day).corrections.attach_minutes
    reading = _fixing(turn, text)
    return reading is not None and _correct_newest(turn, text, reading, turn.at - timedelta(minutes=minutes))


def _correct_newest(turn: Turn, text: str, reading: Reading, since: datetime) -> bool:
    """The record that is named, else the newest; False when there is none."""
    try:
        record = named_record(turn, text, reading) or newest_record(turn, since)
    except Together as several:
        ask_which(turn, several.records)
        return True
    if record is not None:
        correct(turn, record, text, reading)
    return record is not None


def _answers(turn: Turn, draft: StoredDraft, text: str) -> bool:
    """Whether the text is an answer to the question that is open."""
    where, facts = position_of(turn, draft)
    return isinstance(where, Ask) and where.question.typed and where.question.parse(text, facts) is not None


def _fixing(turn: Turn, text: str) -> Reading | None:
    """What the text says is right; None for a whole record of its own, a question, or words that say nothing."""
    plain = reading_of(turn, text)
    if plain.intent is Intent.CORRECT:
        return plain
    whole = plain.intent is Intent.RECORD and (plain.entries or plain.checks or plain.all_ok)
    if plain.parts or (whole and (plain.household_key or plain.candidate_keys)):
        return None
    if plain.intent in {Intent.LIST, Intent.MEMBER_CHANGE} or (plain.checks or plain.all_ok):
        return None
    read = reading_of(turn, AS_CORRECTION + text)
    says = read.fix is not None and read.fix.says
    return read if read.intent is Intent.CORRECT and (says or read.household_key or read.candidate_keys) else None


def amend(turn: Turn, draft: StoredDraft, text: str, reading: Reading) -> bool:
    """Change the draft in front, unless another draft or a stored record is named; False for no record form."""
    fix = reading.fix
    if draft.form != "record" or fix is None:
        return False
    meant = meant_draft(turn, draft, reading, fix)
    record = named_record(turn, text, reading) if meant is None else None
    if record is not None:
        correct(turn, record, text, reading)
    elif reading.delete:
        conversation.cancel(turn, meant or draft)
    else:
        changed = _changed(turn, engine_draft(meant or draft), reading, fix)
        unknown = fix.old_key is not None and not fix.says and changed is None
        _show(turn, meant or draft, changed, text, unknown=unknown)
    return True


def _show(turn: Turn, draft: StoredDraft, changed: Draft | None, text: str, *, unknown: bool = False) -> None:
    """The changed draft; where nothing that is right was said, what can be changed; `unknown`: a name not found."""
    if changed is not None:
        conversation.show(turn, store(turn, draft, changed))
        return
    if draft.answers.get("visit") and typed.findings(turn, draft, text.rpartition(IS)[2]):
        return  # 不是都好,是水断了
    slot = "household" if unknown else _slot(draft, text)
    if slot is not None:
        draft = store(turn, draft, engine.edit(engine_draft(draft), slot))
    where, facts = position_of(turn, draft)
    if unknown:
        conversation.show(turn, draft, wrong=text)
    elif isinstance(where, Review):
        turn.show(edit_screen(turn, draft, facts), ref=f"draft:{draft.id}")
    else:
        conversation.show(turn, draft)


def _slot(draft: StoredDraft, text: str) -> str | None:
    """The question that 日期错了 opens again; of several entries none."""
    slot, visit = slot_of(text), bool(draft.answers.get("visit"))
    one = draft.answers.get("entries") == "1"
    if slot in {"amount", "kind", "month"} and one:
        return f"e0.{slot}"
    if slot == "household" or (slot in {"date", "mode"} and visit):
        return slot
    return "e0.month" if slot == "date" and one else None


def correct_last(turn: Turn, text: str, reading: Reading) -> None:
    """ "刚才那条错了": the draft in front, else the record that is named, else the author's newest that stands."""
    draft = conversation.answerable(turn)
    if draft is not None and amend(turn, draft, text, reading):
        return
    if not _correct_newest(turn, text, reading, own_since(turn.at, turn.shop.policies, turn.day)):
        raise Refused("nothing-to-undo")


def correct(turn: Turn, record: Record, text: str, reading: Reading) -> None:
    """Open the correction as a draft, or take the record back when that is what was asked."""
    if reading.delete:
        undone = undo_record(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
        turn.show(receipt_screen(turn, undone.id, turn.day))
        return
    correctable(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
    answers = answers_of(turn, record) | {"_text": text, "_fixes": str(record.id)}
    changed = _changed(turn, Draft("record", answers, 0), reading, reading.fix or Fix())
    if changed is not None:
        conversation.start(turn, changed.answers)
    else:
        _show(turn, begin(turn, "record", answers), None, text)


def _changed(turn: Turn, draft: Draft, reading: Reading, fix: Fix) -> Draft | None:
    """The draft with everything that is right: its facts, and its household where that was wrong."""
    changed = fixed(draft, fix)
    found = [] if fix.about else _right_households(turn, draft, reading)
    if not found:
        return changed
    before = changed or draft
    answers = {key: value for key, value in before.answers.items() if not key.endswith(".member") and key != EDIT}
    here = {key: value for key, value in answers.items() if key not in {"household", "_candidates"}}
    if len(found) == 1:
        return Draft(draft.form, here | {"household": f"#{found[0].id}"}, draft.revision + 1)
    return Draft(draft.form, here | {"_candidates": candidates(found)}, draft.revision + 1)


def _right_households(turn: Turn, draft: Draft, reading: Reading) -> list[Household]:
    """Those that are named instead of the draft's own."""
    keys = [reading.household_key] if reading.household_key else reading.candidate_keys
    found = [households.by_code(turn.tx, key) for key in keys]
    here = household_id(draft.answers.get("household", ""))
    return [each for each in found if each is not None and each.id != here and access.may(turn.who, Action.VISIT, each)]


def replied_to_draft(turn: Turn, text: str) -> bool:
    """A reply to a draft that waits for 保存: whatever says what is right changes it, without a word of correction."""
    draft = conversation.answerable(turn)
    if (
        draft is None
        or draft.form != "record"
        or len(text) > MOST
        or not isinstance(position_of(turn, draft)[0], Review)
    ):
        return False
    reading = _fixing(turn, text) if reading_of(turn, text).intent is not Intent.QUERY or len(text) <= _BARE else None
    changed = _changed(turn, engine_draft(draft), reading, reading.fix or Fix()) if reading is not None else None
    if changed is None:
        return False
    conversation.show(turn, store(turn, draft, changed))
    return True


def replied(turn: Turn, record: Record, text: str) -> bool:
    """A reply to a receipt: whatever says what is right corrects that record; False for anything else.

    Refused `not-allowed` once its household is out of the person's scope.
    """
    household_of(turn, {"household": f"#{record.household_id}"})
    if record.undone_at is not None:
        turn.show(receipt_screen(turn, record.id, turn.day))
        return True
    plain = reading_of(turn, text)
    asks = plain.intent is Intent.QUERY and len(text.strip()) > _BARE
    reading = _fixing(turn, text) if len(text) <= MOST and not asks else plain
    if reading is None or (reading is plain and plain.intent is not Intent.CORRECT):
        return False
    if reading is not plain and not _applies(turn, record, plain, reading):
        return False
    correct(turn, record, text, reading)
    return True


def _applies(turn: Turn, record: Record, plain: Reading, reading: Reading) -> bool:
    """Whether something changes; money of a kind that the record does not hold is more of it, no correction."""
    draft = Draft("record", answers_of(turn, record), 0)
    kinds = {value for key, value in draft.answers.items() if key.endswith(".kind")}
    more = plain.entries and plain.entries[0].kind is not None and plain.entries[0].kind not in kinds
    return not more and _changed(turn, draft, reading, reading.fix or Fix()) is not None
