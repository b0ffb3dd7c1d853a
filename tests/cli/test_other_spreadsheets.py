"""Workbooks of WPS, LibreOffice and old Excel, and what only looks like one: right data, or a line that helps."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Shell
from tests.support import wps
from tests.support.workbooks import id_number, income, person, roster

GIVEN = Path(__file__).resolve().parents[1] / "usecases" / "workbooks_given"
TITLES = ["村(社区)", "村民小组", "户编号", "户类别", "姓名", "与户主关系", "证件号码", "联系电话", "识别时间"]
SERIAL = (date(2022, 3, 15) - date(1899, 12, 30)).days
ROSTER: list[list[wps.Given]] = [
    list(TITLES),
    ["大石村", "五组", "H001", "脱贫户", "王老五", "户主", id_number(1), 13800001234, (SERIAL, wps.DAYS)],
    ["大石村", "五组", "H001", "脱贫户", "李桂花", "配偶", id_number(2), "13800001235", None],
    ["大石村", "第六村民小组", "H002", "脱贫户", "赵单", "户主", None, None, "2022年3月15日"],
]
NOT_READ = {
    "page.xls": "扩展名像 Excel,其实是网页或 XML(有的系统这样导出)。请用 WPS 或 Excel 打开,另存为 .xlsx 再试。",
    "roster.csv": "是文本文件(如 CSV),不是工作簿。请用 WPS 或 Excel 打开,另存为 .xlsx 再试。",
    "protected.xls": "工作簿有密码,请去掉密码再试。",
    "protected.ods": "工作簿有密码,请去掉密码再试。",
}
BROKEN = "不是能读的 Excel 工作簿,请另存为 .xlsx 再试。"
SHEET_XML = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
BYTES = {
    "empty.xlsx": (b"", "文件是空的,请重新保存或重新发送。"),
    "zeros.xlsx": (b"\0" * 5000, "文件是空的,请重新保存或重新发送。"),
    "gbk.csv": ("村(社区),户编号\n大石村,H001\n" * 300).encode("gb18030"),
    "wide.xls": ("村(社区)\t户编号\n" * 50).encode("utf-16"),
    "gbk page.xls": ("<html><meta charset=gb2312><table><tr><td>村(社区)</table>").encode("gb18030"),
    "xml.xls": SHEET_XML.encode(),
    "mail.xls": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
    "scan.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 500,
    "photo.xls": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x80\x81\xfe" * 500,
    "half.xlsx": roster([person()])[:1500],
    "package.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le"),
}
EXPECTED = {
    "gbk.csv": NOT_READ["roster.csv"],
    "wide.xls": NOT_READ["roster.csv"],
    "gbk page.xls": NOT_READ["page.xls"],
    "xml.xls": NOT_READ["page.xls"],
    "mail.xls": NOT_READ["page.xls"],
    "scan.xlsx": BROKEN,
    "photo.xls": BROKEN,
    "half.xlsx": BROKEN,
    "package.xlsx": NOT_READ["protected.xls"],
}


def exported(ruhu: Shell, kind: str, sheet: str) -> list[dict[str, Any]]:
    """What is stored, as an export shows it."""
    done = ruhu("export", kind, "--out", "out.xlsx")
    assert done.code == 0, done.err
    head, *rows = CalamineWorkbook.from_path(ruhu.folder / "out.xlsx").get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_workbook_of_wps_comes_in_right(ruhu: Shell) -> None:
    """Merged codes, shared, rich and inline texts, Chinese date formats, a hidden sheet of its own."""
    merging = [list(row) for row in ROSTER]
    merging[2][2] = None
    content = wps.workbook({"成员": merging, "村情": [["村(社区)", "农村人口数", "脱贫村"], ["大石村", 900, "是"]]},
                           {"成员": "C2:C3"})  # fmt: skip
    (ruhu.folder / "r.xlsx").write_bytes(content)
    done = ruhu("import", "roster", "r.xlsx")
    assert (done.code, done.lines[0]) == (0, "新增 2 户 3 人,更新 0 户,没有变化 0 户,表中没有 0 户"), done.err
    rows = exported(ruhu, "roster", "成员")
    assert [(row["姓名"], row["户编号"], row["村民小组"], str(row["联系电话"])) for row in rows] == [
        ("王老五", "H001", "五组", "13800001234"),
        ("李桂花", "H001", "五组", "13800001235"),
        ("赵单", "H002", "六组", ""),
    ]
    assert rows[0]["证件号码"] == id_number(1)
    assert [row["识别时间"] for row in rows] == [date(2022, 3, 15), "", date(2022, 3, 15)]


@pytest.mark.parametrize("style", [wps.MONTHS, wps.DAYS, wps.MONTHS_WRITTEN, 0])
def test_months_of_wps_are_months_whatever_their_format(ruhu: Shell, style: int) -> None:
    (ruhu.folder / "r.xlsx").write_bytes(roster([person()]))
    serial = (date(2024, 2, 1) - date(1899, 12, 30)).days
    rows: list[list[wps.Given]] = [
        ["户编号", "月份", "类别", "项目", "金额"],
        ["H001", (serial, style), "工资性收入", "务工工资", "3,500.00"],
        ["H001", "2024年2月", "工资性收入", "务工工资", 860.5],
    ]
    (ruhu.folder / "i.xlsx").write_bytes(wps.workbook({"收入": rows}))
    assert ruhu("import", "roster", "r.xlsx").code == 0
    done = ruhu("import", "income", "i.xlsx")
    assert (done.code, done.lines) == (0, ["新增 2 笔,已有 0 笔"]), done.err
    assert [(row["月份"], row["金额"]) for row in exported(ruhu, "ledger", "记账")] == [
        ("2024-02", 3500),
        ("2024-02", 860.5),
    ]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_workbooks_of_libreoffice_and_of_old_excel_come_in_right(ruhu: Shell, ending: str) -> None:
    done = ruhu("import", "roster", GIVEN / f"roster.{ending}")
    assert (done.code, done.lines[0]) == (0, "新增 2 户 3 人,更新 0 户,没有变化 0 户,表中没有 0 户"), done.err
    rows = exported(ruhu, "roster", "成员")
    assert [(row["姓名"], row["证件号码"], str(row["联系电话"])) for row in rows] == [
        ("王老五", id_number(1), "13800001234"),
        ("李桂花", id_number(2), "13800001235"),
        ("赵单", "", ""),
    ]
    assert rows[0]["上年度人均纯收入"] == 15905.5
    done = ruhu("import", "income", GIVEN / f"income.{ending}")
    assert (done.code, done.lines[0]) == (0, "新增 3 笔,已有 0 笔"), done.err
    assert [(row["月份"], row["金额"]) for row in exported(ruhu, "ledger", "记账")] == [
        ("2023-12", 860.5),
        ("2024-01", 1234.56),
        ("2024-02", 3500),
    ]
    again = ruhu("import", "income", GIVEN / f"income.{ending}")
    assert again.lines[0] == "新增 0 笔,已有 3 笔"


@pytest.mark.parametrize(("kind", "named"), [("xls", "r.xlsx"), ("xlsx", "r.xls"), ("ods", "r.xlsx"), ("xls", "r.dat")])
def test_a_workbook_is_known_by_its_content_not_by_its_name(ruhu: Shell, kind: str, named: str) -> None:
    shutil.copy(GIVEN / f"roster.{kind}", ruhu.folder / named)
    assert ruhu("import", "roster", named).lines[0].startswith("新增 2 户 3 人")


def told(ruhu: Shell, file: Path | str, expected: str) -> None:
    """One line, exit code 1, nothing changed, no report."""
    for command in ("roster", "income"):
        done = ruhu("import", command, file, "--report", "report.xlsx")
        assert (done.code, done.out, done.errors) == (1, "", [f"{file}: {expected}"])
    assert not (ruhu.folder / "report.xlsx").exists()
    assert not ruhu.data.exists()


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_no_workbook_or_has_a_password_is_told_with_what_would_work(ruhu: Shell, name: str) -> None:
    told(ruhu, GIVEN / name, NOT_READ[name])


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_workbook_are_told_for_what_they_are(ruhu: Shell, name: str) -> None:
    given = BYTES[name]
    content, expected = given if isinstance(given, tuple) else (given, EXPECTED[name])
    (ruhu.folder / name).write_bytes(content)
    told(ruhu, name, expected)
    english = ruhu("import", "roster", name, BOT_LANGUAGE="en")
    assert (english.code, len(english.errors), english.err.isascii()) == (1, 1, True)


def test_a_folder_in_the_place_of_a_workbook_is_told(ruhu: Shell) -> None:
    (ruhu.folder / "r.xlsx").mkdir()
    assert ruhu("import", "roster", "r.xlsx").errors == [f"r.xlsx: {BROKEN}"]


def test_a_report_of_a_workbook_that_cannot_be_marked_says_so(ruhu: Shell) -> None:
    """An old .xls is imported, but marks need .xlsx."""
    done = ruhu("import", "roster", GIVEN / "roster.xls", "--report", "report.xlsx")
    assert (done.code, len(done.errors)) == (1, 1)
    assert done.errors[0].endswith("roster.xls 的格式不能标注,请另存为 .xlsx 再试。")
    assert exported(ruhu, "roster", "成员") == []


def test_income_of_an_empty_sheet_is_told(ruhu: Shell) -> None:
    (ruhu.folder / "i.xlsx").write_bytes(income([]))
    done = ruhu("import", "income", "i.xlsx")
    assert (done.code, done.errors[0]) == (1, "收入:没有可导入的数据行(“示例”行不算)。")
