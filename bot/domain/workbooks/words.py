"""The Chinese words of workbooks and the values they stand for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.domain.checks import Check, Mode
from bot.domain.households import Category, Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.people import EDUCATION, HEALTH, LABOUR, RELATIONS
from bot.domain.traditional import simplified

YES, NO = "是", "否"
YES_NO = (YES, NO)

CATEGORIES: dict[Category, str] = {
    Category.LIFTED: "脱贫户",
    Category.UNSTABLE: "脱贫不稳定户",
    Category.MARGINAL: "边缘易致贫户",
    Category.SUDDEN: "突发严重困难户",
    Category.ORDINARY: "一般农户",
}
MONITORING: dict[Monitoring, str] = {
    Monitoring.ACTIVE: "未消除",
    Monitoring.REMOVED: "已消除",
    Monitoring.NONE: "",
}
KINDS: dict[Kind, str] = {
    Kind.WAGE: "工资性收入",
    Kind.BUSINESS: "经营性收入",
    Kind.BUSINESS_COST: "经营性支出",
    Kind.PROPERTY: "财产性收入",
    Kind.TRANSFER: "转移性收入",
    Kind.RIGID: "合规自付支出",
    Kind.CLAIM: "理赔收入",
}
CHECKS: dict[Check, str] = {
    Check.INCOME: "收入",
    Check.FOOD: "吃饭",
    Check.CLOTHING: "穿衣",
    Check.EDUCATION: "教育",
    Check.MEDICAL: "医疗",
    Check.HOUSING: "住房",
    Check.WATER: "饮水",
}
ALL_FINE, FINE, AMISS, NOBODY_HOME = "一切正常", "正常", "有问题", "家中无人"
IMPORTED = "导入"
"""Who recorded an entry that came with a workbook."""
MODES: dict[Mode, str] = {Mode.HOME: "入户", Mode.PHONE: "电话"}
WORKS_WHERE = {"in_county": "县内", "in_province": "县外省内", "out_of_province": "省外", "none": "未务工"}
PUBLIC_POSTS = ("公益岗", "护林员")
SCHOOLING = ("学前教育", "小学", "初中", "普通高中", "中职", "高职高专", "本科", "硕士及以上")

_ALSO_CATEGORY = {
    "脱贫": "脱贫户",
    "已脱贫户": "脱贫户",
    "建档立卡户": "脱贫户",
    "脱贫不稳定": "脱贫不稳定户",
    "边缘易致贫": "边缘易致贫户",
    "边缘户": "边缘易致贫户",
    "突发严重困难": "突发严重困难户",
    "突发困难户": "突发严重困难户",
    "一般户": "一般农户",
    "农户": "一般农户",
}
_ALSO_MONITORING = {
    "风险未消除": "未消除",
    "未消除风险": "未消除",
    "监测中": "未消除",
    "风险已消除": "已消除",
    "已消除风险": "已消除",
    "稳定消除": "已消除",
    "无": "",
    "否": "",
    "-": "",
    "/": "",
    "未监测": "",
}
_ALSO_KIND = {
    "工资": "工资性收入",
    "工资收入": "工资性收入",
    "务工收入": "工资性收入",
    "经营收入": "经营性收入",
    "生产经营性收入": "经营性收入",
    "经营支出": "经营性支出",
    "经营成本": "经营性支出",
    "生产经营性支出": "经营性支出",
    "财产收入": "财产性收入",
    "转移收入": "转移性收入",
    "合规自付": "合规自付支出",
    "刚性支出": "合规自付支出",
    "理赔": "理赔收入",
}
_ALSO_WHERE = {
    **dict.fromkeys(("乡内", "镇内", "乡镇内", "乡(镇)内", "本乡镇", "乡镇外县内", "乡(镇)外县内", "本县"), "县内"),
    **dict.fromkeys(
        ("省内", "省内县外", "县外市内", "县外州内", "市外省内", "州外省内", "市内", "州内", "市内县外", "州内县外"),
        "县外省内",
    ),
    **dict.fromkeys(("外省", "境外", "国外"), "省外"),
    **dict.fromkeys(("无", "否", "-", "/", "未外出务工", "不务工", "未外出"), "未务工"),
}
_ALSO_EDUCATION = {
    "文盲": "文盲或半文盲",
    "半文盲": "文盲或半文盲",
    "文盲、半文盲": "文盲或半文盲",
    "中专": "高中",
    "职高": "高中",
    "高职": "大专",
    "专科": "大专",
    "本科": "本科及以上",
    "大学": "本科及以上",
    "研究生": "本科及以上",
}
_ALSO_HEALTH = {"良好": "健康", "慢性病": "长期慢性病", "慢病": "长期慢性病", "大病": "患有大病", "残疾人": "残疾"}
_ALSO_LABOUR = {"弱劳动力": "弱劳动力或半劳动力", "半劳动力": "弱劳动力或半劳动力", "无": "无劳动力"}
_ALSO_POST = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "1", "乡村公益性岗位", "公益性岗位", "公益岗位", "true"), "公益岗"),
    **dict.fromkeys(("生态护林员", "林管员"), "护林员"),
    **dict.fromkeys(("否", "无", "×", "0", "-", "/", "false"), ""),
}
_YES_WORDS = "是 有 对 √ ✓ ✔ 1 y yes true 已参保 参保 已参加 参加 已享受 享受 已加入 加入"
_NO_WORDS = "否 无 不是 没有 × ✗ x 0 - / n no false 未参保 未参加 未享受 未加入"
_TRUE, _FALSE = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())


def plain(text: str) -> str:
    """Text as it is compared: one width, simplified, no spaces, no star of a required column, small letters."""
    return re.sub(r"[\s*]+", "", simplified(unicodedata.normalize("NFKC", text))).lower()


_NOTHING = frozenset(
    "无 没有 暂无 不详 未知 不清楚 不知道 空 空白 待补 待填 - -- — —— / // \\ none null n/a #n/a".split()
)


def nothing(text: str) -> bool:
    """Whether a cell says in a word that there is nothing to say: 无, /, 不详."""
    return plain(text) in _NOTHING


def _table(values: Iterable[str], also: Mapping[str, str] | None = None) -> dict[str, str]:
    return {plain(word): value for word, value in [*((value, value) for value in values), *(also or {}).items()]}


_CATEGORY = _table(CATEGORIES.values(), _ALSO_CATEGORY)
_CATEGORY_OF = {chinese: value for value, chinese in CATEGORIES.items()}
_MONITORING = _table(MONITORING.values(), _ALSO_MONITORING)
_MONITORING_OF = {chinese: value for value, chinese in MONITORING.items()}
_KIND = _table(KINDS.values(), _ALSO_KIND)
_KIND_OF = {chinese: value for value, chinese in KINDS.items()}
_WHERE = _table(WORKS_WHERE.values(), _ALSO_WHERE)
_WHERE_OF = {chinese: value for value, chinese in WORKS_WHERE.items()}
_RELATION = {
    **{relation.removeprefix("之"): relation for relation in RELATIONS},
    **{relation: relation for relation in RELATIONS},
    "本人或户主": "户主",
    "本人": "户主",
}
_EDUCATION = _table(EDUCATION, _ALSO_EDUCATION)
_HEALTH = _table(HEALTH, _ALSO_HEALTH)
_LABOUR = _table(LABOUR, _ALSO_LABOUR)
_POST = _table(PUBLIC_POSTS, _ALSO_POST)
_SCHOOLING = _table(SCHOOLING)


def category(text: str) -> Category | None:
    """The class a cell names, in Chinese, whatever follows in brackets (脱贫户(享受政策)); None when unknown."""
    said, _, note = plain(text).partition("(")
    word = _CATEGORY.get(said if note.endswith(")") else plain(text))
    return None if word is None else _CATEGORY_OF[word]


def monitoring(text: str) -> Monitoring | None:
    """The monitoring state a cell names; None when unknown."""
    word = _MONITORING.get(plain(text))
    return None if word is None else _MONITORING_OF[word]


def kind(text: str) -> Kind | None:
    """The kind a cell names, in Chinese or by its code; None when unknown."""
    folded = plain(text)
    if folded in {member.value for member in Kind}:
        return Kind(folded)
    word = _KIND.get(folded)
    return None if word is None else _KIND_OF[word]


def works_where(text: str) -> str | None:
    """Where somebody works, one of `WORKS_WHERE`'s keys; None when unknown."""
    word = _WHERE.get(plain(text))
    return None if word is None else _WHERE_OF[word]


