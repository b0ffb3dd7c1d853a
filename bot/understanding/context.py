"""What the words around an amount say: the item, the direction, and so the kind of an entry."""

import re
from dataclasses import dataclass, replace

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.model import Item

_BREAK = re.compile(r"[,。;!?:\n]| (?! )")
_BUSINESS = {"crop", "livestock", "forest", "trade"}
_GRANTS = {"subsidy", "relief"}
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
    chunks = [part for part in _BREAK.split(left)]
    near = chunks[-1] if chunks else ""
    here = Context(near=near, right=right, per_day=per == "day", per_month=per == "month")
    for count in range(1, len(chunks) + 1):
        if _has_topic(chunks[-count], lexicon):
            return _finish(here, ",".join(chunks[-count:]), lexicon, left)
        if count == 1 and _has_topic(right, lexicon):
            return _finish(here, f"{near}{right}", lexicon, left)
    if before is not None and before.topic:
        return _inherit(here, near, left, before, lexicon)
    if following and _has_topic(following, lexicon):
        return _finish(here, f"{left}{following}", lexicon, left)
    return _finish(here, left + right, lexicon, left)


def _has_topic(text: str, lexicon: Lexicon) -> bool:
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
    )
    return bool(lexicon.find(text)) or any(pattern.search(text) for pattern in patterns)


