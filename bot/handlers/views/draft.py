"""Drafts as screens: the question with its options, the review, the choice of what to change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.checks import Mode
from bot.domain.limits import TYPED
from bot.domain.records import Clue
from bot.forms.buttons import encode_choice
from bot.forms.engine import EDIT, Ask, Option, Question
from bot.forms.record import DATE
from bot.handlers.drafts import UNKEPT, WRITTEN, household_of
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Turn
from bot.handlers.views.wording import QUOTED, day, place, short, too_long, words
from bot.storage.drafts import StoredDraft

LONGEST = 400  # characters of each of eight notes in one review, below Telegram's 4,096


def ask_screen(
    turn: Turn, draft: StoredDraft, ask: Ask, facts: Mapping[str, Any], *, wrong: str | None = None
) -> Screen:
    """The question; `wrong` is the typed answer that could not be read."""
    question = ask.question
    lines = [*came_lines(turn, draft), *_title(turn, draft), _question_text(turn, draft, question, facts, wrong)]
    rows = _option_rows(turn, draft, question, question.options(draft.answers, facts))
    last: list[Button] = []
    if _can_go_back(draft, question):
        last.append((turn.t("button-back"), _data(draft, "back")))
    last.append((turn.t("button-cancel"), _data(draft, "cancel")))
    return Screen("\n".join(lines), (*rows, tuple(last)))


def came_lines(turn: Turn, draft: StoredDraft) -> list[str]:
    """How the words came, where that matters: forwarded, so of the day they were written; beside a file."""
    lines = []
    if WRITTEN in draft.answers:
        lines.append(turn.t("written-on", day=day(turn, date.fromisoformat(draft.answers[WRITTEN]))))
    return [*lines, turn.t("file-not-kept")] if UNKEPT in draft.answers else lines


def _data(draft: StoredDraft, option: str) -> str:
    return encode_choice(draft.id, draft.revision, option)


def _can_go_back(draft: StoredDraft, question: Question) -> bool:
    return EDIT in draft.answers or question.key not in {"household", "findings", "done"}


def _title(turn: Turn, draft: StoredDraft) -> list[str]:
    household = household_of(turn, draft.answers)
    if household is None:
        return []
    money_only = not draft.answers.get("visit") and draft.form == "record"
    title = turn.t(
        "income-title" if money_only else "visit-title",
        name=household.head,
        place=place(turn, household),
        members=household.members,
    )
    return [title] if draft.form == "record" else [turn.t("review-household", name=household.head)]


def _question_text(
    turn: Turn, draft: StoredDraft, question: Question, facts: Mapping[str, Any], wrong: str | None
) -> str:
    if wrong is not None and len(wrong) > TYPED and question.most is None:
        return f"{too_long(turn)}\n{_question_text(turn, draft, question, facts, None)}"
    if question.key == "household":
        return _which_household(turn, draft, facts, wrong)
    args = words(turn, question.args(draft.answers, facts))
    again = _again(question.key) if wrong is not None else ""
    limit = _limit(question, wrong or "")
    if again and again != "again-other":
        return turn.t(again, **args, **limit)
    if question.key == "findings":
        problems = [_open_problem(turn, clue) for clue in facts.get("problems", ())[:3]]
        lines = [*_other_than_usual(turn, draft, facts), *problems, *([turn.t(again, **limit)] if again else [])]
        return "\n".join([*lines, turn.t(question.text)])
    if question.key.startswith("note."):
        args["example"] = turn.t(f"example-{question.key.removeprefix('note.')}")
    asked = turn.t(question.text, **args)
    return f"{turn.t(again, **limit)}\n{asked}" if again else asked


def _other_than_usual(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> list[str]:
    """Day and way of the visit, once either is not the usual one: today, at home."""
    visited_on, mode = DATE.parse(draft.answers.get("date", ""), facts), draft.answers.get("mode")
    if visited_on is None or mode not in set(Mode) or (visited_on == facts["day"] and mode == Mode.HOME):
        return []
    return [turn.t("form-when", day=day(turn, visited_on), mode=turn.t(f"mode-{mode}"))]


def _open_problem(turn: Turn, clue: Clue) -> str:
    note = short(clue.words, 20) if clue.words else turn.plain(f"check-{clue.check}")
    return turn.t("visit-open-problem", note=note, day=day(turn, clue.opened_on))


def _which_household(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any], wrong: str | None) -> str:
    if wrong is not None:
        return turn.t("again-household", text=short(wrong, QUOTED))
    if draft.answers.get("_candidates"):
        return turn.t("ask-household-several", count=len(facts["households"]))
    if draft.answers.get("_text"):
        return turn.t("ask-household-named")
    return turn.t("ask-household" if facts["households"] else "ask-household-bare")


def _limit(question: Question, wrong: str) -> dict[str, str]:
    """How long the answer was, and may be, where that is what is wrong with it."""
    return {"length": f"{len(wrong):,}", "most": f"{question.most:,}"} if question.most is not None else {}


def _again(key: str) -> str:
    """The text that says what would work where an answer did not read; `again-other` stands before the question."""
    name = key.rpartition(".")[2] if key.startswith("e") and "." in key else key.partition(".")[0]
    name = {"done": "note", "on": "date", "person": "member"}.get(name, name)
    known = {"household", "date", "amount", "month", "kind", "member", "note", "item", "name"}
    return f"again-{name}" if name in known else "again-other"


def _option_rows(
    turn: Turn, draft: StoredDraft, question: Question, options: tuple[Option, ...]
) -> tuple[tuple[Button, ...], ...]:
    wide = [option for option in options if option.wide]
    narrow = [_button(turn, draft, option) for option in options if not option.wide]
    rows = in_rows(narrow, question.columns)
    wide_rows = tuple((_button(turn, draft, option),) for option in wide)
    return (*rows, *wide_rows) if question.multiple else (*wide_rows, *rows)


def _button(turn: Turn, draft: StoredDraft, option: Option) -> Button:
    return turn.plain(option.label, **words(turn, option.args)), _data(draft, f"={option.value}")
