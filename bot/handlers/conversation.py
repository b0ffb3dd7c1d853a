"""Drafts in the chat: show, answer by tap or by text, save, cancel, go back, resume."""

from typing import Any

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.forms import engine
from bot.forms.answers import household_id
from bot.forms.buttons import Choice, encode
from bot.forms.engine import Ask, Draft, Question
from bot.forms.record_edits import chosen, shortcut, without, without_entry
from bot.forms.which import WHICH
from bot.handlers import albums
from bot.handlers import drafts as kept
from bot.handlers.drafts import FORMS, engine_draft, own, position_of, store
from bot.handlers.saving import save
from bot.handlers.screen import Button, Screen
from bot.handlers.turn import Turn
from bot.handlers.views import draft as view
from bot.handlers.views.closed import closed_screen, form_review
from bot.handlers.views.review import edit_screen
from bot.storage import chats, drafts, households
from bot.storage.drafts import StoredDraft


def start(turn: Turn, answers: dict[str, str], form: str = "record", *, in_place: bool = True) -> None:
    """A new draft and its first screen; an open one waits. A list that was tapped stays: `in_place` False."""
    sent = turn.event.attachment
    if (
        sent is not None and form == "record"
    ):  # a picture with a caption: both go into one record, and so does its album
        answers = answers | {"_attachment": albums.packed([*albums.taken(turn), sent])}
    show(turn, _same(turn, form, answers) or kept.begin(turn, form, answers), in_place=in_place)


def _same(turn: Turn, form: str, answers: dict[str, str]) -> StoredDraft | None:
    """The open draft, when these very words made it and it was not touched since: they were sent twice."""
    draft = current(turn)
    if draft is None or draft.form != form or draft.revision != 1 or "_text" not in answers:
        return None
    return draft if draft.answers == kept.begun(turn, answers) else None


def show(turn: Turn, draft: StoredDraft, *, wrong: str | None = None, in_place: bool = True) -> None:
    """The screen of the draft's present position."""
    where, facts = position_of(turn, draft)
    if isinstance(where, Ask):
        screen = view.ask_screen(turn, draft, where, facts, wrong=wrong)
    else:
        screen = form_review(turn, draft, facts)
    (turn.show if in_place else turn.send)(screen, ref=f"draft:{draft.id}")


def tapped(turn: Turn, choice: Choice) -> None:
    """A tap on an option of a draft: what is no longer there is answered with what is true now."""
    draft = own(turn, choice.draft)
    if draft.closed is not None:
        turn.toast(turn.t("done-already"))
        turn.show(closed_screen(turn, draft))
        return
    chats.set_current(turn.tx, turn.event.chat_id, draft.id)
    if choice.revision != draft.revision:
        turn.toast(turn.t("done-already"))
        show(turn, draft)
        return
    choose(turn, draft, choice.option)


def choose(turn: Turn, draft: StoredDraft, option: str) -> None:
    """Do what a button of the present screen says; any other option shows that screen again."""
    if option == "cancel":
        cancel(turn, draft)
        return
    where, facts = position_of(turn, draft)
    if option.startswith("=") and isinstance(where, Ask):
        _answer(turn, draft, where.question, option[1:], facts)
    elif (option == "save" and kept.ready(where, facts)) or (option == "again" and not isinstance(where, Ask)):
        save(turn, draft, facts, resume=resume_button(turn, draft.id))
    elif option == "edit" and not isinstance(where, Ask) and draft.form == "record":
        turn.show(edit_screen(turn, draft, facts), ref=f"draft:{draft.id}")
    elif option.startswith("edit."):
        show(turn, store(turn, draft, engine.edit(engine_draft(draft), option.removeprefix("edit."))))
    elif option.startswith("drop.") and option.removeprefix("drop.").isdecimal():
        show(turn, store(turn, draft, without_entry(engine_draft(draft), int(option.removeprefix("drop.")))))
    elif option == "rest" and not isinstance(where, Ask):
        show(turn, store(turn, draft, without(engine_draft(draft), facts["repeats"])))
    elif option in {"back", "edit"}:
        show(turn, store(turn, draft, engine.back(FORMS[draft.form], engine_draft(draft), facts)))
    else:
        show(turn, draft)


