"""Every text of a workbook has a limit: beyond it an error with cell and limit, up to it it can be stored and found."""

from random import Random

import pytest

from bot.domain.limits import ALIASES, CELLS, NAME, NOTE
from bot.domain.workbooks.columns import ENTRIES, FIGURES, ROSTER, VILLAGES, Column, Form
from bot.domain.workbooks.problems import WorkbookRefused
from bot.policies import load
from bot.reports.import_messages import problem_line
from bot.storage import entries, households, people
from bot.storage.database import Database
from bot.usecases.import_income import import_income
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import READERS, read_roster
from tests.support.storage import EVERYTHING, NOW, TODAY
from tests.support.workbooks import entry, income, person, roster

GIVEN = {"today": TODAY, "now": NOW, "policies": load("lufeng-2022-2024")}
FREE = [column for column in ROSTER if column.key in CELLS]


def rare(length: int, seed: int = 1) -> str:
    """So many different Chinese characters, which no index can press together."""
    return "".join(map(chr, Random(seed).sample(range(0x4E00, 0x9FA5), length)))


def test_every_column_of_free_text_has_its_limit() -> None:
    """A new column of plain text is either read by a list, a number, a day, or named in `limits.CELLS`."""
    typed = set("category monitoring relation health education labour works_where phone kind month".split())
    for column in (*ROSTER, *ENTRIES, *FIGURES, *VILLAGES):
        if column.form in {Form.TEXT, Form.WORDS} and column.key not in typed:
            assert column.key in CELLS, column.key
    assert {key for key in CELLS if key in READERS} == {column.key for column in FREE} - {"code"}


@pytest.mark.parametrize("column", FREE, ids=lambda column: column.key)
def test_a_longer_text_in_a_roster_is_an_error_with_cell_and_limit(column: Column) -> None:
    """In words, with the shape of the value."""
    most = CELLS[column.key]
    row = person() | {column.title: ("1" if column.key == "id_number" else "甲") * (most + 1)}
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(roster([row]), TODAY)
    [problem] = [each for each in caught.value.problems if each.code == "too-long"]
    assert problem.title == column.title
    line = problem_line(problem)
    assert f"有 {most + 1:,} 个字,最多 {most:,} 个字" in line
    assert len(line) < 150
    assert f"at most {most:,}" in problem_line(problem, "en")


@pytest.mark.parametrize("title", ["户编号", "项目", "姓名", "备注"])
def test_a_longer_text_in_an_income_workbook_is_one_too(title: str) -> None:
    """Note, item, member, code."""
    found = read_income(income([entry() | {title: "乙" * (NOTE + 1)}]), TODAY).findings.problems
    assert ("too-long", title) in {(problem.code, problem.title) for problem in found}


def test_a_cell_of_the_largest_size_is_an_error_like_another() -> None:
    """32,767 characters, and an alias too many."""
    rows = [person(name="丙" * 32767), person(name="丁", relation="配偶", 别名="、".join("甲乙丙丁戊己"))]
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(roster(rows), TODAY)
    assert [problem.code for problem in caught.value.problems] == ["too-long", "too-many"]


async def test_the_longest_of_everything_is_stored_and_found(any_db: Database) -> None:
    """Names of sixty different characters with five other names each fit the indexes of both databases."""
    longest = {column.title: rare(CELLS[column.key], number) for number, column in enumerate(FREE)}
    longest["别名"] = "、".join(rare(CELLS["alias"], number) for number in range(ALIASES))
    longest["户编号"] = "H" * CELLS["code"]
    rows = [person() | longest, person() | longest | {"姓名": rare(NAME, 99), "与户主关系": "配偶", "证件号码": None}]
    book = read_roster(roster(rows), TODAY)
    await any_db.write(lambda tx: import_roster(tx, None, book, **GIVEN))  # type: ignore[arg-type]
    money = entry("H" * CELLS["code"], 姓名=longest["姓名"], 项目=rare(CELLS["item"]), 备注=rare(NOTE))
    content = read_income(income([money]), TODAY)
    await any_db.write(lambda tx: import_income(tx, None, content, **GIVEN))  # type: ignore[arg-type]
    found = await any_db.read(lambda tx: households.search(tx, EVERYTHING, longest["姓名"][20:24]))
    assert [household.head for household in found] == [longest["姓名"]]
    kept = await any_db.read(lambda tx: people.of_household(tx, found[0].id))
    assert len(kept[0].alias) == ALIASES
    [written] = await any_db.read(lambda tx: entries.of_household(tx, found[0].id))
    assert written.note == rare(NOTE)


def test_columns_that_nobody_knows_are_told_in_one_line_however_many() -> None:
    """Three hundred of them with titles of a thousand characters."""
    row = person() | {f"{number}" + "列" * 1000: "x" for number in range(300)}
    [hint] = read_roster(roster([row]), TODAY).hints
    assert len(problem_line(hint)) < 3000
