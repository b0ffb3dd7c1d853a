"""The workbook given with the errors marked in it."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.domain.workbooks.problems import Problem, WorkbookRefused
from bot.reports.workbooks.annotate import ERROR_FILL, HINT_FILL, annotate
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.storage import TODAY
from tests.support.workbooks import id_number, person, roster, workbook


def problems_of(content: bytes) -> tuple[Problem, ...]:
    """The problems of a workbook that is refused."""
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(content, TODAY)
    return caught.value.problems


def test_wrong_cells_are_filled_and_say_what_is_expected_and_all_else_stays() -> None:
    number = id_number(1)[:-1] + ("1" if id_number(1)[-1] != "1" else "2")
    content = roster([person(证件号码=number), person(name="王表", relation="表弟")])
    book = load_workbook(BytesIO(annotate(content, problems_of(content))))
    before = load_workbook(BytesIO(content))["成员"]
    sheet = book["成员"]
    assert list(sheet.values) == list(before.values)
    assert sheet["F3"].fill.fgColor.rgb == ERROR_FILL.fgColor.rgb
    assert "户主、配偶" in sheet["F3"].comment.text
    assert sheet["G2"].fill.fgColor.rgb == HINT_FILL.fgColor.rgb
    assert sheet["E2"].comment is None


def test_a_sheet_of_its_own_lists_every_problem_with_a_link() -> None:
    content = roster([person(relation="表弟")])
    book = load_workbook(BytesIO(annotate(content, problems_of(content))))
    rows: list[tuple[Any, ...]] = list(book["问题"].values)
    assert book.sheetnames == ["成员", "问题"]
    assert rows[1][:4] == ("错误", "成员!F2", "与户主关系", "表弟")
    assert book["问题"]["B2"].hyperlink.location or book["问题"]["B2"].hyperlink.target


def test_the_corrected_report_can_be_imported_and_annotated_again() -> None:
    content = roster([person(relation="表弟")])
    report = annotate(content, problems_of(content))
    assert load_workbook(BytesIO(annotate(report, problems_of(report)))).sheetnames == ["成员", "问题"]
    book = load_workbook(BytesIO(report))
    book["成员"]["F2"] = "户主"
    out = BytesIO()
    book.save(out)
    assert [household.code for household in read_roster(out.getvalue(), TODAY).households] == ["H001"]


def test_a_missing_sheet_is_listed() -> None:
    content = workbook({"花名册": [["户编号"]]})
    book = load_workbook(BytesIO(annotate(content, problems_of(content))))
    assert [row[1] for row in book["问题"].values][1:] == ["成员"]


def test_a_problem_in_a_merged_cell_is_marked_at_its_corner() -> None:
    book = load_workbook(BytesIO(roster([person(户类别="富户"), person(relation="配偶")])))
    book["成员"].merge_cells("D2:D3")
    out = BytesIO()
    book.save(out)
    lower = Problem("list", "成员", 3, 3, "户类别", "富户", (("list", "脱贫户"),))
    marked = load_workbook(BytesIO(annotate(out.getvalue(), [lower])))["成员"]
    assert marked["D2"].fill.fgColor.rgb == ERROR_FILL.fgColor.rgb


def test_what_cannot_be_written_back_is_refused() -> None:
    with pytest.raises(WorkbookRefused):
        annotate(b"no workbook", [])
