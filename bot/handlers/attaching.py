"""A photo or a place sent soon after a visit is offered to that visit, never asked for."""

from datetime import timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.limits import row_id
from bot.domain.records import Record, Visit
from bot.forms.buttons import Tap, encode
from bot.handlers import albums
from bot.handlers.albums import FORM, add, keep, packed, unpacked
from bot.handlers.screen import Button, Screen
from bot.handlers.turn import Turn
from bot.handlers.views.wording import day, short
from bot.storage import attachments, audit, drafts, households, people, records, visits
from bot.storage.drafts import StoredDraft
from bot.usecases.undo import newest_own

LONGEST = 200  # characters of the words that are repeated
SENTENCE = 6
"""Characters from which on a text may be a word on a visit."""


def _recent(turn: Turn) -> tuple[Record, Visit] | None:
    """The newest own record with a visit, no older than the pack allows."""
    minutes = turn.shop.policies.on(turn.day).corrections.attach_minutes
    record = newest_own(turn.tx, turn.who, turn.at - timedelta(minutes=minutes), Action.VISIT)
    visit = visits.of_record(turn.tx, record.id) if record is not None else None
    return (record, visit) if record is not None and visit is not None else None


def offer(turn: Turn) -> bool:
    """Ask whether what was sent belongs to the visit; more of it joins the question. False when there is no visit."""
    recent, sent = _recent(turn), turn.event.attachment
    if recent is None or sent is None:
        return False
    record, visit = recent
    household = households.get(turn.tx, record.household_id)
    assert household is not None
    draft = _asked(turn, record)
    if draft is not None:
        add(turn, draft, [sent])
    draft_id = draft.id if draft is not None else hold(turn, record)
    buttons = (
        (turn.plain("attach-yes"), encode("attach", draft_id)),
        (turn.plain("attach-no"), encode("noattach", draft_id)),
    )
    text = turn.t("attach-offer", name=household.head, day=day(turn, visit.visited_on))
    albums.answer(turn, Screen(text, (buttons,)), f"attach.{draft_id}", ref=f"draft:{draft_id}")
    return True


def _asked(turn: Turn, record: Record) -> StoredDraft | None:
    """The question about pictures for this visit that still waits for its tap."""
    for draft in drafts.open_of(turn.tx, turn.event.chat_id):
        mine = draft.form == FORM and draft.staff_id == turn.who.id and "items" in draft.answers
        if mine and draft.answers.get("record") == str(record.id):
            return draft
    return None


def hold(turn: Turn, record: Record | None = None) -> int:
    """Keep what was sent in a waiting draft; without a record until the album's words tell where it belongs."""
    assert turn.event.attachment is not None
    answers = {"items": packed([turn.event.attachment])} | ({"record": str(record.id)} if record is not None else {})
    return drafts.insert(turn.tx, turn.who.id, turn.event.chat_id, FORM, answers, turn.at)


def note_row(turn: Turn, text: str, named: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    """A button that puts a sentence into the visit just recorded.

    None for a greeting, a question, an old visit, and for what names anybody of another household.
    """
    recent = _recent(turn)
    if recent is None or len(text) < SENTENCE or text.rstrip().endswith(("?", "\uff1f", "吗", "呢")):
        return ()
    household = households.get(turn.tx, recent[0].household_id)
    assert household is not None
    own = {household.head, *(person.name for person in people.of_household(turn.tx, household.id))}
    if not set(named) <= own:
        return ()
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
    record = records.get(turn.tx, int(draft.answers.get("record", "0")))
    household = households.get(turn.tx, record.household_id) if record is not None else None
    visit = visits.of_record(turn.tx, record.id) if record is not None else None
    if record is None or household is None or visit is None:
        raise Refused("not-allowed")
    items = unpacked(draft.answers.get("items", "")) or [(draft.answers["kind"], draft.answers["content"])]
    ids = keep(turn, record.id, items)
    if not ids:
        raise Refused("not-allowed")
    drafts.close(turn.tx, draft.id, "saved", record.id)
    done = {"name": household.head, "day": day(turn, visit.visited_on), "count": len(items)}
    text = turn.t("attach-done-many" if len(items) > 1 else "attach-done", **done)
    words = [turn.t("added-note", note=short(content, LONGEST)) for kind, content in items if kind == "note"]
    undo = (turn.t("button-undo"), encode("detach", record.id, f"{ids[0]}-{ids[-1]}"))
    turn.show(Screen("\n".join([text, *words]), ((undo,),)))


def detach(turn: Turn, tap: Tap) -> None:
    """撤销: what was just put into a visit is taken out again; nothing else of the visit changes."""
    record = records.get(turn.tx, tap.id)
    household = households.get(turn.tx, record.household_id) if record is not None else None
    visit = visits.of_record(turn.tx, record.id) if record is not None else None
    first, last = (row_id(part) for part in (*tap.arg.split("-"), "")[:2])
    if record is None or household is None or visit is None or first is None or last is None:
        raise Refused("not-allowed")
    access.require(turn.who, Action.VISIT, household)
    if attachments.remove(turn.tx, record.id, first, last):
        actor, subject = f"staff:{turn.who.id}", f"record:{record.number}"
        audit.append(turn.tx, actor=actor, action="record.detach", subject=subject, at=turn.at)
    else:
        turn.toast(turn.t("done-already"))
    turn.show(Screen(turn.t("attach-undone", name=household.head, day=day(turn, visit.visited_on))))


def drop(turn: Turn, tap: Tap) -> None:
    """不用."""
    draft = _offered(turn, tap)
    if draft.closed is not None:
        turn.toast(turn.t("done-already"))
        return
    drafts.close(turn.tx, draft.id, "cancelled")
    turn.show(Screen(turn.t("attach-dropped")))
