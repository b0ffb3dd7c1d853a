"""Persons and their dated memberships; national value lists."""

from dataclasses import dataclass
from datetime import date

HEAD = "户主"
SPOUSE = "配偶"
RELATIONS = (
    "户主 配偶 之子 之女 之儿媳 之女婿 之孙子 之孙女 之外孙子 之外孙女 之父 之母 之岳父 之岳母 之公公 之婆婆 "
    "之祖父 之祖母 之外祖父 之外祖母 之兄弟姐妹 之曾孙子 之曾孙女 之侄儿 之侄女 之兄弟媳妇 之叔伯 其他"
).split()
EDUCATION = tuple("文盲或半文盲 小学 初中 高中 大专 本科及以上".split())
HEALTHY = "健康"
HEALTH = (HEALTHY, "长期慢性病", "患有大病", "残疾")
LABOUR = tuple("普通劳动力 技能劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力".split())
ABLE = frozenset(LABOUR[:3])
"""Labour values that mean labour ability (有劳动能力)."""
WORKS_WHERE = ("in_county", "in_province", "out_of_province", "none")


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the open (or last) membership; values of lists as the national system writes them.

    `id_number` and `phone` are None unless the caller asked storage to open them.
    """

    id: int
    household_id: int
    name: str
    relation: str
    alias: tuple[str, ...] = ()
    id_number: str | None = None
    phone: str | None = None
    birth: date | None = None  # from the ID number
    health: tuple[str, ...] = ()
    education: str | None = None  # exactly one of education or schooling 在校生状况
    schooling: str | None = None
    labour: str | None = None
    willing: bool | None = None
    works_where: str | None = None  # one of WORKS_WHERE
    work_months: int | None = None
    public_post: str | None = None  # 公益岗, 护林员
    certificate: bool = False
    trained: bool = False
    insured: bool | None = None  # 医保
    pension: bool | None = None
    dibao: bool = False  # 低保
    tekun: bool = False  # 特困
    coop: bool = False  # 合作社
    joined_on: date | None = None
    left_on: date | None = None
    left_why: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """One membership in days; both ends inclusive, an open end is None."""

    joined_on: date | None
    left_on: date | None

    def covers(self, day: date) -> bool:
        """Whether the person belongs to the household on `day`."""
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or day <= self.left_on)
