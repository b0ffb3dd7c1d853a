"""Amounts that are no record as they stand: money that has not moved, figures compared, sums paid in part.

A wrong amount that is saved is the costly mistake, so what is open becomes a question (interface.md section 5).
"""

import re
from collections.abc import Iterable
from enum import Enum, auto

from bot.understanding.dates import DateToken, When
from bot.understanding.names import DATE

_PAST = "\ue007"


class Doubt(Enum):
    """What is wrong with an amount."""

    UNREAL = auto()  # nothing was bought, sold or paid: leave it out
    COMPARED = auto()  # more or less than before: no sum of its own
    OPEN = auto()  # something moved, but not this sum: ask for the amount


_BREAK = re.compile(r"[,。;!?\n]| (?! )")
# in the clause of the amount
_OFFERED = re.compile(
    r"(?:有人|老板|贩子|人家|别人|收猪的|收牛的)[^,]{0,4}出(?:价|到|了|过)?$|(?:开价|出价|要价|喊价|叫价|报价"
    r"|卖价|估价|谈到|讲到)[^,]{0,3}$|"
    r"(?:没|未|不)(?:有|舍得|肯|愿意?)?(?:卖|买|租|出手|成交)(?!完|过)[^,]{0,4}$"
)
_PENDING = re.compile(
    r"(?:还没(?:有)?|没有?|没得|未|尚未|暂未)(?:拿|领|收|发|给|结|报|到|打|兑现|付)(?:到)?(?:账|手|款|钱|"
    r"销|下来|位|他|卡)?[^,]{0,3}$"
)
_NOT_SOLD = re.compile(
    r"^(?:块钱?|元|左右|多)*(?:的)?[, ]?(?:但|可|不过|就|他|她|家里|都|也|说|还|,){0,8}"
    r"(?:嫌[^,]{0,4}(?:但|可|不过|就|他|她|家里|都|也|说|还|,){0,8})?(?:没|未|不"
    r")(?:有|舍得|肯|愿意?|想|得)?"
    r"(?:卖|买|出手|成交|租)(?:掉|出去|成|他|给他)?(?=$|[,。;! ])"
)
_NOT_PAID = re.compile(
    r"^(?:块钱?|元|左右|多)*(?:的)?(?:尾款|货款|工资|工钱|钱款)?[, ]?"
    r"(?:但|可|不过|就是?|钱|他|她|也|都|说|现在|到现在|目前)*(?:还|尚|"
    r"暂)?(?:没|没有|没得|未)(?:拿|领|收|发|给|结|报|到|打|兑现|付|下来)"
    r"(?!完|齐|清|够|错|过)"
)
# figures of before and after
_BEFORE_NOW = re.compile(r"(?:本来|原来|原先|以前|之前|往年|过去|从前|早先|去年)(?:的)?(?:是|有|都是|能)?[^,。]{0,10}$")
_NOW_AFTER = re.compile(
    r"^[^。]{0,6}(?:现在|如今|今年|目前|这个月|后来|才|只)?[^,。]{0,6}(?:降到|降成|涨到|涨成|变成|减到"
    r"|加到|提到|升到)"
)
_FROM = re.compile(r"从(?:原来|以前|之前|原先|往年|去年|每(?:个?月|年|亩|斤|天)|一(?:个?月|年|亩|斤|天))?(?:的|是)?$")
_TO = re.compile(r"(?:降|涨|变|减|加|提|升|增)(?:到|成|为|至)(?:了)?$")
_MORE = re.compile(
    r"(?:比|较)(?:去年|上年|往年|以前|上个?月|前年|原来|上次|同期|[\ue003\ue007]{1,12})[^,。]{0,6}(?:多|少|增|减|涨|降|"
    r"高|低)[^,。]{0,4}$|"
    r"(?<![不至最])(?:多|少)(?:卖|挣|赚|得|收|领|苦)(?:了|到|得)?$|(?:下降|减少|增加|增长|上涨|下跌|涨|降|跌)(?:了)?$"
)
_PART = re.compile(
    r"^[^。]{0,12}(?:只|才|先)(?:给|付|结|拿|收|领|到账|发|打)(?:了|到)*(?:一半|一部分|部分|[一二三四五六"
    r"七八]成|\d+%|定金|订金)|"
    r"^[^。]{0,8}(?:还有)?(?:一半|一部分|部分)(?:还)?(?:没|欠|赊)"
)
_NEVER = r"(?:没有?|没得|未|不曾|没能)(?:能|有|曾|再)?"
_COME = (
    r"(?:拿|领|收|发|给|结|付|支付|兑现|得(?=[着到手]|$|[,。;! ])|到账|到手|到位|下来|打|要(?=到)|见)"
    r"(?!完|齐|清|够|错|过)"
)
_OTHER_MONEY = re.compile(
    r"低保|养老|补贴|补助|分红|租金|奖|尾款|"
    r"另外|剩|余|医保|报销|保险|[还另]有|尾数|其他|其它|别的|卖|头|只|个月(?!底|初)|"
    r"第[二三四两]|下一|大病|二次|[\ue003\ue007]份?的"
)
_NO_PAY = re.compile(
    rf"(?:{_NEVER}{_COME}|拖着|拖到|拖起|拖欠|欠着|欠起|欠薪|赊(?:着|账(?!的?本)|起|的|欠)|(?:白|欠)条|"
    r"(?:说|讲|谈|商量)好(?=[嘞的了]?(?:要?给|发|结|付|年|月|过|下|明|等|\ue003|[\d一二两三四五六七八九十])|$|[,。])|"
    r"答应(?:给|发|结|付|的)|承诺|要等|等着|(?:月底|年底|过年|春节前?|下个?月|明年|年后)(?:前)?(?:才|再|就)?(?:给|发|结清?|付|到账)|"
    r"\ue003{1,12}(?:前|底)?(?:才|再)(?:能)?(?:给|发|结|付|到账)(?![了的过])|老板[^,。]{0,2}说\ue003{1,12}[前底]?(?:才|再|就)?(?:结清?|给|发|付)(?=$|[,。;!]))"
)
_PAID_AFTER = re.compile(
    r"(?:现在|后来|今天|昨天|已经?|终于|才|刚|[\ue003\ue007]{1,12})[^,。]{0,4}(?:拿到|领到|收到|发了|给了|结清|结了|到账|付了|兑现了)"
)
_NOT_COME = re.compile(
    r"^(?:块钱?|元|左右|多)*(?:的)?(?:都|也)?(?:还没有?|尚未|没有?)(?:下来|到账|到位|批|发下来|打过来|"
    r"兑现)"
)
_CAME = re.compile(
    r"^(?:块钱?|元|左右|多)*(?:的)?(?:都|也|已经?|就|才|倒是)*(?:到|发|拿|领|结|收|打)(?:到|账|手|卡|清)?(?:了|的)"
)
_OTHER_MONTH = re.compile(r"^[, ]?\ue003{1,12}(?:份)?(?:的)?(?:就|都|也)?(?:还|尚)?(?:没|未)")
_OWED_TO = re.compile(r"(?:老板|公司|厂[里子方]?|工头|包工头|东家|合作社|烟站)[^,。]{0,8}欠[^,。]{0,10}$")
_SENTENCE = re.compile(r"[。;!?\n]")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九](?=[十百千万块])")
_SPENT = re.compile(r"花|买|进货|进了|付|交|缴|成本|住院|看病|药|手术|医")
_YEARS = re.compile(r"^[^。]{0,6}(?:收|付|给|交|领|拿)(?:了|到)?(?:\d+|[两二三四五六七八九十])年(?:的)?(?=$|[,。])")
_STOPPED = re.compile(r"(?:停|取消|没)(?:发|了|掉)?[^。]{0,4}(?:原来|以前|之前|本来)[^,。]{0,6}$")


