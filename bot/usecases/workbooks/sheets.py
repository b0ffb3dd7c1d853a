"""Opening a workbook and finding its columns; every reader of workbooks starts here."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from bot.domain.workbooks.columns import EXAMPLE, Column
from bot.domain.workbooks.problems import Problem, WorkbookRefused, masked
from bot.domain.workbooks.words import plain
from bot.reading.trial import ends_its_reader
from bot.usecases.workbooks.cells import Raw, Reader, Wrong, as_text, too_long
from bot.usecases.workbooks.guards import NOT_UNPACKED, Panicked, is_packed, is_too_large, unbroken
from bot.usecases.workbooks.instead import what_instead

Source = Path | bytes
HEADER_WITHIN = 5
"""A title may stand above the header, which is looked for in so many rows."""
MOST_ROWS = 200_000


@dataclass(slots=True)
class Findings:
    """Problems as they are found, errors and hints together."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        self.problems.append(problem)

    def refuse(self) -> None:
        """Raise `WorkbookRefused` when there is any error."""
        if any(not problem.hint for problem in self.problems):
            raise WorkbookRefused(tuple(sorted(self.problems, key=lambda problem: problem.order)))

    @property
    def hints(self) -> tuple[Problem, ...]:
        """The hints, in the order of the workbook."""
        return tuple(sorted((problem for problem in self.problems if problem.hint), key=lambda problem: problem.order))


@dataclass(slots=True)
class Line:
    """One row below the header: its number in the sheet and the raw cells of the known columns."""

    grid: "Grid"
    row: int
    cells: list[Raw]

    def raw(self, key: str) -> Raw:
        """The raw cell of a column, an empty text where the sheet lacks the column."""
        at = self.grid.places.get(key)
        return "" if at is None or at >= len(self.cells) else self.cells[at]

    def shown(self, key: str) -> str:
        """The cell as text."""
        return as_text(self.raw(key))

    def problem(self, key: str, code: str, /, *, hint: bool = False, answer: str = "", **details: str) -> Problem:
        """A problem at the cell of a column."""
        return replace(self.problem_with(key, code, tuple(details.items()), hint=hint), answer=answer)

    def problem_with(self, key: str, code: str, details: tuple[tuple[str, str], ...], *, hint: bool = False) -> Problem:
        """The same with details as a problem keeps them."""
        at, title, value = self.grid.places.get(key, 0), self.grid.titles[key], masked(self.shown(key), key)
        return Problem(code, self.grid.sheet, self.row, at, title, value, details, hint)

    def read(self, key: str, reader: Reader, findings: Findings, *, needed: bool = False) -> object:
        """The cell's value; None for a blank or a wrong one, which is noted."""
        found = reader(self.raw(key))
        found = too_long(key, found) or found
        if isinstance(found, Wrong):
            findings.add(self.problem_with(key, found.code, found.details))
            return None
        if found is None and needed:
            findings.add(self.problem(key, "blank"))
        return found


@dataclass(slots=True)
class Grid:
    """One sheet: where its known columns stand (key → place from 0) and its rows."""

    sheet: str
    header: int  # row of the header, from 1
    places: dict[str, int]
    titles: dict[str, str]
    rows: list[list[Raw]]

    def lines(self, key: str) -> Iterator[Line]:
        """All rows with content but the example rows, which say `示例` in the column `key`."""
        for number, cells in enumerate(self.rows[self.header :], self.header + 1):
            line = Line(self, number, cells)
            if any(cell != "" for cell in cells) and line.shown(key) != EXAMPLE:
                yield line


def open_workbook(source: Source) -> CalamineWorkbook:
    """Open a workbook from a path or from its bytes; raises WorkbookRefused when it is none, or is protected."""
    try:
        if isinstance(source, Path):
            source = source.read_bytes()
        if is_too_large(source):
            raise WorkbookRefused((Problem("too-large"),))
        if not is_packed(source) and ends_its_reader(source):
            raise WorkbookRefused((Problem("no-workbook"),))
        with unbroken():
            return CalamineWorkbook.from_filelike(BytesIO(source))
    except PasswordError as error:
        raise WorkbookRefused((Problem("protected"),)) from error
    except FileNotFoundError as error:
        raise WorkbookRefused((Problem("no-file"),)) from error
    except (CalamineError, Panicked, OSError, *NOT_UNPACKED) as error:
        raise WorkbookRefused((Problem(what_instead(source)),)) from error


def _sheet_called(book: CalamineWorkbook, name: str) -> str | None:
    real = (meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet)
    return next((title for title in real if plain(title) == name), None)


def _unmerged(sheet: CalamineSheet) -> list[list[Raw]]:
    """All rows from the first of the sheet on; the value of a cell merged over several rows stands in each of them."""
    rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]
    return rows


def _header(rows: list[list[Raw]], columns: tuple[Column, ...]) -> tuple[int, list[str]]:
    """Row (from 1) and folded titles of the header: of the first rows the one with most of the columns' titles."""
    wanted = {plain(column.title) for column in columns}
    folded = [[plain(as_text(cell)) for cell in row] for row in rows[:HEADER_WITHIN]] or [[]]
    best = max(range(len(folded)), key=lambda at: (len(wanted.intersection(folded[at])), -at))
    return best + 1, folded[best]


def find_grid(
    book: CalamineWorkbook, name: str, columns: tuple[Column, ...], findings: Findings, *, needed: bool = True
) -> Grid | None:
    """The sheet called `name`; None, noted if it is needed, when it or one of its required columns is missing."""
    title = _sheet_called(book, name)
    if title is None:
        if needed:
            findings.add(Problem("no-sheet", name))
        return None
    try:
        with unbroken():
            rows = _unmerged(book.get_sheet_by_name(title))
    except (CalamineError, Panicked) as error:
        raise WorkbookRefused((Problem("no-workbook"),)) from error
    if len(rows) > MOST_ROWS:
        findings.add(Problem("too-many-rows", name, details=(("most", f"{MOST_ROWS:,}"),)))
        return None
    header, titles = _header(rows, columns)
    places: dict[str, int] = {}
    for column in columns:
        at = [place for place, title in enumerate(titles) if title == plain(column.title)]
        if not at and column.required:
            findings.add(Problem("no-column", name, header, 0, column.title))
        if len(at) > 1:
            findings.add(Problem("column-twice", name, header, at[1], column.title, column.title))
        places |= {column.key: at[0]} if at else {}
    _note_unknown(name, header, titles, columns, findings)
    missing = any(column.required and column.key not in places for column in columns)
    return None if missing else Grid(name, header, places, {column.key: column.title for column in columns}, rows)


def _note_unknown(sheet: str, row: int, titles: list[str], columns: tuple[Column, ...], findings: Findings) -> None:
    """A hint that names the columns that are not read, so that nobody thinks they were."""
    known = {plain(column.title) for column in columns}
    unknown = [(place, masked(title, "")) for place, title in enumerate(titles) if title and title not in known]
    if unknown:
        place, first = unknown[0]
        names = "、".join(title for _, title in unknown)
        findings.add(Problem("unknown-columns", sheet, row, place, first, first, (("columns", names),), hint=True))
