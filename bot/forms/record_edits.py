"""Changes of a record's draft that are no answer to a question: what is left out, and shortcuts of the findings."""

from collections.abc import Collection

from bot.forms.engine import EDIT, Draft, edit
from bot.forms.record import entry_count

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