def _answer(turn: Turn, draft: StoredDraft, question: Question, value: str, facts: dict[str, Any]) -> None:
    """A tapped option: the shortcuts of the findings question first, else the answer itself."""
    before = engine_draft(draft)
    if question.key == "household":
        changed: Draft | None = with_household(turn, before, value)
    elif not _offered(question, draft, value, facts):
        changed = None
    elif question.key == "findings" and "." in value:
        changed = shortcut(before, value)
    elif question.key == WHICH:
        changed = chosen(before, value)
    else:
        changed = engine.give(before, question, value, facts)
    show(turn, store(turn, draft, changed) if changed is not None else draft)


def _offered(question: Question, draft: StoredDraft, value: str, facts: dict[str, Any]) -> bool:
    """Whether such a button exists; a toggle counts either way round, for quick taps are faster than the screen.

    Days and months move on while a screen waits for its tap: one that was offered and reads is still an answer.
    """
    values = {option.value for option in question.options(draft.answers, facts)}
    if question.key.rpartition(".")[2] in {"date", "month"}:
        return question.parse(value, facts) is not None
    return value in values or (question.multiple and bool({f"{value[:-1]}+", f"{value[:-1]}-"} & values))


def with_household(turn: Turn, draft: Draft, value: str) -> Draft:
    """The draft with this household (`#12`); Refused `not-allowed` for one that the person may not write about."""
    number = household_id(value)
    household = households.get(turn.tx, number) if number is not None else None
    if household is None or not access.may(turn.who, Action.VISIT, household):
        raise Refused("not-allowed")
    answers = {key: text for key, text in draft.answers.items() if key not in {engine.EDIT, "_candidates"}}
    return Draft(draft.form, answers | {"household": value}, draft.revision + 1)


def current(turn: Turn) -> StoredDraft | None:
    """The draft that typed text goes to."""
    draft_id = chats.current(turn.tx, turn.event.chat_id)
    draft = drafts.get(turn.tx, draft_id) if draft_id is not None else None
    mine = draft is not None and draft.closed is None and draft.staff_id == turn.who.id
    return draft if mine else None


def answerable(turn: Turn) -> StoredDraft | None:
    """The same, unless its household has left the person's scope meanwhile: such a draft waits for nobody."""
    draft = current(turn)
    return draft if draft is not None and kept.reachable(turn, draft) else None


def cancel(turn: Turn, draft: StoredDraft) -> None:
    """Close this draft only; another one that waits is offered."""
    kept.close(turn, draft, "cancelled")
    button = resume_button(turn, draft.id)
    turn.show(Screen(turn.t("cancelled"), (button,) if button else ()))


def resume_button(turn: Turn, besides: int | None) -> tuple[Button, ...]:
    """A button for the draft that waits, if any."""
    draft = kept.waiting(turn, besides)
    if draft is None:
        return ()
    return ((turn.plain("button-continue", what=_named(turn, draft)), encode("resume", draft.id)),)


def _named(turn: Turn, draft: StoredDraft) -> str:
    number = household_id(draft.answers.get("household", ""))
    household = households.get(turn.tx, number) if number is not None else None
    if household is None or not access.sees(turn.who, household):
        return turn.plain("draft-unknown")
    kind = "draft-visit" if draft.answers.get("visit") or draft.form != "record" else "draft-income"
    return turn.plain(kind, name=household.head)


def resume(turn: Turn, draft_id: int | None = None) -> bool:
    """Go on with a draft that waits: the one tapped, else the newest; False when there is none."""
    draft = own(turn, draft_id) if draft_id is not None else kept.waiting(turn)
    if draft is None:
        return False
    if draft.closed is not None:
        turn.toast(turn.t("done-already"))
        turn.show(closed_screen(turn, draft))
        return True
    chats.set_current(turn.tx, turn.event.chat_id, draft.id)
    show(turn, draft, in_place=False)
    return True
