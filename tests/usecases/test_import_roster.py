"""Taking a roster workbook over."""

import zipfile
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.errors import Refused
from bot.domain.households import Category, Monitoring
from bot.domain.people import Person
from bot.domain.staff import Assignment, Role
from bot.domain.workbooks.problems import Problem, RosterSummary, WorkbookRefused
from bot.policies import load
from bot.storage import audit, entries, households, people, staff, villages
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.storage import EVERYTHING, NOW, TODAY
from tests.support.workbooks import id_number, person, roster, table, township, workbook

GIVEN = Path(__file__).with_name("workbooks_given")
POLICIES = load("lufeng-2022-2024")
FAMILY = [
    person(name="王老五", 证件号码=id_number(1), 联系电话="13800000001", 上年度人均纯收入=9500.5),
    person(name="李桂花", relation="配偶", 证件号码=id_number(2)),
    person(name="王小明", relation="之子", 务工区域="省外", 务工月数=7),
]
NEIGHBOUR = [person("H002", "赵单", 村民小组="6组", 户类别="边缘易致贫户", 监测状态="未消除", 特困="是")]


def take(tx: Transaction, content: bytes, today: date = TODAY, **more: Any) -> RosterSummary:
    """Import as the operator."""
    return import_roster(tx, None, read_roster(content, today), today=today, now=NOW, policies=POLICIES, **more)


def refused(content: bytes) -> list[tuple[str, str, str]]:
    """Cell, code and value of every error of a workbook that is refused."""
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(content, TODAY)
    return [(problem.cell, problem.code, problem.value) for problem in caught.value.problems if not problem.hint]


def hints(content: bytes) -> list[tuple[str, str]]:
    """Cell and code of every hint of a workbook that can be imported."""
    return [(problem.cell, problem.code) for problem in read_roster(content, TODAY).hints]


async def test_households_members_villages_and_groups_come_to_exist(db: Database) -> None:
    summary = await db.write(lambda tx: take(tx, roster(FAMILY + NEIGHBOUR)))
    assert (summary.new, summary.new_people, summary.updated, summary.unchanged, summary.absent) == (2, 4, 0, 0, 0)
    wang = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert wang is not None
    assert (wang.village, wang.group, wang.head, wang.members) == ("大石村", "五组", "王老五", 3)
    zhao = await db.read(lambda tx: households.by_code(tx, "H002"))
    assert zhao is not None
    assert (zhao.group, zhao.category, zhao.monitoring) == ("六组", Category.MARGINAL, Monitoring.ACTIVE)


async def test_a_second_import_of_the_same_file_changes_nothing_and_writes_no_audit_row(db: Database) -> None:
    content = roster(FAMILY + NEIGHBOUR, [{"村(社区)": "大石村", "农村人口数": 900, "脱贫村": "是"}])
    await db.write(lambda tx: take(tx, content))
    before = await db.read(lambda tx: audit.rows_of(tx, "roster"))
    summary = await db.write(lambda tx: take(tx, content, TODAY + timedelta(days=3)))
    assert summary == RosterSummary(unchanged=2)
    assert summary.nothing
    assert await db.read(lambda tx: audit.rows_of(tx, "roster")) == before
    assert len(before) == 1


async def test_a_dry_run_says_what_would_happen_and_writes_nothing(db: Database) -> None:
    summary = await db.read(lambda tx: take(tx, roster(FAMILY), dry_run=True))
    assert (summary.new, summary.new_people) == (1, 3)
    assert await db.read(households.codes) == {}


async def test_the_ways_of_writing_a_group_are_one_group(db: Database) -> None:
    rows = [person(f"H{n}", f"王{n}", 村民小组=written) for n, written in enumerate(["5组", "五组", "第五村民小组", 5])]
    await db.write(lambda tx: take(tx, roster(rows)))
    groups = await db.read(lambda tx: [group.name for group in villages.all_groups(tx)])
    assert groups == ["五组"]


async def test_the_first_round_is_spread_and_the_alone_come_first(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(township(700))))
    due = await db.read(lambda tx: [(h.next_due, h.category) for h in households.list_for(tx, EVERYTHING)])
    days = [day for day, _ in due if day is not None]
    assert len(days) == 700
    assert min(days) >= TODAY
    assert sum(day <= TODAY for day in days) < 30


