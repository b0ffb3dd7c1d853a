"""Empty workbooks to fill in: drop-downs, a filled example row and a sheet that explains each column."""

from collections.abc import Sequence
from typing import Literal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.limits import CELLS
from bot.domain.workbooks.columns import (
    ANNUAL,
    ENTRIES,
    FIGURES,
    HELP,
    INCOME,
    MEMBERS,
    ROSTER,
    VILLAGE_FACTS,
    VILLAGES,
    Column,
    Form,
)
from bot.reports.workbooks.sheet import EXAMPLE_COLOUR, HEADER, Styles, Target, header, printable, save, write_cell
from bot.texts import texts

Kind = Literal["roster", "income"]
SHEETS: dict[Kind, tuple[tuple[str, tuple[Column, ...]], ...]] = {
    "roster": ((MEMBERS, ROSTER), (VILLAGE_FACTS, VILLAGES)),
    "income": ((INCOME, ENTRIES), (ANNUAL, FIGURES)),
}
READY_ROWS = 5000
"""Rows below the header that have drop-downs."""
HELP_KEYS = {(ANNUAL, "per_capita"): "official"}
"""Columns that share a field's key but are explained otherwise."""


def template(kind: Kind, target: Target, language: str = "zh") -> None:
    """Write the empty workbook of a kind to a path or into memory; explanations in `language`."""

    def fill(book: Workbook) -> None:
        styles = Styles(book)
        for name, columns in SHEETS[kind]:
            _table(book, styles, name, columns, language)
        _explanations(book.add_worksheet(HELP), styles, kind, language)

    save(target, fill, options={"strings_to_formulas": False, "strings_to_urls": False})


def help_text(sheet: str, column: Column, language: str) -> str:
    """What a column means and how to fill it in."""
    key = HELP_KEYS.get((sheet, column.key), column.key)
    said = texts.get(language, f"workbook-help-{key.replace('_', '-')}")
    most = CELLS.get(column.key)
    return said if most is None else said + texts.get(language, "template-most", most=f"{most:,}")


def _table(book: Workbook, styles: Styles, name: str, columns: tuple[Column, ...], language: str) -> None:
    sheet = book.add_worksheet(name)
    header(sheet, styles, columns, mark_optional=True)
    needed, optional = (texts.get(language, f"template-{word}") for word in ("needed", "optional"))
    for place, column in enumerate(columns):
        sort = needed if column.required else optional
        sheet.write_comment(0, place, f"{sort}\n{help_text(name, column, language)}", {"x_scale": 1.6, "y_scale": 1.2})
        example = styles.column(column, italic=True, font_color=EXAMPLE_COLOUR)
        write_cell(sheet, 1, place, column.example, example)
        _validate(sheet, place, column)


def _validate(sheet: Worksheet, place: int, column: Column) -> None:
    """A drop-down, or a check of numbers; lists that are not binding only inform (Excel: 255 characters a list)."""
    rules: dict[str, object] = {}
    if column.choices:
        rules = {"validate": "list", "source": list(column.choices)}
    elif column.form is Form.WHOLE:
        rules = {"validate": "integer", "criteria": ">=", "value": 0}
    elif column.form is Form.YUAN:
        rules = {"validate": "decimal", "criteria": ">=", "value": -1_000_000_000}
    elif column.key in CELLS and column.key != "alias":  # several names in one cell
        rules = {"validate": "length", "criteria": "<=", "value": CELLS[column.key]}
    if rules:
        severity = "stop" if column.strict else "information"
        sheet.data_validation(1, place, READY_ROWS, place, rules | {"error_type": severity})


def _explanations(sheet: Worksheet, styles: Styles, kind: Kind, language: str) -> None:
    title = styles.get(bold=True, font_size=14)
    body = styles.get(text_wrap=True, valign="top", bottom=4, bottom_color="#BFCFC9")
    for place, width in enumerate((10, 20, 8, 62, 48)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, texts.get(language, f"template-title-{kind}"), title)
    sheet.merge_range(
        1, 0, 1, 4, texts.get(language, f"template-intro-{kind}"), styles.get(text_wrap=True, valign="top")
    )
    sheet.set_row(1, 48)
    names = ("sheet", "column", "needed", "meaning", "values")
    for place, name in enumerate(names):
        sheet.write_string(2, place, texts.get(language, f"template-help-{name}"), styles.get(**HEADER))
    row = 3
    for name, columns in SHEETS[kind]:
        for column in columns:
            cells = _explained(name, column, language)
            for place, text in enumerate(cells):
                sheet.write_string(row, place, text, body)
            sheet.set_row(row, 16 * max(_lines(cells[3], 62), _lines(cells[4], 48)))
            row += 1
    sheet.freeze_panes(3, 0)
    printable(sheet)


def _explained(sheet: str, column: Column, language: str) -> Sequence[str]:
    sort = texts.get(language, "template-needed" if column.required else "template-optional")
    return sheet, column.title, sort, help_text(sheet, column, language), "、".join(column.choices)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; Chinese characters are two wide."""
    return max(1, -(-sum(2 if ord(mark) > 0x2E7F else 1 for mark in text) // (width + 4)))