def relation(text: str) -> str | None:
    """The relation to the head as the national list writes it; a missing 之 is forgiven."""
    return _RELATION.get(plain(text))


def education(text: str) -> str | None:
    """The level of education as the national list writes it."""
    return _EDUCATION.get(plain(text))


def labour(text: str) -> str | None:
    """Labour ability as the national list writes it."""
    return _LABOUR.get(plain(text))


_PARTED = re.compile(r"[,、;/|+]+")
_PARTED_BY_BLANKS = re.compile(r"[,、;/|+\s]+")


def health(text: str) -> tuple[str, ...] | None:
    """All states of health a cell names, in the list's order; None when one of them is unknown."""
    written = unicodedata.normalize("NFKC", text).strip()
    for split in (_PARTED.split(written), _PARTED_BY_BLANKS.split(written)):  # a blank spreads a word, or parts two
        states = [_states(plain(part)) for part in split]
        if all(states):
            return tuple(value for value in HEALTH if any(value in found for found in states))
    return None


def _states(part: str) -> list[str]:
    """The states that a word names, also inside longer ones: 肢体残疾, 高血压等慢性病."""
    exact = _HEALTH.get(part)
    return [exact] if exact else [_HEALTH[word] for word in ("残疾", "慢性病") if word in part]


def schooling(text: str) -> str:
    """What somebody attends, as written; empty for one who is at no school."""
    return (
        ""
        if nothing(text) or plain(text) in {"非在校生", "否", "不在校"}
        else _SCHOOLING.get(plain(text), text.strip())
    )


def public_post(text: str) -> str:
    """The public post held, empty for none; posts outside the list keep their own name."""
    return "" if nothing(text) else _POST.get(plain(text), text.strip())


def flag(text: str) -> bool | None:
    """Yes or no in any of the usual ways; None when it is neither."""
    folded = plain(text)
    return True if folded in _TRUE else False if folded in _FALSE else None
