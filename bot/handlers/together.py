"""The message under the drafts of one batch: how many there are, how many one tap saves; it follows what is done."""

from collections.abc import Sequence

from bot.domain.errors import Refused
from bot.domain.limits import row_id
from bot.forms.buttons import encode
from bot.handlers import drafts as kept
from bot.handlers.drafts import position_of
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.storage import outbox
from bot.storage.drafts import StoredDraft


def ref_of(first: int) -> str:
    """By what the message is found again."""
    return f"batch:{first}"


def screen(turn: Turn, first: int, every: Sequence[StoredDraft], begins: str) -> Screen:
    """So many, so many of them with a question, and one button for the rest."""
    ready = sum(kept.ready(*position_of(turn, draft)) for draft in every)
    lines = [begins]
    if ready < len(every):
        lines.append(turn.t("batch-asking", count=len(every) - ready))
    button = (turn.plain("button-save-all", count=ready), encode("saveall", first))
    return Screen("\n".join(lines), ((button,),) if ready > 1 else ())


def redraw(turn: Turn) -> None:
    """Bring the message of each batch up to date of which a draft was changed, saved or dropped."""
    for batch in sorted(filter(None, turn.batches)):
        first = row_id(batch)
        message_id = outbox.message_of(turn.tx, turn.event.chat_id, ref_of(first)) if first is not None else None
        if first is None or message_id is None:
            continue
        left = kept.batch(turn, batch)
        try:
            shown = screen(turn, first, left, turn.t("batch-left", count=len(left)))
        except Refused:
            continue  # of a household that was lost meanwhile nothing is said
        shown = shown if left else Screen(turn.t("batch-none-left"))
        turn.edit(message_id, shown, ref=ref_of(first))
