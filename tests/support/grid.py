"""A small invented village with staff, for tests of reminders; 15 March 2024 is a Friday and a working day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.checks import Check, Mode
from bot.domain.households import Category, Household, Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.people import HEAD, Person
from bot.domain.records import Clue, Entry, Visit
from bot.domain.staff import Assignment, Role, Staff
from bot.policies import load
from bot.storage import clues, entries, households, people, records, staff, villages, visits
from bot.storage.transaction import Transaction

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2024, 3, 15)
PACKS = load("lufeng-2022-2024")


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """A civil moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days)


@dataclass
class Grid:
    """Fills an open transaction; households and staff are made by name."""

    tx: Transaction
    village: str = "东河村"
    count: int = 0
    chat: int = 1000
    ids: dict[str, int] = field(default_factory=dict)

    def group(self, written: str, village: str | None = None) -> int:
        """The id of a village group."""
        place = villages.ensure(self.tx, village or self.village)
        return villages.ensure_group(self.tx, place.id, written).id

    def village_id(self, name: str | None = None) -> int:
        """The id of a village."""
        return villages.ensure(self.tx, name or self.village).id

    def house(
        self, head: str, group: str = "五组", *, due: date | None = TODAY, village: str | None = None, **more: Any
    ) -> int:
        """A household with one member; 脱贫户 visited before unless said otherwise."""
        self.count += 1
        values: dict[str, Any] = {
            "id": 0, "code": f"H{self.count:04d}", "village_id": self.village_id(village), "village": "",
            "group_id": self.group(group, village), "group": "", "category": Category.LIFTED, "head": "", "members": 0,
            "next_due": due, "due_reason": "lifted", "last_visit": ago(90), "imported_on": TODAY,
        }  # fmt: skip
        id_ = households.insert(self.tx, Household(**{**values, **more}))
        people.insert(self.tx, Person(0, id_, head, HEAD))
        self.ids[head] = id_
        return id_

    def person(self, name: str, *assignments: Assignment, bound: bool = True, **fields: Any) -> Staff:
        """A staff member with assignments, bound to an account of their own."""
        id_ = staff.insert(self.tx, name)
        self.chat += 1
        if bound:
            staff.bind(self.tx, id_, self.chat, at(7))
        for each in assignments:
            staff.add_assignment(self.tx, id_, each, at(7))
        if fields:
            staff.set_fields(self.tx, id_, **fields)
        return self.staff(name)

    def monitor(self, name: str, *groups: str, **more: Any) -> Staff:
        """A monitor of these groups."""
        held = [Assignment(Role.MONITOR, self.village_id(), self.group(group)) for group in groups]
        return self.person(name, *held, **more)

    def lead(self, name: str, village: str | None = None, **more: Any) -> Staff:
        """A village's lead."""
        return self.person(name, Assignment(Role.VILLAGE, self.village_id(village)), **more)

    def staff(self, name: str) -> Staff:
        """A staff member as stored now."""
        found = staff.by_name(self.tx, name)
        assert found is not None
        return found

    def record(self, household_id: int, by: Staff, on: date) -> int:
        """A record to hang a visit or an entry on."""
        number = records.next_number(self.tx, "V", on)
        return records.insert(self.tx, number=number, household_id=household_id, author_id=by.id, at=at(9, day=on))

    def visit(self, household_id: int, by: Staff, on: date, *, counted: bool = True, mode: Mode = Mode.HOME) -> int:
        """A visit, or a try; returns its record."""
        record = self.record(household_id, by, on)
        visits.insert(self.tx, Visit(0, record, household_id, on, mode, by.id, counted))
        return record

    def problem(self, household_id: int, check: Check, note: str | None, on: date) -> int:
        """An open problem."""
        return clues.insert(self.tx, Clue(0, household_id, check, on, note))

    def income(self, household_id: int, yuan: int, month: str, item: str | None = None) -> None:
        """A wage entry."""
        entries.insert(self.tx, Entry(0, household_id, Kind.WAGE, item, yuan * 100, month, at=at(9)))


ACTIVE = {"category": Category.MARGINAL, "monitoring": Monitoring.ACTIVE}
"""A household of the class 边缘易致贫户 under watch."""
