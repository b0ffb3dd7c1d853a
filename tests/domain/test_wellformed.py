"""Texts from outside: well-formed once, and then any database keeps them and any screen shows them as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import wellformed

ANYTHING = st.text(st.characters(), max_size=40)
"""Every code point, lone surrogates too."""


@given(ANYTHING)
def test_whatever_was_written_can_be_stored_and_sent(raw: str) -> None:
    """UTF-8 takes it, PostgreSQL takes it (no NUL), and a second time changes nothing."""
    made = wellformed.text(raw)
    assert "\0" not in made
    assert made.encode().decode() == made
    assert wellformed.text(made) == made
    assert wellformed.line(wellformed.line(raw)) == wellformed.line(raw)


@given(ANYTHING)
def test_a_line_is_one_line(raw: str) -> None:
    """No break of any kind, no outer blanks."""
    assert len(wellformed.line(raw).splitlines()) <= 1
    assert wellformed.line(raw) == wellformed.line(raw).strip()


@pytest.mark.parametrize(
    "written",
    [
        "王\0五", "王\u200b五", "\ufeff王五", "王\u200d五", "王\ufe0f五", "\u202e王五\u202c", "王\ud800五", "王\xad五",
        "\x1b王五", " 王五\r\n", "王\U000e0100五", "\u2067王五", "王\uffff五", "王\U0001fffe五",
    ],
)  # fmt: skip
def test_a_name_with_something_unseen_in_it_is_the_same_name(written: str) -> None:
    """Zero-width characters, turned directions, control characters, halves of characters."""
    assert wellformed.line(written) == "王五"


@pytest.mark.parametrize(
    "written", ["𠮷野家", "\ue000", "👨\u200d👩\u200d👧", "❤\ufe0f", "阿·依", "è", "\U00031350", "两行\n字\t。"]
)
def test_what_people_do_write_stays(written: str) -> None:
    """Rare characters, those of older systems, emoji that are joined, line breaks."""
    assert wellformed.text(written) == written


def test_line_breaks_of_all_systems_are_one() -> None:
    """Windows, old Mac, Unicode."""
    assert wellformed.text("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
