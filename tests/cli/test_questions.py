"""What `ruhu import roster` asks before it does it, and numbers that name nobody: the whole way through the command."""

from pathlib import Path

from tests.cli.conftest import Shell
from tests.cli.test_workbooks import sheet, written
from tests.support import workbooks as books


def given(ruhu: Shell, name: str, *rows: dict[str, object]) -> Path:
    return written(ruhu.folder, name, books.roster(rows))


def people(ruhu: Shell) -> list[tuple[str, str]]:
    """Household code and name of everybody, as exported."""
    assert ruhu("export", "roster", "--out", "out.xlsx").code == 0
    head, *rows = sheet(ruhu.folder / "out.xlsx", "成员")
    return [(row[head.index("户编号")], row[head.index("姓名")]) for row in rows]


def test_heads_under_one_broken_number_stay_in_their_households(ruhu: Shell) -> None:
    """A number cut by a spreadsheet is named with the way out; one that is none is a hint."""
    given(ruhu, "cut.xlsx", books.person(证件号码="5.32331E+17"))
    refused = ruhu("import", "roster", "cut.xlsx")
    assert (refused.code, refused.out) == (1, "")
    assert refused.errors[0].startswith('成员!G2 证件号码 "5.3****E+17":')
    assert "单元格格式设为“文本”" in refused.errors[0]
    for number in ("000000000000000000", "1", "证号3位看不清"):
        given(ruhu, "a.xlsx", books.person(证件号码=number))
        given(ruhu, "b.xlsx", books.person("H002", "赵单", 证件号码=number))
        done = [ruhu("import", "roster", name) for name in ("a.xlsx", "b.xlsx")]
        assert [each.code for each in done] == [0, 0]
        assert "不用它认人" in done[1].out
        assert people(ruhu) == [("H001", "王老五"), ("H002", "赵单")]


def test_a_known_number_under_another_name_is_asked_by_dry_run_report_and_import(ruhu: Shell) -> None:
    given(ruhu, "a.xlsx", books.person(证件号码=books.id_number(1)))
    given(ruhu, "b.xlsx", books.person("H002", "赵单", 证件号码=books.id_number(1)))
    ruhu("import", "roster", "a.xlsx")
    dry = ruhu("import", "roster", "b.xlsx", "--dry-run", "--report", "dry.xlsx")
    [asked] = [line for line in dry.lines if line.startswith("要确认 成员!E2 姓名")]
    assert "王老五" in asked
    assert "--new-names" in asked
    assert ["要确认", "成员!E2"] in [row[:2] for row in sheet(ruhu.folder / "dry.xlsx", "问题")]
    refused = ruhu("import", "roster", "b.xlsx", "--report", "marked.xlsx")
    assert (refused.code, refused.out) == (1, "")
    assert refused.errors[0] == asked
    assert "有 1 处要先确认,没有导入任何内容。" in refused.errors
    assert (ruhu.folder / "marked.xlsx").exists()
    assert people(ruhu) == [("H001", "王老五")]
    assert ruhu("import", "roster", "b.xlsx", "--new-names").code == 0
    assert ("H002", "赵单") in people(ruhu)


def test_a_new_village_is_named_and_asked_and_other_writings_of_a_known_one_are_not(ruhu: Shell) -> None:
    given(ruhu, "a.xlsx", books.person())
    assert "新建 1 个村:大石村" in ruhu("import", "roster", "a.xlsx").lines
    village = "村(社区)"
    given(ruhu, "b.xlsx", books.person("H002", "赵单", **{village: "大石村委会"}))
    same = ruhu("import", "roster", "b.xlsx")
    assert same.code == 0
    assert any("大石村委会" in line and "当作“大石村”" in line for line in same.lines)
    assert ruhu("export", "roster", "--village", "大石 村", "--out", "v.xlsx").lines == ["已写入 v.xlsx,2 行"]
    given(ruhu, "c.xlsx", books.person("H003", "钱大", **{village: "小石村"}))
    dry = ruhu("import", "roster", "c.xlsx", "--dry-run")
    assert "新建 1 个村:小石村" in dry.lines
    refused = ruhu("import", "roster", "c.xlsx")
    assert (refused.code, refused.out) == (1, "")
    assert "--new-villages" in refused.errors[0]
    assert "大石村" in refused.errors[0]
    assert len(people(ruhu)) == 2
    assert ruhu("import", "roster", "c.xlsx", "--new-villages").code == 0
