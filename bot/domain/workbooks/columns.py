"""Sheets and columns of every workbook, in the order in which they stand."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import EDUCATION, HEALTH, LABOUR, RELATIONS
from bot.domain.workbooks import words

EXAMPLE = "示例"
"""Rows whose 户编号 (in 村情: whose village) is this word are examples and never imported."""

MEMBERS = "成员"
VILLAGE_FACTS = "村情"
INCOME = "收入"
ANNUAL = "年度"
HELP = "说明"
PROBLEMS = "问题"


class Form(StrEnum):
    """How a cell is typed in a workbook that we write, and read in one that we are given."""

    TEXT = "text"  # kept as text even when it looks like a number: codes, ID and phone numbers, months
    WORDS = "words"  # ordinary text or a word of a list
    FLAG = "flag"  # 是 or 否
    WHOLE = "whole"  # a whole number
    YUAN = "yuan"  # an amount in yuan, two decimals at most
    DAY = "day"  # a calendar day


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `key` names the field it fills, `choices` feed the drop-down (binding when `strict`)."""

    key: str
    title: str
    form: Form = Form.WORDS
    required: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = True
    width: int = 12
    sensitive: bool = False  # ID number, phone, health: not for a viewer
    example: str | float = ""


def _flag(key: str, title: str, example: str = "否") -> Column:
    return Column(key, title, Form.FLAG, choices=words.YES_NO, width=max(8, 2 * len(title) + 2), example=example)


VILLAGE = Column("village", "村(社区)", required=True, width=14, example="示例村")
GROUP = Column("group", "村民小组", required=True, width=11, example="五组")
CODE = Column("code", "户编号", Form.TEXT, required=True, width=14, example=EXAMPLE)
HEAD = Column("head", "户主", width=10)

HOUSEHOLD = (
    VILLAGE,
    GROUP,
    CODE,
    Column("category", "户类别", required=True, choices=tuple(words.CATEGORIES.values()), width=16, example="脱贫户"),
    Column("monitoring", "监测状态", choices=("未消除", "已消除"), width=10),
)
"""Columns that open each row of the sheet 成员; read from the head's row."""

PERSON = (
    Column("name", "姓名", required=True, width=10, example="张三"),
    Column("relation", "与户主关系", required=True, choices=tuple(RELATIONS), width=13, example="户主"),
    Column("id_number", "证件号码", Form.TEXT, width=22, sensitive=True, example="532331197001010015"),
    Column("phone", "联系电话", Form.TEXT, width=14, sensitive=True, example="13800000000"),
    Column("health", "健康状况", choices=HEALTH, strict=False, width=14, sensitive=True, example="健康"),
    Column("education", "文化程度", choices=EDUCATION, width=13, example="初中"),
    Column("schooling", "在校生状况", choices=words.SCHOOLING, strict=False, width=12),
    Column("labour", "劳动技能", choices=LABOUR, width=20, example="普通劳动力"),
    Column("works_where", "务工区域", choices=tuple(words.WORKS_WHERE.values()), width=11, example="省外"),
    Column("work_months", "务工月数", Form.WHOLE, width=10, example=7),
    Column("public_post", "公益岗", choices=words.PUBLIC_POSTS, strict=False, width=10),
    _flag("insured", "医保", "是"),
    _flag("dibao", "低保"),
    _flag("tekun", "特困"),
)

HOUSEHOLD_MORE = (
    Column("monitor_name", "网格员", width=10, example="李四"),
    Column("helper_name", "帮扶责任人", width=12, example="赵六"),
    Column("per_capita", "上年度人均纯收入", Form.YUAN, width=18, example=15905),
    Column("registered_on", "识别时间", Form.DAY, width=12),
    _flag("has_conditions", "有产业条件", "是"),
    _flag("cohort", "有条件有意愿群体", "是"),
    _flag("plan", "一户一方案", "是"),
    _flag("card", "一户一卡", "是"),
    _flag("ledger", "一户一本记账本", "是"),
    Column("goal_fen", "年度人均增收目标", Form.YUAN, width=18),
)
"""Columns of a household that may be left out of a workbook."""

RELOCATED = _flag("relocated", "易地搬迁")
COOP = _flag("coop", "合作社", "是")
ALIAS = Column("alias", "别名", width=12, example="老三")

PERSON_MORE = (
    _flag("willing", "有劳动意愿", "是"),
    _flag("certificate", "技能证书"),
    _flag("trained", "本年度参加培训"),
    _flag("pension", "养老保险", "是"),
)

ROSTER = (*HOUSEHOLD, *PERSON, RELOCATED, COOP, ALIAS, *HOUSEHOLD_MORE, *PERSON_MORE)
HOUSEHOLD_KEYS = frozenset(column.key for column in (*HOUSEHOLD, RELOCATED, *HOUSEHOLD_MORE))
"""Fields of the household; all other columns of the sheet 成员 are the person's."""

VILLAGES = (
    Column("village", "村(社区)", required=True, width=16, example=EXAMPLE),
    Column("rural_population", "农村人口数", Form.WHOLE, required=True, width=14, example=1860),
    Column("lifted", "脱贫村", Form.FLAG, required=True, choices=words.YES_NO, width=10, example="是"),
)

ENTRIES = (
    CODE,
    Column("month", "月份", Form.TEXT, required=True, width=12, example="2024-02"),
    Column("kind", "类别", required=True, choices=tuple(words.KINDS.values()), width=14, example="工资性收入"),
    Column("item", "项目", required=True, width=16, example="务工工资"),
    Column("amount", "金额", Form.YUAN, required=True, width=14, example=3500),
    Column("member", "姓名", width=10, example="张三"),
    Column("note", "备注", width=30, example="昆明建筑工地"),
)
FIGURES = (
    CODE,
    Column("year", "年度", Form.WHOLE, required=True, width=10, example=2023),
    Column("per_capita", "人均纯收入", Form.YUAN, required=True, width=16, example=15905),
)

LEDGER = (
    Column("number", "编号", Form.TEXT, width=16),
    CODE,
    HEAD,
    VILLAGE,
    GROUP,
    Column("month", "月份", Form.TEXT, width=10),
    Column("kind", "类别", width=14),
    Column("item", "项目", width=16),
    Column("amount", "金额", Form.YUAN, width=14),
    Column("counted", "计入", Form.FLAG, width=7),
    Column("estimate", "估算", Form.FLAG, width=7),
    Column("author", "记录人", width=10),
    Column("at", "记账时间", Form.TEXT, width=18),
    Column("reverses", "冲正", Form.TEXT, width=16),
)
VISITS = (
    Column("number", "编号", Form.TEXT, width=14),
    CODE,
    HEAD,
    Column("visited_on", "走访日期", Form.TEXT, width=12),
    Column("mode", "方式", width=8),
    Column("findings", "情况", width=40),
    Column("problems", "问题", width=40),
    Column("author", "走访人", width=10),
)
