"""`ruhu staff list`: a table for people, columns separated by tabs for programs."""

import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from bot.cli.shared import say, t
from bot.domain.access import Scope
from bot.domain.staff import Assignment, Role, Staff
from bot.storage import households, invitations, staff, villages
from bot.storage.invitations import Invitation
from bot.storage.transaction import Transaction

COLUMNS = ("id", "name", "role", "scope", "state")


@dataclass(frozen=True, slots=True)
class Line:
    """One person with every role, or an invitation, whose `id` is empty."""

    id: str
    name: str
    role: str
    scope: str
    state: str


def lines(tx: Transaction, at: datetime) -> list[Line]:
    """Everybody not revoked by role and place, then the invitations that can still be used."""
    place = _Places(tx)
    found = [_of_person(tx, person, place) for person in staff.all_staff(tx)]
    return found + [_of_invitation(tx, each, place, at) for each in invitations.open_invitations(tx, at)]


class _Places:
    """Names of villages and groups."""

    def __init__(self, tx: Transaction) -> None:
        self._villages = {village.id: village.name for village in villages.all_villages(tx)}
        self._groups = {group.id: group for group in villages.all_groups(tx)}

    def village_of(self, held: Assignment) -> int | None:
        """The village of an assignment, also where only its group is given."""
        group = self._groups.get(held.group_id) if held.group_id is not None else None
        return group.village_id if group else held.village_id

    def scope(self, role: Role, village_id: int | None, group_ids: Iterable[int | None], unit: str | None) -> str:
        """Village and groups, unit, or everything."""
        groups = "、".join(self._groups[id_].name for id_ in group_ids if id_ in self._groups)
        words = [self._villages.get(village_id or 0, ""), groups, unit or ""]
        if role is Role.TOWN or (role is Role.VIEWER and not any(words)):
            words = [t("cli-scope-all"), unit or ""]
        return " ".join(word for word in words if word) or "-"


def _of_person(tx: Transaction, person: Staff, place: _Places) -> Line:
    state = t("cli-state-bound" if person.telegram_id is not None else "cli-state-unbound")
    if not person.reachable:
        state += f" {t('cli-state-unreachable')}"
    held: dict[tuple[Role, int | None, str | None], list[int | None]] = {}
    for each in person.assignments:
        held.setdefault((each.role, place.village_of(each), each.unit), []).append(each.group_id)
    scopes = [
        (role, _helped(tx, person.name, scope) if role is Role.HELPER else scope)
        for (role, village_id, unit), group_ids in held.items()
        for scope in (place.scope(role, village_id, group_ids, unit),)
    ]
    roles = "、".join(_role(role) for role in dict.fromkeys(role for role, _ in scopes))
    return Line(str(person.id), person.name, roles or "-", ";".join(scope for _, scope in scopes) or "-", state)


def _of_invitation(tx: Transaction, each: Invitation, place: _Places, at: datetime) -> Line:
    scope = place.scope(each.role, each.village_id, each.group_ids, each.unit)
    scope = _helped(tx, each.name, scope) if each.role is Role.HELPER else scope
    until = f"{each.expires_at.astimezone(at.tzinfo):%Y-%m-%d}"
    state = t("cli-state-invited", until=until)
    asker = staff.get(tx, each.asked_by) if each.asked_by is not None else None
    if asker is not None:
        state += f" {t('cli-state-asked', name=asker.name, id=str(asker.id))}"
    return Line("", each.name, _role(each.role), scope, state)


def _helped(tx: Transaction, name: str, scope: str) -> str:
    """A helper's households are found by name, wherever they are."""
    count = len(households.list_for(tx, Scope(helper_names=frozenset({name}))))
    helped = t("cli-scope-households", count=str(count))
    return helped if scope == "-" else f"{scope} {helped}"


def _role(role: Role) -> str:
    return t("cli-role", code=role.value, name=t(f"role-{role.value}"))


def write(found: list[Line]) -> None:
    """Print the lines; nothing but a sentence when there is nobody."""
    if not found:
        say(t("cli-nobody"))
    elif sys.stdout.isatty():
        _draw(found)
    else:
        say("\t".join(t(f"cli-column-{name}") for name in COLUMNS))
        for line in found:
            say("\t".join(astuple(line)))


def _draw(found: list[Line]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*(t(f"cli-column-{name}") for name in COLUMNS))
    for line in found:
        table.add_row(*(Text(cell) for cell in astuple(line)))
    Console().print(table)
