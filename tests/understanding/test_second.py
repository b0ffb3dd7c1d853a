"""The second reader: trained on the corpora, quiet where the words are clear, heard where it is sure."""

from pathlib import Path

import pytest

from bot.domain.checks import CheckState
from bot.domain.income_kinds import Kind
from bot.understanding.second import (
    AMOUNT,
    LONGEST,
    NO,
    SLOTS,
    YES,
    amount_pieces,
    pieces,
    read_amount,
    read_message,
    shape,
    stored,
)
from bot.understanding.settle import MARKED, Settled, margin
from bot.understanding.totals import Sum
from tests.understanding.pack import corpora_digest, lexicon

WEIGHTS = Path(__file__).parents[2] / "bot" / "understanding" / "second_weights.py"
NAME = "\ue000\ue001"
CLEAR = [
    (f"今天去{NAME}家走访,一切正常", {"intent": "record", "visit": "home", "all_ok": YES}),
    (f"{NAME}家儿子打工挣了3500", {"intent": "record", "visit": NO, "all_ok": NO}),
    (f"{NAME}家房子漏雨", {"intent": "record", "housing": CheckState.PROBLEM, "water": NO}),
    ("收到,谢谢", {"intent": "other", "visit": NO}),
    ("有哪些户这个月还没走访", {"intent": "list"}),
]
AMOUNTS = [
    (f"{NAME}家卖了两头猪得", "12000", "", Kind.BUSINESS),
    (f"{NAME}低保领了", "860", "元", Kind.TRANSFER),
    (f"{NAME}住院花了", "9800", "", Kind.RIGID),
    ("猪价又涨了,街上", "18", "块一斤", NO),
]


@pytest.mark.parametrize(("masked", "held"), CLEAR, ids=[row[0][-8:] for row in CLEAR])
def test_clear_words_are_read_alike(masked: str, held: dict[str, str]) -> None:
    scores = read_message(masked)
    assert {slot: max(scores[slot], key=lambda answer: scores[slot][answer]) for slot in held} == held


@pytest.mark.parametrize(("left", "figure", "right", "kind"), AMOUNTS, ids=[row[0][-6:] for row in AMOUNTS])
def test_an_amount_is_what_the_words_around_it_say(left: str, figure: str, right: str, kind: str) -> None:
    text = left + figure + right
    scores = read_amount(amount_pieces(text, Sum(len(left), len(left) + len(figure), 1), 0, lexicon()))
    assert max(scores, key=lambda answer: scores[answer]) == kind


def test_only_far_on_the_other_side_is_its_answer_taken_and_what_differs_is_marked() -> None:
    far, mark = margin("visit", NO, "home"), MARKED["visit"]
    for ahead, taken, marked in ((far + 1, "home", True), (far, NO, True), (mark, NO, False), (-50, NO, False)):
        settled = Settled()
        assert settled.take("visit", NO, {NO: 0, "home": ahead, "phone": -9000}) == taken
        assert settled.slots() == (("visited_on",) if marked else ())


@pytest.mark.parametrize(
    ("subject", "said", "other"),
    [("check", "ok", "problem"), ("check", "problem", "ok"), ("amount", NO, "wage"), ("amount", "ask", "transfer")],
)
def test_what_the_rules_were_told_in_so_many_words_stands(subject: str, said: str, other: str) -> None:
    """A trouble that is denied, money that has not come, an amount that is asked."""
    assert Settled().take(subject, said, {said: -5000, other: 5000}) == said


def test_names_figures_and_times_are_one_letter_each() -> None:
    assert shape(f"\ue003\ue003去{NAME}家 卖猪得1万2") == "^TT去N家 卖猪得D万D$"
    assert shape("三万二千六") == "^D$"
    assert max(map(len, pieces("^今天$"))) == LONGEST
    assert set(AMOUNT) == {NO, "ask", *Kind}
    assert all(answers[0] in {NO, "record"} for answers in SLOTS.values())


def test_the_weights_are_those_of_the_corpora_and_small() -> None:
    """Whoever adds messages trains anew: `python scripts/train_second_reader.py`."""
    assert stored()["digest"] == corpora_digest()
    assert WEIGHTS.stat().st_size < 1_000_000
