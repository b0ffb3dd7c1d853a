"""Synthetic workbooks for tests and benchmarks; no real person's data."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from stdnum.cn.ric import calc_check_digit

from bot.domain.workbooks.columns import ANNUAL, INCOME, MEMBERS, VILLAGE_FACTS

Row = Mapping[str, Any]
REQUIRED = ("村(社区)", "村民小组", "户编号", "户类别", "姓名", "与户主关系")


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook from its sheets' rows, the first row at the top; texts stay texts."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.add_write_handler(type(None), lambda sheet, row, column, _value, _format=None: 0)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(number, place, value, days if hasattr(value, "isoformat") else None)
    return out.getvalue()


def table(rows: Iterable[Row], always: Sequence[str] = ()) -> list[list[Any]]:
    """Rows given by column title as a header and lines; the header has every title that any row names."""
    lines = list(rows)
    titles = list(dict.fromkeys([*always, *(title for row in lines for title in row)]))
    return [titles, *([row.get(title) for title in titles] for row in lines)]


def person(code: str = "H001", name: str = "王老五", relation: str = "户主", **more: Any) -> dict[str, Any]:
    """One row of the sheet 成员 by column title; anything may be replaced or added."""
    row = dict(zip(REQUIRED, ("大石村", "五组", code, "脱贫户", name, relation), strict=True))
    return row | more


def roster(rows: Iterable[Row], facts: Iterable[Row] | None = None) -> bytes:
    """A roster workbook of rows as `person` gives them, with the sheet 村情 if asked for."""
    sheets = {MEMBERS: table(rows, REQUIRED)}
    if facts is not None:
        sheets[VILLAGE_FACTS] = table(facts, ("村(社区)", "农村人口数", "脱贫村"))
    return workbook(sheets)


def entry(code: str = "H001", month: Any = "2024-02", kind: str = "工资性收入", **more: Any) -> dict[str, Any]:
    """One row of the sheet 收入."""
    return {"户编号": code, "月份": month, "类别": kind, "项目": "务工工资", "金额": 3500} | more


def income(rows: Iterable[Row] | None = None, figures: Iterable[Row] | None = None) -> bytes:
    """An income workbook; a sheet that is not given is missing."""
    sheets = {}
    if rows is not None:
        sheets[INCOME] = table(rows, ("户编号", "月份", "类别", "项目", "金额"))
    if figures is not None:
        sheets[ANNUAL] = table(figures, ("户编号", "年度", "人均纯收入"))
    return workbook(sheets)


def id_number(serial: int, birth: str = "19700101") -> str:
    """A made-up ID number with a right checksum; `serial` below 1,000."""
    body = f"532331{birth}{serial:03d}"
    return body + str(calc_check_digit(body + "0"))


def township(households: int, *, villages: int = 5, groups: int = 8) -> list[dict[str, Any]]:
    """Rows of a large synthetic roster: about 2.8 members a household, most columns filled."""
    rows: list[dict[str, Any]] = []
    relations = ("户主", "配偶", "之子", "之女")
    classes = ("脱贫户", "脱贫户", "脱贫户", "边缘易致贫户", "脱贫不稳定户", "突发严重困难户", "一般农户")
    for number in range(households):
        for place in range(1 + (number * 7) % 4 + (number % 5 == 0)):
            serial = len(rows)
            rows.append(_member(number, serial, relations[min(place, 3)], classes[number % 7], villages, groups))
    return rows


def _member(number: int, serial: int, relation: str, category: str, villages: int, groups: int) -> dict[str, Any]:
    surnames, given = "王李张刘陈杨赵黄周吴", "桂兰秀英建国志明春华海燕"
    birth = f"{1940 + serial % 60}{1 + serial % 12:02d}{1 + serial // 1000 % 28:02d}"
    return {
        "村(社区)": f"第{number % villages + 1}村",
        "村民小组": f"{number // villages % groups + 1}组",
        "户编号": f"LF{number:06d}",
        "户类别": category,
        "监测状态": "未消除" if category not in {"脱贫户", "一般农户"} else None,
        "姓名": surnames[number % 10] + given[serial % 12] + given[serial // 12 % 12],
        "与户主关系": relation,
        "证件号码": id_number(serial % 1000, birth),
        "联系电话": f"138{serial:08d}",
        "健康状况": "长期慢性病" if serial % 9 == 0 else "健康",
        "文化程度": "初中",
        "劳动技能": "普通劳动力",
        "务工区域": "省外" if serial % 4 == 0 else None,
        "务工月数": 8 if serial % 4 == 0 else None,
        "医保": "是",
        "低保": "是" if serial % 11 == 0 else "否",
        "网格员": f"网格员{number % 30}",
        "帮扶责任人": f"帮扶人{number % 40}",
        "上年度人均纯收入": 9000 + number % 90 * 100.5,
    }
