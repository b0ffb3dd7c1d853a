"""What an import says."""

import re
from pathlib import Path

import pytest

import bot
from bot.domain.workbooks.problems import IncomeSummary, Problem, RosterSummary, WorkbookRefused, cell_name, masked
from bot.reports.import_messages import income_lines, problem_line, refusal_lines, roster_lines
from bot.texts import texts
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.storage import TODAY
from tests.support.workbooks import id_number, person, roster


def lines_of(content: bytes) -> list[str]:
    """The lines of a workbook that is refused."""
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(content, TODAY)
    return refusal_lines(caught.value.problems)


def test_a_problem_is_one_line_with_sheet_cell_column_value_and_expectation() -> None:
    rows = [person(), person(name="王表", relation="表弟")]
    line = lines_of(roster(rows))[0]
    assert line.startswith('成员!F3 与户主关系 "表弟":应为其中之一:户主、配偶、')


def test_id_and_phone_are_never_shown_whole() -> None:
    number = id_number(7)
    rows = [person(证件号码=number), person("H002", "赵单", 证件号码=number, 联系电话="138000000011381234567")]
    lines = "\n".join(lines_of(roster(rows)))
    assert number not in lines
    assert "532*************" in lines
    assert "13800000001" not in lines


def test_a_number_in_the_wrong_column_is_masked_as_well() -> None:
    assert masked("张三 532331197001010018", "name") == "张三 532" + "*" * 13 + "18"
    assert masked("H20240001234", "code") == "H20240001234"


def test_the_summary_is_exact() -> None:
    first = RosterSummary(new=723, new_people=2562)
    assert roster_lines(first, dry_run=False) == ["新增 723 户 2,562 人,更新 0 户,没有变化 0 户,表中没有 0 户"]
    again = roster_lines(RosterSummary(unchanged=723), dry_run=False)
    assert again[0] == "新增 0 户 0 人,更新 0 户,没有变化 723 户,表中没有 0 户"
    assert again[1:] == ["与已有内容相同,没有任何改动。"]


def test_hints_are_counted_and_listed_after_the_summary() -> None:
    hint = Problem("id-checksum", "成员", 2, 6, "证件号码", "532***18", hint=True)
    lines = roster_lines(RosterSummary(new=1, new_people=1, hints=(hint,)), dry_run=True)
    assert lines[-2:] == ["疑点 1 处,不影响导入:", '疑点 成员!G2 证件号码 "532***18":校验码不对,请核对。']


def test_an_income_import_that_adds_nothing_says_so() -> None:
    lines = income_lines(IncomeSummary(known=12), dry_run=False)
    assert lines == ["新增 0 笔,已有 12 笔", "与已有内容相同,没有任何改动。"]


@pytest.mark.parametrize(("row", "column", "name"), [(12, 5, "F12"), (1, 0, "A1"), (2, 26, "AA2"), (3, 701, "ZZ3")])
def test_cells_are_named_as_spreadsheets_name_them(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name


def test_every_problem_code_of_the_program_has_a_text_in_both_languages() -> None:
    folder = Path(bot.__file__).parent / "usecases"
    sources = [*folder.glob("import_*.py"), *folder.glob("workbooks/*.py")]
    found = set()
    for source in sources:
        text = source.read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:wrong|Problem)\("([a-z-]+)"', text))
        found |= set(re.findall(r'problem\("[a-z_]+", "([a-z-]+)"', text))
    assert len(found) > 30
    for code in found:
        for language in ("zh", "en"):
            assert texts.has(language, f"import-problem-{code}"), code


def test_a_missing_sheet_is_a_line_of_its_own() -> None:
    told = "成员:缺少这张工作表。花名册用 import roster,收入用 import income;表名照模板写。"
    assert problem_line(Problem("no-sheet", "成员")) == told
