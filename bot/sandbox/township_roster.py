"""The synthetic township as a roster workbook, for tests, trials and the documentation."""

from dataclasses import replace
from pathlib import Path

from bot.domain.statyear import last_closed
from bot.domain.workbooks.columns import HOUSEHOLD_KEYS, MEMBERS, ROSTER, VILLAGE_FACTS, VILLAGES, Column
from bot.reports.workbooks.roster import REPEATED, shown_value
from bot.reports.workbooks.sheet import Cell, Sheet, write
from bot.sandbox import township_rows
from bot.sandbox.township_model import Home, Resident, Township


def roster_workbook(township: Township, path: Path | str) -> None:
    """Write the sheets 成员 and 村情 of the township as it is today, without a database."""
    members = [row for home in township.homes for row in _rows(township, home)]
    facts = [
        [shown_value(column, getattr(village, _FACTS[column.key])) for column in VILLAGES]
        for village in township.villages
    ]
    write(Path(path), [Sheet(MEMBERS, ROSTER, members), Sheet(VILLAGE_FACTS, VILLAGES, facts)])


_FACTS = {"village": "name", "rural_population": "rural_population", "lifted": "lifted"}


def _rows(township: Township, home: Home) -> list[list[Cell]]:
    monitor, village = township.monitor_of(home).name, township.villages[home.village].name
    household = replace(township_rows.household(home, 0, 0, monitor), village=village, group=home.group_name)
    values = {column.key: getattr(household, column.key, None) for column in ROSTER if column.key in HOUSEHOLD_KEYS}
    values["per_capita"] = home.official.get(last_closed(township.today))
    return [[_cell(values, one, column, first=one is home.head) for column in ROSTER] for one in home.living]


def _cell(household: dict[str, object], one: Resident, column: Column, *, first: bool) -> Cell:
    """A cell of one person's row; what is the household's stands in the head's row, its place in every row."""
    if column.key not in HOUSEHOLD_KEYS:
        return shown_value(column, getattr(one, column.key))
    return shown_value(column, household[column.key]) if first or column.key in REPEATED else None
