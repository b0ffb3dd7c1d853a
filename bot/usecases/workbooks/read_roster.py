"""The roster workbook as values, with every problem that shows without the database."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.domain import idnumber, spelling
from bot.domain.households import Category, canonical_group, village_key
from bot.domain.people import EDUCATION, HEAD, LABOUR, RELATIONS
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import HOUSEHOLD_KEYS, MEMBERS, ROSTER, VILLAGE_FACTS, VILLAGES
from bot.domain.workbooks.problems import Problem
from bot.usecases.workbooks import cells
from bot.usecases.workbooks.cells import Reader, whole, word
from bot.usecases.workbooks.sheets import Findings, Grid, Line, Source, find_grid, open_workbook

Values = dict[str, Any]
Progress = Callable[[int, int], None]
PROGRESS_EVERY = 500

READERS: dict[str, Reader] = {
    "village": cells.name,
    "group": lambda raw: canonical_group(cells.as_text(raw)) or None,
    "category": word(words.category, tuple(words.CATEGORIES.values())),
    "monitoring": word(words.monitoring, ("未消除", "已消除", "(空白)")),
    "name": cells.name,
    "relation": word(words.relation, tuple(RELATIONS)),
    "id_number": cells.id_number,
    "phone": cells.phone,
    "health": word(words.health, ("健康", "长期慢性病", "患有大病", "残疾")),
    "education": word(words.education, EDUCATION),
    "schooling": lambda raw: words.schooling(cells.as_text(raw)) or None,
    "labour": word(words.labour, LABOUR),
    "works_where": word(words.works_where, tuple(words.WORKS_WHERE.values())),
    "work_months": whole(0, 12),
    "public_post": lambda raw: words.public_post(cells.as_text(raw)) or None,
    "alias": cells.alias,
    "monitor_name": cells.name,
    "helper_name": cells.name,
    "per_capita": cells.fen,
    "goal_fen": cells.fen,
    "registered_on": cells.day,
}
"""Every other column of the sheet 成员 is yes or no."""
_SURE = "relocated has_conditions cohort plan card ledger certificate trained dibao tekun coop"
SURE = frozenset(_SURE.split())
"""Yes-or-no columns where a blank is no; in the others (insured, pension, willing) a blank is unknown."""
KEPT = frozenset(["id_number", "phone", "monitoring", "per_capita", "goal_fen", "registered_on"])
"""Columns whose blank cells say nothing and never erase what is stored."""
_BLANKS: Values = {"health": (), "alias": ()}


@dataclass(slots=True)
class PersonLine:
    """One person as the file has it: the fields it speaks of, by their names in `Person`."""

    line: Line
    values: Values

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.values["name"])


@dataclass(slots=True)
class HouseholdLines:
    """One household: the fields of its head's row by their names in `Household`, and its people."""

    code: str
    values: Values
    people: list[PersonLine]
    head: Line


@dataclass(slots=True)
class VillageLine:
    """One row of the sheet 村情."""

    line: Line
    name: str
    rural_population: int
    lifted: bool


@dataclass(slots=True)
class RosterBook:
    """A roster workbook that can be imported; `hints` refuse nothing.

    `answered` names the options by which its giver has answered questions with yes.
    """

    households: list[HouseholdLines]
    villages: list[VillageLine] = field(default_factory=list)
    hints: tuple[Problem, ...] = ()
    answered: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """How many persons it has."""
        return sum(len(household.people) for household in self.households)


def read_roster(source: Source, today: date, progress: Progress = lambda _done, _total: None) -> RosterBook:
    """Read and check a roster workbook; raises WorkbookRefused with every error. `progress` counts rows."""
    findings = Findings()
    book = open_workbook(source)
    members = find_grid(book, MEMBERS, ROSTER, findings)
    facts = find_grid(book, VILLAGE_FACTS, VILLAGES, findings, needed=False)
    households = _households(members, today, findings, progress) if members else []
    villages = _villages(facts, findings) if facts else []
    if members and not households and not findings.problems:
        findings.add(Problem("no-rows", MEMBERS))
    findings.refuse()
    return RosterBook(households, villages, findings.hints)


