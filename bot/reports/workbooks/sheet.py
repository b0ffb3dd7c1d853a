"""Rows to a workbook that looks cared for: typed cells, frozen header, widths; text never becomes a formula."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.fitting import cut
from bot.domain.limits import XLSX_CELL, XLSX_SHEET
from bot.domain.workbooks.columns import Column, Form
from bot.storage.files import check_place, put

Cell = str | int | float | date | None
Target = Path | BytesIO

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
HEADER = FONT | {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#2F5D50",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#BFCFC9",
}
OPTIONAL_COLOUR = "#6E8F84"
"""Header of columns that may be left out of a template."""
EXAMPLE_COLOUR = "#7F7F7F"
NUMBERS = {Form.TEXT: "@", Form.YUAN: "#,##0.00", Form.WHOLE: "0", Form.DAY: "yyyy-mm-dd"}
HEADER_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write; amounts come as yuan, unknown values as None."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """The format with these properties on our font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(FONT | properties)
        return self._made[key]

    def column(self, column: Column, **more: Any) -> Format:
        """The format of a column's cells."""
        return self.get(**({"num_format": NUMBERS[column.form]} if column.form in NUMBERS else {}), **more)


def write(target: Target, sheets: Sequence[Sheet]) -> None:
    """Write the sheets; a path is replaced whole or not at all."""

    def fill(book: Workbook) -> None:
        styles = Styles(book)
        for sheet in sheets:
            _write_sheet(book, styles, sheet)

    save(target, fill)


def save(target: Target, fill: Callable[[Workbook], None], options: dict[str, Any] | None = None) -> None:
    """Make a workbook, let `fill` write into it, and put it where it belongs, closed to others."""
    out = BytesIO()
    if isinstance(target, Path):
        check_place(target)
    try:
        with xlsxwriter.Workbook(out, OPTIONS if options is None else options) as book:
            fill(book)
    except FileCreateError as error:  # its temporary files: the disk is full
        raise error.args[0] if error.args and isinstance(error.args[0], OSError) else error from error
    if isinstance(target, BytesIO):
        target.write(out.getvalue())
    else:
        put(target, out.getvalue())


def header(sheet: Worksheet, styles: Styles, columns: Sequence[Column], *, mark_optional: bool = False) -> None:
    """Titles in the first row, column widths and cell formats; the header stays in view."""
    for place, column in enumerate(columns):
        colour = OPTIONAL_COLOUR if mark_optional and not column.required else HEADER["bg_color"]
        sheet.set_column(place, place, column.width, styles.column(column))
        sheet.write_string(0, place, column.title, styles.get(**(HEADER | {"bg_color": colour})))
    sheet.set_row(0, HEADER_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    printable(sheet)


def printable(sheet: Worksheet) -> None:
    """A4 across, as wide as one page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write_cell(sheet: Worksheet, row: int, place: int, value: Cell, style: Format) -> None:
    """One typed cell; empty ones are left out."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, cut(value, XLSX_CELL), style)
    else:
        sheet.write_number(row, place, value, style)


def _write_sheet(book: Workbook, styles: Styles, content: Sheet) -> None:
    sheet = book.add_worksheet(cut(content.name, XLSX_SHEET))
    formats = [styles.column(column) for column in content.columns]
    header(sheet, styles, content.columns)
    for number, row in enumerate(content.rows, 1):
        for place, value in enumerate(row):
            write_cell(sheet, number, place, value, formats[place])
    if content.rows:
        sheet.autofilter(0, 0, len(content.rows), len(content.columns) - 1)
