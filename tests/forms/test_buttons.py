"""Callback data is small, holds codes only and reads back as it was written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.buttons import BUTTON_BYTES, BadButtonError, Button, Choice, Tap, decode, encode, encode_choice

IDS = st.integers(min_value=0, max_value=10**9)
VERBS = st.text(string.ascii_lowercase, min_size=1, max_size=12)
PRINTABLE = "".join(chr(code) for code in range(33, 127))


@given(VERBS, IDS, st.text(PRINTABLE, max_size=20))
def test_a_verb_button_reads_back_as_it_was_written(verb: str, about: int, arg: str) -> None:
    assert decode(encode(verb, about, arg)) == Tap(verb, about, arg)


@given(IDS.filter(bool), IDS.filter(bool), st.text(PRINTABLE, min_size=1, max_size=20))
def test_a_form_button_reads_back_as_it_was_written(draft: int, revision: int, option: str) -> None:
    assert decode(encode_choice(draft, revision, option)) == Choice(draft, revision, option)


@given(st.text(max_size=80))
def test_any_text_from_outside_is_read_or_refused_and_never_crashes(data: str) -> None:
    read = decode(data)
    assert read is None or len(data.encode()) <= BUTTON_BYTES


@pytest.mark.parametrize("arg", ["x" * 60, "王老五", "a b"])
def test_data_too_long_or_with_words_of_people_is_never_made(arg: str) -> None:
    with pytest.raises(BadButtonError):
        encode("visit", 7, arg)


def test_the_limit_is_64_bytes_exactly() -> None:
    assert len(encode("visit", 7, "x" * 56)) == BUTTON_BYTES
    with pytest.raises(BadButtonError):
        encode("visit", 7, "x" * 57)


def test_the_two_shapes_cannot_be_taken_for_one_another() -> None:
    assert decode("12.3.ok") == Choice(12, 3, "ok")
    assert decode("visit.12.") == Tap("visit", 12, "")
    assert decode("visit.-1.") is None
    assert decode("12.0.ok") is None


def test_a_button_knows_its_data() -> None:
    assert Button("1 王老五", "visit", 12).data == "visit.12."
