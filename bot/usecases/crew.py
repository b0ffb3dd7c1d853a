"""Who is told of which households that day.

A monitor is told of the own groups; the village's lead of the groups that nobody else is told of, so that no household
falls through; a stand-in of the groups of whoever is on leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.access import Scope, on_leave
from bot.domain.staff import Role, Staff
from bot.storage import staff, villages
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who is not revoked, and the village of each group."""

    day: date
    people: tuple[Staff, ...]
    villages: Mapping[int, int]  # group id → village id
    present: Mapping[int, Staff] = field(init=False)  # who can be told something that day, by id

    def __post_init__(self) -> None:
        """Look up once who can be told something."""
        here = {each.id: each for each in self.people if self._can_be_told(each)}
        object.__setattr__(self, "present", here)

    def _can_be_told(self, person: Staff) -> bool:
        usable = person.telegram_id is not None and person.reachable and not person.revoked
        return usable and not on_leave(person, self.day)

    @property
    def away(self) -> list[Staff]:
        """Those on leave."""
        return [person for person in self.people if on_leave(person, self.day)]

    def absent_for(self, person: Staff) -> list[Staff]:
        """Those on leave for whom this person stands in."""
        return [absent for absent in self.away if absent.stand_in_id == person.id]

    def visits(self, person: Staff) -> Scope:
        """The households whose visits this person is told of, stand-ins included."""
        groups = self.own_groups(person)
        for absent in self.absent_for(person):
            groups |= self.own_groups(absent)
        return Scope(groups=groups)

    def own_groups(self, person: Staff) -> frozenset[int]:
        """The groups of a monitor, and for a village's lead those that nobody else is told of."""
        led, covered = self.led(person), self._covered(but=person)
        orphans = {group for group, village in self.villages.items() if village in led and group not in covered}
        return frozenset(_monitored(person) | orphans)

    def led(self, person: Staff) -> frozenset[int]:
        """The villages that this person leads."""
        return frozenset(
            a.village_id for a in person.assignments if a.role is Role.VILLAGE and a.village_id is not None
        )

    def helps(self, person: Staff) -> Scope:
        """The households that this person helps, by name."""
        return Scope(helper_names=frozenset({person.name} if Role.HELPER in person.roles else ()))

    def town(self, person: Staff) -> bool:
        """Whether this person works for the town office."""
        return Role.TOWN in person.roles

    def _covered(self, but: Staff) -> set[int]:
        """Groups whose monitor, or the stand-in of whose monitor, can be told something."""
        covered: set[int] = set()
        for each in self.people:
            teller = each.stand_in_id if on_leave(each, self.day) else each.id
            if teller in self.present and but.id not in (each.id, teller):
                covered |= _monitored(each)
        return covered


def crew_of(day: date, people: Iterable[Staff], villages: Mapping[int, int]) -> Crew:
    """The crew of a day; revoked people are nobody's stand-in and cover nothing."""
    return Crew(day, tuple(person for person in people if not person.revoked), villages)


def crew_on(tx: Transaction, day: date) -> Crew:
    """The crew of a day as stored."""
    return crew_of(day, staff.all_staff(tx), {group.id: group.village_id for group in villages.all_groups(tx)})


def _monitored(person: Staff) -> set[int]:
    return {a.group_id for a in person.assignments if a.role is Role.MONITOR and a.group_id is not None}