def with_past(text: str, dates: Iterable[DateToken]) -> str:
    """The masked text with past days in a mask of their own: 昨天才到账 has come, 月底才到账 has not."""
    chars = list(text)
    for token in dates:
        if token.when is When.DAY:
            chars[token.start : token.end] = _PAST * (token.end - token.start)
    return "".join(chars)


def doubt(text: str, start: int, end: int) -> Doubt | None:
    """What is wrong with the amount at `start`…`end` of a masked text; None when it stands."""
    ahead, after = text[max(0, start - 24) : start], text[end : end + 24]
    left = _BREAK.split(ahead)
    near = left[-1]
    if _unreal(near, ahead, after) or _not_paid(near, after, left):
        return Doubt.UNREAL
    if _MORE.search(near):
        return Doubt.COMPARED
    return Doubt.OPEN if _TO.search(near) or _PART.match(after) or ("亩" in near and _YEARS.match(after)) else None


def _unreal(near: str, ahead: str, after: str) -> bool:
    """Offers, what was paid before it stopped or changed, grants that have not come."""
    if _OWED_TO.search(near) and not re.search(r"结|清|给了|还了", near + after[:4]):
        return True
    offered = _OFFERED.search(near) or _PENDING.search(near) or _NOT_SOLD.match(after) or _STOPPED.search(ahead)
    not_come = _NOT_COME.match(after) and "卖" not in near
    return bool(offered or not_come or _FROM.search(near) or (_BEFORE_NOW.search(near) and _NOW_AFTER.match(after)))


def _not_received(near: str, after: str, left: list[str]) -> bool:
    """工资3500还没拿到, 说好给3000, 欠着4500: said behind the amount or in its clause."""
    reach = _SENTENCE.split(after)[0]
    figure = _FIGURE.search(reach, 1)
    behind = reach[: figure.start()] if figure else reach
    late = None if _CAME.match(after) or (DATE in near and _OTHER_MONTH.match(after)) else _NO_PAY.search(behind)
    if late and not _OTHER_MONEY.search(behind[: late.start()]) and not _PAID_AFTER.search(behind[late.end() :]):
        return _SPENT.search(near) is None
    near = near if near.strip() or len(left) == 1 else left[-2]
    early = _NO_PAY.search(near)
    return early is not None and not _OTHER_MONEY.search(near[early.end() :]) and not _PAID_AFTER.search(after)


def _not_paid(near: str, after: str, left: list[str]) -> bool:
    """能报2000还没报, 补贴还没到账,说是有1200: promised, not paid."""
    if _not_received(near, after, left):
        return True
    if re.search(r"(?:拖欠|欠薪|欠发|欠着|没发|没结)(?:了|的)*(?:工资|工钱|钱)?$", near):
        return True
    rest = re.search(r"(?:还有|还剩|剩(?:下|的)*|另外|余下的?|尾款)$", near)
    if rest and _NOT_PAID.match(after):
        return True
    promised = re.search(r"能|可以|说是|说有|说要|应该|听说|大概有|要(?:给|发)|该", near)
    if promised and _NOT_PAID.match(after):
        return True
    behind = left[-2] if len(left) > 1 else ""
    return bool(promised and _PENDING.search(behind))
