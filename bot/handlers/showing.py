"""Households that were asked for: the card of one, a list of several, or what would work."""

from bot.domain.households import Household
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.handlers.views.card import card_screen
from bot.handlers.views.lists import hits_screen
from bot.handlers.views.wording import QUOTED, short

CARD = "household:"
"""Before a household's id in the reference of a message that shows it: a reply to it speaks of that household."""


def show_card(turn: Turn, household: Household) -> None:
    """The card of one household."""
    turn.show(card_screen(turn, household), ref=f"{CARD}{household.id}")


def show_found(turn: Turn, found: list[Household], asked: str) -> None:
    """What a search found; `asked` is what was searched for."""
    if not found:
        turn.show(Screen(turn.t("not-found", text=short(asked, QUOTED))))
    elif len(found) == 1:
        show_card(turn, found[0])
    else:
        turn.show(hits_screen(turn, found))
