"""Several households in one message: a draft of each, confirmed one after the other or all at once."""

from bot.domain.errors import Refused
from bot.forms.buttons import Tap
from bot.handlers import conversation, together
from bot.handlers import drafts as kept
from bot.handlers.albums import BATCH
from bot.handlers.drafts import position_of
from bot.handlers.saving import save
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.storage import chats, drafts, outbox
from bot.storage.drafts import StoredDraft
from bot.storage.savepoint import savepoint


def start(turn: Turn, each: list[dict[str, str]]) -> None:
    """Show a draft for each of these answers, and one button for all; the first open question comes first."""
    begun = [kept.begin(turn, "record", answers) for answers in each]
    first = begun[0].id
    begun = [_in_batch(turn, draft, first) for draft in begun]
    for draft in begun:
        conversation.show(turn, draft)
    asking = [draft.id for draft in begun if not kept.ready(*position_of(turn, draft))]
    chats.set_current(turn.tx, turn.event.chat_id, (asking or [first])[0])
    lines = [turn.t("batch-pictures")] if turn.event.attachment is not None else []
    screen = together.screen(turn, first, begun, turn.t("batch", count=len(begun)))
    turn.send(Screen("\n".join([screen.text, *lines]), screen.rows), ref=together.ref_of(first))


def _in_batch(turn: Turn, draft: StoredDraft, first: int) -> StoredDraft:
    drafts.save(turn.tx, draft.id, {**draft.answers, BATCH: str(first)}, draft.revision, turn.at)
    return kept.own(turn, draft.id)


def save_all(turn: Turn, tap: Tap) -> None:
    """保存 3 户: whatever of the batch stands at its review is saved, each with its receipt; the rest stays open."""
    kept.own(turn, tap.id)
    saved, asking = 0, 0
    for draft in kept.batch(turn, str(tap.id)):
        where, facts = position_of(turn, draft)
        if not kept.ready(where, facts):
            asking += 1
            continue
        try:
            with savepoint(turn.tx):
                save(_on_its_message(turn, draft), draft, facts, resume=())
        except Refused:
            asking += 1
        else:
            saved += 1
    if not saved and not asking:
        turn.toast(turn.t("done-already"))
    turn.batches.discard(str(tap.id))  # this message says what became of it
    button = conversation.resume_button(turn, None) if asking else ()
    said = turn.t("batch-saved", count=saved) if saved or asking else turn.t("done-already")
    lines = [said, *([turn.t("batch-asking", count=asking)] if asking else [])]
    turn.show(Screen("\n".join(lines), (button,) if button else ()), ref=together.ref_of(tap.id))


def _on_its_message(turn: Turn, draft: StoredDraft) -> Turn:
    """The same turn, answering in the message that shows the draft, where that is known."""
    message_id = outbox.message_of(turn.tx, turn.event.chat_id, f"draft:{draft.id}")
    return turn.on(message_id)
