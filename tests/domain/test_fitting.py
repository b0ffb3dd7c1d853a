"""Texts cut to what Telegram takes: counted as it counts, never inside a tag, and the question stays."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import fitting
from bot.domain.limits import CAPTION, LABEL, MESSAGE, TOAST
from bot.sandbox.html import parse_html, utf16_length

WORDS = st.text(st.characters(), max_size=3000)
SAID = WORDS.map(lambda said: fitting.escaped("note", said))
PIECES = st.one_of(SAID, st.sampled_from(["\n", "<b>王</b>", "&amp;"]))


def shown(text: str) -> str:
    """What is read of an HTML text."""
    return parse_html(text)[0]


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=400), st.booleans())
def test_any_text_becomes_one_that_telegram_takes(pieces: list[str], bold: bool) -> None:
    """Whole tags, whole characters, at most 4,096 units; a short one stays as it is."""
    text = "".join(pieces)
    text = f"<b>{text}</b>" if bold else text
    for most in (MESSAGE, CAPTION):
        fitted = fitting.html(text, most)
        assert utf16_length(shown(fitted)) <= most
        fitted.encode()


@given(WORDS)
def test_labels_and_answers_are_cut_between_characters(said: str) -> None:
    """In units, with a mark; a label is never empty."""
    assert utf16_length(fitting.cut(said, TOAST)) <= TOAST
    assert 0 < utf16_length(fitting.label(said)) <= LABEL


def test_of_too_many_buttons_the_way_back_stays() -> None:
    """A hundred at most, labels cut, the last row kept."""
    rows = [*([("王" * 90, f"show.{number}.")] * 2 for number in range(80)), [("返回", "show.1.")]]
    kept = fitting.buttons(rows)
    assert sum(map(len, kept)) == 99
    assert kept[-1] == [("返回", "show.1.")]
    assert {utf16_length(label) for row in kept[:-1] for label, _ in row} == {LABEL}


def test_title_and_question_stay_whatever_stands_between() -> None:
    """Long lines are cut alike; of very many lines those in the middle go."""
    long = ["<b>王老五</b> 五组", *["甲" * 900] * 9, "住房怎么了?发一句话就行。"]
    fitted = fitting.html("\n".join(long)).split("\n")
    assert (fitted[0], fitted[-1], len(fitted)) == (long[0], long[-1], 11)
    assert all(line.endswith("甲…") for line in fitted[1:-1])
    many = ["标题", *["<b>乙</b>" * 20] * 3000, "看不懂的", "可以这样说:", "查 王老五"]
    lines = fitting.html("\n".join(many)).split("\n")
    assert (lines[0], lines[-3:]) == ("标题", many[-3:])
    assert "…" in lines[-4]
    assert utf16_length(shown("\n".join(lines))) <= MESSAGE


def test_what_fits_is_not_touched() -> None:
    """4,096 units of text, with tags and entities beside."""
    for text in ("甲" * 4096, "😀" * 2048, "&lt;" * 4096, "<b>" + "x" * 4096 + "</b>", ""):
        assert fitting.html(text) == text
    assert fitting.html("😀" * 2049).endswith("😀…")
    assert fitting.html("甲" * 4097) == "甲" * 4095 + "…"
