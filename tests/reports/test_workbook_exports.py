"""Roster, ledger and visits as workbooks."""

from dataclasses import replace
from datetime import date, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind
from bot.domain.people import EDUCATION, HEALTH, LABOUR, RELATIONS
from bot.domain.records import Entry, Visit
from bot.domain.workbooks.columns import LEDGER, ROSTER, VISITS
from bot.domain.workbooks.problems import RosterSummary
from bot.policies import load
from bot.reports.workbooks.exports import Request, export
from bot.reports.workbooks.sheet import Sheet, write
from bot.reports.workbooks.visits import said
from bot.storage import entries, records, visits
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.import_income import import_income
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.storage import EVERYTHING, NOW, TODAY, World, world
from tests.support.workbooks import id_number, income, person, roster, township

POLICIES = load("lufeng-2022-2024")
CHINA = timezone(timedelta(hours=8))
ASK = Request(EVERYTHING, TODAY, CHINA, POLICIES, sensitive=True)
Rows = list[dict[str, Any]]


def opened(sheets: list[Sheet]) -> dict[str, Rows]:
    """Sheets written to a workbook and read again: rows by column title."""
    out = BytesIO()
    write(out, sheets)
    book = load_workbook(out)
    return {sheet.title: _rows(list(sheet.values)) for sheet in book.worksheets}


def _rows(values: list[tuple[Any, ...]]) -> Rows:
    return [dict(zip(values[0], row, strict=True)) for row in values[1:]]


async def exported(db: Database, kind: str, ask: Request = ASK) -> dict[str, Rows]:
    """An export, written and read again."""
    return opened(await db.read(lambda tx: export(tx, kind, ask)))


async def import_rows(db: Database, content: bytes) -> RosterSummary:
    """Import a roster as the operator."""
    return await db.write(lambda tx: _take(tx, content))


def _take(tx: Transaction, content: bytes) -> RosterSummary:
    book = read_roster(content, TODAY)
    return import_roster(tx, None, book, today=TODAY, now=NOW, policies=POLICIES)


def content_of(sheets: list[Sheet]) -> bytes:
    """The bytes of a workbook."""
    out = BytesIO()
    write(out, sheets)
    return out.getvalue()


async def test_the_roster_that_was_exported_imports_without_a_change(db: Database) -> None:
    facts = [{"村(社区)": "第1村", "农村人口数": 900, "脱贫村": "是"}]
    await import_rows(db, roster(township(120), facts))
    sheets = await db.read(lambda tx: export(tx, "roster", ASK))
    summary = await import_rows(db, content_of(sheets))
    assert (summary.nothing, summary.unchanged, summary.absent_people, summary.hints) == (True, 120, 0, ())


