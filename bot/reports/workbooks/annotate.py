"""A given workbook with its problems marked in the cells, and a list of them in a sheet of its own."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.workbooks.columns import PROBLEMS
from bot.domain.workbooks.problems import Problem, WorkbookRefused
from bot.domain.workbooks.words import plain
from bot.reports.import_messages import expectation
from bot.texts import texts

ERROR_FILL = PatternFill("solid", fgColor="FFC7CE")
HINT_FILL = PatternFill("solid", fgColor="FFEB9C")
MOST_COMMENTS = 5000
"""Comments are drawings, and a workbook with more is slow to open; further cells are only filled and listed."""
LISTED = ("sort", "place", "column", "value", "expected")
WIDTHS = (8, 16, 18, 28, 70)


def annotate(source: bytes, problems: Sequence[Problem], language: str = "zh") -> bytes:
    """The workbook `source` (.xlsx) with its problems marked; its other content stays.

    Raises WorkbookRefused (`no-workbook`) when it is of a kind that cannot be written back.
    """
    try:
        book = load_workbook(BytesIO(source))
    except Exception as error:  # openpyxl raises anything at all on files that are no .xlsx
        raise WorkbookRefused((Problem("no-workbook"),)) from error
    sheets = {plain(sheet.title): sheet for sheet in book.worksheets}
    for number, ((sheet_name, _), found) in enumerate(_by_cell(problems).items()):
        sheet = sheets.get(sheet_name)
        if sheet is not None:
            _mark(sheet, found, language, commented=number < MOST_COMMENTS)
    _list(book, problems, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _by_cell(problems: Sequence[Problem]) -> dict[tuple[str, str], list[Problem]]:
    cells: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.row:
            cells.setdefault((problem.sheet, problem.cell), []).append(problem)
    return cells


def _mark(sheet: Worksheet, found: list[Problem], language: str, *, commented: bool) -> None:
    cell = sheet[found[0].cell]
    if isinstance(cell, MergedCell):
        cell = _corner(sheet, cell)
    cell.fill = HINT_FILL if all(problem.hint for problem in found) else ERROR_FILL
    if commented:
        lines = [f"{problem.title}:{expectation(problem, language)}" for problem in found]
        cell.comment = Comment("\n".join(lines), "ruhu", height=40 + 36 * len(lines), width=320)


def _corner(sheet: Worksheet, cell: MergedCell) -> Cell:
    """The cell that holds the value of a merged range."""
    inside = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    corner = sheet.cell(inside.min_row, inside.min_col)
    assert isinstance(corner, Cell)
    return corner


def _list(book: Workbook, problems: Sequence[Problem], language: str) -> None:
    """The sheet 问题 behind all others: every problem, with a link to its cell."""
    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]  # of an earlier report
    sheet = book.create_sheet(PROBLEMS)
    sheet.append([texts.get(language, f"report-sheet-{name}") for name in LISTED])
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for row, problem in enumerate(problems, 2):
        sort = texts.get(language, f"report-sort-{problem.sort}")
        place = f"{problem.sheet}!{problem.cell}" if problem.row else problem.sheet
        values = (sort, place, problem.title, problem.value, expectation(problem, language))
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"  # never a formula, whatever it begins with
        if problem.row:
            sheet.cell(row, 2).hyperlink = f"#'{problem.sheet}'!{problem.cell}"
    sheet.freeze_panes = "A2"
