"""What the synthetic township consists of: plain values, before anything is stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.households import Category, Monitoring, numeral
from bot.domain.income_kinds import Kind
from bot.domain.people import HEAD, HEALTHY
from bot.domain.staff import Role
from bot.sandbox.township_names import FIRST_MONITOR


@dataclass(slots=True)
class Resident:
    """One person with the one membership; values of lists as the national system writes them."""

    name: str
    relation: str
    birth: date
    male: bool
    id_number: str = ""
    alias: tuple[str, ...] = ()
    phone: str | None = None
    health: tuple[str, ...] = (HEALTHY,)
    education: str | None = None
    schooling: str | None = None
    labour: str | None = None
    willing: bool | None = None
    works_where: str | None = None
    work_months: int | None = None
    public_post: str | None = None
    certificate: bool = False
    trained: bool = False
    insured: bool = True
    pension: bool = False
    dibao: bool = False
    tekun: bool = False
    coop: bool = False
    joined_on: date | None = None
    left_on: date | None = None
    left_why: str | None = None

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


@dataclass(slots=True)
class Money:
    """One ledger entry; `by_staff` says whether a monitor typed it (with its day) or it was imported."""

    kind: Kind
    item: str
    fen: int
    month: str
    who: Resident | None = None
    months: int = 1
    estimate: bool = False
    note: str | None = None
    typed_on: date | None = None
    undone: bool = False


@dataclass(slots=True)
class Call:
    """One visit, or a try when nobody was home (`counted` False)."""

    on: date
    mode: Mode = Mode.HOME
    counted: bool = True
    all_ok: bool = True
    checks: dict[Check, CheckState] = field(default_factory=dict)
    note: str | None = None
    undone: bool = False
    by_helper: bool = False


@dataclass(slots=True)
class Problem:
    """A clue, found at `call`; open until it is closed with what was done."""

    check: Check
    opened_on: date
    note: str
    call: Call | None = None
    closed_on: date | None = None
    closed_note: str | None = None


@dataclass(slots=True)
class Home:
    """One household with everything that happened to it; village counts from 0, group from 1."""

    code: str
    village: int
    group: int
    category: Category
    residents: list[Resident]
    monitoring: Monitoring = Monitoring.NONE
    relocated: bool = False
    plan: bool = True
    card: bool = True
    ledger: bool = True
    helper: str | None = None
    goal_fen: int | None = None
    registered_on: date | None = None
    imported_on: date | None = None
    money: list[Money] = field(default_factory=list)
    official: dict[int, int] = field(default_factory=dict)  # statistical year → fen per head
    unknown: frozenset[int] = frozenset()  # statistical years without any record
    level: float | None = None  # income as a share of its group's mean; None: drawn
    scripted: bool = False  # its money is written by hand
    due_in: int | None = None  # days from today to the next visit; None: drawn
    fresh: bool = False  # never visited
    tries: int = 0  # times when nobody was home since the last visit
    first_due: date | None = None
    calls: list[Call] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def head(self) -> Resident:
        """The head of the household."""
        return next(one for one in self.residents if one.relation == HEAD)

    @property
    def living(self) -> list[Resident]:
        """Those who belong to the household today."""
        return [one for one in self.residents if one.left_on is None]

    @property
    def group_name(self) -> str:
        """The canonical name of the group: 五组."""
        return numeral(self.group) + "组"


@dataclass(frozen=True, slots=True)
class Member:
    """One staff member of the township, already bound to a Telegram account."""

    name: str
    role: Role
    telegram_id: int
    village: int | None = None
    groups: tuple[int, ...] = ()
    unit: str | None = None
    language: str = "zh"

    @property
    def group_names(self) -> tuple[str, ...]:
        """The canonical names of the groups: 三组, 五组."""
        return tuple(numeral(group) + "组" for group in self.groups)


class Persona(NamedTuple):
    """Somebody whom a person can play in the sandbox; `place` is where they work, empty for the whole township."""

    user_id: int
    name: str
    role: str
    place: str
    language: str


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """One row of the sheet 村情."""

    name: str
    rural_population: int
    lifted: bool


@dataclass(frozen=True, slots=True)
class Township:
    """The whole township as it stands on `today`."""

    seed: int
    today: date
    villages: tuple[VillageFacts, ...]
    homes: tuple[Home, ...]
    staff: tuple[Member, ...]

    def monitor_of(self, home: Home) -> Member:
        """The monitor whose grid holds the household."""
        return next(one for one in self.staff if one.village == home.village and home.group in one.groups)

    def grid(self, name: str = FIRST_MONITOR) -> list[Home]:
        """The households of a monitor's grid."""
        return [home for home in self.homes if self.monitor_of(home).name == name]
