"""Staff members, their roles and what an assignment covers."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Role(StrEnum):
    """What a staff member is; one person may hold several."""

    MONITOR = "monitor"  # 网格员
    HELPER = "helper"  # 帮扶责任人
    VILLAGE = "village"  # 村网格长
    TOWN = "town"  # 镇管理员
    LIAISON = "liaison"  # 部门联络员
    VIEWER = "viewer"  # 只读


@dataclass(frozen=True, slots=True)
class Assignment:
    """One role with its scope; ids None where the role has no such bound."""

    role: Role
    village_id: int | None = None
    group_id: int | None = None
    unit: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff member; the acting person of every use case. `assignments` are the open ones."""

    id: int
    name: str
    assignments: tuple[Assignment, ...] = ()
    telegram_id: int | None = None
    language: str | None = None  # None: BOT_LANGUAGE
    digest_at: time | None = None  # None: the pack's hour
    reachable: bool = True
    leave_from: date | None = None
    leave_until: date | None = None
    stand_in_id: int | None = None
    revoked: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, without their scopes."""
        return frozenset(assignment.role for assignment in self.assignments)
