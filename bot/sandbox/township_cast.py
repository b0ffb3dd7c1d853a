"""The hand-written households of the first monitor.

They are there so that sentences of the field find whom they name.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.checks import Check, CheckState
from bot.domain.households import Category, Monitoring
from bot.domain.people import HEAD, HEALTHY, SPOUSE
from bot.sandbox.township_model import Call, Home, Problem, Resident
from bot.sandbox.township_people import Families

CHRONIC = ("长期慢性病",)
ABLE, HALF, UNABLE = "普通劳动力", "弱劳动力或半劳动力", "无劳动力"
HOME_VILLAGE = 0
RESERVED_SURNAMES = frozenset("王赵张李杨")
"""No other head of the first monitor's grid has these, so that 王家 and 赵家 mean one household."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the cast; `work` is where and for how many months."""

    name: str
    relation: str
    age: int
    male: bool
    labour: str
    work: tuple[str, int] | None = None
    learns: str = "小学"  # education, or schooling when `pupil`
    pupil: bool = False
    health: tuple[str, ...] = (HEALTHY,)
    alias: tuple[str, ...] = ()
    dibao: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One household of the cast; `due_in` in days, `level` as a share of its group's mean income."""

    group: int
    parts: tuple[Part, ...]
    category: Category = Category.LIFTED
    monitoring: Monitoring = Monitoring.NONE
    helper: str | None = None
    due_in: int | None = None
    level: float | None = None
    scripted: bool = False
    fresh: bool = False
    tries: int = 0
    leaks: bool = field(default=False)


