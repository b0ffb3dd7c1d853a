"""The income workbook as values, with every problem that shows without the database (interface.md section 3)."""

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


@dataclass(slots=True)
class IncomeBook:
    """An income workbook that can be imported; `hints` refuse nothing."""

    entries: list[EntryLine] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    hints: tuple[Problem, ...] = ()


def read_income(source: Source, today: date, progress: Progress = lambda _done, _total: None) -> IncomeBook:
    """Read and check an income workbook; one of its two sheets may be missing. Raises WorkbookRefused."""
    findings = Findings()
    book = open_workbook(source)
    sheets = [find_grid(book, name, columns, findings, needed=False) for name, columns in _SHEETS]
    if sheets == [None, None] and not findings.problems:
        findings.add(Problem("no-sheet", INCOME))
    entries = _entries(sheets[0], today, findings, progress) if sheets[0] else []
    figures = _figures(sheets[1], today, findings) if sheets[1] else []
    if not entries and not figures and not findings.problems:
        findings.add(Problem("no-rows", INCOME))
    findings.refuse()
    return IncomeBook(entries, figures, findings.hints)


_SHEETS = ((INCOME, ENTRIES), (ANNUAL, FIGURES))


def _entries(grid: Grid, today: date, findings: Findings, progress: Progress) -> list[EntryLine]:
    found: list[EntryLine] = []
    seen: Counter[tuple[object, ...]] = Counter()
    total = len(grid.rows) - grid.header
    for done, line in enumerate(grid.lines("code"), 1):
        entry = _entry(line, today, findings, seen)
        found += [entry] if entry else []
        if done % PROGRESS_EVERY == 0:
            progress(done, total)
    progress(total, total)
    return found


def _entry(line: Line, today: date, findings: Findings, seen: Counter[tuple[object, ...]]) -> EntryLine | None:
    code = line.read("code", cells.code, findings, needed=True)
    month = line.read("month", cells.month, findings, needed=True)
    kind = line.read("kind", _KINDS, findings, needed=True)
    amount = line.read("amount", cells.fen, findings, needed=True)
    item, note = (line.read(key, text, findings) for key in ("item", "note"))
    member = line.read("member", cells.name, findings)
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


def _figures(grid: Grid, today: date, findings: Findings) -> list[FigureLine]:
    found: dict[tuple[str, int], FigureLine] = {}
    for line in grid.lines("code"):
        code = line.read("code", cells.code, findings, needed=True)
        year = line.read("year", whole(FIRST_YEAR, stat_year(today)), findings, needed=True)
        fen = line.read("per_capita", cells.fen, findings, needed=True)
        if not (isinstance(code, str) and isinstance(year, int) and isinstance(fen, int)):
            continue
        before = found.get((code, year))
        if before is not None and before.per_capita_fen != fen:
            findings.add(line.problem("per_capita", "figure-twice", row=str(before.line.row)))
        found[code, year] = FigureLine(line, code, year, fen)
    return list(found.values())
