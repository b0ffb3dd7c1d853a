"""Buttons and their handlers know the same verbs."""

from bot.handlers.callbacks import _VERBS
from bot.handlers.views.lists import LIST_VERBS
from tests.support import losing
from tests.texts import uses

ELSEWHERE = {
    ("handlers/views/lists.py", "*more"): frozenset({"todo", "overdue", "late", "cases", *LIST_VERBS.values()}),
}
"""Verbs of buttons that come another way than by a literal: (file, expression)."""


def _made() -> dict[str, frozenset[str]]:
    made = {}
    for use in uses.verbs({}):
        place = (use.where.rpartition(":")[0], use.written)
        made[f"{use.where} {use.written}"] = use.ids if use.ids is not None else ELSEWHERE.get(place, frozenset())
    return made


def test_the_verb_of_every_button_can_be_named() -> None:
    """Else the other tests here would be blind to it."""
    assert [where for where, verbs in _made().items() if not verbs] == []


def test_every_button_has_a_handler() -> None:
    assert [(where, verb) for where, verbs in _made().items() for verb in verbs if verb not in _VERBS] == []


def test_every_verb_is_walked_by_somebody_who_has_lost_the_household() -> None:
    """Name the new verb in `losing.VERBS`: tests/handlers/test_lost_rights.py taps it before and after the loss."""
    assert losing.VERBS.keys() == _VERBS.keys()


def test_every_handler_has_a_button() -> None:
    made = frozenset().union(*_made().values())
    assert sorted(_VERBS.keys() - made) == []
