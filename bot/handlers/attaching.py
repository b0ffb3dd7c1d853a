"""A photo or a place sent soon after a visit is offered to that visit, never asked for (chat-design.md)."""

from datetime import timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.records import Record, Visit
from bot.forms.buttons import Tap, encode
from bot.handlers.screen import Button, Screen
from bot.handlers.turn import Turn
from bot.handlers.views.wording import day
from bot.storage import attachments, audit, drafts, households, records, visits
from bot.storage.drafts import StoredDraft
from bot.usecases.undo import newest_own

SENTENCE = 6
"""Characters from which on a text may be a word on a visit."""
FORM = "attachment"
"""Not a form of questions: what was sent waits as a draft for one tap."""


def _recent(turn: Turn) -> tuple[Record, Visit] | None:
    """The newest own record with a visit, no older than the pack allows."""
    minutes = turn.shop.policies.on(turn.day).corrections.attach_minutes
    record = newest_own(turn.tx, turn.who, turn.at - timedelta(minutes=minutes), Action.VISIT)
    visit = visits.of_record(turn.tx, record.id) if record is not None else None
    return (record, visit) if record is not None and visit is not None else None


def offer(turn: Turn, kind: str, content: str) -> bool:
    """Keep what was sent in a waiting draft and ask whether it belongs to the visit; False when there is none."""
    recent = _recent(turn)
    if recent is None:
        return False
    record, visit = recent
    household = households.get(turn.tx, record.household_id)
    assert household is not None
    answers = {"kind": kind, "content": content, "record": str(record.id)}
    draft_id = drafts.insert(turn.tx, turn.who.id, turn.event.chat_id, FORM, answers, turn.at)
    buttons = (
        (turn.plain("attach-yes"), encode("attach", draft_id)),
        (turn.plain("attach-no"), encode("noattach", draft_id)),
    )
    turn.show(Screen(turn.t("attach-offer", name=household.head, day=day(turn, visit.visited_on)), (buttons,)))
    return True


def note_row(turn: Turn, text: str) -> tuple[tuple[Button, ...], ...]:
    """A button that puts a sentence into the visit just recorded; none for a greeting, a question or an old visit."""
    recent = _recent(turn)
    if recent is None or len(text) < SENTENCE or text.rstrip().endswith(("?", "\uff1f", "吗", "呢")):
        return ()
    household = households.get(turn.tx, recent[0].household_id)
    assert household is not None
    answers = {"kind": "note", "content": text, "record": str(recent[0].id)}
    draft_id = drafts.insert(turn.tx, turn.who.id, turn.event.chat_id, FORM, answers, turn.at)
    return (((turn.plain("attach-note", name=household.head), encode("attach", draft_id)),),)


def _offered(turn: Turn, tap: Tap) -> StoredDraft:
    draft = drafts.get(turn.tx, tap.id)
    if draft is None or draft.form != FORM or draft.staff_id != turn.who.id:
        raise Refused("not-allowed")
    return draft


def attach(turn: Turn, tap: Tap) -> None:
    """放进去: once, however often it is tapped."""
    draft = _offered(turn, tap)
    if draft.closed is not None:
        turn.toast(turn.t("done-already"))
        return
    record = records.get(turn.tx, int(draft.answers["record"]))
    household = households.get(turn.tx, record.household_id) if record is not None else None
    visit = visits.of_record(turn.tx, record.id) if record is not None else None
    if record is None or household is None or visit is None:
        raise Refused("not-allowed")
    access.require(turn.who, Action.VISIT, household)
    attachments.insert(turn.tx, record.id, draft.answers["kind"], draft.answers["content"], turn.at)
    actor, subject = f"staff:{turn.who.id}", f"record:{record.number}"
    audit.append(turn.tx, actor=actor, action="record.attach", subject=subject, at=turn.at, kind=draft.answers["kind"])
    drafts.close(turn.tx, draft.id, "saved", record.id)
    turn.show(Screen(turn.t("attach-done", name=household.head, day=day(turn, visit.visited_on))))


def drop(turn: Turn, tap: Tap) -> None:
    """不用."""
    draft = _offered(turn, tap)
    if draft.closed is not None:
        turn.toast(turn.t("done-already"))
        return
    drafts.close(turn.tx, draft.id, "cancelled")
    turn.show(Screen(turn.t("attach-dropped")))
