"""Amounts that say again what the amounts before have said: a total, what was paid out of it, what is left."""

import re

from bot.domain.income_kinds import Kind
from bot.understanding.amounts import Sum
from bot.understanding.context import Context
from bot.understanding.ledger import Ledger
from bot.understanding.model import ReadEntry
from bot.understanding.names import DATE, NAME

_PART_OF = re.compile(r"(?:其中|里头|里面|头|第.|上|后|前|这)(?:一)?(?:回|次|趟|批|茬)?(?:是|卖|得|交|有|了)*$")
_IN_HAND = re.compile(r"(?:到手|实发|实得|实际[拿领发得]|只[拿领发得]|才[拿领发得])(?:了|到|手){0,5}$")


def is_total(ledger: Ledger, each: Sum, context: Context, kind: Kind | None) -> bool:
    """一共7200 behind its parts is no entry of its own; behind a price it is the amount."""
    if not ledger.entries or each.fen is None:
        return False
    if each.total and len(ledger.entries) > 1 and ledger.fen == each.fen:
        return True
    last, before = ledger.entries[-1], ledger.sums[-1]
    if context.item != ledger.contexts[-1].item:
        return before.unit_price and last.amount_fen == each.fen and last.kind is kind
    smaller = each.fen < (last.amount_fen or 0)
    if (before.total and smaller and _PART_OF.search(context.near)) or (
        last.amount_fen == each.fen and (each.total or each.unit_price or before.unit_price)
    ):
        return True
    one_way = ledger.contexts[-1].direction in {context.direction, ""} or not context.direction
    if (each.total and before.unit_price and one_way) or (smaller and _in_hand(last, before, context)):
        ledger.amend(each.fen)
        return True
    return False


def _in_hand(last: ReadEntry, before: Sum, context: Context) -> bool:
    """工资4500,到手4100 is 4100; another month's or another person's pay is its own."""
    own = before.per == "month" or DATE not in context.near
    return last.kind is Kind.WAGE and own and NAME not in context.near and _IN_HAND.search(context.near) is not None


def is_rest(ledger: Ledger, each: Sum, context: Context, kind: Kind | None) -> bool:
    """住院花了12000,报了8500,自己出了3500: the rest says nothing new."""
    if re.search(r"(?:还|净|只|就)?(?:剩|余|落)(?:下|得|了|到)*$", context.near) and len(ledger.entries) > 1:
        return 2 * (ledger.entries[0].amount_fen or 0) - ledger.fen == each.fen
    if kind is not Kind.RIGID or not re.search(r"自己|自付|自费|自掏|个人", context.near):
        return False
    if ledger.spent is None or Kind.CLAIM not in ledger.kinds or each.fen is None:
        return False
    gap = abs((ledger.spent.amount_fen or 0) - ledger.claimed - each.fen)
    return gap == 0 or ((each.rough or ledger.entries[0].estimate) and gap * 5 <= each.fen)