async def test_a_changed_class_plans_the_next_visit_anew(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(township(60))))
    later = [row | {"户类别": "突发严重困难户", "监测状态": "未消除"} for row in township(60)]
    summary = await db.write(lambda tx: take(tx, roster(later)))
    assert summary.updated > 0
    assert summary.replanned > 0
    due = await db.read(lambda tx: [h.next_due for h in households.list_for(tx, EVERYTHING)])
    assert max(day for day in due if day) <= TODAY + timedelta(days=30)


async def test_a_household_that_moves_to_another_group_keeps_its_history(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    moved = [row | {"村民小组": "7组"} for row in FAMILY]
    summary = await db.write(lambda tx: take(tx, roster(moved)))
    assert (summary.updated, summary.unchanged) == (1, 0)
    wang = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert wang is not None
    assert wang.group == "七组"
    assert len(await db.read(lambda tx: households.groups_over_time(tx, wang.id))) == 2


async def test_without_an_id_a_person_is_matched_by_name_and_then_gets_the_id(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    given = [*FAMILY[:2], FAMILY[2] | {"证件号码": id_number(3, "20050505")}]
    summary = await db.write(lambda tx: take(tx, roster(given)))
    assert (summary.new_people, summary.updated) == (0, 1)
    found = await db.read(lambda tx: people.by_id_number(tx, id_number(3, "20050505")))
    assert found is not None
    assert (found.name, found.birth) == ("王小明", date(2005, 5, 5))


async def test_namesakes_in_one_household_stay_two_persons(db: Database) -> None:
    rows = [*FAMILY, person(name="王小明", relation="之孙子")]
    await db.write(lambda tx: take(tx, roster(rows)))
    assert (await names(db, "H001")).count("王小明") == 2
    assert (await db.write(lambda tx: take(tx, roster(rows)))).nothing


async def test_what_the_file_lacks_stays_and_is_counted(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY + NEIGHBOUR)))
    summary = await db.write(lambda tx: take(tx, roster(FAMILY[:2])))
    assert (summary.absent, summary.absent_people, summary.unchanged) == (1, 1, 1)
    assert await names(db, "H001") == ["王老五", "李桂花", "王小明"]


async def test_a_column_that_is_not_there_changes_nothing_and_a_blank_never_erases_id_or_phone(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    bare = [{key: row[key] for key in list(row)[:6]} for row in FAMILY]
    blank = [row | {"证件号码": None, "联系电话": None, "上年度人均纯收入": None} for row in FAMILY]
    assert (await db.write(lambda tx: take(tx, roster(bare)))).nothing
    assert (await db.write(lambda tx: take(tx, roster(blank)))).nothing


async def test_a_new_member_belongs_from_the_day_of_the_import_on(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    later = TODAY + timedelta(days=40)
    summary = await db.write(lambda tx: take(tx, roster([*FAMILY, person(name="王小宝", relation="之孙子")]), later))
    assert (summary.new, summary.new_people, summary.updated) == (0, 1, 1)
    members = await members_of(db, "H001")
    assert [member.joined_on for member in members] == [None, None, None, later]


async def test_somebody_known_by_id_comes_over_from_the_other_household(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY + NEIGHBOUR)))
    married = person("H002", "李桂花", "配偶", 证件号码=id_number(2), 村民小组="6组", 户类别="边缘易致贫户")
    rows = [FAMILY[0], FAMILY[2], *NEIGHBOUR, married]
    summary = await db.write(lambda tx: take(tx, roster(rows)))
    assert (summary.moved_people, summary.new_people) == (1, 0)
    assert await names(db, "H001") == ["王老五", "王小明"]
    assert await names(db, "H002") == ["赵单", "李桂花"]
    assert [problem.code for problem in summary.hints] == ["person-moves"]


