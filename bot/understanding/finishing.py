"""What a message says of its entries once all are read: kinds named behind them, whose they are, what stays open."""

import re
from bisect import bisect_right

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.balance import balance
from bot.understanding.ledger import Ledger
from bot.understanding.names import Mention

_ALL = re.compile(r"都|均|全|合计|两|这些")


def finish(ledger: Ledger, text: str, mentions: list[Mention]) -> None:
    """Settle the entries of a text whose names and dates are masked."""
    _fill_back(ledger)
    _hired(ledger)
    balance(ledger, text)
    _name_members(ledger, mentions)
    _doubts(ledger, text)


def _fill_back(ledger: Ledger) -> None:
    """9月5200,10月5400,都是工资: what is named behind the last amount holds for those in front."""
    for position in range(len(ledger.entries) - 1, 0, -1):
        later, earlier = ledger.contexts[position], ledger.contexts[position - 1]
        if (
            ledger.entries[position - 1].kind is None
            and not earlier.topic
            and earlier.direction != "out"
            and later.topic
            and _ALL.search(later.near + later.right)
        ):
            ledger.entries[position - 1].kind = ledger.entries[position].kind
            ledger.contexts[position - 1] = later


def _hired(ledger: Ledger) -> None:
    """茶叶卖了7800,采茶工2000: labour named alone beside a sale is paid, not earned."""
    sale = any(entry.kind is Kind.BUSINESS and not entry.net for entry in ledger.entries)
    for entry, context in zip(ledger.entries, ledger.contexts, strict=True):
        if sale and entry.kind is Kind.WAGE and not context.direction and words.LABOUR.fullmatch(context.near):
            entry.kind = Kind.BUSINESS_COST


def _name_members(ledger: Ledger, mentions: list[Mention]) -> None:
    full = [mention for mention in mentions if mention.tier.name == "FULL"]
    for entry, each in zip(ledger.entries, ledger.sums, strict=True):
        before = bisect_right(full, each.start, key=lambda mention: mention.end)
        entry.member = full[before - 1].word if before else None


def _doubts(ledger: Ledger, text: str) -> None:
    costs = any(entry.kind is Kind.BUSINESS_COST for entry in ledger.entries)
    gross = words.GROSS.search(text) is not None
    for entry, context in zip(ledger.entries, ledger.contexts, strict=True):
        if entry.kind is None:
            ledger.ask.add("direction")
        if entry.kind is Kind.BUSINESS and context.earned and not entry.net and not costs and not gross:
            ledger.ask.add("net_or_gross")
    if words.NO_AMOUNT.search(text) and (
        words.SELL.search(text) or words.RECEIVE.search(text) or words.WORK.search(text) or words.SPEND.search(text)
    ):
        ledger.ask.add("amount")
