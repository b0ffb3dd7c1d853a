"""Drafts as screens: the question with its options, the review, the choice of what to change."""

from collections.abc import Mapping
from typing import Any

from bot.domain.checks import Mode
from bot.domain.limits import TYPED
from bot.domain.records import Clue
from bot.forms.buttons import encode_choice
from bot.forms.engine import EDIT, Ask, Option, Question
from bot.forms.record import DATE, DOUBT, entry_count
from bot.forms.record_values import RecordValues, read
from bot.handlers.drafts import household_of
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Said, Turn
from bot.handlers.views.receipt import described
from bot.handlers.views.wording import QUOTED, amount, day, short, too_long, words
from bot.storage import records
from bot.storage.drafts import StoredDraft
from bot.texts import formats

LONGEST = 400  # characters of each of eight notes in one review, below Telegram's 4,096


def ask_screen(
    turn: Turn, draft: StoredDraft, ask: Ask, facts: Mapping[str, Any], *, wrong: str | None = None
) -> Screen:
    """The question; `wrong` is the typed answer that could not be read."""
    question = ask.question
    lines = [*_title(turn, draft), _question_text(turn, draft, question, facts, wrong)]
    rows = _option_rows(turn, draft, question, question.options(draft.answers, facts))
    last: list[Button] = []
    if _can_go_back(draft, question):
        last.append((turn.t("button-back"), _data(draft, "back")))
    last.append((turn.t("button-cancel"), _data(draft, "cancel")))
    return Screen("\n".join(lines), (*rows, tuple(last)))


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
        group=household.group,
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
    note = short(clue.note, 20) if clue.note else turn.plain(f"check-{clue.check}")
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


def review_screen(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> Screen:
    """Everything read, for one tap on 保存."""
    lines = [turn.t("review"), *review_lines(turn, draft, facts)]
    corrected = records.get(turn.tx, int(draft.answers["_fixes"])) if "_fixes" in draft.answers else None
    if corrected is not None:
        lines.append(turn.t("review-corrects", number=corrected.number, what=described(turn, corrected)))
    buttons = tuple((turn.t(f"button-{name}"), _data(draft, name)) for name in ("save", "edit", "cancel"))
    return Screen("\n".join(lines), (buttons,))


def review_lines(turn: Turn, draft: StoredDraft, facts: Mapping[str, Any]) -> list[str]:
    """One line for each thing that will be saved."""
    household = household_of(turn, draft.answers)
    name = household.head if household is not None else ""
    values = read(draft.answers, facts)
    title, *findings = _visit_lines(turn, name, values)
    lines = [_doubtful(turn, draft, title, "visited_on")]
    lines += [_doubtful(turn, draft, line, "checks") for line in findings]
    for index, entry in enumerate(values.entries):
        first, *more = _entry_lines(turn, index, entry, facts)
        lines += [_doubtful(turn, draft, first, "entries"), *more]
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
