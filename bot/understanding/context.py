"""What the words around an amount say: the item, the verb, the direction."""

import re
from dataclasses import dataclass, replace

from bot.understanding import entry_words as words
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.model import Item

_BREAK = re.compile(r"[,。;!?:\n]| (?! )")
BUSINESS_SECTORS = {"crop", "livestock", "forest", "trade"}
GRANT_SECTORS = {"subsidy", "relief"}
_VERBAL = set("买卖交租请雇杀收")


@dataclass(slots=True)
class Context:
    """The words that belong to one amount; `near` is the clause it stands in."""

    near: str = ""
    said: str = ""  # from the clause that names the topic up to the amount
    right: str = ""
    item: Item | None = None
    direction: str = ""  # in, out, claim or unknown
    earned: bool = False
    sold: bool = False
    topic: bool = False
    per_day: bool = False
    per_month: bool = False
    whole: str = ""  # everything since the amount before

    @property
    def sector(self) -> str:
        """The sector of the item, "" without one."""
        return (self.item.sector or "") if self.item else ""


def read_context(
    left: str, right: str, following: str, lexicon: Lexicon, before: Context | None, *, per: str = ""
) -> Context:
    """The context of an amount from the text since the amount before, and behind it; else what was said before."""
    right = re.split(r"除(?:了|去|掉)", right)[0]
    chunks = list(_BREAK.split(left))
    near = chunks[-1] if chunks else ""
    here = Context(near=near, right=right, per_day=per == "day", per_month=per == "month")
    for count in range(1, len(chunks) + 1):
        if has_topic(chunks[-count], lexicon):
            return _finish(here, ",".join(chunks[-count:]), lexicon, f"{left},{following}")
        if count == 1 and has_topic(right, lexicon):
            return _finish(here, f"{near}{right}", lexicon, left)
    if before is not None and before.topic:
        return _inherit(here, near, left, before, lexicon)
    if following and has_topic(following, lexicon):
        return _finish(here, f"{left}{following}", lexicon, left)
    return _finish(here, left + right, lexicon, left)


def has_topic(text: str, lexicon: Lexicon) -> bool:
    """Whether the words name what money is earned with or spent on."""
    if not text.strip():
        return False
    patterns = (
        words.HIRE,
        words.RENT_IN,
        words.LEND_OUT,
        words.WORK,
        words.MEDICAL,
        words.SCHOOL,
        words.SELL,
        words.SUPPORT,
        words.TRADE_SELF,
        words.NOT_INCOME,
        words.RENT,
        words.OWN_WHEELS,
    )
    return bool(lexicon.find(text)) or any(pattern.search(text) for pattern in patterns)


def _finish(here: Context, said: str, lexicon: Lexicon, whole: str) -> Context:
    found = lexicon.find(words.NET.sub(lambda match: " " * len(match.group()), said))
    if not found and (words.SELL.search(said) or words.NET.search(said)):
        found = lexicon.find(words.NET.sub(lambda match: " " * len(match.group()), whole))
    direction, earned = _direction(here.near, lexicon)
    if not direction:
        direction, earned = _direction(said, lexicon)
    topic = has_topic(said, lexicon)
    return replace(
        here,
        said=said,
        item=_main_item(found),
        whole=whole,
        direction=direction,
        earned=earned,
        sold=words.SELL.search(said) is not None
        and not re.search(r"(?:帮|给|替)(?:人|别人|人家|老板|\ue000)[^,]{0,4}卖", said),
        topic=topic,
    )


def _inherit(here: Context, near: str, left: str, before: Context, lexicon: Lexicon) -> Context:
    direction, earned = _direction(near, lexicon)
    if not direction:
        direction, earned = _direction(left, lexicon)
    if not direction and words.NET.search(near):
        direction = "in"  # 纯利6500 behind its costs
    if not direction:
        direction, earned = before.direction, before.earned
    return replace(
        before,
        near=near,
        right=here.right,
        direction=direction,
        earned=earned,
        per_day=here.per_day,
        per_month=here.per_month,
    )


def _main_item(found: list[Found]) -> Item | None:
    """The item nearest to the amount; a general word (补贴, 出租) gives way to a special one of its sector."""
    if not found:
        return None
    last = found[-1].item
    if last.name in {"其他补贴", "工资", "零工"} and len(found) > 1:
        same = [each.item for each in found if each.item.kind is last.kind]
        return same[0]
    return last


def _direction(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The last verb of giving or getting in a text, and whether 赚 or 挣 stands in it."""
    bare = words.PAID_BY.sub(lambda match: "得" * len(match.group()), _verbs_only(text, lexicon))
    best, where = "", -1
    for match in words.CLAIM.finditer(bare):
        best, where = "claim", match.start()
    bare = words.CLAIM.sub(lambda match: "\ue005" * len(match.group()), bare)
    for name, pattern in (("in", words.RECEIVE), ("in", words.SELL), ("in", words.EARN), ("out", words.SPEND)):
        for match in pattern.finditer(bare):
            if match.start() >= where:
                best, where = name, match.start()
    return best, words.EARN.search(bare) is not None


def _verbs_only(text: str, lexicon: Lexicon) -> str:
    """The text without the nouns of items; 交 beside a crop is selling it."""
    chars, produce = list(text), False
    for found in lexicon.find(text):
        produce = produce or found.item.sector in BUSINESS_SECTORS
        if text[found.start] not in _VERBAL and found.item.sector not in {"medical_claim", "insurance"}:
            chars[found.start : found.end] = "\ue005" * (found.end - found.start)
    bare = "".join(chars)
    return re.sub(r"交(?=了|掉|售|完|给|$)", "卖", bare) if produce else bare
