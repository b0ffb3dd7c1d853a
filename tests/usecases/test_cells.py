"""Cells as spreadsheets and tired people leave them: read for what they say, or told with what would be right."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.households import canonical_group
from bot.domain.traditional import _SIMPLIFIED, _TRADITIONAL
from bot.domain.workbooks import words
from bot.domain.workbooks.problems import WorkbookRefused
from bot.reports.import_messages import problem_line
from bot.usecases.workbooks import cells
from bot.usecases.workbooks.cells import Wrong
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import READERS, read_roster
from tests.support.storage import TODAY
from tests.support.workbooks import entry, income, person, roster

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
TO_TRADITIONAL = str.maketrans(dict(zip(_SIMPLIFIED, _TRADITIONAL, strict=True)))
LISTS: tuple[tuple[Callable[[str], object], tuple[str, ...]], ...] = (
    (words.category, tuple(words._CATEGORY)),
    (words.monitoring, tuple(words._MONITORING)),
    (words.kind, tuple(words._KIND)),
    (words.works_where, tuple(words._WHERE)),
    (words.relation, tuple(words._RELATION)),
    (words.education, tuple(words._EDUCATION)),
    (words.labour, tuple(words._LABOUR)),
    (words.health, tuple(words._HEALTH)),
    (words.public_post, tuple(words._POST)),
    (words.schooling, tuple(words._SCHOOLING)),
    (words.flag, tuple(words._TRUE | words._FALSE)),
    (canonical_group, ("五组", "第五村民小组", "5组", "5社")),
)
WORDS = [(read, word) for read, known in LISTS for word in known if word]


@given(st.sampled_from(WORDS), st.data())
def test_every_word_of_every_list_is_read_with_blanks_in_full_width_and_in_traditional_characters(
    known: tuple[Callable[[str], object], str], data: st.DataObject
) -> None:
    read, word = known
    written = word
    if data.draw(st.booleans()):
        written = written.translate(TO_TRADITIONAL)
    if data.draw(st.booleans()):
        written = written.translate(FULL_WIDTH)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(written)))
        written = written[:at] + data.draw(st.sampled_from((" ", "\u3000", "\xa0"))) + written[at:]
    assert read(written) == read(word)


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("category", "脫貧戶", "lifted"), ("category", "突發嚴重困難戶", "sudden"), ("relation", "戶 主", "户主"),
        ("health", "長期慢性病、殘疾", ("长期慢性病", "残疾")), ("health", "长期 慢性病", ("长期慢性病",)),
        ("health", "慢性病 残疾", ("长期慢性病", "残疾")), ("health", "慢性病残疾", ("长期慢性病", "残疾")),
        ("health", "肢体 残疾", ("残疾",)), ("education", "初 中", "初中"), ("labour", "無勞動力", "无劳动力"),
        ("monitoring", "风险 已消除", "removed"), ("works_where", "省 外", "out_of_province"),
        ("group", "第五村民小組", "五组"),
        ("schooling", "普通 高中", "普通高中"), ("public_post", "護林員", "护林员"), ("works_where", "無", "none"),
        ("monitor_name", "无", None), ("helper_name", "/", None), ("alias", "无", ()), ("education", "不详", None),
        ("work_months", "无", None), ("per_capita", "-", None), ("registered_on", "无", None),
    ],
)  # fmt: skip
def test_a_cell_is_read_for_what_it_says(column: str, written: str, value: object) -> None:
    assert READERS[column](written) == value


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("无", None), ("/", None), ("0", None), (0, None), ("—", None), ("-", None), ("没有电话", None), ("暂无", None),
        ("無", None), ("00000000000", None), ("", None), (13800000000, "13800000000"), ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"), ("+86 13800000000", "+8613800000000"), ("13800000000(儿子)", "13800000000"),
        ("13800000000(本人)", "13800000000"), ("13800000000/13900000000", "13800000000"),
        ("0878-6123456", "08786123456"),
        ("13800000000", "13800000000"), ("(0878)6123456", "08786123456"), (13800000000.0, "13800000000"),
    ],
)  # fmt: skip
def test_a_phone_is_read_or_there_is_none(raw: Any, number: str | None) -> None:
    assert cells.phone(raw) == number


@pytest.mark.parametrize(("raw", "digits"), [("138000", 6), (138000, 6), ("13800000000a", 11), ("138OOOOOOOO", 3)])
def test_a_phone_that_is_none_says_how_many_digits_it_has(raw: Any, digits: int) -> None:
    assert cells.phone(raw) == Wrong("phone", (("digits", str(digits)),))


def test_a_phone_that_a_spreadsheet_has_cut_is_told_as_such() -> None:
    assert cells.phone("1.38E+10") == Wrong("precision")


NOON = datetime(2019, 6, 1, 12)  # noqa: DTZ001 -- spreadsheets know no zones
MONTHS = [
    ("2024-02", "2024-02"), ("2024.2", "2024-02"), ("2024.1", "2024-01"), ("2024.10", "2024-10"), (202410, "2024-10"),
    (2024.11, "2024-11"), (2024.12, "2024-12"), (2024.02, "2024-02"), (2024.2, "2024-02"), (43617, "2019-06"),
    ("43617", "2019-06"), (43617.5, "2019-06"), (date(2019, 6, 1), "2019-06"), (NOON, "2019-06"),
    ("2024年2月", "2024-02"), ("2024年2月份", "2024-02"), ("2024年02月", "2024-02"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "month"), MONTHS)
def test_a_month_is_read_however_it_is_kept(raw: Any, month: str) -> None:
    assert cells.month(raw) == month


@pytest.mark.parametrize("reader", [cells.month, cells.day])
def test_the_number_2024_1_may_be_january_or_october_and_is_asked(reader: Callable[[Any], object]) -> None:
    assert reader(2024.10) == Wrong("month-cut", (("year", "2024"),))


@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)), st.sampled_from([int, float, str]))
def test_a_day_as_spreadsheets_number_it_is_that_day(day: date, kind: type) -> None:
    number = kind((day - date(1899, 12, 30)).days)
    found = cells.day(number)
    assert found == day if not isinstance(found, Wrong) else kind is float


@given(st.dates())
def test_only_days_of_these_two_centuries_are_taken(day: date) -> None:
    chinese = f"{day.year:04d}年{day.month}月{day.day}日"
    for raw in (day, day.isoformat(), chinese, day.isoformat().replace("-", "")):
        found = cells.day(raw)
        assert found == day if 1900 <= day.year <= 2100 else isinstance(found, Wrong) and found.code == "year"
        month = cells.month(day if isinstance(raw, date) else day.isoformat()[:7])
        inside = 2000 <= day.year <= 2100
        assert month == day.isoformat()[:7] if inside else isinstance(month, Wrong) and month.code == "year"


@given(st.one_of(st.floats(allow_nan=False), st.integers(), st.text(), st.timedeltas(), st.times(), st.booleans()))
def test_no_cell_breaks_a_reader(raw: Any) -> None:
    for read in (*READERS.values(), cells.month, cells.day, cells.flag, cells.code):
        read(raw)


BAD = {
    "联系电话": "12345", "医保": "大概", "务工月数": "好几个", "监测状态": "看情况",
    "健康状况": "还行", "文化程度": "蛮高",
    "劳动技能": "能干", "务工区域": "很远", "上年度人均纯收入": "一万",
    "识别时间": "0219-03-15", "年度人均增收目标": "多",
    "证件号码": "5.32331E+17",
}  # fmt: skip


@pytest.mark.parametrize(("title", "bad"), BAD.items())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_bad_cell_that_may_be_empty_shows_its_shape_and_what_is_right(title: str, bad: str, language: str) -> None:
    """One line for one cell, however many households the file has."""
    rows = [person(f"H{n:03d}", f"王{n}", **{title: bad if n == 7 else None}) for n in range(20)]
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(roster(rows), TODAY)
    [problem] = [each for each in caught.value.problems if not each.hint]
    line = problem_line(problem, language)
    assert problem.cell == "G9"
    assert title in line
    assert len(problem.value) == len(bad)
    assert len(line.partition('":')[2]) > 8


def test_a_month_before_the_ledger_or_after_it_is_told_with_the_years() -> None:
    book = read_income(income([entry(month="1985-02"), entry(month=date(2204, 2, 1)), entry(month=2024.1)]), TODAY)
    found = [(each.cell, each.code) for each in book.findings.problems]
    assert found == [("B2", "year"), ("B3", "year"), ("B4", "month-cut")]
    assert "2024-01" in problem_line(book.findings.problems[2])
    assert "2024-10" in problem_line(book.findings.problems[2])


def test_a_span_of_time_is_no_day() -> None:
    assert isinstance(cells.day(timedelta(days=3)), Wrong)
