"""Templates: empty workbooks that can be filled in and imported as they are."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.workbooks.columns import ENTRIES, FIGURES, ROSTER, VILLAGES
from bot.domain.workbooks.problems import WorkbookRefused
from bot.reports.workbooks.template import SHEETS, Kind, help_text, template
from bot.usecases.workbooks.cells import Wrong
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import READERS, read_roster
from tests.support.storage import TODAY
from tests.support.workbooks import id_number


def made(kind: Kind) -> BytesIO:
    out = BytesIO()
    template(kind, out)
    return out


def test_sheets_and_headers_are_those_of_the_contract() -> None:
    book = load_workbook(made("roster"))
    assert book.sheetnames[:3] == ["成员", "村情", "说明"]
    assert [cell.value for cell in book["成员"][1]] == [column.title for column in ROSTER]
    assert [cell.value for cell in book["村情"][1]] == [column.title for column in VILLAGES]
    book = load_workbook(made("income"))
    assert book.sheetnames == ["收入", "年度", "说明"]
    assert [cell.value for cell in book["收入"][1]] == [column.title for column in ENTRIES]
    assert [cell.value for cell in book["年度"][1]] == [column.title for column in FIGURES]


def test_the_example_row_is_marked_and_ignored_by_the_import() -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(made("roster").getvalue(), TODAY)
    assert [problem.code for problem in caught.value.problems] == ["no-rows"]
    with pytest.raises(WorkbookRefused) as caught:
        read_income(made("income").getvalue(), TODAY)
    assert [problem.code for problem in caught.value.problems] == ["no-rows"]


def test_the_example_row_would_be_good_data() -> None:
    for column in ROSTER:
        if column.example != "" and column.key in READERS:
            assert not isinstance(READERS[column.key](column.example), Wrong)
    example = next(column.example for column in ROSTER if column.key == "id_number")
    assert example == id_number(1)


def test_a_row_typed_under_the_example_is_imported() -> None:
    book = load_workbook(made("roster"))
    for place, value in enumerate(["大石村", "5组", "H001", "脱贫户", None, "王老五", "户主"], 1):
        book["成员"].cell(3, place, value)
    out = BytesIO()
    book.save(out)
    assert [household.code for household in read_roster(out.getvalue(), TODAY).households] == ["H001"]


@pytest.mark.parametrize("kind", ["roster", "income"])
def test_every_list_is_a_drop_down_and_codes_are_text(kind: Kind) -> None:
    book = load_workbook(made(kind))
    for name, columns in SHEETS[kind]:
        sheet = book[name]
        ruled = {str(rule.sqref).partition("2:")[0] for rule in sheet.data_validations.dataValidation}
        for cell, column in zip(sheet[1], columns, strict=True):
            assert (cell.column_letter in ruled) or not column.choices
            assert cell.comment is not None
            if column.form == "text":
                assert sheet.column_dimensions[cell.column_letter].number_format == "@"
        assert sheet.freeze_panes == "A2"


def test_the_list_of_relations_is_whole_although_long() -> None:
    rules = load_workbook(made("roster"))["成员"].data_validations.dataValidation
    relation = next(column for column in ROSTER if column.key == "relation")
    assert f'"{",".join(relation.choices)}"' in [rule.formula1 for rule in rules]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["roster", "income"])
def test_every_column_is_explained_in_both_languages(kind: Kind, language: str) -> None:
    for name, columns in SHEETS[kind]:
        assert all(help_text(name, column, language) for column in columns)


def test_a_template_replaces_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "F.xlsx"
    target.write_bytes(b"old")
    template("income", target, "en")
    assert load_workbook(target).sheetnames == ["收入", "年度", "说明"]
    assert [path.name for path in tmp_path.iterdir()] == ["F.xlsx"]
