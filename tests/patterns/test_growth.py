"""Reading grows with the text only (the quick form; `python -m tests.patterns.growth 50` tries other words)."""

import random
import re

import pytest

from tests.patterns.growth import grows, of_messages, of_patterns, patterns
from tests.patterns.words import nearly


@pytest.fixture(scope="module")
def known() -> list[tuple[str, int]]:
    """Every pattern of the program."""
    return patterns()


def test_every_pattern_grows_with_its_text_only(known: list[tuple[str, int]]) -> None:
    """On its own words, repeated and broken off, four times the text takes about four times as long."""
    assert len(known) > 300
    assert of_patterns(known, seed=1) == []


def test_messages_of_the_parsers_own_words_grow_with_their_length_only(known: list[tuple[str, int]]) -> None:
    """The parser as a whole, and what reads an amount, a day and a month in a form."""
    assert of_messages(known, seed=1, count=60) == []


@pytest.mark.parametrize(
    "pattern", [r"^(?:看(?:一?下|看)?|查)*$", r"^(?:的|了|好|辛苦了?|谢谢)*$", r"(?:给|能|可)*报", r"x.*y", r"\s+$"]
)
def test_a_pattern_that_grows_faster_is_found(pattern: str) -> None:
    """The measure itself: patterns that once hung, and quadratic ones."""
    compiled = re.compile(pattern)
    found = []
    for seed in range(40):
        texts = zip(*(nearly(pattern, 0, size, random.Random(seed)) for size in (1000, 4000)), strict=True)
        found += [grows(compiled.search, short, long, 0.002) for short, long in texts if not any(found)]
    assert any(found)
