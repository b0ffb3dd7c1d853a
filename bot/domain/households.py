"""Households, villages and village groups."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain import spelling
from bot.domain.traditional import simplified

DIGITS = "零一二三四五六七八九"


class Category(StrEnum):
    """The class 户类别 of a household."""

    LIFTED = "lifted"  # 脱贫户
    UNSTABLE = "unstable"  # 脱贫不稳定户
    MARGINAL = "marginal"  # 边缘易致贫户
    SUDDEN = "sudden"  # 突发严重困难户
    ORDINARY = "ordinary"  # 一般农户


MONITORED = frozenset({Category.UNSTABLE, Category.MARGINAL, Category.SUDDEN})
"""The three classes of 监测户 (易返贫致贫户)."""


class Monitoring(StrEnum):
    """Monitoring state 监测状态; recorded as people decided it, never inferred."""

    ACTIVE = "active"  # 未消除
    REMOVED = "removed"  # 已消除
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Village:
    """A village 村(社区); `rural_population` in persons, unknown until the sheet 村情 tells it."""

    id: int
    name: str
    rural_population: int | None = None
    lifted: bool = False  # 脱贫村


@dataclass(frozen=True, slots=True)
class Group:
    """A village group 村民小组; `name` in canonical form (see `canonical_group`)."""

    id: int
    village_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Household:
    """One household as it is today; dated history (groups, members) is kept in storage."""

    id: int
    code: str  # 户编号
    village_id: int
    village: str
    group_id: int
    group: str
    category: Category
    head: str  # 户主's name
    members: int  # persons with an open membership
    monitoring: Monitoring = Monitoring.NONE
    relocated: bool = False  # 易地搬迁
    has_conditions: bool = False  # has conditions for industry
    cohort: bool = False  # in the named cohort of plan 三(一)3
    plan: bool = False  # 一户一方案 present
    card: bool = False  # 一户一卡 present
    ledger: bool = False  # 一户一本记账本 present on paper
    monitor_name: str | None = None  # roster label 网格员
    helper_name: str | None = None  # roster label 帮扶责任人
    goal_fen: int | None = None  # 年度增收目标 per head, fen, when set in the plan
    registered_on: date | None = None
    left_on: date | None = None
    imported_on: date | None = None
    first_due: date | None = None  # first round, spread at import
    next_due: date | None = None
    due_reason: str = "first"  # which cadence rule gave next_due: first problem active key removed lifted ordinary
    last_visit: date | None = None
    muted_until: date | None = None
    readable: bool = True  # False: a value of its row is damaged, and what stands here for it is not known


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals: 5 → 五, 12 → 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


_VILLAGE = re.compile(r"(村民委员会|村委会|村委|村)$")
_COMMUNITY = re.compile(r"(社区居民委员会|社区居委会|社区)$")


def village_key(name: str) -> str:
    """What the ways of writing one village share: `大石村`, `大石 村` and `大石村委会` are one, 大石社区 is another."""
    plain = simplified(spelling.key(name))
    community = _COMMUNITY.sub("", plain)
    return f"{community} 社区" if community != plain else _VILLAGE.sub("", plain) or plain


_NUMERALS = {numeral(number): number for number in range(1, 100)}


def canonical_group(written: str) -> str:
    """One name for one village group.

    `5组`, `五组`, `第五村民小组` and `5` are `五组`; other names stay.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))
    simple = simplified(text)
    core = re.sub(r"(村民小组|村小组|小组|组|社)$", "", simple.removeprefix("第"))
    number = int(core) if core.isdecimal() else _NUMERALS.get(core)
    if number is not None and 1 <= number <= 99:
        return numeral(number) + "组"
    return text
