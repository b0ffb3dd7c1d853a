"""The conversation engine: a form is questions, a draft is raw answers, the position is computed and never stored.

Raw answers are kept as the person gave them and parsed on read. The engine knows nothing of Telegram or storage:
`position` says what to show, `give`, `back` and `edit` return the changed draft.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

EDIT = "_edit"
"""Key of the answer that is being changed although it is there."""

SURE = "sure"
"""The answer that confirms what was said before."""

Facts = Mapping[str, Any]
"""What the conversation looked up for the form: the day, members, candidates, usual amounts."""
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a question: `value` is the answer it gives, `label` the id of its text with `args`."""

    value: str
    label: str
    args: Mapping[str, str] = field(default_factory=dict)
    wide: bool = False  # a row of its own


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know. `parse` gives the value of a raw answer or None, which asks again."""

    key: str
    text: str
    parse: Callable[[str, Facts], Any]
    options: Callable[[Answers, Facts], tuple[Option, ...]] = lambda _answers, _facts: ()
    args: Callable[[Answers, Facts], Mapping[str, str]] = lambda _answers, _facts: {}
    most: int | None = None  # characters that a typed answer may have
    typed: bool = True  # can be answered by typing at all
    multiple: bool = False  # toggles; `<key>.done` closes it
    columns: int = 2
    clears: tuple[str, ...] = ()  # answers that spoke of the old one and fall with it
    mends: str = ""  # key of the answer that any option but SURE replaces


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-finished form: raw answers and the revision that its newest buttons carry."""

    form: str
    answers: dict[str, str]
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Ask:
    """Show this question; `again` when the last answer could not be read."""

    question: Question
    again: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Everything is there: show it for confirmation."""


Position = Ask | Review


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its questions follow from the answers so far."""

    name: str
    questions: Callable[[Answers, Facts], tuple[Question, ...]]

    def checked(self, answers: Answers, facts: Facts) -> tuple[Question, ...]:
        """The questions in order; two with one key are a defect of the form."""
        questions = self.questions(answers, facts)
        keys = [question.key for question in questions]
        if len(keys) != len(set(keys)):
            raise ValueError(f"form {self.name}: a question twice in {keys}")
        return questions


def answered(question: Question, answers: Answers, facts: Facts) -> bool:
    """Whether the draft holds an answer that reads."""
    if question.multiple:
        return answers.get(f"{question.key}.done") == "1" and bool(answers.get(question.key))
    raw = answers.get(question.key)
    return raw is not None and question.parse(raw, facts) is not None


def position(form: Form, draft: Draft, facts: Facts) -> Position:
    """Where the draft stands: the answer being changed, else the first gap in order, else the review."""
    questions = form.checked(draft.answers, facts)
    wanted = draft.answers.get(EDIT)
    for question in questions:
        if question.key == wanted:
            return Ask(question)
    for question in questions:
        if not answered(question, draft.answers, facts):
            return Ask(question)
    return Review()


def give(draft: Draft, question: Question, raw: str, facts: Facts) -> Draft | None:
    """The draft with `raw` as the answer to `question`; None when it does not read there."""
    if question.multiple:
        return _toggle(draft, question, raw)
    if question.parse(raw, facts) is None:
        return None
    answers = {key: value for key, value in draft.answers.items() if key not in {EDIT, *question.clears}}
    answers[question.mends if question.mends and raw != SURE else question.key] = raw
    return Draft(draft.form, answers, draft.revision + 1)


def _toggle(draft: Draft, question: Question, raw: str) -> Draft | None:
    """`housing+` switches on, `housing-` off, `done` closes; on and off keep the revision, so quick taps all count."""
    chosen = [part for part in draft.answers.get(question.key, "").split(",") if part]
    if raw == "done":
        if not chosen:
            return None
        answers = {key: value for key, value in draft.answers.items() if key != EDIT}
        return Draft(draft.form, answers | {f"{question.key}.done": "1"}, draft.revision + 1)
    name, sign = raw[:-1], raw[-1:]
    if sign not in {"+", "-"} or not name:
        return None
    kept = [part for part in chosen if part != name] + ([name] if sign == "+" else [])
    return replace(draft, answers=draft.answers | {question.key: ",".join(kept)})


def edit(draft: Draft, key: str) -> Draft:
    """The draft with the answer `key` opened for a change; the old answer stands until a new one reads."""
    answers = {name: value for name, value in draft.answers.items() if name != f"{key}.done"}
    return Draft(draft.form, answers | {EDIT: key}, draft.revision + 1)


def back(form: Form, draft: Draft, facts: Facts) -> Draft:
    """One step back: out of a change when nothing else is missing, else to the question before."""
    questions = form.checked(draft.answers, facts)
    plain = {key: value for key, value in draft.answers.items() if key != EDIT}
    missing = [question.key for question in questions if not answered(question, plain, facts)]
    wanted = draft.answers.get(EDIT)
    if wanted and not missing:
        return Draft(draft.form, plain, draft.revision + 1)
    keys = [question.key for question in questions]
    here = wanted if wanted in keys else (missing[0] if missing else None)
    index = keys.index(here) if here is not None else len(keys)
    if index == 0:
        return draft
    return edit(Draft(draft.form, plain, draft.revision), keys[index - 1])
