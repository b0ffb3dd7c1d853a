"""A reply means what it replies to: a receipt its record, a draft that draft, a card or a quoted line its household."""

from bot.domain import access
from bot.domain.access import Action
from bot.domain.households import Household
from bot.domain.limits import row_id
from bot.handlers import correcting, understood
from bot.handlers.drafts import FORMS, reachable
from bot.handlers.readings import reading_about, reading_of
from bot.handlers.showing import CARD
from bot.handlers.turn import Turn
from bot.storage import chats, drafts, households, outbox, records
from bot.understanding import Intent

DRAFT, RECORD = "draft:", "record:"


def replied(turn: Turn, text: str) -> bool:
    """Do what a reply says; False when it is to be taken like any other text, then with its draft the current one."""
    if turn.event.reply_to is None:
        return False
    ref = outbox.ref_of(turn.tx, turn.event.chat_id, turn.event.reply_to) or ""
    number = row_id(ref.partition(":")[2])
    if ref.startswith(DRAFT) and number is not None:
        _take_up(turn, number)
        return correcting.replied_to_draft(turn, text)
    record = records.get(turn.tx, number) if ref.startswith(RECORD) and number is not None else None
    if record is not None and correcting.replied(turn, record, text):
        return True
    known = number if ref.startswith(CARD) else record.household_id if record is not None else None
    household = _household(turn, known)
    return household is not None and _about(turn, household, text)


def _take_up(turn: Turn, draft_id: int) -> None:
    """Typed text goes to this draft, as long as it is open."""
    draft = drafts.get(turn.tx, draft_id)
    mine = draft is not None and draft.staff_id == turn.who.id and draft.chat_id == turn.event.chat_id
    if draft is not None and mine and draft.form in FORMS and draft.closed is None and reachable(turn, draft):
        chats.set_current(turn.tx, turn.event.chat_id, draft.id)


def _household(turn: Turn, number: int | None) -> Household | None:
    """The household of the card, else the only one that the quoted words name; None for one that is not seen."""
    if number is not None:
        household = households.get(turn.tx, number)
    else:
        key = reading_of(turn, turn.event.quote).household_key if turn.event.quote else None
        household = households.by_code(turn.tx, key) if key is not None else None
    return household if household is not None and access.may(turn.who, Action.VISIT, household) else None


def _about(turn: Turn, household: Household, text: str) -> bool:
    """Take the words as said of this household, unless they name one themselves or say nothing that can be kept."""
    plain = reading_of(turn, text)
    if plain.household_key or plain.candidates or plain.parts or plain.named:
        return False
    reading = reading_about(turn, household, text)
    if reading.intent not in {Intent.RECORD, Intent.QUERY, Intent.MEMBER_CHANGE}:
        return False
    understood.act(turn, text, reading)
    return True
