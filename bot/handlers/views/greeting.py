"""How people are spoken to by what they do here: those who visit, the town office, who only reads, a department."""

from collections.abc import Collection
from enum import StrEnum

from bot.domain.staff import Role
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.handlers.views.plain import example_name, keyboard, role_names


class Manner(StrEnum):
    """What somebody is here for; who holds several roles is spoken to by the first."""

    VISITS = "visits"
    TOWN = "town"
    VIEWER = "viewer"
    LIAISON = "liaison"


_BY_ROLE = {
    Role.MONITOR: Manner.VISITS, Role.HELPER: Manner.VISITS, Role.VILLAGE: Manner.VISITS, Role.TOWN: Manner.TOWN,
    Role.VIEWER: Manner.VIEWER, Role.LIAISON: Manner.LIAISON,
}  # fmt: skip


def manner(roles: Collection[Role]) -> Manner:
    """How to speak to somebody with these roles."""
    held = {_BY_ROLE[role] for role in roles}
    return next((each for each in Manner if each in held), Manner.VISITS)


def welcome(turn: Turn) -> Screen:
    """The answer to /start of somebody who is bound."""
    roles, first = role_names(turn, turn.who.roles), turn.t(f"start-{manner(turn.who.roles)}")
    return Screen(turn.t("welcome-back", name=turn.who.name, role=roles, first=first), keyboard=keyboard(turn))


def bound(turn: Turn, name: str, role: Role) -> list[Screen]:
    """What somebody hears who has just got a role: what it is for, an example that works, where the buttons are."""
    way = manner([role])
    said = turn.t("bound", name=name, role=role_names(turn, frozenset({role})), does=turn.t(f"does-{way}"))
    screens, example = [Screen(said, keyboard=keyboard(turn))], example_name(turn)
    if example is not None and way is not Manner.LIAISON:
        screens.append(Screen(turn.t("bound-try" if way is Manner.VISITS else "bound-look", name=example)))
    return [*screens, Screen(turn.t("bound-keys"))]


def help_screen(turn: Turn) -> Screen:
    """How it works, on one screen."""
    name = example_name(turn) or turn.plain("example-name")
    return Screen(turn.t(f"help-{manner(turn.who.roles)}", name=name), keyboard=keyboard(turn))


def not_allowed(turn: Turn) -> str:
    """没有权限, and who can help; the same whether or not there is what was asked for."""
    return turn.t(f"refused-not-allowed-{manner(turn.who.roles)}")
