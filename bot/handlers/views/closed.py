"""Screens of drafts that are closed, and the reviews and receipts of the small forms."""

from collections.abc import Mapping
from typing import Any

from bot.forms.buttons import encode_choice
from bot.forms.member import read
from bot.handlers.drafts import household_of
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.handlers.views.receipt import receipt_screen
from bot.handlers.views.review import review_screen
from bot.handlers.views.wording import due_on
from bot.storage import households, records
from bot.storage.drafts import StoredDraft
from bot.texts import formats


def closed_screen(turn: Turn, draft: StoredDraft) -> Screen:
    """What is true now of a draft that was saved, cancelled or has expired; its answers are erased by then."""
    record = records.get(turn.tx, draft.record_id) if draft.record_id is not None else None
    if record is not None:
        household_of(turn, {"household": f"#{record.household_id}"})  # refuses once it is out of sight
        return receipt_screen(turn, record.id, turn.day)
    return Screen(turn.t("done-already" if draft.closed == "saved" else "draft-gone"))


def form_review(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> Screen:
    """The review of whatever form it is."""
    if draft.form == "record":
        return review_screen(turn, draft, facts)
    text = _clue_review(turn, draft) if draft.form == "clue" else _member_text(turn, "member-review", draft, facts)
    names = ("save", "back", "cancel")
    labels = {"save": "button-save", "back": "button-edit", "cancel": "button-cancel"}
    buttons = tuple((turn.t(labels[name]), encode_choice(draft.id, draft.revision, name)) for name in names)
    return Screen(text, (buttons,))


def _clue_review(turn: Turn, draft: StoredDraft) -> str:
    raw = draft.answers["done"]
    done = turn.plain(f"clue-done-{raw[1:]}") if raw.startswith("!") else raw
    household = household_of(turn, draft.answers)
    name = household.head if household is not None else ""
    return turn.t("clue-review", name=name, check=turn.t(f"check-{draft.answers['check']}"), done=done)


def clue_closed_screen(turn: Turn, check: str, household_id: int) -> Screen:
    """The receipt of a closed problem."""
    household = households.get(turn.tx, household_id)
    assert household is not None
    due = household.next_due
    following = due_on(turn, due, due.isoformat()) if due else turn.t("no")
    return Screen(turn.t("clue-closed", name=household.head, check=turn.t(f"check-{check}"), day=following))


def _member_text(turn: Turn, text: str, draft: StoredDraft, facts: Mapping[str, Any], **more: object) -> str:
    said = read(draft.answers, facts)
    household = household_of(turn, draft.answers)
    who = said.name or facts.get("members", {}).get(said.person_id, "")
    when = formats.short_day(said.on, turn.language)
    name = household.head if household is not None else ""
    return turn.t(text, name=name, change=turn.t(f"change-{said.change}"), who=who, day=when, **more)


def member_saved_screen(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> Screen:
    """The receipt of a member change, with how many live there now."""
    household = household_of(turn, draft.answers)
    count = household.members if household is not None else 0
    return Screen(_member_text(turn, "member-saved", draft, facts, members=count))
