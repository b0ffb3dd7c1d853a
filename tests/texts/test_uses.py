"""What the code asks for exists in both languages with the variables it gives, and nothing lies about unused."""

import pytest

from bot.texts import LANGUAGES
from tests.texts import uses
from tests.texts.catalogue import catalogue
from tests.texts.families import ELSEWHERE, FAMILIES, PASSED_ON

UNUSED: dict[str, str] = {}
"""Texts that no code names yet, each with the reason why it stays."""


def _asked() -> list[uses.Use]:
    found = []
    for use in uses.uses(FAMILIES):
        place = (use.where.rpartition(":")[0], use.written)
        if use.written not in PASSED_ON:
            ids = use.ids if use.ids is not None else ELSEWHERE.get(place)
            found.append(uses.Use(use.where, use.written, ids, use.variables))
    return found


def test_every_text_that_is_asked_for_can_be_named() -> None:
    """Else the other tests here would be blind to it."""
    assert [(use.where, use.written) for use in _asked() if use.ids is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_asked_for_exists(language: str) -> None:
    known = catalogue(language)
    missing = {(key, use.where) for use in _asked() for key in use.ids or () if key not in known}
    assert sorted(missing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_gets_its_variables(language: str) -> None:
    known = catalogue(language)
    lacking = [
        (key, use.where, sorted(known[key].variables - use.variables))
        for use in _asked()
        if use.variables is not None
        for key in sorted(use.ids or ())
        if key in known and not known[key].variables <= use.variables and "{}-{}" not in use.written
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_text_that_its_details_fill(language: str) -> None:
    known = catalogue(language)
    broken = [
        (code, where)
        for where, code, details in uses.refusals()
        if f"refused-{code}" not in known or not known[f"refused-{code}"].variables <= details
    ]
    assert broken == []


def test_no_text_is_unused() -> None:
    named = uses.constants() | frozenset().union(*FAMILIES.values(), *ELSEWHERE.values())
    named |= frozenset().union(*(use.ids for use in _asked() if use.ids))
    codes = {f"import-problem-{text}" for text in uses.constants()}
    idle = {key for key in catalogue("zh") if key not in named | codes}
    assert sorted(idle - UNUSED.keys()) == []
    assert sorted(UNUSED.keys() - idle) == []
