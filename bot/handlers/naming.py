"""Which draft or record a correction means, where its words name one."""

import re
from datetime import datetime

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.records import Record
from bot.forms.record_values import yuan_text
from bot.handlers.drafts import household_of, reachable
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.storage import drafts, entries, households, records
from bot.storage.drafts import StoredDraft
from bot.understanding import Reading
from bot.understanding.model import Fix
from bot.usecases.undo import own_since

_NUMBER = re.compile(r"[VJ]\d{6}-\d{2,6}", re.IGNORECASE)


class Together(Exception):
    """Several records were saved at once, and nothing tells which of them is meant."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__()
        self.records = records


def meant_draft(turn: Turn, draft: StoredDraft, reading: Reading, fix: Fix) -> StoredDraft | None:
    """The open draft whose household, or whose amount, is named as the wrong one; else the one in front.

    None when something is named that no open draft holds.
    """
    key = fix.old_key or (reading.household_key if fix.about else None)
    if key is None and fix.old_amount_fen is None:
        return draft
    others = [each for each in drafts.open_of(turn.tx, turn.event.chat_id) if each.staff_id == turn.who.id]
    mine = [each for each in (draft, *others) if each.form == "record" and reachable(turn, each)]
    if key is not None:
        found = [each for each in mine if (home := household_of(turn, each.answers)) is not None and home.code == key]
        return found[0] if found else None if fix.about else draft
    old = yuan_text(fix.old_amount_fen or 0)
    held = [each for each in mine if old in (v for k, v in each.answers.items() if k.endswith(".amount"))]
    return held[0] if held else None


def named_record(turn: Turn, text: str, reading: Reading) -> Record | None:
    """The record that is named by its number, its household, or the amount that was wrong: the newest own one.

    Refused `nothing-to-correct` when a number or a household is named of which there is none.
    """
    number, fix = _NUMBER.search(text), reading.fix or Fix()
    about = fix.about and reading.household_key
    found = records.by_number(turn.tx, number.group().upper()) if number else None
    if found is None and (about or fix.old_amount_fen is not None):
        own = _own(turn, own_since(turn.at, turn.shop.policies, turn.day))
        home = households.by_code(turn.tx, str(about)) if about else None
        there = [each for each in own if not about or (home is not None and each.household_id == home.id)]
        held = [each for each in there if fix.old_amount_fen is not None and _holds(turn, each, fix.old_amount_fen)]
        found = next(iter(held or (there if about else [])), None)
    if found is None and (number or about):
        raise Refused("nothing-to-correct")
    return found


def newest_record(turn: Turn, since: datetime) -> Record | None:
    """The newest own record that may be undone; raises Together where several were saved at once."""
    own = _own(turn, since)
    together = [each for each in own if each.at == own[0].at]
    if len(together) > 1:
        raise Together(together)
    return together[0] if together else None


def _own(turn: Turn, since: datetime) -> list[Record]:
    """Own records that stand and may be undone, newest first."""
    every = records.standing_of(turn.tx, turn.who.id, since)
    homes = {each.id: households.get(turn.tx, each.household_id) for each in every}
    may = access.may
    return [each for each in every if (home := homes[each.id]) is not None and may(turn.who, Action.UNDO_OWN, home)]


def _holds(turn: Turn, record: Record, fen: int) -> bool:
    return any(entry.amount_fen == fen for entry in entries.standing_of_record(turn.tx, record.id))


def ask_which(turn: Turn, together: list[Record]) -> None:
    """Say that it is not clear which of these is meant, and how to name one."""
    home = households.get(turn.tx, together[0].household_id)
    name = home.head if home is not None else ""
    turn.show(Screen(turn.t("correct-which", count=len(together), name=name)))