PERSON = st.fixed_dictionaries(
    {
        "姓名": st.text("王李张桂兰秀英老五小", min_size=1, max_size=4),
        "健康状况": st.lists(st.sampled_from(HEALTH), unique=True).map("、".join),
        "文化程度": st.sampled_from(["", *EDUCATION]),
        "劳动技能": st.sampled_from(["", *LABOUR]),
        "务工区域": st.sampled_from(["", "县内", "县外省内", "省外", "未务工", "乡镇内"]),
        "务工月数": st.one_of(st.none(), st.integers(0, 12)),
        "公益岗": st.sampled_from(["", "是", "否", "护林员", "保洁员"]),
        "医保": st.sampled_from(["", "是", "否", "√", "已参保"]),
        "低保": st.sampled_from(["", "是", "否", "有", "无"]),
        "别名": st.sampled_from(["", "老五", "老五、五哥"]),
        "联系电话": st.one_of(st.none(), st.from_regex(r"1[3-9]\d{9}", fullmatch=True)),
    }
)
HOUSEHOLD = st.fixed_dictionaries(
    {
        "村民小组": st.sampled_from(["1组", "二组", "第三村民小组", "4", "大寨"]),
        "户类别": st.sampled_from(["脱贫户", "脱贫不稳定户", "边缘户", "突发严重困难户", "一般农户"]),
        "监测状态": st.sampled_from(["", "未消除", "风险已消除"]),
        "上年度人均纯收入": st.one_of(st.none(), st.integers(-10_000_00, 100_000_00).map(lambda fen: fen / 100)),
        "网格员": st.sampled_from(["", "张网格"]),
        "易地搬迁": st.sampled_from(["", "是", "否"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(HOUSEHOLD, PERSON, st.lists(PERSON, max_size=3)), min_size=1, max_size=4))
async def test_whatever_was_imported_round_trips(db: Database, homes: list[Any]) -> None:
    rows = []
    for number, (household, head, others) in enumerate(homes):
        rows.append(person(f"H{number}") | household | head)
        rows += [person(f"H{number}", relation=RELATIONS[2 + at]) | other for at, other in enumerate(others)]

    def there_and_back(tx: Transaction) -> None:
        _take(tx, roster(rows))
        assert _take(tx, roster(rows)).nothing
        assert _take(tx, content_of(export(tx, "roster", ASK))).nothing
        raise Undone

    with pytest.raises(Undone):
        await db.write(there_and_back)


class Undone(Exception):
    """The end of an example."""


async def test_without_the_right_id_phone_and_health_are_no_columns_at_all(db: Database) -> None:
    await import_rows(db, roster([person(证件号码=id_number(1), 联系电话="13800000001", 健康状况="残疾")]))
    (row,) = (await exported(db, "roster", replace(ASK, sensitive=False)))["成员"]
    assert {"证件号码", "联系电话", "健康状况"}.isdisjoint(row)
    (row,) = (await exported(db, "roster"))["成员"]
    assert list(row) == [column.title for column in ROSTER]
    assert (row["证件号码"], row["联系电话"]) == (id_number(1), "13800000001")


async def test_a_scope_and_a_village_bound_what_is_exported(db: Database) -> None:
    await import_rows(db, roster([person(), person("H002", "赵单", **{"村(社区)": "小石村"})]))
    village = await db.read(lambda tx: min(h.village_id for h in _homes(tx)))
    rows = (await exported(db, "roster", replace(ASK, village_id=village)))["成员"]
    assert [row["户编号"] for row in rows] == ["H001"]
    nobody = replace(EVERYTHING, everything=False)
    assert (await exported(db, "roster", replace(ASK, scope=nobody)))["成员"] == []


def _homes(tx: Transaction) -> Any:
    from bot.storage import households

    return households.list_for(tx, EVERYTHING)


async def test_text_never_becomes_a_formula(db: Database) -> None:
    await import_rows(db, roster([person(name='=HYPERLINK("x")', 别名="+1", 网格员="@SUM(A1)")]))
    sheets = await db.read(lambda tx: export(tx, "roster", ASK))
    sheet = load_workbook(BytesIO(content_of(sheets)))["成员"]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}
    assert '=HYPERLINK("x")' in [cell.value for cell in sheet[2]]


def recorded(tx: Transaction) -> World:
    """A township with a record of two entries, one of them reversed, an imported entry, a visit and a try."""
    made = world(tx)
    author, day = made.monitor.id, date(2024, 3, 14)

    def entry(record: int | None, kind: Kind, item: str | None, fen: int, month: str, **more: Any) -> Entry:
        values: dict[str, Any] = {"record_id": record, "author_id": author, "at": NOW} | more
        return Entry(0, made.wang, kind, item, fen, month, **values)

    record = records.insert(tx, number="V240314-01", household_id=made.wang, author_id=author, at=NOW, draft_id=None)
    entries.insert(tx, entry(record, Kind.WAGE, "务工", 350_000, "2024-03"))
    wrong = entries.insert(tx, entry(record, Kind.TRANSFER, "慰问金", 50_050, "2024-02", estimate=True))
    stored = entries.get(tx, wrong)
    assert stored is not None
    entries.reverse(tx, stored, record_id=None, author_id=author, at=NOW)
    entries.insert(tx, entry(None, Kind.BUSINESS, "烤烟", 100, "2023-09", author_id=None))
    checks = {Check.HOUSING: CheckState.PROBLEM, Check.INCOME: CheckState.OK}
    visits.insert(tx, Visit(0, record, made.wang, day, Mode.HOME, author, checks=checks, note="漏雨"))
    tried = records.insert(tx, number="V231001-01", household_id=made.zhao, author_id=author, at=NOW, draft_id=None)
    visits.insert(tx, Visit(0, tried, made.zhao, date(2023, 9, 30), Mode.PHONE, author, counted=False))
    return made


async def test_the_ledger_has_the_columns_of_the_contract_and_names_what_is_reversed(db: Database) -> None:
    await db.write(recorded)
    rows = (await exported(db, "ledger", replace(ASK, year=2024)))["记账"]
    assert list(rows[0]) == [column.title for column in LEDGER]
    by_number = {row["编号"]: row for row in rows}
    assert by_number["V240314-01"] == {
        "编号": "V240314-01", "户编号": "H0001", "户主": "王老五", "村(社区)": "大石村", "村民小组": "五组",
        "月份": "2024-03", "类别": "工资性收入", "项目": "务工", "金额": 3500, "计入": "是", "估算": "否",
        "记录人": "张网格", "记账时间": "2024-03-15 09:00", "冲正": None,
    }  # fmt: skip
    assert by_number["V240314-01-2"]["金额"] == 500.5
    assert by_number["V240314-01-2"]["计入"] == "否"
    assert by_number["V240314-01-2"]["估算"] == "是"
    (reversal,) = [row for row in rows if row["冲正"]]
    assert (reversal["冲正"], reversal["金额"], reversal["类别"]) == ("V240314-01-2", -500.5, "转移性收入")


async def test_the_year_is_the_statistical_year_and_numbers_stay_the_same(db: Database) -> None:
    await db.write(recorded)
    all_rows = (await exported(db, "ledger"))["记账"]
    year_rows = (await exported(db, "ledger", replace(ASK, year=2024)))["记账"]
    assert [row["月份"] for row in all_rows] == ["2023-09", "2024-02", "2024-02", "2024-03"]
    assert [row["月份"] for row in year_rows] == ["2024-02", "2024-02", "2024-03"]
    assert {row["编号"] for row in year_rows} < {row["编号"] for row in all_rows}
    assert len({row["编号"] for row in all_rows}) == 4
    assert [row["记录人"] for row in all_rows if row["月份"] == "2023-09"] == ["导入"]


async def test_imported_entries_are_in_the_ledger(db: Database) -> None:
    await import_rows(db, roster([person()]))
    row = {"户编号": "H001", "月份": "2024-02", "类别": "工资性收入", "项目": "务工", "金额": 12.3}
    book = read_income(income([row]), TODAY)
    await db.write(lambda tx: import_income(tx, None, book, today=TODAY, now=NOW, policies=POLICIES))
    (found,) = (await exported(db, "ledger"))["记账"]
    assert found["编号"].startswith("E")
    assert found["金额"] == 12.3


async def test_visits_have_the_columns_of_the_contract(db: Database) -> None:
    await db.write(recorded)
    rows = (await exported(db, "visits"))["走访"]
    assert list(rows[0]) == [column.title for column in VISITS]
    assert [tuple(row.values()) for row in rows] == [
        ("V231001-01", "H0002", "赵单", "2023-09-30", "电话", "家中无人", None, "张网格"),
        ("V240314-01", "H0001", "王老五", "2024-03-14", "入户", "收入正常;住房有问题", "住房:漏雨", "张网格"),
    ]
    assert len((await exported(db, "visits", replace(ASK, year=2024)))["走访"]) == 1


async def test_a_viewer_reads_no_notes_and_an_undone_visit_is_gone(db: Database) -> None:
    await db.write(recorded)
    rows = (await exported(db, "visits", replace(ASK, sensitive=False, year=2024)))["走访"]
    assert [row["问题"] for row in rows] == ["住房"]
    await db.write(lambda tx: visits.mark_undone(tx, 1, NOW))
    assert (await exported(db, "visits", replace(ASK, year=2024)))["走访"] == []


@pytest.mark.parametrize(
    ("checks", "all_ok", "note", "expected"),
    [
        ({}, True, None, ("一切正常", "")),
        ({}, False, "老奶按时吃药", ("一切正常;老奶按时吃药", "")),
        ({Check.WATER: CheckState.OK, Check.INCOME: CheckState.OK}, False, None, ("收入、饮水正常", "")),
        ({Check.WATER: CheckState.PROBLEM}, False, None, ("饮水有问题", "饮水")),
    ],
)
def test_findings_and_problems_in_words(
    checks: dict[Check, CheckState], all_ok: bool, note: str | None, expected: tuple[str, str]
) -> None:
    visit = Visit(1, 1, 1, TODAY, Mode.HOME, 1, all_ok=all_ok, checks=checks)
    assert said(visit, note) == expected
