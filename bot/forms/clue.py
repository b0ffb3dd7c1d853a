"""The form that closes an open problem: one question, what was done."""

from bot.domain.limits import NOTE
from bot.forms.answers import free_text
from bot.forms.engine import Answers, Facts, Form, Option, Question


def _options(_answers: Answers, _facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(f"!{code}", f"clue-done-{code}") for code in DONE)


DONE = ("repaired", "helped", "over")
"""Usual ways in which a problem ends; each has a text `clue-done-<code>`."""

QUESTION = free_text("done", "clue-ask-done", NOTE, _options, lambda a, _f: {"check": a.get("check", "")})


def _questions(_answers: Answers, _facts: Facts) -> tuple[Question, ...]:
    return (QUESTION,)


CLUE = Form("clue", _questions)
