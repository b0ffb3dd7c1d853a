"""Answers of one's own words: what a question takes is what it says that it takes."""

from datetime import date

import pytest

from bot.domain.checks import Check
from bot.forms.answers import household_id
from bot.forms.clue import CLUE
from bot.forms.engine import Form, Question
from bot.forms.member import MEMBER
from bot.forms.record import RECORD

FACTS = {"day": date(2024, 3, 15)}
EVERYTHING = {
    "visit": "1", "findings": "problems", "problems": ",".join(Check), "problems.done": "1", "note": "-",
    "entries": "1", "e0.item": "-", "e0.note": "-", "e0.member": "0", "change": "birth",
}  # fmt: skip


def _limited(form: Form) -> list[Question]:
    return [question for question in form.checked(EVERYTHING, FACTS) if question.most is not None]


@pytest.mark.parametrize("form", [RECORD, MEMBER, CLUE], ids=lambda form: form.name)
def test_words_are_taken_up_to_the_limit_that_is_told(form: Form) -> None:
    """`Question.most` is what a person is told when an answer is too long."""
    asked = _limited(form)
    assert asked
    for question in asked:
        assert question.most is not None
        assert question.parse("戊" * question.most, FACTS) is not None, question.key
        assert question.parse("戊" * (question.most + 1), FACTS) is None, question.key


@pytest.mark.parametrize("raw", ["", "12", "#", "#0", "#-1", "#1.5", "#x", "#٣", f"#{2**31}", "#" + "9" * 40])
def test_what_is_no_number_of_a_household_is_none(raw: str) -> None:
    """Answers are stored text; a forged one finds no household, and breaks nothing."""
    assert household_id(raw) is None
    assert household_id("#12") == 12
