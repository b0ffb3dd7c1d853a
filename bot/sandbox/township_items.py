"""Items of the ledger that the synthetic township uses, by the names that the policy pack gives them."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.income_kinds import Kind

PURE_INCOME = (Kind.WAGE, Kind.BUSINESS, Kind.PROPERTY, Kind.TRANSFER)


class Item:
    """Names of items; a test compares them with the shipped pack."""

    WAGE = "务工"
    POST = "公益岗"
    LAND_RENT = "土地流转"
    SUBSIDY = "耕地地力补贴"
    DIBAO = "低保"
    TEKUN = "特困供养"
    PENSION = "养老金"
    MEDICAL = "医疗支出"
    SCHOOL = "上学支出"
    CLAIM = "报销"
    GIFT = "慰问金"
    TOBACCO = "烤烟"
    UNCOUNTED: ClassVar[frozenset[str]] = frozenset({GIFT})


@dataclass(frozen=True, slots=True)
class Crop:
    """What a household grows or raises; `sold` and `bought` are places in the statistical year, October is 0."""

    item: str
    cost: str
    sold: tuple[int, ...]
    bought: tuple[int, ...]


CROPS = (
    Crop(Item.TOBACCO, "雇工", (0, 10, 11), (5, 6, 7)),
    Crop("玉米", "化肥", (0, 1, 2), (6, 7)),
    Crop("水稻", "种子种苗", (0, 1, 11), (7, 8)),
    Crop("核桃", "农药", (0, 11), (4, 5)),
    Crop("生猪", "饲料", (2, 3, 7), (0, 5)),
    Crop("肉牛", "仔畜", (3, 9), (1, 6)),
    Crop("蔬菜", "地膜", (1, 5, 6, 8), (2, 4)),
    Crop("野生菌", "燃料动力", (8, 9, 10, 11), (8,)),
)
