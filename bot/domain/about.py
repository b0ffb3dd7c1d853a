"""What a message shows, and so which rights its reader must still have at the moment when it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.access import NOWHERE, Action, Scope, may, scope_of
from bot.domain.households import Household
from bot.domain.staff import Staff

_STRONGEST_FIRST = (Action.PERSONAL, Action.VIEW)
"""How closely a household may be shown: with ID number, phone and health, or without."""


@dataclass(frozen=True, slots=True)
class About:
    """Households by what the reader could see of them, and scopes whose figures or people are told.

    `NOTHING` for texts that show nobody's data: they reach whoever is still bound to the account.
    """

    households: Mapping[Action, frozenset[int]] = field(default_factory=dict)
    scopes: Mapping[Action, Scope] = field(default_factory=dict)


NOTHING = About()


def about(reader: Staff, shown: Iterable[Household], counted: Scope = NOWHERE) -> About:
    """What a message rests on that was made from these households, and from counts over `counted`.

    A household that the reader may not see cannot have been shown: it is left out. Whoever sees everything needs
    nothing less at the sending either, however long the list.
    """
    scopes: dict[Action, Scope] = {} if counted.empty else {Action.LIST: counted}
    left, households = list(shown), {}
    for action in _STRONGEST_FIRST:
        scope = scope_of(reader, action)
        covered = frozenset(each.id for each in left if scope.covers(each))
        left = [each for each in left if each.id not in covered]
        if covered and scope.everything:
            scopes[action] = scope
        elif covered:
            households[action] = covered
    return About(households, scopes)


def grants(reader: Staff, shown: About) -> bool:
    """Whether the reader still has the scopes; the households' places are for storage to look up."""
    return all(may(reader, action) and scope.within(scope_of(reader, action)) for action, scope in shown.scopes.items())


def written(shown: About) -> dict[str, Any]:
    """As JSON values."""
    return {
        "households": {action.value: sorted(ids) for action, ids in shown.households.items()},
        "scopes": {action.value: _scope_written(scope) for action, scope in shown.scopes.items()},
    }


def read(content: Mapping[str, Any]) -> About:
    """What `written` gave."""
    return About(
        {Action(name): frozenset(ids) for name, ids in content["households"].items()},
        {Action(name): _scope_read(scope) for name, scope in content["scopes"].items()},
    )


def _scope_written(scope: Scope) -> dict[str, Any]:
    return {
        "everything": scope.everything,
        "villages": sorted(scope.villages),
        "groups": sorted(scope.groups),
        "helper_names": sorted(scope.helper_names),
    }


def _scope_read(content: Mapping[str, Any]) -> Scope:
    sets = {name: frozenset(content[name]) for name in ("villages", "groups", "helper_names")}
    return Scope(everything=content["everything"], **sets)
