"""A member joins or leaves a household; nobody is deleted."""

from datetime import date, datetime, timedelta

from bot.domain import access, spelling
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.people import HEAD, Person
from bot.domain.staff import Staff
from bot.forms.member import LEAVES, MemberValues
from bot.policies import Policies
from bot.storage import audit, households, people
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan


def change_member(
    tx: Transaction, staff: Staff, change: MemberValues, *, at: datetime, day: date, policies: Policies
) -> None:
    """Record the change from its day on; figures per head follow.

    When the head leaves, the spouse, else the next member, becomes head.
    Raises Refused: `not-allowed`, `future-day`, `member-unknown`.
    """
    household = households.get(tx, change.household_id)
    if household is None:
        raise Refused("not-allowed")
    access.require(staff, Action.MEMBERS, household)
    if change.on > day:
        raise Refused("future-day")
    if change.change in LEAVES:
        _leave(tx, change)
    else:
        _join(tx, change)
    audit.append(
        tx, actor=f"staff:{staff.id}", action=f"member.{change.change}", subject=f"household:{household.id}", at=at
    )
    replan(tx, [household.id], day, policies)


def _leave(tx: Transaction, change: MemberValues) -> None:
    """The day before is the last one of the membership, so that figures per head follow on the very day."""
    members = {person.id: person for person in people.of_household(tx, change.household_id)}
    person = members.get(change.person_id or 0)
    if person is None:
        raise Refused("member-unknown")
    if person.relation == HEAD:
        _hand_headship_over(tx, person, list(members.values()))
    people.leave(tx, person.id, change.on - timedelta(days=1), change.change)


def _hand_headship_over(tx: Transaction, head: Person, members: list[Person]) -> None:
    """A household keeps a head: the spouse, else the next member in the list of the household."""
    others = [person for person in members if person.id != head.id]
    if not others:
        return
    following = next((person for person in others if person.relation == "配偶"), others[0])
    people.set_relation(tx, head.id, "其他")
    people.set_relation(tx, following.id, HEAD)


def _join(tx: Transaction, change: MemberValues) -> None:
    if not change.name or not change.relation:
        raise Refused("member-unknown")
    name = spelling.written(change.name)
    joining = Person(0, change.household_id, name=name, relation=change.relation, joined_on=change.on)
    people.insert(tx, joining)
