"""From the words around an amount to the kind of an entry (domain.md section 3)."""

import re

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.context import BUSINESS_SECTORS, GRANT_SECTORS, Context

_HARDSHIP = {"medical", "schooling", "insurance_fee", "medical_claim", "insurance"}
_SPRAY = re.compile(r"农药|打药|兽药|除草")
_POST = re.compile(r"护林|公益岗|公益性岗|保洁|组长|护路|河道|网格")


def kind_of(context: Context) -> Kind | None:
    """The kind of an entry; None when the words leave the direction open."""
    if (
        words.LOSS.search(context.near)
        or words.DEDUCTED.search(context.near)
        or (
            words.NOT_INCOME.search(context.near + context.right)
            and context.sector not in {*GRANT_SECTORS, "medical", "input"}
        )
    ):
        return None
    if words.OWN_SHARE.search(context.near) and context.sector in _HARDSHIP:
        return Kind.RIGID
    if context.direction == "claim":
        return _claimed(context)
    if words.NET.search(context.near) and context.direction != "out" and (_is_cost(context) or _cost_words(context)):
        return Kind.BUSINESS  # what is left of a sale whose costs were just said
    if _hires(context):
        return Kind.BUSINESS_COST
    return None if _lives_on(context) or _from_child(context) else _earned(context)


def _from_child(context: Context) -> bool:
    """老二打工寄回2500: his pay, or what he gives his parents?"""
    sent = words.HOME.search(context.near)
    return bool(sent and words.CHILD.search(context.whole) and words.WORK.search(context.whole))


def _cost_words(context: Context) -> bool:
    """刨去大棚租金和苗钱,净赚一万三: hands and land are what was taken off."""
    off = words.NET.search(context.said) and re.search(r"刨|除|扣|减|抛|去掉", context.said)
    return bool(off) and (context.sector in {"land", "asset"} or words.HIRE.search(context.said) is not None)


def _is_cost(context: Context) -> bool:
    return context.item is not None and context.item.kind is Kind.BUSINESS_COST


def _lives_on(context: Context) -> bool:
    """Rent, meals, water and light of a household are neither income nor cost: ask."""
    if words.DAILY.search(context.near) and context.direction == "out" and not words.SELL.search(context.near):
        return True
    if context.sector not in {"labour", "asset", ""} or context.sold or context.direction == "in":
        return False
    return words.LIVING.search(context.near) is not None and not words.LEND_OUT.search(context.whole + context.said)


def _earned(context: Context) -> Kind | None:
    if context.item is not None:
        return _by_sector(context)
    if (
        context.per_month
        and not words.OWN_WHEELS.search(context.said)
        and context.direction != "out"
        and not context.sold
    ):
        return _by_words(context) or _monthly(context)
    return _by_words(context)


def _monthly(context: Context) -> Kind:
    """每月给他500 from a son is support; other money by the month is pay."""
    kin = words.GAVE.search(context.near) and not words.WORK.search(context.whole)
    return Kind.TRANSFER if kin and not words.PAID_BY.search(context.whole) else Kind.WAGE


def _hires(context: Context) -> bool:
    """Somebody else's work is paid, unless it is the boss who pays or the worker who earned."""
    if words.PAID_BY.search(context.said) and not re.search(r"请|雇|喊", context.said):
        return False
    if re.search(r"工钱|工资|人工", context.near) and words.HELPERS.search(context.whole):
        return True
    return words.HIRE.search(context.said) is not None and not (context.earned and context.sector == "labour")


def _claimed(context: Context) -> Kind | None:
    business = context.sector in BUSINESS_SECTORS and not words.INSURED.search(context.said)
    return None if business and "赔" in context.near else Kind.CLAIM


def _by_sector(context: Context) -> Kind | None:
    special = _special(context)
    if special is not None:
        return special
    sector = context.sector
    if _thing_alone(context):
        return None
    if sector in GRANT_SECTORS:
        paid = context.direction == "out" and re.search(r"(?:交|缴)(?:了|纳|掉)", context.near)
        return Kind.RIGID if paid else Kind.TRANSFER
    if sector == "labour":
        return _worked(context)
    if sector in {"land", "asset"}:
        return _land(context)
    return _hardship(context) if sector in _HARDSHIP else _farmed(context)


