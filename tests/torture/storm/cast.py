"""The township of the storm: names are one of a kind, so that a leak is found as a plain substring."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.staff import Role

VILLAGES = {"大石村": "璞", "东河村": "鹞", "西山村": "麒", "南坝村": "黛"}
"""Village and the rare character in the middle of every name there."""
SURNAMES = "赵钱孙李周吴郑王冯陈沈韩杨朱秦"
GROUPS = ("一组", "二组", "三组")
HOUSES_OF_A_GROUP = 5
FIRST_ID = 810_000_001
SHOWN = 2
"""Of each village's households so many may be typed by strangers to it; all others are typed by nobody outside."""


@dataclass(frozen=True)
class House:
    """A household as it is stored."""

    village: str
    group: str
    code: str
    names: tuple[str, ...]
    phone: str
    helper: str | None = None

    @property
    def head(self) -> str:
        """The first of its names."""
        return self.names[0]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody outside may be shown."""
        return (*self.names, self.code, self.phone)


@dataclass(frozen=True)
class Held:
    """One role as it is handed out; no village is the whole town."""

    role: Role
    village: str | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """Somebody with a phone; without roles a stranger. `code` is an invitation not yet used."""

    id: int
    name: str
    held: tuple[Held, ...] = ()
    revoked: bool = False
    quiet: bool = False  # sends nothing but probes

    def sees(self, house: House) -> bool:
        """Whether a role of theirs covers the household."""
        return not self.revoked and any(_covers(each, self.name, house) for each in self.held)


def _covers(held: Held, name: str, house: House) -> bool:
    if held.role is Role.HELPER:
        return house.helper == name
    if held.role is Role.LIAISON:
        return False
    if held.village is None:
        return held.role in (Role.TOWN, Role.VIEWER)
    return held.village == house.village and (not held.groups or house.group in held.groups)


@dataclass(frozen=True)
class Code:
    """An invitation: used by somebody during the storm, or tried in vain for ever after."""

    code: str
    name: str
    held: Held


@dataclass(frozen=True)
class Cast:
    """Everybody and everything there is before the first update."""

    houses: tuple[House, ...]
    accounts: tuple[Account, ...]
    codes: tuple[Code, ...] = field(default=())

    @property
    def stormers(self) -> tuple[Account, ...]:
        """Those whose updates are made up."""
        return tuple(each for each in self.accounts if not each.quiet)

    @property
    def quiet(self) -> tuple[Account, ...]:
        """Those who wait for answers meanwhile."""
        return tuple(each for each in self.accounts if each.quiet)

    def typeable(self, account: Account) -> tuple[House, ...]:
        """The households that this account may name: those it sees, and a few elsewhere."""
        elsewhere = [house for house in self.houses if house.code.endswith(tuple(f"{n:02d}K" for n in range(SHOWN)))]
        return tuple(dict.fromkeys([*(house for house in self.houses if account.sees(house)), *elsewhere]))

    def hidden_from(self, account: Account) -> frozenset[str]:
        """What must never be shown to an account that did not type it."""
        seen = {each for house in self.houses if account.sees(house) for each in house.secrets}
        return frozenset(each for house in self.houses for each in house.secrets) - seen


def cast() -> Cast:
    """Four villages of fifteen households; all roles, two who ask quietly, the revoked and strangers."""
    houses = tuple(_houses())
    codes = tuple(
        Code(f"STRM{letter}23456", f"后来{mark}", Held(Role.MONITOR, village, GROUPS[:1]))
        for letter, (village, mark) in zip("ABCD", VILLAGES.items(), strict=True)
    )
    return Cast(houses, tuple(_accounts()), codes)


def _houses() -> Iterator[House]:
    for place, (village, mark) in enumerate(VILLAGES.items()):
        for number in range(len(GROUPS) * HOUSES_OF_A_GROUP):
            surname, group = SURNAMES[number], GROUPS[number // HOUSES_OF_A_GROUP]
            names = tuple(f"{surname}{mark}{given}" for given in "国花明")
            helper = f"帮扶{mark}" if number % 4 == 0 else None
            yield House(village, group, f"QX{place}{number:02d}K", names, f"1390{place}77{number:04d}", helper)


def _accounts() -> Iterator[Account]:
    numbers = iter(range(FIRST_ID, FIRST_ID + 1000))
    for village, mark in VILLAGES.items():
        for group in GROUPS:
            yield Account(next(numbers), f"网格{mark}{group}", (Held(Role.MONITOR, village, (group,)),))
        yield Account(next(numbers), f"村长{mark}", (Held(Role.VILLAGE, village),))
        yield Account(next(numbers), f"帮扶{mark}", (Held(Role.HELPER),))
        yield Account(next(numbers), f"旁观{mark}", (Held(Role.VIEWER, village),))
        yield Account(next(numbers), f"离任{mark}", (Held(Role.MONITOR, village, GROUPS),), revoked=True)
    two = (Held(Role.MONITOR, "大石村", GROUPS[:1]), Held(Role.VIEWER, "东河村"))
    yield Account(next(numbers), "两处兼职", two)
    yield Account(next(numbers), "镇办", (Held(Role.TOWN),))
    yield Account(next(numbers), "镇上旁观", (Held(Role.VIEWER),))
    yield Account(next(numbers), "联络员", (Held(Role.LIAISON),))
    for number in range(6):
        yield Account(next(numbers), f"路人{number}")
    for number in range(6):
        held = (Held(Role.MONITOR, "南坝村", (GROUPS[number % 3],)),)
        yield Account(next(numbers), f"安静{number}", held, quiet=True)
