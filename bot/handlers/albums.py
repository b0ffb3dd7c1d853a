"""Several pictures sent as one: each is an update of its own, all of them get one answer and stay together.

The first answer to an album is remembered under the album's number (`outbox.dedupe`), with the draft that it shows. A
part without words goes where that draft is, also after it was saved; a part with words is a message like any other.
"""

from dataclasses import replace

from bot.domain import access
from bot.domain.access import Action
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.storage import attachments, audit, backlog, drafts, households, records
from bot.storage.drafts import StoredDraft

BATCH = "_batch"
"""Raw answer of a draft that came with others from one message: the first of them."""
FORM = "attachment"
"""Not a form of questions: what was sent waits as a draft for one tap."""
SENT = {FORM: "items", "record": "_attachment"}
"""The answer under which a draft of this form keeps what was sent, a line a picture or place."""
Items = list[tuple[str, str]]


def unpacked(lines: str) -> Items:
    """Kind and content of each line."""
    found = (line.partition(":") for line in lines.splitlines())
    return [(kind, content) for kind, _, content in found if content]


def packed(items: Items) -> str:
    """The lines of these."""
    return "\n".join(":".join(item) for item in items)


def _keys(turn: Turn) -> list[str]:
    first = f"album:{turn.event.chat_id}:{turn.event.album}"
    return [first, f"{first}:words"]


def is_answered(turn: Turn) -> bool:
    """Whether this is a further part of an album."""
    return turn.event.album is not None and bool(backlog.refs(turn.tx, _keys(turn)))


def answer(turn: Turn, screen: Screen, about: str, *, ref: str | None) -> None:
    """Once for an album; for what came singly once in a moment."""
    if turn.event.album is not None and not is_answered(turn):
        turn.send(screen, ref=ref)
    else:
        turn.send_once(screen, about, ref=ref)


def mark(turn: Turn) -> None:
    """Remember the first thing said as the answer to the album; that to its words counts more than that to a part."""
    if turn.event.album is None or not turn.said:
        return
    free = [key for key in _keys(turn) if not backlog.refs(turn.tx, [key])]
    if free:
        turn.said[0] = replace(turn.said[0], dedupe=free[0])


def draft_of(turn: Turn) -> StoredDraft | None:
    """The draft in which the album is, open or closed; None when there is none or it has changed hands."""
    if turn.event.album is None:
        return None
    shown = [ref for ref in backlog.refs(turn.tx, _keys(turn)) if ref is not None and ref.startswith("draft:")]
    draft = drafts.get(turn.tx, int(shown[0].removeprefix("draft:"))) if shown else None
    return draft if draft is not None and draft.form in SENT and draft.staff_id == turn.who.id else None


def add(turn: Turn, draft: StoredDraft, items: Items) -> None:
    """Put something more into an open draft; its screen and its question stay as they are."""
    name = SENT[draft.form]
    answers = draft.answers | {name: packed(unpacked(draft.answers.get(name, "")) + items)}
    drafts.save(turn.tx, draft.id, answers, draft.revision, turn.at)


def joined(turn: Turn) -> bool:
    """Put a further part where its album is, or drop it where the album was dropped; False when it is nowhere."""
    draft, sent = draft_of(turn), turn.event.attachment
    if draft is None or sent is None:
        return False
    if draft.closed is None and BATCH not in draft.answers:  # of several households nobody knows whose it is
        add(turn, draft, [sent])
    elif draft.closed == "saved" and draft.record_id is not None:
        keep(turn, draft.record_id, [sent])
    return True


def keep(turn: Turn, record_id: int, items: Items) -> list[int]:
    """Attach these to a record; their ids, none when the person may not write there."""
    record = records.get(turn.tx, record_id)
    household = households.get(turn.tx, record.household_id) if record is not None else None
    if record is None or household is None or not access.may(turn.who, Action.VISIT, household):
        return []
    ids = []
    for kind, content in items:
        ids.append(attachments.insert(turn.tx, record_id, kind, content, turn.at))
        actor, subject = f"staff:{turn.who.id}", f"record:{record.number}"
        audit.append(turn.tx, actor=actor, action="record.attach", subject=subject, at=turn.at, kind=kind)
    return ids


def taken(turn: Turn) -> Items:
    """What came of this album before its words did; the question about it is closed."""
    draft = draft_of(turn)
    if draft is None or draft.form != FORM or draft.closed is not None:
        return []
    drafts.close(turn.tx, draft.id, "cancelled")
    return unpacked(draft.answers.get(SENT[FORM], ""))