def _thing_alone(context: Context) -> bool:
    """骡子7600, 那头水牛五千八: bought or sold? A crop that grows here is sold."""
    return (
        context.sector == "livestock"
        and not context.direction
        and not context.sold
        and not words.MOVED.search(context.whole + context.right)
    )


def _special(context: Context) -> Kind | None:
    """Words that mean another thing in company: 药钱 behind 农药, 补助 of a ranger, 寄钱 by someone who works away."""
    sector, name = context.sector, context.item.name if context.item else ""
    if sector == "medical" and re.search(r"药[钱费]?", context.near) and _SPRAY.search(context.whole):
        return Kind.BUSINESS_COST
    if sector == "labour" and context.direction == "out" and words.SCHOOL.match(context.right.lstrip("块钱元的")):
        return Kind.RIGID
    if name == "赡养费" and words.WORK.search(context.whole):
        return Kind.WAGE
    if name == "其他补贴" and _POST.search(context.whole):
        return Kind.WAGE
    rented = sector == "labour" and words.LEND_OUT.search(context.whole) and not context.earned
    return Kind.PROPERTY if rented else None


def _land(context: Context) -> Kind:
    return Kind.BUSINESS_COST if context.direction == "out" or _rents(context) else _let(context)


def _farmed(context: Context) -> Kind | None:
    """Crops, animals, trade, and what they need."""
    if words.MEDICAL.search(context.near) and context.sector != "input" and not context.sold:
        return Kind.RIGID
    if context.sector == "input":
        return _supplied(context)
    return _produced(context)


def _supplied(context: Context) -> Kind | None:
    """What crops and animals need is a cost, unless it is sold, lent or done for others: 牛租给别人犁地收了500."""
    if context.sold and context.direction != "out":
        return Kind.BUSINESS
    if re.search(r"(?:收|得|挣|赚)(?:了|到)*$", context.near) and not re.search(r"买|花|付", context.said):
        return Kind.PROPERTY if words.LEND_OUT.search(context.said) else None
    return Kind.BUSINESS_COST


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
    hauls = (
        context.item is not None and context.item.name == "运输" and not re.search(r"打工|工资|老板|帮", context.said)
    )
    own = hauls or context.sold or words.TRADE_SELF.search(context.said) or words.NET.search(context.whole)
    serves = context.per_month and re.search(r"在[^,。]{1,5}(?:馆|店|铺|坊)", context.said)
    if not own and (context.per_day or serves or words.WORK.search(context.said)):
        return Kind.WAGE
    return Kind.BUSINESS


def _by_words(context: Context) -> Kind | None:
    """Without an item: phrases of renting, illness, school, a shop of one's own, selling, work, support."""
    said, out = context.said, context.direction == "out"
    lent = words.LEND_OUT.search(said) is not None
    if lent or words.RENT_IN.search(said):
        return Kind.PROPERTY if lent else Kind.BUSINESS_COST
    if _for_need(context):
        return Kind.RIGID
    if words.TRADE_SELF.search(said) or _own_wheels(said):
        return Kind.BUSINESS_COST if out else Kind.BUSINESS
    if context.sold:
        return _sold(context)
    if not out and (words.WORK.search(said) or context.per_day):
        return Kind.WAGE
    return _sent(context)


def _own_wheels(said: str) -> bool:
    employed = words.PAID_BY.search(said) or words.EMPLOYED.search(said)
    return words.OWN_WHEELS.search(said) is not None and not employed


def _for_need(context: Context) -> bool:
    said = context.said
    ill = words.MEDICAL.search(said) and not context.sold and not (context.earned and words.WORK.search(said))
    school = words.SCHOOL.search(said) and not words.SUPPORT.search(said) and not context.earned
    return bool(ill or school)


def _sold(context: Context) -> Kind | None:
    if context.direction != "out":
        return Kind.BUSINESS
    return Kind.BUSINESS_COST if re.search(r"成本|本钱|开支|开销|摊位|路费|车费", context.near) else None


def _sent(context: Context) -> Kind | None:
    if not words.SUPPORT.search(context.said) or context.direction != "in":
        return None
    return Kind.WAGE if words.WORK.search(context.whole) or "苦" in context.whole else Kind.TRANSFER
