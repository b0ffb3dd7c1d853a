"""One amount of money as people write it when asked for one."""

import re
from dataclasses import dataclass

from bot.understanding.amounts import sums
from bot.understanding.normalise import ANSWER_LIMIT, normalise
from bot.understanding.tokens import scan

_CHAFF = re.compile(
    r"差不多|大概|大约|约|估计|左右|上下|将近|接近|一共|总共|合计|共计|共|总|就是|"
    r"应该|是|就|才|只|有|花了|花|得了|得|卖了|卖|挣了|挣|赚了|收了|领了|领|交了|"
    r"付了|付|给|了|"
    r"的样子|样子|吧|嘛|哦|呢|啊|嗯|哈|工资|金额|收入|支出|出头|不到|近|多|点|人民币|"
    r"钱|干了|做了|干|做|乘以?|每|按|算|[\s,。;:!()￥¥+=*/x-]"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen; `estimate` when the words say that it is rough (百把块, 三千多)."""

    fen: int
    estimate: bool


def parse_amount(text: str) -> Amount | None:
    """The amount that an answer means ("3500", "三千五", "1万2", "120一天×20天"); None when it is no amount."""
    if len(text) > ANSWER_LIMIT:
        return None
    plain = normalise(text).strip()
    if re.fullmatch(r"[¥￥]?\d", plain.removesuffix("元").removesuffix("块")):
        return Amount(int(re.sub(r"\D", "", plain)) * 100, estimate=False)
    found = sums(plain)
    if len(found) != 1 or found[0].fen is None or found[0].negative:
        return None
    left = list(plain)
    for start, end in [(token.start, token.end) for token in scan(plain)] + [(found[0].start, found[0].end)]:
        left[start:end] = " " * (end - start)
    if _CHAFF.sub("", "".join(left)):
        return None
    return Amount(found[0].fen, found[0].rough)
