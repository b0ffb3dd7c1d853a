"""Which stored household and person each row of a roster means, and what would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain import idnumber, spelling
from bot.domain.households import MONITORED, Household, Monitoring
from bot.domain.people import HEAD, Person
from bot.domain.workbooks.problems import Problem
from bot.usecases.workbooks.places import Villages
from bot.usecases.workbooks.read_roster import HouseholdLines, PersonLine, RosterBook, Values

DEATH = "death"
NEW_NAMES = "--new-names"
"""The option that answers the questions about persons whose name has changed."""
NAMES = frozenset({"name", "monitor_name", "helper_name"})
_NOT_FIELDS = frozenset({"village", "group", "per_capita"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored: every household by code, everybody, official figures of the closed year (fen per head).

    `villages` says which of the stored ones, or new ones, the file names.
    """

    households: Mapping[str, Household]
    people: list[Person]
    figures: Mapping[int, int]
    villages: Villages


@dataclass(slots=True)
class HouseholdPlan:
    """What an import does to one household; `household` is None for a new one."""

    lines: HouseholdLines
    household: Household | None
    fields: Values = field(default_factory=dict)
    place: tuple[str, str] | None = None  # village and group, where they are new
    figure: int | None = None  # fen per head, where it is new
    joining: list[PersonLine] = field(default_factory=list)
    moving: list[tuple[Person, PersonLine]] = field(default_factory=list)
    updates: list[tuple[Person, Values]] = field(default_factory=list)
    absent: int = 0

    @property
    def changes(self) -> list[str]:
        """Names of what changes in a known household, sorted; never values."""
        named = {*self.fields, *(key for _, values in self.updates for key in values)}
        named |= {name for name in ("place", "figure") if getattr(self, name) is not None}
        return sorted(named | {name for name in ("joining", "moving") if getattr(self, name)})


@dataclass(slots=True)
class RosterPlan:
    """All of an import; nothing has been written."""

    households: list[HouseholdPlan]
    absent: int
    hints: list[Problem]
    questions: list[Problem]

    @property
    def new(self) -> list[HouseholdPlan]:
        """Households that are not stored yet."""
        return [plan for plan in self.households if plan.household is None]

    @property
    def updated(self) -> list[HouseholdPlan]:
        """Stored households in which something changes."""
        return [plan for plan in self.households if plan.household is not None and plan.changes]


def match_roster(book: RosterBook, known: Known) -> RosterPlan:
    """Compare the file with what is stored; households and members that the file lacks are only counted."""
    matcher = _Matcher(book, known)
    plans = [matcher.household(lines) for lines in book.households]
    codes = {lines.code for lines in book.households}
    absent = sum(code not in codes and household.left_on is None for code, household in known.households.items())
    villages = known.villages
    return RosterPlan(plans, absent, matcher.hints + villages.hints, matcher.questions + villages.questions)


