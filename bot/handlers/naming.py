"""Which draft or record a correction means, where its words name one."""

import re

from bot.domain.errors import Refused
from bot.domain.records import Record
from bot.handlers.drafts import household_of, reachable
from bot.handlers.turn import Turn
from bot.storage import drafts, households, records
from bot.storage.drafts import StoredDraft
from bot.understanding import Reading
from bot.understanding.model import Fix
from bot.usecases.undo import own_since

_NUMBER = re.compile(r"[VJ]\d{6}-\d{2,6}", re.IGNORECASE)


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
