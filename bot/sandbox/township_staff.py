"""Staff of the synthetic township: who works where, each already bound to a Telegram account."""

from random import Random

from bot.domain.households import MONITORED
from bot.domain.staff import Role
from bot.sandbox import township_names as names
from bot.sandbox.township_model import Home, Member

FIRST_TELEGRAM_ID = 700_000_001
FIRST_GROUPS = (3, 5)
"""Groups of the first monitor, in the first village."""
GRIDS = ((1, 2), (3, 4), (5, 6), (7, 8))
FIRST_VILLAGE_GRIDS = (FIRST_GROUPS, (1, 2), (4, 6), (7, 8))


def staff() -> tuple[Member, ...]:
    """Everybody, the first monitor first; Telegram ids in that order from 700000001."""
    members = [
        *_monitors(),
        *((name, Role.VILLAGE, village, (), None) for village, name in enumerate(names.VILLAGE_LEADS)),
        *((name, Role.TOWN, None, (), None) for name in names.TOWN),
        *((name, Role.HELPER, None, (), None) for name in names.HELPERS),
        *((name, Role.LIAISON, None, (), unit) for name, unit in names.LIAISONS),
        (names.VIEWER, Role.VIEWER, None, (), None),
    ]
    return tuple(
        Member(name, role, FIRST_TELEGRAM_ID + index, village, groups, unit, "en" if name == names.VIEWER else "zh")
        for index, (name, role, village, groups, unit) in enumerate(members)
    )


def helper_for(rng: Random, home: Home) -> str | None:
    """The helper of a household: all but a few monitored ones and some lifted ones have one."""
    if rng.random() > (0.92 if home.category in MONITORED else 0.22):
        return None
    return rng.choice(names.HELPERS)


def _monitors() -> list[tuple[str, Role, int | None, tuple[int, ...], str | None]]:
    members: list[tuple[str, Role, int | None, tuple[int, ...], str | None]] = []
    waiting = iter(names.MONITORS)
    for village in range(len(names.VILLAGES)):
        grids = FIRST_VILLAGE_GRIDS if village == 0 else GRIDS
        members += [(next(waiting), Role.MONITOR, village, grid, None) for grid in grids]
    return members
