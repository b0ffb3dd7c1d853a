"""template, import, export: round trips, refusals and reports over real workbooks."""

from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.cli.conftest import Shell
from tests.support import workbooks as books

SMALL = [
    books.person(上年度人均纯收入=15905, 网格员="张网格"),
    books.person(name="李桂花", relation="配偶", 证件号码=books.id_number(1)),
    books.person("H002", "赵单", 户类别="边缘易致贫户", 村民小组="第六村民小组"),
]
FACTS = [{"村(社区)": "大石村", "农村人口数": 1860, "脱贫村": "是"}]
SUMMARY = "新增 {} 户 {} 人,更新 {} 户,没有变化 {} 户,表中没有 {} 户"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def test_a_template_has_its_sheets_and_nothing_to_import(ruhu: Shell) -> None:
    for kind, names in (("roster", ["成员", "村情", "说明"]), ("income", ["收入", "年度", "说明"])):
        assert ruhu("template", kind, "--out", f"{kind}.xlsx").code == 0
        assert CalamineWorkbook.from_path(ruhu.folder / f"{kind}.xlsx").sheet_names[:3] == names
    refused = ruhu("import", "roster", "roster.xlsx")
    assert refused.code == 1
    assert refused.errors[0] == "成员:没有可导入的数据行(“示例”行不算)。"
    assert not ruhu.data.exists()


def test_an_old_workbook_that_would_end_its_reader_is_refused_in_words(ruhu: Shell) -> None:
    """Some damaged bytes ask for more memory than any machine has; the command goes on to say what would work."""
    damaged = Path(__file__).parents[1] / "usecases" / "workbooks_given" / "damaged.xls"
    written(ruhu.folder, "old.xls", damaged.read_bytes())
    refused = ruhu("import", "roster", "old.xls")
    assert (refused.code, refused.out) == (1, "")
    assert refused.errors == ["old.xls: 不是能读的 Excel 工作簿,请另存为 .xlsx 再试。"]


def test_a_roster_goes_in_once_and_comes_out_so_that_it_changes_nothing(ruhu: Shell) -> None:
    written(ruhu.folder, "r.xlsx", books.roster(SMALL, FACTS))
    dry = ruhu("import", "roster", "r.xlsx", "--dry-run")
    assert dry.lines == [
        SUMMARY.format(2, 3, 0, 0, 0),
        "新建 1 个村:大石村",
        "更新 1 个村的村情。",
        "试运行:以上只是预计结果,没有写入任何内容。",
    ]
    first = ruhu("import", "roster", "r.xlsx")
    assert (first.code, first.lines[0], first.err) == (0, SUMMARY.format(2, 3, 0, 0, 0), "")
    again = ruhu("import", "roster", "r.xlsx")
    assert again.lines == [SUMMARY.format(0, 0, 0, 2, 0), "与已有内容相同,没有任何改动。"]
    assert ruhu("export", "roster", "--out", "out.xlsx").lines == ["已写入 out.xlsx,3 行"]
    returned = ruhu("import", "roster", "out.xlsx")
    assert returned.lines == again.lines
    assert [row[:6] for row in sheet(ruhu.folder / "out.xlsx", "成员")[1:]] == [
        ["大石村", "五组", "H001", "脱贫户", "", "王老五"],
        ["大石村", "五组", "H001", "脱贫户", "", "李桂花"],
        ["大石村", "六组", "H002", "边缘易致贫户", "未消除", "赵单"],
    ]


def test_broken_rows_refuse_the_whole_file_and_each_is_named_with_its_cell(ruhu: Shell) -> None:
    broken = [
        *SMALL,
        books.person("H003", "钱大", relation="表弟"),
        books.person("H004", "孙二", 户类别="富户"),
        books.person("H005", "周三", 证件号码=books.id_number(1)),
    ]
    written(ruhu.folder, "r.xlsx", books.roster(broken))
    refused = ruhu("import", "roster", "r.xlsx", "--report", "marked.xlsx")
    assert (refused.code, refused.out) == (1, "")
    assert any(line.startswith('成员!F5 与户主关系 "表弟":') for line in refused.errors)
    assert any(line.startswith('成员!D6 户类别 "富户":') for line in refused.errors)
    [twice] = [line for line in refused.errors if "第 3 行重复" in line]
    assert books.id_number(1) not in refused.err
    assert '"532****' in twice
    problems = sheet(ruhu.folder / "marked.xlsx", "问题")
    assert {"成员!F5", "成员!D6"} <= {str(row[1]) for row in problems}
    assert ruhu("export", "roster", "--out", "out.xlsx").lines == ["已写入 out.xlsx,0 行"]


def test_income_goes_in_once_and_comes_out_as_ledger(ruhu: Shell) -> None:
    written(ruhu.folder, "r.xlsx", books.roster(SMALL))
    rows = [books.entry(), books.entry(), books.entry(month="2023-09", kind="经营性支出", 项目="烤烟", 金额=860.5)]
    written(ruhu.folder, "i.xlsx", books.income(rows))
    unknown = ruhu("import", "income", "i.xlsx")
    assert (unknown.code, unknown.errors[-1]) == (1, "共 3 处错误,没有导入任何内容。")
    assert unknown.errors[0].startswith('收入!A2 户编号 "H001":')
    ruhu("import", "roster", "r.xlsx")
    assert ruhu("import", "income", "i.xlsx", "--report", "fine.xlsx").lines == ["新增 3 笔,已有 0 笔"]
    assert (ruhu.folder / "fine.xlsx").exists()
    assert ruhu("import", "income", "i.xlsx").lines == ["新增 0 笔,已有 3 笔", "与已有内容相同,没有任何改动。"]
    exported = ruhu("export", "ledger", "--year", "2024", "--village", "大石村", "--out", "l.xlsx")
    assert exported.lines == ["已写入 l.xlsx,2 行"]
    head, *lines = sheet(ruhu.folder / "l.xlsx", "记账")
    assert [line[head.index("金额")] for line in lines] == [3500, 3500]


def test_files_that_cannot_be_read_or_written_are_one_line(ruhu: Shell) -> None:
    written(ruhu.folder, "text.xlsx", b"no workbook")
    cases = {
        ("import", "roster", "nowhere.xlsx"): "nowhere.xlsx: 找不到这个文件。",
        (
            "import",
            "roster",
            "text.xlsx",
            "--report",
            "r.xlsx",
        ): "text.xlsx: 是文本文件(如 CSV),不是工作簿。请用 WPS 或 Excel 打开,另存为 .xlsx 再试。",
        ("import", "roster", "text.xlsx", "--report", "text.xlsx"): "--report 不能与要导入的工作簿是同一个文件。",
        ("template", "roster", "--out", "no/where.xlsx"): "no/where.xlsx:目录不存在。",
        (
            "export",
            "roster",
            "--out",
            "x.xlsx",
            "--village",
            "无名村",
        ): ("还没有任何村。村和组从花名册来,请先 ruhu import roster。"),
    }
    for args, line in cases.items():
        done = ruhu(*args)
        assert (done.code, done.out, done.errors) == (1, "", [line])
