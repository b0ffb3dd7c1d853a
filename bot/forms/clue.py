"""The form that closes an open problem: one question, what was done."""

from bot.domain.limits import NOTE
from bot.forms.engine import Answers, Facts, Form, Option, Question


def _done(raw: str, _facts: Facts) -> str | None:
    return raw if raw.strip() and len(raw) <= NOTE else None


def _options(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(f"!{code}", f"clue-done-{code}") for code in DONE)


DONE = ("repaired", "helped", "over")
"""Usual ways in which a problem ends; each has a text `clue-done-<code>`."""

QUESTION = Question(
    "done", "clue-ask-done", _done, _options, lambda a, _f: {"check": a.get("check", "")}, free_text=True
)


def _questions(_answers: Answers, _facts: Facts) -> tuple[Question, ...]:
    return (QUESTION,)


CLUE = Form("clue", _questions)
