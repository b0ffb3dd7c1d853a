"""The synthetic township as a roster workbook (interface.md section 3), for tests, trials and the documentation."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from bot.domain.statyear import last_closed
from bot.domain.workbooks import words
from bot.domain.workbooks.columns import HELP, HOUSEHOLD_KEYS, MEMBERS, ROSTER, VILLAGE_FACTS, VILLAGES, Column, Form
from bot.sandbox.township_model import Home, Resident, Township

Cell = str | int | float | None


def roster_workbook(township: Township, path: Path | str) -> None:
    """Write the workbook with the sheets 成员, 村情 and 说明; household columns stand in the head's row only."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    rows = [[_cell(township, home, one, column) for column in ROSTER] for home in township.homes for one in home.living]
    facts = [[village.name, village.rural_population, _yes(village.lifted)] for village in township.villages]
    notes = [[column.title, "/".join(column.choices)] for column in ROSTER]
    _sheet(book, MEMBERS, [column.title for column in ROSTER], rows)
    _sheet(book, VILLAGE_FACTS, [column.title for column in VILLAGES], facts)
    _sheet(book, HELP, [], notes)
    book.close()


def _sheet(book: xlsxwriter.Workbook, name: str, titles: list[str], rows: Sequence[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)
    lines = [titles, *rows] if titles else rows
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    sheet.freeze_panes(1 if titles else 0, 0)


def _cell(township: Township, home: Home, one: Resident, column: Column) -> Cell:
    if column.key in HOUSEHOLD_KEYS and one is not home.head and column.key not in {"village", "group", "code"}:
        return None
    if column.key in HOUSEHOLD_KEYS or column.key in {"village", "group", "code"}:
        return _household(township, home, column)
    return _person(one, column)


def _household(township: Township, home: Home, column: Column) -> Cell:
    """A cell that speaks of the household; a column that the township does not know stays empty."""
    figure = home.official.get(last_closed(township.today))
    special: dict[str, Cell] = {
        "village": township.villages[home.village].name,
        "group": home.group_name,
        "category": words.CATEGORIES[home.category],
        "monitoring": words.MONITORING[home.monitoring],
        "monitor_name": township.monitor_of(home).name,
        "helper_name": home.helper,
        "per_capita": None if figure is None else figure / 100,
        "goal_fen": None if home.goal_fen is None else home.goal_fen / 100,
        "registered_on": None if home.registered_on is None else home.registered_on.isoformat(),
        "has_conditions": words.YES,
        "cohort": words.YES,
    }
    return special[column.key] if column.key in special else _plain(getattr(home, column.key, None), column)


def _person(one: Resident, column: Column) -> Cell:
    """A cell that speaks of the person."""
    special: dict[str, Cell] = {
        "alias": "、".join(one.alias),
        "health": "、".join(one.health),
        "works_where": words.WORKS_WHERE.get(one.works_where or ""),
    }
    return special[column.key] if column.key in special else _plain(getattr(one, column.key, None), column)


def _plain(value: object, column: Column) -> Cell:
    if column.form is Form.FLAG:
        return None if value is None else _yes(bool(value))
    assert value is None or isinstance(value, str | int)
    return value


def _yes(value: bool) -> str:
    return words.YES if value else words.NO