def _households(grid: Grid, today: date, findings: Findings, progress: Progress) -> list[HouseholdLines]:
    by_code: dict[str, list[PersonLine]] = {}
    numbers: dict[str, int] = {}
    total = len(grid.rows) - grid.header
    for done, line in enumerate(grid.lines("code"), 1):
        code = line.read("code", cells.code, findings, needed=True)
        values = _values(line, findings, household=False)
        _check_number(line, values, numbers, today, findings)
        if isinstance(code, str):
            by_code.setdefault(code, []).append(PersonLine(line, values))
        if done % PROGRESS_EVERY == 0:
            progress(done, total)
    progress(total, total)
    found = [_household(code, people, findings) for code, people in by_code.items()]
    return [household for household in found if household is not None]


def _values(line: Line, findings: Findings, *, household: bool) -> Values:
    """The fields that the row speaks of: those whose column is there, blanks as `SURE` and `KEPT` say."""
    values: Values = {}
    for column in ROSTER:
        key = column.key
        if key == "code" or key not in line.grid.places or (key in HOUSEHOLD_KEYS) is not household:
            continue
        value = line.read(key, READERS.get(key, cells.flag), findings, needed=column.required)
        if value is None:
            if key in KEPT:
                continue
            value = False if key in SURE else _BLANKS.get(key)
        values[key] = value
    return values


def _check_number(line: Line, values: Values, numbers: dict[str, int], today: date, findings: Findings) -> None:
    """A number cut by a spreadsheet, and one twice, are errors; a wrong length, date or checksum is a hint."""
    number = values.get("id_number")
    if not number:
        return
    key, doubts = idnumber.key(number), idnumber.doubts(number, today)
    if doubts and idnumber.cut_by_a_spreadsheet(number):
        findings.add(line.problem("id_number", "precision"))
    elif key is not None and key in numbers:
        findings.add(line.problem("id_number", "id-twice", row=str(numbers[key])))
    else:
        numbers |= {key: line.row} if key is not None else {}
        for doubt in doubts:
            findings.add(line.problem("id_number", doubt.value, hint=True, length=str(len(number))))


def _household(code: str, people: list[PersonLine], findings: Findings) -> HouseholdLines | None:
    """The household with its head's row; None, noted, when it has no head or several."""
    heads = [person for person in people if person.values.get("relation") == HEAD]
    if not heads:
        findings.add(people[0].line.problem("relation", "no-head", code=code))
        return None
    for other in heads[1:]:
        findings.add(other.line.problem("relation", "two-heads", code=code, row=str(heads[0].line.row)))
    head = heads[0].line
    values = _values(head, findings, household=True)
    _hint_household(head, values, people, findings)
    return HouseholdLines(code, values, people, head)


def _hint_household(head: Line, values: Values, people: list[PersonLine], findings: Findings) -> None:
    """What is odd but importable: class and monitoring state at odds, rows that disagree, namesakes without ID.

    A class that nobody knows is an error in any row.
    """
    if values.get("category") in {Category.LIFTED, Category.ORDINARY} and values.get("monitoring") == "active":
        findings.add(head.problem("monitoring", "not-monitored", hint=True))
    own = words.plain(head.shown("category"))
    for person in people:
        known = person.line is head or person.line.read("category", READERS["category"], findings) is not None
        if known and words.plain(person.line.shown("category")) != own:
            findings.add(person.line.problem("category", "other-than-head", hint=True, row=str(head.row)))
    names = Counter(spelling.key(person.values.get("name") or "") for person in people)
    for person in people:
        if person.values.get("name") and names[spelling.key(person.name)] > 1 and not person.values.get("id_number"):
            findings.add(person.line.problem("name", "namesake", hint=True))


def _villages(grid: Grid, findings: Findings) -> list[VillageLine]:
    found: dict[str, VillageLine] = {}
    for line in grid.lines("village"):
        name = line.read("village", cells.name, findings, needed=True)
        population = line.read("rural_population", whole(0, 10_000_000), findings, needed=True)
        lifted = line.read("lifted", cells.flag, findings)
        if not isinstance(name, str) or not isinstance(population, int):
            continue
        key = village_key(name)
        if key in found:
            findings.add(line.problem("village", "village-twice", row=str(found[key].line.row)))
        found[key] = VillageLine(line, name, population, bool(lifted))
    return list(found.values())
