"""Which draft or record a correction means, where its words name one."""

import re
from datetime import datetime

from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.records import Record
from bot.handlers.drafts import household_of, reachable
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.storage import drafts, entries, households, records
from bot.storage.drafts import StoredDraft
from bot.understanding import Reading
from bot.understanding.model import Fix
from bot.usecases.undo import newest_own, own_since

_NUMBER = re.compile(r"[VJ]\d{6}-\d{2,6}", re.IGNORECASE)


class Together(Exception):
    """Several records were saved at once, and nothing tells which of them is meant."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__()
        self.records = records


def meant_draft(turn: Turn, draft: StoredDraft, reading: Reading, fix: Fix) -> StoredDraft | None:
    """The open draft whose household is named as the wrong one, or as the one that is meant; else the one in front.

    None when a household is named of which no draft waits.
    """
    key = fix.old_key or (reading.household_key if fix.about else None)
    if key is None:
        return draft
    others = [each for each in drafts.open_of(turn.tx, turn.event.chat_id) if each.staff_id == turn.who.id]
    for each in (draft, *others):
        home = household_of(turn, each.answers) if each.form == "record" and reachable(turn, each) else None
        if home is not None and home.code == key:
            return each
    return None if fix.about else draft


def named_record(turn: Turn, text: str, reading: Reading) -> Record | None:
    """The record that is named by its number, or the newest own one of the household that is named.

    Refused `nothing-to-correct` when there is none.
    """
    number = _NUMBER.search(text)
    found = records.by_number(turn.tx, number.group().upper()) if number else None
    about = reading.fix is not None and reading.fix.about and reading.household_key
    if found is None and about:
        since = own_since(turn.at, turn.shop.policies, turn.day)
        home = households.by_code(turn.tx, str(reading.household_key))
        own = records.standing_of(turn.tx, turn.who.id, since)
        found = next((each for each in own if home is not None and each.household_id == home.id), None)
    if found is None and (number or about):
        raise Refused("nothing-to-correct")
    return found


def newest_record(turn: Turn, fix: Fix, since: datetime) -> Record | None:
    """The newest own record that may be undone; of several that were saved together the one with the old amount.

    Raises Together where that leaves more than one.
    """
    newest = newest_own(turn.tx, turn.who, since, Action.UNDO_OWN)
    if newest is None:
        return None
    own = records.standing_of(turn.tx, turn.who.id, since)
    together = [each for each in own if each.at == newest.at]
    if len(together) > 1 and fix.old_amount_fen is not None:
        together = [each for each in together if _holds(turn, each, fix.old_amount_fen)]
    if len(together) > 1:
        raise Together(together)
    return together[0] if together else newest


def _holds(turn: Turn, record: Record, fen: int) -> bool:
    return any(entry.amount_fen == fen for entry in entries.standing_of_record(turn.tx, record.id))


def ask_which(turn: Turn, together: list[Record]) -> None:
    """Say that it is not clear which of these is meant, and how to name one."""
    home = households.get(turn.tx, together[0].household_id)
    name = home.head if home is not None else ""
    turn.show(Screen(turn.t("correct-which", count=len(together), name=name)))
