"""The one place that decides who sees and does what."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import spelling
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.staff import Assignment, Role, Staff


class Action(StrEnum):
    """What a staff member can ask the program to do."""

    VIEW = "view"  # open a household's card
    LIST = "list"  # counts and lists
    PERSONAL = "personal"  # ID number, phone, health
    VISIT = "visit"
    INCOME = "income"
    CLUE = "clue"
    CLOSE_CLUE = "close_clue"
    MEMBERS = "members"
    PLAN = "plan"  # 一户一方案 and its measures
    SNOOZE = "snooze"
    MUTE = "mute"
    UNDO_OWN = "undo_own"
    UNDO_ANY = "undo_any"  # confirm corrections after the author's own time
    REVIEW_VILLAGE = "review_village"
    PUBLICITY = "publicity"
    ASSIGN = "assign"
    HANDOVER = "handover"
    EXPORT = "export"
    IMPORT = "import"
    INVITE = "invite"
    REVIEW_TOWN = "review_town"
    POLICY = "policy"
    MEASURES = "measures"  # type figures of the measure ledger
    SETTINGS = "settings"  # one's own


_ANYBODY = frozenset({Action.SETTINGS})
_VIEWER = _ANYBODY | {Action.VIEW, Action.LIST}
_MONITOR = _VIEWER | {
    Action.PERSONAL,
    Action.VISIT,
    Action.INCOME,
    Action.CLUE,
    Action.CLOSE_CLUE,
    Action.MEMBERS,
    Action.SNOOZE,
    Action.MUTE,
    Action.UNDO_OWN,
}
_HELPER = _MONITOR | {Action.PLAN}
_VILLAGE = _HELPER | {
    Action.UNDO_ANY,
    Action.REVIEW_VILLAGE,
    Action.PUBLICITY,
    Action.ASSIGN,
    Action.HANDOVER,
    Action.EXPORT,
}
_ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: _VIEWER,
    Role.MONITOR: _MONITOR,
    Role.HELPER: _HELPER,
    Role.VILLAGE: _VILLAGE,
    Role.TOWN: frozenset(Action),
    Role.LIAISON: _ANYBODY | {Action.MEASURES},
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The households somebody sees: everything, or the union of villages, groups and households by helper's name."""

    everything: bool = False
    villages: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    helper_names: frozenset[str] = frozenset()

    def __or__(self, other: "Scope") -> "Scope":
        """The union of both."""
        return Scope(
            self.everything or other.everything,
            self.villages | other.villages,
            self.groups | other.groups,
            self.helper_names | other.helper_names,
        )

    def within(self, other: "Scope") -> bool:
        """Whether `other` names all that this one names."""
        return other.everything or (
            not self.everything
            and self.villages <= other.villages
            and self.groups <= other.groups
            and self.helper_names <= other.helper_names
        )

    @property
    def empty(self) -> bool:
        """Whether it covers no household whatever there is."""
        return not (self.everything or self.villages or self.groups or self.helper_names)

    def covers(self, household: Household) -> bool:
        """Whether the household lies in the scope as it is today."""
        return (
            self.everything
            or household.village_id in self.villages
            or household.group_id in self.groups
            or any(spelling.same(household.helper_name or "", name) for name in self.helper_names)
        )


EVERYTHING = Scope(everything=True)
"""The scope of the operator at the command line and of the program itself."""
NOWHERE = Scope()


def scope_of_assignment(assignment: Assignment, name: str) -> Scope:
    """What one role covers; `name` is the staff member's, which a helper's households carry."""
    role, village_id, group_id = assignment.role, assignment.village_id, assignment.group_id
    if role is Role.TOWN or (role is Role.VIEWER and village_id is None and group_id is None):
        return EVERYTHING
    if role is Role.HELPER:
        return Scope(helper_names=frozenset({name}))
    if role is Role.LIAISON:
        return Scope()
    if group_id is not None:
        return Scope(groups=frozenset({group_id}))
    if role is Role.MONITOR or village_id is None:
        return Scope()
    return Scope(villages=frozenset({village_id}))


def scope_of(staff: Staff, action: Action = Action.LIST) -> Scope:
    """The union of the scopes of those roles that allow the action; empty for a revoked person."""
    scope = Scope()
    for assignment in () if staff.revoked else staff.assignments:
        if action in _ROLE_ACTIONS[assignment.role]:
            scope |= scope_of_assignment(assignment, staff.name)
    return scope


def sees(staff: Staff, household: Household) -> bool:
    """Whether the household may be shown to the person at all."""
    return may(staff, Action.VIEW, household)


def may(staff: Staff, action: Action, household: Household | None = None) -> bool:
    """Whether one of the person's roles allows the action, there where the household lies if one is given."""
    if household is not None:
        return scope_of(staff, action).covers(household)
    return not staff.revoked and any(action in _ROLE_ACTIONS[role] for role in staff.roles)


def require(staff: Staff, action: Action, household: Household | None = None) -> None:
    """Raise `Refused("not-allowed")` unless the person may; the same whether or not the household exists."""
    if not may(staff, action, household):
        raise Refused("not-allowed")


def may_undo(staff: Staff, household: Household, *, author_id: int, age: timedelta, own_for: timedelta) -> bool:
    """Whether a record may be undone: by its author for `own_for` (pack, 24 h), by village lead or town at any time."""
    if may(staff, Action.UNDO_ANY, household):
        return True
    return staff.id == author_id and age <= own_for and may(staff, Action.UNDO_OWN, household)


def on_leave(staff: Staff, day: date) -> bool:
    """Whether the person is on leave that day; both ends inclusive, an open end lasts."""
    if staff.leave_from is None or day < staff.leave_from:
        return False
    return staff.leave_until is None or day <= staff.leave_until
