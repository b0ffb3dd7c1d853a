"""保存: the draft's use case and its closing, in the one open transaction; the answer is the receipt."""

from datetime import date
from typing import Any

from bot.forms import member
from bot.forms.record_values import read
from bot.handlers import drafts as kept
from bot.handlers.albums import unpacked
from bot.handlers.screen import Button
from bot.handlers.turn import Turn
from bot.handlers.views.closed import clue_closed_screen, member_saved_screen
from bot.handlers.views.receipt import receipt_screen
from bot.storage import attachments
from bot.storage.drafts import StoredDraft
from bot.storage.outbox import OutKind
from bot.usecases.change_member import change_member
from bot.usecases.clues import close_clue
from bot.usecases.record import save_record
from bot.usecases.undo import replace_record


def save(turn: Turn, draft: StoredDraft, facts: dict[str, Any], *, resume: tuple[Button, ...]) -> None:
    """Run the use case of the draft's form and show what came of it."""
    day: date = facts["day"]
    if draft.form == "clue":
        _save_clue(turn, draft, day)
    elif draft.form == "member":
        _save_member(turn, draft, facts)
    else:
        _save_record(turn, draft, facts, resume)


def _save_record(turn: Turn, draft: StoredDraft, facts: dict[str, Any], resume: tuple[Button, ...]) -> None:
    day: date = facts["day"]
    values = read(draft.answers, facts)
    policies = turn.shop.policies
    fixes = draft.answers.get("_fixes")
    corrected = int(fixes) if fixes is not None else None
    if corrected is not None:
        replace_record(turn.tx, turn.who, corrected, at=turn.at, day=day, policies=policies)
    saved = save_record(
        turn.tx, turn.who, values, draft_id=draft.id, at=turn.at, day=day, policies=policies, corrects=corrected
    )
    if corrected is not None:
        attachments.move(turn.tx, corrected, saved.record_id)
    for kind, content in unpacked(draft.answers.get("_attachment", "")):
        attachments.insert(turn.tx, saved.record_id, kind, content, turn.at)
    kept.close(turn, draft, "saved", saved.record_id)
    screen = receipt_screen(turn, saved.record_id, day, waiting=resume)
    turn.show(screen, kind=OutKind.RECEIPT, ref=f"record:{saved.record_id}")


def _save_clue(turn: Turn, draft: StoredDraft, day: date) -> None:
    raw = draft.answers["done"]
    done = turn.plain(f"clue-done-{raw[1:]}") if raw.startswith("!") else raw
    clue_id = int(draft.answers["clue_id"])
    clue, household = close_clue(turn.tx, turn.who, clue_id, done, at=turn.at, day=day, policies=turn.shop.policies)
    kept.close(turn, draft, "saved")
    turn.show(clue_closed_screen(turn, clue.check, household.id), kind=OutKind.RECEIPT)


def _save_member(turn: Turn, draft: StoredDraft, facts: dict[str, Any]) -> None:
    change_member(
        turn.tx, turn.who, member.read(draft.answers, facts), at=turn.at, day=facts["day"], policies=turn.shop.policies
    )
    kept.close(turn, draft, "saved")
    turn.show(member_saved_screen(turn, draft, facts), kind=OutKind.RECEIPT)