async def test_somebody_who_died_is_not_brought_back_by_an_old_file(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    son = (await members_of(db, "H001"))[2]
    await db.write(lambda tx: people.leave(tx, son.id, TODAY, "death"))
    summary = await db.write(lambda tx: take(tx, roster(FAMILY)))
    assert summary.nothing
    assert [problem.code for problem in summary.hints] == ["person-left"]
    assert await names(db, "H001") == ["王老五", "李桂花"]


async def test_last_years_income_is_kept_as_the_figure_of_the_closed_statistical_year(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    wang = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert wang is not None
    assert await db.read(lambda tx: entries.annual_figure(tx, wang.id, 2023)) == 950_050
    raised = [FAMILY[0] | {"上年度人均纯收入": 9600}, *FAMILY[1:]]
    assert (await db.write(lambda tx: take(tx, roster(raised)))).updated == 1
    assert await db.read(lambda tx: entries.annual_figure(tx, wang.id, 2023)) == 960_000


async def test_village_facts_need_a_village_that_file_or_program_knows(db: Database) -> None:
    facts = [{"村(社区)": "小石村", "农村人口数": 900, "脱贫村": "是"}]
    with pytest.raises(WorkbookRefused) as caught:
        await db.write(lambda tx: take(tx, roster(FAMILY, facts)))
    assert [(problem.sheet, problem.cell, problem.code) for problem in caught.value.problems] == [
        ("村情", "A2", "village-unknown")
    ]
    assert await db.read(households.codes) == {}


async def test_only_the_town_imports(db: Database) -> None:
    def monitor_tries(tx: Transaction) -> None:
        staff_id = staff.insert(tx, "张网格")
        staff.add_assignment(tx, staff_id, Assignment(Role.MONITOR), NOW)
        monitor = staff.get(tx, staff_id)
        import_roster(tx, monitor, read_roster(roster(FAMILY), TODAY), today=TODAY, now=NOW, policies=POLICIES)

    with pytest.raises(Refused, match="not-allowed"):
        await db.write(monitor_tries)


async def test_each_changed_household_leaves_an_audit_row_that_names_fields_and_no_values(db: Database) -> None:
    await db.write(lambda tx: take(tx, roster(FAMILY)))
    await db.write(lambda tx: take(tx, roster([FAMILY[0] | {"户类别": "一般农户"}, *FAMILY[1:]])))
    wang = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert wang is not None
    rows = await db.read(lambda tx: audit.rows_of(tx, f"household:{wang.id}"))
    assert [row.details for row in rows] == ['{"fields":["category"]}']


async def test_progress_ends_at_the_number_of_rows(db: Database) -> None:
    seen: list[tuple[int, int]] = []
    await db.write(lambda tx: take(tx, roster(FAMILY + NEIGHBOUR), progress=lambda *at: seen.append(at)))
    assert seen[-1] == (4, 4)


def test_an_unknown_relation_names_the_cell_and_the_value() -> None:
    rows = [*FAMILY, person(name="王表", relation="表弟")]
    assert refused(roster(rows)) == [("F5", "list", "表弟")]


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ({"户类别": "富裕户"}, "D2", "list"),
        ({"姓名": ""}, "E2", "blank"),
        ({"户编号": None}, "C2", "blank"),
        ({"务工月数": "好几个"}, "G2", "whole"),
        ({"务工月数": 13}, "G2", "whole"),
        ({"低保": "大概"}, "G2", "flag"),
        ({"上年度人均纯收入": "一万"}, "G2", "amount"),
        ({"监测状态": "看情况"}, "G2", "list"),
        ({"证件号码": 532331197001010018}, "G2", "precision"),
        ({"联系电话": "13800"}, "G2", "phone"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error(change: dict[str, Any], cell: str, code: str) -> None:
    assert (cell, code) in [(at, sort) for at, sort, _ in refused(roster([person() | change]))]


def test_an_unknown_class_is_an_error_in_a_members_row_too_and_another_class_a_hint() -> None:
    def rows(category: str) -> bytes:
        return roster([person(), person(name="王小明", relation="之子", 户类别=category)])

    assert refused(rows("富裕户")) == [("D3", "list", "富裕户")]
    assert hints(rows("一般农户")) == [("D3", "other-than-head")]
    assert hints(rows("")) == []


def test_no_head_and_two_heads_are_errors() -> None:
    assert refused(roster([person(relation="配偶")])) == [("F2", "no-head", "配偶")]
    assert refused(roster([person(), person(name="王六")])) == [("F3", "two-heads", "户主")]


def test_one_id_twice_is_an_error_and_masked() -> None:
    rows = [person(证件号码=id_number(1)), person("H002", "赵单", 证件号码=id_number(1))]
    (cell, code, value) = refused(roster(rows))[0]
    assert (cell, code) == ("G3", "id-twice")
    assert value == "532" + "*" * 13 + id_number(1)[-2:]


def test_a_wrong_checksum_is_a_hint() -> None:
    number = id_number(1)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert hints(roster([person(证件号码=wrong)])) == [("G2", "id-checksum")]


def test_missing_sheet_and_missing_columns_are_named() -> None:
    assert refused(workbook({"其他": [["户编号"]]})) == [("", "no-sheet", "")]
    rows = table([person()])
    del rows[0][3], rows[1][3]
    assert refused(workbook({"成员": rows})) == [("A1", "no-column", "")]


def test_every_error_is_found_at_once() -> None:
    rows = [person(户类别="富裕户"), person(name="", relation="表弟"), person("H002", "赵单", "配偶")]
    assert [code for _, code, _ in refused(roster(rows))] == ["list", "blank", "list", "no-head"]


def test_a_title_above_the_header_and_full_width_brackets_are_forgiven() -> None:
    rows = table([person()])
    rows[0][0] = "村(社区)*"
    book = read_roster(workbook({"成员": [["大石镇花名册"], *rows]}), TODAY)
    assert [household.code for household in book.households] == ["H001"]
    assert book.households[0].head.row == 3


def test_example_rows_and_empty_rows_are_passed_over() -> None:
    rows = [person("示例", "张三", "表弟"), {"户编号": None}, person()]
    assert [household.code for household in read_roster(roster(rows), TODAY).households] == ["H001"]


def test_columns_that_are_not_read_are_named_once() -> None:
    (hint,) = read_roster(roster([person(民族="汉族", 政治面貌="群众")]), TODAY).hints
    assert (hint.cell, hint.code, hint.details) == ("G1", "unknown-columns", (("columns", "民族、政治面貌"),))


def test_spread_names_brackets_and_missing_ids_are_read_as_meant() -> None:
    rows = [person(name="王 五", 户类别="脱贫户(享受政策)", 证件号码="无"), person("H002", "赵单", 证件号码="无")]
    first = read_roster(roster(rows), TODAY).households[0]
    assert (first.people[0].name, first.values["category"]) == ("王五", Category.LIFTED)
    assert "id_number" not in first.people[0].values


async def test_a_class_that_is_no_longer_monitored_ends_the_state_nobody_spoke_of(db: Database) -> None:
    before = person(户类别="边缘易致贫户")
    await db.write(lambda tx: take(tx, roster([before])))
    found = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert found is not None
    assert found.monitoring is Monitoring.ACTIVE
    await db.write(lambda tx: take(tx, roster([before | {"户类别": "脱贫户"}])))
    found = await db.read(lambda tx: households.by_code(tx, "H001"))
    assert found is not None
    assert found.monitoring is Monitoring.NONE


def test_codes_and_phones_in_number_cells_are_read_whole() -> None:
    book = read_roster(roster([person(530123000001, 联系电话=13800000001)]), TODAY)
    assert book.households[0].code == "530123000001"
    assert book.households[0].people[0].values["phone"] == "13800000001"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b"no workbook", "a-text"), (b"<table>", "a-page"), (b"PK\x03\x04 broken", "no-workbook")],
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(content, TODAY)
    assert caught.value.problems == (Problem(code),)


def test_one_stray_cell_far_out_is_refused_and_fills_no_memory() -> None:
    """The reader would make room for all 17,000 million cells between it and the first one."""
    content = with_row(roster([person()]), '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(content, TODAY)
    assert caught.value.problems == (Problem("too-large"),)


def test_far_cells_without_content_are_no_matter() -> None:
    content = with_row(roster([person()]), '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert [household.code for household in read_roster(content, TODAY).households] == ["H001"]


def with_row(content: bytes, row: str) -> bytes:
    """A workbook with one more row in its sheets."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            in_sheet = name.startswith("xl/worksheets/")
            end = b"</sheetData>"
            target.writestr(name, part.replace(end, row.encode() + end) if in_sheet else part)
    return made.getvalue()


@pytest.mark.parametrize("name", ["roster.xls", "roster.xlsx", "roster.ods"])
def test_a_damaged_workbook_is_read_or_refused(name: str) -> None:
    """Cut off, or with some bytes changed; the reader panics at some of them."""
    whole, random = (GIVEN / name).read_bytes(), Random(8)
    for _ in range(60 if name != "roster.xls" else 20):  # a process of its own each
        damaged = bytearray(whole)
        for _ in range(random.choice([0, 1, 10, 100])):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        with suppress(WorkbookRefused):
            read_roster(bytes(damaged[: random.choice([len(whole), random.randrange(len(whole))])]), TODAY)


async def members_of(db: Database, code: str) -> list[Person]:
    """The members of a household today."""

    def read(tx: Transaction) -> list[Person]:
        return people.of_household(tx, households.codes(tx)[code])

    return await db.read(read)


async def names(db: Database, code: str) -> list[str]:
    """Their names."""
    return [member.name for member in await members_of(db, code)]
