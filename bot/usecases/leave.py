"""Leave with a stand-in who gets the households instead."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.staff import Assignment, Role, Staff
from bot.storage import audit, reminders, villages
from bot.storage import staff as people
from bot.storage.transaction import Transaction


def take_leave(
    tx: Transaction, staff: Staff, *, first: date, last: date, stand_in_id: int | None, at: datetime, day: date
) -> Staff | None:
    """Be away from `first` to `last`, both included; returns who stands in.

    Without a chosen stand-in the first of `stand_ins` takes over; with nobody there the village lead's list shows the
    households. Raises Refused: `not-allowed`, `leave-date`, `stand-in`.
    """
    access.require(staff, Action.SETTINGS)
    if not day <= first <= last:
        raise Refused("leave-date")
    candidates = stand_ins(tx, staff, first)
    chosen = next((each for each in candidates if stand_in_id in (None, each.id)), None)
    if chosen is None and stand_in_id is not None:
        raise Refused("stand-in")
    wanted = (first, last, chosen.id if chosen else None)
    if wanted != (staff.leave_from, staff.leave_until, staff.stand_in_id):
        people.set_leave(tx, staff.id, *wanted)
        _note(tx, staff, "staff.leave", at, first=first.isoformat(), last=last.isoformat(), stand_in=wanted[2])
    return chosen


def end_leave(tx: Transaction, staff: Staff, *, at: datetime) -> bool:
    """Be back from now on; False when there was no leave."""
    access.require(staff, Action.SETTINGS)
    if staff.leave_from is None:
        return False
    people.set_leave(tx, staff.id, None, None)
    _note(tx, staff, "staff.back", at)
    return True


def stand_ins(tx: Transaction, staff: Staff, on: date) -> list[Staff]:
    """Who could stand in that day: bound, reachable, present, working in the same villages.

    Monitors of the same groups come first, then the villages' leads, then the other monitors.
    """
    mine = {a.group_id for a in staff.assignments if a.group_id is not None}
    places = _places(tx, staff)
    found = []
    for other in people.all_staff(tx):
        usable = other.telegram_id is not None and other.reachable and not access.on_leave(other, on)
        if usable and other.id != staff.id and places & _places(tx, other):
            groups = {a.group_id for a in other.assignments}
            found.append((not mine & groups, Role.VILLAGE not in other.roles, other.id, other))
    return [other for *_, other in sorted(found, key=lambda each: each[:3])]


def standing_in(tx: Transaction, staff: Staff, day: date) -> Staff:
    """The person with the village groups of everybody for whom they stand in that day, as a monitor has them.

    For the front door of a turn, so that the stand-in's buttons work; the row in storage stays as it is.
    """
    absent = [each for id_ in reminders.absent_for(tx, staff.id, day) if (each := people.get(tx, id_)) is not None]
    lent = {group_id for each in absent for group_id in _groups(tx, each)}
    if staff.revoked or not lent:
        return staff
    extra = tuple(Assignment(Role.MONITOR, group_id=group_id) for group_id in sorted(lent))
    return replace(staff, assignments=staff.assignments + extra)


def current(tx: Transaction, staff_id: int, day: date) -> Staff | None:
    """The person as stored now, with what they stand in for that day."""
    person = people.get(tx, staff_id)
    return standing_in(tx, person, day) if person is not None else None


def _groups(tx: Transaction, staff: Staff) -> set[int]:
    """The village groups somebody looks after, as monitor or as the village's lead."""
    own = {a.group_id for a in staff.assignments if a.role is Role.MONITOR and a.group_id is not None}
    led = [a.village_id for a in staff.assignments if a.role is Role.VILLAGE and a.village_id is not None]
    return own | {group.id for village_id in led for group in villages.groups_of(tx, village_id)}


def _places(tx: Transaction, staff: Staff) -> set[int]:
    """The villages in which somebody looks after households as monitor or lead."""
    ids = set()
    for each in staff.assignments:
        if each.role not in (Role.MONITOR, Role.VILLAGE):
            continue
        group = villages.group(tx, each.group_id) if each.village_id is None and each.group_id is not None else None
        place = group.village_id if group else each.village_id
        if place is not None:
            ids.add(place)
    return ids


def _note(tx: Transaction, staff: Staff, action: str, at: datetime, **details: int | str | None) -> None:
    audit.append(tx, actor=f"staff:{staff.id}", action=action, subject=f"staff:{staff.id}", at=at, **details)
