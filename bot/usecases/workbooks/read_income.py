"""The income workbook as values, with every problem that shows without the database.

Problems of rows refuse nothing here: the import adds those that the database knows of, so that all are told at once.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from bot.domain.income_kinds import Kind
from bot.domain.statyear import month_of, stat_year
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import ANNUAL, ENTRIES, FIGURES, INCOME
from bot.domain.workbooks.problems import Problem
from bot.usecases.workbooks import cells
from bot.usecases.workbooks.cells import text, whole, word
from bot.usecases.workbooks.read_roster import PROGRESS_EVERY, Progress
from bot.usecases.workbooks.sheets import Findings, Grid, Line, Source, find_grid, open_workbook

FIRST_YEAR = 2000
"""Years and months before it are slips of the keyboard."""
_KINDS = word(words.kind, tuple(words.KINDS.values()))


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One row of the sheet 收入; `key` names it among all imports: the n-th row equal in all columns."""

    line: Line
    code: str
    month: str
    kind: Kind
    item: str | None
    amount_fen: int
    member: str | None
    note: str | None
    key: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row of the sheet 年度: an official income per head of a statistical year, fen."""

    line: Line
    code: str
    year: int
    per_capita_fen: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A household, and perhaps a member, that a row names, whatever else is wrong with the row."""

    line: Line
    code: str
    member: str | None = None


@dataclass(slots=True)
class IncomeBook:
    """An income workbook as read, with what is wrong with it."""

    entries: list[EntryLine] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    @property
    def hints(self) -> tuple[Problem, ...]:
        """What is odd and refuses nothing."""
        return self.findings.hints


def read_income(source: Source, today: date, progress: Progress = lambda _done, _total: None) -> IncomeBook:
    """Read and check an income workbook; one of its two sheets may be missing.

    Raises WorkbookRefused when it has no rows to look at; what is wrong with rows is in `findings`.
    """
    findings = Findings()
    book = open_workbook(source)
    sheets = [find_grid(book, name, columns, findings, needed=False) for name, columns in _SHEETS]
    if sheets == [None, None] and not findings.problems:
        findings.add(Problem("no-sheet", INCOME))
    findings.refuse()
    found = IncomeBook(findings=findings)
    if sheets[0]:
        _entries(sheets[0], today, found, progress)
    if sheets[1]:
        _figures(sheets[1], today, found)
    if not found.entries and not found.figures and not findings.problems:
        findings.add(Problem("no-rows", INCOME))
        findings.refuse()
    return found


_SHEETS = ((INCOME, ENTRIES), (ANNUAL, FIGURES))


def _entries(grid: Grid, today: date, book: IncomeBook, progress: Progress) -> None:
    seen: Counter[tuple[object, ...]] = Counter()
    total = len(grid.rows) - grid.header
    for done, line in enumerate(grid.lines("code"), 1):
        entry = _entry(line, today, book, seen)
        book.entries += [entry] if entry else []
        if done % PROGRESS_EVERY == 0:
            progress(done, total)
    progress(total, total)


def _entry(line: Line, today: date, book: IncomeBook, seen: Counter[tuple[object, ...]]) -> EntryLine | None:
    findings = book.findings
    code = line.read("code", cells.code, findings, needed=True)
    month = line.read("month", cells.month, findings, needed=True)
    kind = line.read("kind", _KINDS, findings, needed=True)
    amount = line.read("amount", cells.fen, findings, needed=True)
    item, note = (line.read(key, text, findings) for key in ("item", "note"))
    member = line.read("member", cells.name, findings)
    if isinstance(code, str):
        book.mentions.append(Mention(line, code, _text(member)))
    if isinstance(month, str) and month > month_of(today):
        findings.add(line.problem("month", "future-month", latest=month_of(today)))
    if isinstance(amount, int) and amount <= 0:
        findings.add(line.problem("amount", "not-positive"))
    if not (isinstance(code, str) and isinstance(month, str) and isinstance(kind, Kind) and isinstance(amount, int)):
        return None
    columns = (code, month, kind.value, item or "", amount, member or "", note or "")
    seen[columns] += 1
    key = "\x1f".join(map(str, (*columns, seen[columns])))
    return EntryLine(line, code, month, kind, _text(item), amount, _text(member), _text(note), key)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _figures(grid: Grid, today: date, book: IncomeBook) -> None:
    findings = book.findings
    found: dict[tuple[str, int], FigureLine] = {}
    for line in grid.lines("code"):
        code = line.read("code", cells.code, findings, needed=True)
        year = line.read("year", whole(FIRST_YEAR, stat_year(today)), findings, needed=True)
        fen = line.read("per_capita", cells.fen, findings, needed=True)
        if isinstance(code, str):
            book.mentions.append(Mention(line, code))
        if not (isinstance(code, str) and isinstance(year, int) and isinstance(fen, int)):
            continue
        before = found.get((code, year))
        if before is not None and before.per_capita_fen != fen:
            findings.add(line.problem("per_capita", "figure-twice", row=str(before.line.row)))
        found[code, year] = FigureLine(line, code, year, fen)
    book.figures += found.values()
