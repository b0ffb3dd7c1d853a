"""What is said twice is counted once: a sum beside its parts, what is left of a sale, the own share of a bill.

Where the figures do not add up, the amount is asked.
"""

import re

from bot.domain.income_kinds import Kind
from bot.understanding.entry_words import OWN_SHARE
from bot.understanding.ledger import Ledger
from bot.understanding.totals import Sum

_SUM = re.compile(r"共|总|合计|全年|全部|加起来|年收入|收入|成本|一年")
_PARTS = re.compile(r"其中|分别|里面|里头|包括|包含|[(:=+]")
_WITHIN = re.compile(r"其中|里头|里面|内含|含")
_COSTS = frozenset({Kind.BUSINESS_COST, Kind.RIGID})


def balance(ledger: Ledger, text: str) -> None:
    """Leave out what other figures of the message already say."""
    _drop(ledger, _sums_of_parts(ledger, text))
    _drop(ledger, _shares(ledger))
    _drop(ledger, _left_over(ledger))
    _drop(ledger, _own_share(ledger))


def parts_of_sums(found: list[Sum]) -> set[int]:
    """Which amounts make up the one in front of them: 3万6,其中老大2万,老二1万6."""
    parts: set[int] = set()
    for at, whole in enumerate(found):
        rest, other = whole.fen or 0, at + 1
        while rest > 0 and other < len(found):
            rest -= found[other].fen or whole.fen or 0
            other += 1
        if rest == 0 and other - at > 2:
            parts.update(range(at + 1, other))
    return parts


def _drop(ledger: Ledger, gone: set[int]) -> None:
    if gone:
        kept = [at for at in range(len(ledger.entries)) if at not in gone]
        ledger.entries = [ledger.entries[at] for at in kept]
        ledger.contexts = [ledger.contexts[at] for at in kept]
        ledger.sums = [ledger.sums[at] for at in kept]


def _fen(ledger: Ledger, at: int) -> int:
    return ledger.entries[at].amount_fen or 0


def _sums_of_parts(ledger: Ledger, text: str) -> set[int]:
    """全年5万(打工3万,卖猪2万): the parts stand, the sum goes, and its month is theirs."""
    for at in range(len(ledger.entries)):
        parts = _parts(ledger, at)
        if parts and _is_sum(ledger, at, parts, text):
            for part in parts:
                ledger.entries[part].month = ledger.entries[part].month or ledger.entries[at].month
                ledger.entries[part].kind = ledger.entries[part].kind or ledger.entries[at].kind
            return {at}
    return set()


def _shares(ledger: Ledger) -> set[int]:
    """工资拿了4480,其中680是加班费: a share of what was just said."""
    return {
        at
        for at in range(1, len(ledger.entries))
        if _WITHIN.match(ledger.contexts[at].near.strip())
        and _fen(ledger, at) < _fen(ledger, at - 1)
        and ledger.entries[at].kind in {ledger.entries[at - 1].kind, None}
    }


def _parts(ledger: Ledger, at: int) -> list[int]:
    """Two or more entries right behind or in front that make up the amount."""
    for step, stop in ((1, len(ledger.entries)), (-1, -1)):
        rest, found = _fen(ledger, at), []
        for other in range(at + step, stop, step):
            rest -= _fen(ledger, other)
            found.append(other)
            if rest <= 0:
                break
        if rest == 0 and len(found) > 1:
            return found
    return []


def _is_sum(ledger: Ledger, at: int, parts: list[int], text: str) -> bool:
    """Amounts that move the same way, and a word or sign that says so."""
    costs = {ledger.entries[each].kind in _COSTS for each in (at, *parts)}
    if len(costs) > 1 or any(ledger.entries[each].net or ledger.entries[each].kind is Kind.CLAIM for each in parts):
        return False
    whole, first, last = ledger.sums[at], ledger.sums[min(parts)], ledger.sums[max(parts)]
    between = text[whole.end : first.start] if first.start > whole.end else text[last.end : whole.start]
    return bool(_SUM.search(ledger.contexts[at].near) or _PARTS.search(between) or whole.total)


def _left_over(ledger: Ledger) -> set[int]:
    """卖13000,成本8000,纯收入5000: what is left is no second income."""
    kinds = [entry.kind for entry in ledger.entries]
    net = [at for at, entry in enumerate(ledger.entries) if entry.net]
    gross = [at for at, kind in enumerate(kinds) if kind is Kind.BUSINESS and at not in net]
    if len(net) != 1 or not gross:
        return set()
    if Kind.BUSINESS_COST not in kinds:
        same = ledger.entries[gross[-1]].item == ledger.entries[net[0]].item and gross[-1] + 1 == net[0]
        return {gross[-1]} if same and _fen(ledger, gross[-1]) > _fen(ledger, net[0]) else set()
    costs = sum(_fen(ledger, at) for at, kind in enumerate(kinds) if kind is Kind.BUSINESS_COST)
    if sum(_fen(ledger, at) for at in gross) - costs != _fen(ledger, net[0]):
        ledger.ask.add("amount")
    return set(net)


def _own_share(ledger: Ledger) -> set[int]:
    """看病3000,个人负担1000: a share of the bill; without the refund the bill is open."""
    rigid = [at for at, entry in enumerate(ledger.entries) if entry.kind is Kind.RIGID]
    shares = [at for at in rigid if at != rigid[0] and OWN_SHARE.search(ledger.contexts[at].near)]
    if len(shares) != 1 or _fen(ledger, shares[0]) >= _fen(ledger, rigid[0]):
        return set()
    bill = sum(_fen(ledger, at) for at in rigid if at not in shares)
    claimed = sum(_fen(ledger, at) for at, entry in enumerate(ledger.entries) if entry.kind is Kind.CLAIM)
    rough = any(ledger.entries[at].estimate for at in range(len(ledger.entries)))
    if bill - claimed != _fen(ledger, shares[0]) and not rough:
        ledger.ask.add("amount")
    return set(shares)