CAST = (
    Script(
        5,
        (
            Part("王老五", HEAD, 52, True, HALF, ("in_county", 4), alias=("老五",)),
            Part("李桂花", SPOUSE, 50, False, ABLE, ("none", 0)),
            Part("王小明", "之子", 24, True, ABLE, ("in_province", 9), learns="初中"),
            Part("普秀英", "之母", 77, False, UNABLE, learns="文盲或半文盲", health=CHRONIC, dibao=True),
        ),
        Category.UNSTABLE,
        Monitoring.ACTIVE,
        helper="李雪梅",
        due_in=0,
        scripted=True,
    ),
    Script(
        3,
        (
            Part("李红英", HEAD, 41, False, ABLE, ("in_county", 8), learns="初中", alias=("英子",)),
            Part("周建华", SPOUSE, 43, True, "技能劳动力", ("in_county", 10), learns="初中"),
            Part("周小雨", "之女", 14, False, UNABLE, learns="初中", pupil=True),
            Part("何兰珍", "之婆婆", 72, False, HALF, ("none", 0), learns="文盲或半文盲", health=CHRONIC),
        ),
        due_in=-1,
        level=0.97,
    ),
    Script(
        5,
        (
            Part("李红英", HEAD, 55, False, ABLE, ("in_county", 5)),
            Part("杨光福", SPOUSE, 57, True, ABLE, ("in_county", 6)),
            Part("杨志伟", "之子", 29, True, ABLE, ("out_of_province", 10), learns="高中"),
        ),
        due_in=23,
        level=1.05,
    ),
    Script(
        3,
        (
            Part("张三", HEAD, 51, True, ABLE, ("in_county", 3)),
            Part("普翠仙", SPOUSE, 49, False, ABLE, ("none", 0)),
            Part("张磊", "之子", 26, True, ABLE, ("out_of_province", 7), learns="高中"),
        ),
        due_in=0,
        level=0.9,
    ),
    Script(
        5,
        (
            Part("李四", HEAD, 48, True, ABLE, ("in_county", 6), learns="初中", alias=("李老四",)),
            Part("周翠仙", SPOUSE, 46, False, ABLE, ("none", 0)),
            Part("李小龙", "之子", 20, True, UNABLE, learns="本科", pupil=True),
        ),
        due_in=0,
        level=0.86,
    ),
    Script(
        5,
        (
            Part("赵国才", HEAD, 58, True, HALF, ("none", 0)),
            Part("何兰芬", SPOUSE, 56, False, HALF, ("none", 0), health=CHRONIC),
            Part("赵云飞", "之子", 31, True, ABLE, ("in_province", 10), learns="初中"),
        ),
        Category.MARGINAL,
        Monitoring.ACTIVE,
        helper="潘海涛",
        due_in=-9,
        level=0.75,
        tries=2,
    ),
    Script(
        5,
        (
            Part("杨文学", HEAD, 63, True, HALF, ("none", 0), alias=("杨老倌",)),
            Part("周桂芝", SPOUSE, 61, False, HALF, ("none", 0)),
            Part("杨丽", "之女", 33, False, ABLE, ("in_province", 11), learns="大专"),
        ),
        due_in=-2,
        level=0.8,
        leaks=True,
    ),
    Script(
        3,
        (
            Part("杨德昌", HEAD, 45, True, ABLE, ("in_county", 9), learns="初中", alias=("昌哥",)),
            Part("吴琼珍", SPOUSE, 44, False, ABLE, ("in_county", 5)),
            Part("杨欢", "之子", 17, True, UNABLE, learns="中职", pupil=True),
            Part("杨晓梅", "之女", 11, False, UNABLE, learns="小学", pupil=True),
        ),
        due_in=12,
        level=1.1,
    ),
    Script(
        3,
        (
            Part("普正兴", HEAD, 39, True, ABLE, ("in_county", 10), learns="初中"),
            Part("段晓燕", SPOUSE, 37, False, ABLE, ("in_county", 6), learns="初中"),
            Part("普家宝", "之子", 8, True, UNABLE, learns="小学", pupil=True),
        ),
        due_in=0,
        fresh=True,
    ),
    Script(
        5,
        (
            Part("董学文", HEAD, 60, True, HALF, ("none", 0), learns="高中", alias=("董老师",)),
            Part("起兰芬", SPOUSE, 58, False, ABLE, ("none", 0)),
        ),
        due_in=31,
    ),
    Script(
        3,
        (
            Part("董雪文", HEAD, 44, True, ABLE, ("in_province", 8), learns="初中"),
            Part("沙美珍", SPOUSE, 42, False, ABLE, ("none", 0), learns="初中"),
            Part("董小梅", "之女", 19, False, UNABLE, learns="高职高专", pupil=True),
        ),
        due_in=40,
    ),
)

LEAK = "厨房漏雨,说好月底补瓦"


def cast(families: Families, today: date) -> list[Home]:
    """The households of the cast, with their people; codes, visits and money are given later."""
    return [_home(script, families, today) for script in CAST]


def _home(script: Script, families: Families, today: date) -> Home:
    home = Home("", HOME_VILLAGE, script.group, script.category, [_resident(part, families) for part in script.parts])
    home.monitoring, home.helper = script.monitoring, script.helper
    home.due_in, home.level, home.scripted = script.due_in, script.level, script.scripted
    home.fresh, home.tries = script.fresh, script.tries
    if script.leaks:
        found = Call(today - timedelta(days=9), all_ok=False, checks={Check.HOUSING: CheckState.PROBLEM}, note=LEAK)
        home.calls.append(found)
        home.problems.append(Problem(Check.HOUSING, found.on, LEAK, found))
    return home


def _resident(part: Part, families: Families) -> Resident:
    one = families.resident(part.name, part.relation, part.age, male=part.male)
    one.labour, one.willing, one.health, one.alias = part.labour, part.labour != UNABLE, part.health, part.alias
    if part.pupil:
        one.schooling = part.learns
    else:
        one.education = part.learns
    if part.work is not None:
        one.works_where, one.work_months = part.work
    one.dibao, one.insured, one.pension = part.dibao, True, not part.pupil
    one.coop = part.relation == HEAD
    return one
