"""Invented households, persons and entries for tests of the domain."""

from datetime import date
from typing import Any

from bot.domain.households import Category, Household
from bot.domain.income_kinds import Kind
from bot.domain.people import Person
from bot.domain.records import Entry
from bot.domain.staff import Assignment, Role, Staff


def household(**changes: Any) -> Household:
    given: dict[str, Any] = {
        "id": 1,
        "code": "H001",
        "village_id": 1,
        "village": "东河村",
        "group_id": 11,
        "group": "五组",
        "category": Category.LIFTED,
        "head": "王老五",
        "members": 4,
    }
    return Household(**{**given, **changes})


def person(**changes: Any) -> Person:
    given: dict[str, Any] = {"id": 1, "household_id": 1, "name": "王老五", "relation": "户主"}
    return Person(**{**given, **changes})


def entry(kind: Kind, yuan: int, month: str = "2024-02", item: str | None = None, **changes: Any) -> Entry:
    given = {"id": 1, "household_id": 1, "kind": kind, "item": item, "amount_fen": yuan * 100, "month": month}
    return Entry(**{**given, **changes})


def staff(*assignments: Assignment, name: str = "杨光明", **changes: Any) -> Staff:
    return Staff(**{"id": 1, "name": name, "assignments": assignments, **changes})


def grid(*groups: int) -> Staff:
    return staff(*(Assignment(Role.MONITOR, village_id=1, group_id=group) for group in groups))


TODAY = date(2024, 3, 15)
