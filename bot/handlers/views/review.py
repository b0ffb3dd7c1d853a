"""The review of a record's draft: everything read, what was recorded before, and what can be changed."""

from collections.abc import Mapping
from typing import Any

from bot.forms.buttons import encode_choice
from bot.forms.record import DOUBT, entry_count
from bot.forms.record_edits import has_more
from bot.forms.record_values import RecordValues, read
from bot.handlers.drafts import engine_draft, household_of
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Said, Turn
from bot.handlers.views.draft import came_lines
from bot.handlers.views.receipt import described
from bot.handlers.views.wording import amount, day, past_day, short
from bot.storage import records
from bot.storage.drafts import StoredDraft
from bot.texts import formats

LONGEST = 400  # characters of each of eight notes in one review, below Telegram's 4,096


def _data(draft: StoredDraft, option: str) -> str:
    return encode_choice(draft.id, draft.revision, option)


def review_screen(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> Screen:
    """Everything read, for one tap on 保存."""
    lines = [turn.t("review"), *came_lines(turn, draft), *review_lines(turn, draft, facts)]
    corrected = records.get(turn.tx, int(draft.answers["_fixes"])) if "_fixes" in draft.answers else None
    if corrected is not None:
        lines.append(turn.t("review-corrects", number=corrected.number, what=described(turn, corrected)))
    return Screen("\n".join(lines), _review_rows(turn, draft, facts))


def _review_rows(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    """保存 修改 取消; of what was recorded before: once more, or only what is new, or not."""
    names = {name: f"button-{name}" for name in ("save", "edit", "cancel")}
    again = facts["repeats"]
    if again:
        names = {"again": "button-again", "edit": "button-edit", "cancel": "button-not-again"}
    first = tuple((turn.t(label), _data(draft, name)) for name, label in names.items())
    more = again and has_more(engine_draft(draft), again)
    return (first, ((turn.t("button-rest"), _data(draft, "rest")),)) if more else (first,)


def _repeated(turn: Turn, facts: Mapping[str, Any], index: int | None) -> list[str]:
    """Who recorded the same before."""
    before = facts["repeats"].get(index)
    if before is None:
        return []
    if before.who is None:
        return [turn.t("review-repeat-imported", day=past_day(turn, before.on))]
    text = "review-repeat-visit" if index is None else "review-repeat"
    return [turn.t(text, day=past_day(turn, before.on), who=before.who)]


def review_lines(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> list[str]:
    """One line for each thing that will be saved."""
    household = household_of(turn, draft.answers)
    name = household.head if household is not None else ""
    values = read(draft.answers, facts)
    title, *findings = _visit_lines(turn, name, values)
    lines = [_doubtful(turn, draft, title, "visited_on")]
    lines += [_doubtful(turn, draft, line, "checks") for line in findings]
    lines += _repeated(turn, facts, None)
    for index, entry in enumerate(values.entries):
        first, *more = _entry_lines(turn, index, entry, facts)
        lines += [_doubtful(turn, draft, first, "entries"), *more, *_repeated(turn, facts, index)]
    if values.unread:
        lines.append(turn.t("review-unread", words=short(values.unread, LONGEST)))
    return [turn.t("review-doubt-all"), *lines] if f"{DOUBT}intent" in draft.answers else lines


def _doubtful(turn: Turn, draft: StoredDraft, line: str, slot: str) -> str:
    """The line, marked when the readers differed on it."""
    return turn.t("review-doubt", line=Said(line)) if f"{DOUBT}{slot}" in draft.answers else line


def _visit_lines(turn: Turn, name: str, values: RecordValues) -> list[str]:
    visit = values.visit
    if visit is None:
        lines = [turn.t("review-clue" if values.problems else "review-household", name=name)]
    elif not visit.counted:
        return [turn.t("review-away", name=name, day=day(turn, visit.visited_on))]
    else:
        mode = turn.t(f"mode-{visit.mode}")
        lines = [turn.t("review-visit", name=name, day=day(turn, visit.visited_on), mode=mode)]
        if visit.all_ok:
            lines.append(turn.t("review-all-ok"))
        said = [check for check, state in visit.checks.items() if state == "ok"]
        lines += [turn.t("review-check-ok", check=turn.t(f"check-{check}")) for check in said]
    for check, note in values.problems.items():
        word, text = turn.t(f"check-{check}"), short(note or "", LONGEST)
        lines.append(
            turn.t("review-check-note", check=word, note=text) if text else turn.t("review-check-problem", check=word)
        )
    if visit is not None and not visit.all_ok:
        lines.append(turn.t("review-rest-ok"))
    note = visit.note if visit is not None else None
    return [*lines, turn.t("review-note", note=short(note, LONGEST))] if note else lines


def _entry_lines(turn: Turn, index: int, entry: Any, facts: Mapping[str, Any]) -> list[str]:
    sign = "review-cost" if entry.kind in {"business_cost", "rigid"} else "review-entry"
    month = formats.month(entry.month, turn.language)
    lines = [turn.t(sign, kind=turn.t(f"kind-{entry.kind}"), amount=amount(turn, entry.amount_fen), month=month)]
    if entry.months > 1:
        lines.append(turn.t("review-months", count=entry.months, month=month))
    if entry.estimate:
        lines.append(turn.t("review-estimate"))
    if entry.net:
        lines.append(turn.t("review-net"))
    if entry.item:
        counted = turn.shop.policies.on(facts["day"]).counted(entry.item)
        lines.append(turn.t("review-item" if counted else "review-uncounted", item=entry.item))
    name = facts.get("members", {}).get(entry.person_id)
    if name:
        lines.append(turn.t("review-member", name=name))
    if index in facts.get("fell", {}):
        lines.append(turn.t("review-fell", last=amount(turn, facts["fell"][index])))
    return lines


def edit_screen(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> Screen:
    """What can be changed, one button each."""
    lines = [*review_lines(turn, draft, facts), turn.t("edit-what")]
    buttons = [(turn.t("edit-household"), _data(draft, "edit.household"))]
    if draft.answers.get("visit"):
        buttons += [
            (turn.t(f"edit-{key}"), _data(draft, f"edit.{key}")) for key in ("date", "mode", "findings", "note")
        ]
    elif draft.answers.get("clue"):
        buttons.append((turn.t("edit-findings"), _data(draft, "edit.problems")))
    buttons += _entry_buttons(turn, draft)
    return Screen("\n".join(lines), (*in_rows(buttons, 2), ((turn.t("button-back"), _data(draft, "show")),)))


def _entry_buttons(turn: Turn, draft: StoredDraft) -> list[Button]:
    count = entry_count(draft.answers)
    buttons: list[Button] = []
    for index in range(count):
        label = turn.t("entry-number", number=index + 1) if count > 1 else ""
        buttons += [
            (turn.t(f"edit-{part}", entry=label), _data(draft, f"edit.e{index}.{part}"))
            for part in ("kind", "amount", "month", "item", "member")
        ]
        if count > 1 or draft.answers.get("visit"):
            dropped = label or turn.t("entry-only")
            buttons.append((turn.t("edit-drop", entry=dropped), _data(draft, f"drop.{index}")))
    return buttons