def _finish(here: Context, said: str, lexicon: Lexicon, whole: str) -> Context:
    found = lexicon.find(words.NET.sub(lambda match: " " * len(match.group()), said))
    if not found and words.SELL.search(said):
        found = lexicon.find(whole)
    direction, earned = _direction(here.near, lexicon)
    if not direction:
        direction, earned = _direction(said, lexicon)
    topic = _has_topic(said, lexicon)
    return replace(
        here,
        said=said,
        item=_main_item(found, said),
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


def _main_item(found: list[Found], said: str) -> Item | None:
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
    bare = _verbs_only(text, lexicon)
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
        produce = produce or found.item.sector in _BUSINESS
        if text[found.start] not in _VERBAL and found.item.sector not in {"medical_claim", "insurance"}:
            chars[found.start : found.end] = "\ue005" * (found.end - found.start)
    bare = "".join(chars)
    return re.sub(r"交(?=了|掉|售|完|给|$)", "卖", bare) if produce else bare


def kind_of(context: Context) -> Kind | None:
    """The kind of an entry; None when the words leave the direction open."""
    if words.LOSS.search(context.near) or (
        words.NOT_INCOME.search(context.near + context.right) and context.sector not in {*_GRANTS, "medical", "input"}
    ):
        return None
    if context.direction == "claim":
        return _claimed(context)
    if words.HIRE.search(context.said) and not (context.earned and context.sector == "labour"):
        return Kind.BUSINESS_COST
    if context.item is not None:
        return _by_sector(context)
    if context.per_month and context.direction != "out" and not context.sold:
        return _by_words(context) or Kind.WAGE
    return _by_words(context)


def _claimed(context: Context) -> Kind | None:
    business = context.sector in _BUSINESS and not words.INSURED.search(context.said)
    return None if business and "赔" in context.near else Kind.CLAIM


def _by_sector(context: Context) -> Kind | None:
    sector, out = context.sector, context.direction == "out"
    if (
        sector == "medical"
        and re.search(r"药[钱费]?", context.near)
        and re.search(r"农药|打药|兽药|除草", context.whole)
    ):
        return Kind.BUSINESS_COST
    if context.item and context.item.name == "赡养费" and words.WORK.search(context.whole):
        return Kind.WAGE
    if (
        sector == "subsidy"
        and context.item
        and context.item.name == "其他补贴"
        and re.search(r"护林|公益岗|公益性岗|保洁|组长|护路|河道|网格", context.whole)
    ):
        return Kind.WAGE
    if sector in _GRANTS:
        return Kind.RIGID if out and re.search(r"(?:交|缴)(?:了|纳|掉)", context.near) else Kind.TRANSFER
    if sector == "labour" and words.LEND_OUT.search(context.whole) and not context.earned:
        return Kind.PROPERTY
    if sector == "labour":
        return _worked(context)
    if sector in {"land", "asset"}:
        return Kind.BUSINESS_COST if out or _rents(context) else _let(context)
    if sector in {"medical", "schooling", "insurance_fee", "medical_claim", "insurance"}:
        return _hardship(context)
    if words.MEDICAL.search(context.near) and sector != "input" and not context.sold:
        return Kind.RIGID
    if sector == "input":
        return Kind.BUSINESS if context.sold and not out else Kind.BUSINESS_COST
    return _produced(context)


def _rents(context: Context) -> bool:
    return words.RENT_IN.search(context.whole) is not None and not words.LEND_OUT.search(context.whole)


def _let(context: Context) -> Kind:
    return (
        Kind.BUSINESS
        if context.sold
        and context.sector == "land"
        and context.direction == "in"
        and not words.LEND_OUT.search(context.said)
        and "流转" not in context.said
        else Kind.PROPERTY
    )


def _worked(context: Context) -> Kind | None:
    if words.TRADE_SELF.search(context.said):
        return Kind.BUSINESS_COST if context.direction == "out" else Kind.BUSINESS
    if context.direction == "out":
        paid = re.search(r"工钱|人工|工资", context.near)
        return Kind.BUSINESS_COST if paid and re.search(r"付|开|给|花|支", context.near) else _by_words(context)
    return Kind.WAGE


def _hardship(context: Context) -> Kind | None:
    sector = context.sector
    if words.SUPPORT.search(context.said) and sector == "schooling":
        return Kind.TRANSFER
    if sector == "insurance":
        return Kind.CLAIM if context.direction == "in" else None
    if sector == "medical_claim":
        return Kind.RIGID if context.direction == "out" else Kind.CLAIM
    if context.direction == "in" and context.sold:
        return Kind.BUSINESS
    if context.earned or (context.direction == "in" and words.WORK.search(context.said) and sector != "medical"):
        return Kind.WAGE
    return Kind.RIGID


def _produced(context: Context) -> Kind:
    if words.RENT_IN.search(context.said) and not words.LEND_OUT.search(context.said):
        return Kind.BUSINESS_COST
    if words.LEND_OUT.search(context.said) and not context.sold:
        return Kind.PROPERTY
    if context.direction == "out":
        return Kind.BUSINESS_COST
    if (
        not context.sold
        and not words.TRADE_SELF.search(context.said)
        and (context.per_day or words.WORK.search(context.said))
    ):
        return Kind.WAGE
    return Kind.BUSINESS


def _by_words(context: Context) -> Kind | None:
    said = context.said
    if words.RENT_IN.search(said) and not words.LEND_OUT.search(said):
        return Kind.BUSINESS_COST
    if words.LEND_OUT.search(said):
        return Kind.PROPERTY
    if words.MEDICAL.search(said) and not context.sold and not (context.earned and words.WORK.search(said)):
        return Kind.RIGID
    if words.SCHOOL.search(said) and not words.SUPPORT.search(said) and not context.earned:
        return Kind.RIGID
    if words.TRADE_SELF.search(said):
        return Kind.BUSINESS_COST if context.direction == "out" else Kind.BUSINESS
    if context.sold:
        cost = context.direction == "out" and re.search(r"成本|本钱|开支|开销|摊位|路费|车费", context.near)
        return Kind.BUSINESS_COST if cost else None if context.direction == "out" else Kind.BUSINESS
    if context.direction != "out" and (words.WORK.search(said) or context.per_day):
        return Kind.WAGE
    if words.SUPPORT.search(said) and context.direction == "in":
        return Kind.WAGE if words.WORK.search(context.whole) or "苦" in context.whole else Kind.TRANSFER
    return None
