"""Changes of a record's draft that are no answer to a question: what is left out, and shortcuts of the findings."""

from collections.abc import Collection

from bot.forms.engine import EDIT, Draft, edit
from bot.forms.record import DOUBT, entry_count
from bot.forms.record_values import yuan_text
from bot.forms.which import ALL, TO, WHICH
from bot.understanding.model import Fix

VISIT = frozenset({"visit", "date", "mode", "checks", "note"})
"""What speaks of a visit alone."""
FOUND = ("findings", "problems", "problems.done")


def shortcut(draft: Draft, value: str) -> Draft:
    """`mode.phone`, `edit.date`, `still.housing`: one tap that answers or opens another question."""
    verb, _, what = value.partition(".")
    if verb == "edit":
        return edit(draft, what)
    answers = {key: text for key, text in draft.answers.items() if key != EDIT}
    if verb == "mode":
        return Draft(draft.form, answers | {"mode": what}, draft.revision + 1)
    same = {"findings": "problems", "problems": what, "problems.done": "1", f"note.{what}": "-"}
    return Draft(draft.form, answers | same, draft.revision + 1)


def without_entry(draft: Draft, index: int) -> Draft:
    """The draft without one of its entries; those behind it move up."""
    kept = {key: value for key, value in draft.answers.items() if not key.startswith("e") or "." not in key}
    left = [number for number in range(entry_count(draft.answers)) if number != index]
    for new, old in enumerate(left):
        part = f"e{old}."
        kept |= {f"e{new}.{key.removeprefix(part)}": v for key, v in draft.answers.items() if key.startswith(part)}
    return Draft(draft.form, kept | {"entries": str(len(left))}, draft.revision + 1)


def has_more(draft: Draft, again: Collection[int | None]) -> bool:
    """Whether there is anything besides what was recorded before: entries by their number, None the visit."""
    entries = entry_count(draft.answers) - len([each for each in again if each is not None])
    return bool(entries) or (None not in again and bool(draft.answers.get("visit"))) or _problems(draft)


def without(draft: Draft, again: Collection[int | None]) -> Draft:
    """The draft without that; the problems that were found stay, as told, and so do the words."""
    changed = draft
    for index in sorted((each for each in again if each is not None), reverse=True):
        changed = without_entry(changed, index)
    if None not in again:
        return changed
    left = VISIT if _problems(draft) else {*VISIT, *FOUND}
    answers = {key: value for key, value in changed.answers.items() if key not in left}
    if _problems(draft):
        answers["clue"] = "1"
    if "note" in draft.answers and entry_count(answers):
        answers.setdefault("e0.note", draft.answers["note"])
    return Draft(draft.form, answers, draft.revision + 1)


def _problems(draft: Draft) -> bool:
    return draft.answers.get("findings") == "problems"


def fixed(draft: Draft, fix: Fix) -> Draft | None:
    """The draft with what a correction says is right; None when nothing of it is in this draft.

    Of several entries the one that is meant is asked for, and what is right is kept until it is known.
    """
    visit, entry = _of_visit(draft, fix), _of_entry(draft, fix)
    if not visit and not entry:
        return None
    answers = {key: value for key, value in draft.answers.items() if key != EDIT and not key.startswith(TO)}
    if visit:
        answers = {key: value for key, value in answers.items() if key != f"{DOUBT}visited_on"} | visit
    index = _which(draft, fix) if entry else None
    if index is not None:
        answers = _put(answers, index, entry)
    elif entry:
        answers |= {TO + name: value for name, value in entry.items()}
    return Draft(draft.form, answers, draft.revision + 1)


def chosen(draft: Draft, which: str) -> Draft:
    """The draft with what is right put into the entry that was chosen, or into all."""
    to = {key.removeprefix(TO): value for key, value in draft.answers.items() if key.startswith(TO)}
    answers = {
        key: value for key, value in draft.answers.items() if key not in {EDIT, WHICH} and not key.startswith(TO)
    }
    for index in range(entry_count(answers)) if which == ALL else (int(which),):
        answers = _put(answers, index, to)
    return Draft(draft.form, answers, draft.revision + 1)


def _of_visit(draft: Draft, fix: Fix) -> dict[str, str]:
    if not draft.answers.get("visit"):
        return {}
    day = {"date": fix.day.isoformat()} if fix.day is not None else {}
    return day | ({"mode": fix.mode.value} if fix.mode is not None else {})


def _of_entry(draft: Draft, fix: Fix) -> dict[str, str]:
    """What is right of an entry; a day tells its month where there is no visit."""
    if not entry_count(draft.answers):
        return {}
    values: dict[str, str] = {}
    if fix.amount_fen is not None:
        values |= {"amount": yuan_text(fix.amount_fen), "estimate": "1" if fix.estimate else "0"}
        values |= {"months": str(fix.months)} if fix.months > 1 else {}
    if fix.kind is not None:
        values |= {"kind": fix.kind.value, "item": fix.item or "-"}
    month = fix.month
    if month is None and fix.day is not None and not draft.answers.get("visit"):
        month = f"{fix.day:%Y-%m}"
    return values | ({"month": month} if month is not None else {})


def _which(draft: Draft, fix: Fix) -> int | None:
    """The only entry; else the one of the old amount, of the kind it was taken for, or of the kind that is named."""
    numbers = range(entry_count(draft.answers))
    if len(numbers) == 1:
        return 0
    old = yuan_text(fix.old_amount_fen) if fix.old_amount_fen is not None else None
    for name, value in (("amount", old), ("kind", fix.old_kind), ("item", fix.item), ("kind", fix.kind)):
        found = [n for n in numbers if value is not None and draft.answers.get(f"e{n}.{name}") == value]
        if len(found) == 1:
            return found[0]
    return None


def _put(answers: dict[str, str], index: int, values: dict[str, str]) -> dict[str, str]:
    """The answers with these of one entry; what spoke of the old ones falls."""
    key = f"e{index}."
    gone = {f"{key}sure", f"{DOUBT}entries"}
    if "kind" in values and answers.get(f"{key}kind") == values["kind"] and values.get("item") == "-":
        values = {name: value for name, value in values.items() if name != "item"}  # only the kind was named
    elif "kind" in values:
        gone |= {f"{key}net", f"{key}ask_net", f"{key}item"}
    kept = {name: value for name, value in answers.items() if name not in gone}
    return kept | {key + name: value for name, value in values.items() if (name, value) != ("item", "-")}