class _Matcher:
    """Persons by ID number first, over the whole file; the rest by name within the household."""

    def __init__(self, book: RosterBook, known: Known) -> None:
        self.known = known
        self.hints: list[Problem] = []
        self.questions: list[Problem] = []
        self.codes = {household.id: code for code, household in known.households.items()}
        self.members: dict[int, list[Person]] = {}
        by_number: dict[str, Person] = {}
        for person in known.people:
            self.members.setdefault(person.household_id, []).append(person)
            number = idnumber.key(person.id_number or "")
            if number:
                by_number[number] = person
        self.by_line: dict[int, Person] = {}
        for line in (person for lines in book.households for person in lines.people):
            found = by_number.get(idnumber.key(line.values.get("id_number") or "") or "")
            if found:
                self.by_line[line.line.row] = found
        self.claimed = {person.id for person in self.by_line.values()}

    def household(self, lines: HouseholdLines) -> HouseholdPlan:
        household = self.known.households.get(lines.code)
        plan = HouseholdPlan(lines, household)
        if household is not None and household.left_on is not None:
            self.hints.append(
                lines.head.problem("code", "household-left", hint=True, day=household.left_on.isoformat())
            )
            return plan
        self._place_and_fields(plan)
        for line in lines.people:
            self._person(plan, line)
        if household is not None:
            self._absent(plan, household)
        return plan

    def _place_and_fields(self, plan: HouseholdPlan) -> None:
        values, household = plan.lines.values, plan.household
        place = self.known.villages.place(values)
        figure = values.get("per_capita")
        if household is None:
            wanted = {key: value for key, value in values.items() if key not in _NOT_FIELDS}
            plan.place, plan.figure = place, figure
        else:
            plan.place = None if place == (household.village, household.group) else place
            plan.figure = None if figure == self.known.figures.get(household.id) else figure
            wanted = differing(household, {key: value for key, value in values.items() if key not in _NOT_FIELDS})
        if "monitoring" not in values:
            wanted |= _monitoring_of(values, household)
        plan.fields = wanted

    def _person(self, plan: HouseholdPlan, line: PersonLine) -> None:
        household_id = plan.household.id if plan.household else None
        person = self.by_line.get(line.line.row) or self._by_name(household_id, line)
        if person is None:
            plan.joining.append(line)
            return
        self.claimed.add(person.id)
        self._look_at_both(person, line)
        if person.left_on is not None and (person.household_id == household_id or person.left_why == DEATH):
            self.hints.append(line.line.problem("name", "person-left", hint=True, day=person.left_on.isoformat()))
        elif person.left_on is None and person.household_id == household_id:
            changes = differing(person, line.values)
            if changes:
                plan.updates.append((person, changes))
        else:
            plan.moving.append((person, line))
            self.hints.append(line.line.problem("name", "person-moves", hint=True))

    def _look_at_both(self, person: Person, line: PersonLine) -> None:
        """One ID number under two names is a question; one name under two numbers is told."""
        number, before = line.values.get("id_number"), idnumber.key(person.id_number or "")
        if not spelling.same(person.name, line.name):
            where = self.codes[person.household_id]
            question = line.line.problem("name", "id-other-name", answer=NEW_NAMES, name=person.name, code=where)
            self.questions.append(question)
        elif number and before not in (None, idnumber.key(number)):
            self.hints.append(line.line.problem("id_number", "id-changed", hint=True))

    def _by_name(self, household_id: int | None, line: PersonLine) -> Person | None:
        """A member of the household with this name whom no row means yet; members of today before those who left."""
        own = self.members.get(household_id, []) if household_id is not None else []
        free = [person for person in own if spelling.same(person.name, line.name) and person.id not in self.claimed]
        number = line.values.get("id_number")
        gone = [p for p in free if p.left_on is not None and not (number and p.id_number)]
        return next(iter([p for p in free if p.left_on is None] + gone), None)

    def _absent(self, plan: HouseholdPlan, household: Household) -> None:
        absent = [
            person
            for person in self.members.get(household.id, [])
            if person.left_on is None and person.id not in self.claimed
        ]
        plan.absent = len(absent)
        for person in absent:
            if person.relation == HEAD:
                self.hints.append(plan.lines.head.problem("relation", "head-absent", hint=True, name=person.name))


def differing(stored: object, values: Values) -> Values:
    """The values that differ from what is stored; a new ID number brings its birth date.

    A name that is only written in another way stays as it is stored.
    """
    changed = {key: value for key, value in values.items() if getattr(stored, key) != value}
    spelt = [key for key in changed.keys() & NAMES if spelling.same(getattr(stored, key) or "", changed[key] or "")]
    return _with_birth({key: value for key, value in changed.items() if key not in spelt})


def _monitoring_of(values: Values, household: Household | None) -> dict[str, Any]:
    """What a class means where nothing is said: 未消除 for one newly monitored, none for one no longer monitored."""
    if values["category"] not in MONITORED:
        ended = household is not None and household.category in MONITORED and household.monitoring is Monitoring.ACTIVE
        return {"monitoring": Monitoring.NONE} if ended else {}
    if household is not None and household.monitoring is not Monitoring.NONE:
        return {}
    return {"monitoring": Monitoring.ACTIVE}


def _with_birth(changes: Values) -> Values:
    """A new ID number brings its birth date."""
    return changes | {"birth": idnumber.birth_date(changes["id_number"])} if changes.get("id_number") else changes


def new_person(values: Values, household_id: int) -> Person:
    """A person as first written."""
    return Person(id=0, household_id=household_id, **_with_birth(values))


def rows_of(plans: Iterable[HouseholdPlan]) -> int:
    """How many rows the plans stand for; what `progress` counts."""
    return sum(len(plan.lines.people) for plan in plans)
