"""Money that is told beside the matter: loans, gifts, things of the house; and prices that a total follows."""

import re

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.aside_words import ASIDE
from bot.understanding.context import Context
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.second import ASKED, Scores
from bot.understanding.totals import Sum

_CLAUSE = re.compile(r"[,。;!?:\n]")
_SAID = re.compile(r"[\u4e00-\u9fff]{2}")


def is_aside(context: Context, said: str, scores: Scores, lexicon: Lexicon) -> bool:
    """Whether an amount counts nowhere; not where the second reader knows a kind of it."""
    near = _told(context)
    if not any(pattern.search(near) for pattern in (ASIDE, words.NOT_INCOME, words.LIVING)):
        return False
    likely = max(scores, key=lambda answer: scores[answer], default=ASKED)
    lived = likely == Kind.BUSINESS_COST and words.DAILY.search(near)  # meat beside a sale of maize
    if likely in set(Kind) and scores[likely] > 0 and not lived:
        return False
    if said == ASKED:
        return True
    meant = lexicon.find(near) or words.MEDICAL.search(near) or words.SCHOOL.search(near)
    return context.direction == "out" and not context.sold and not meant


def _told(context: Context) -> str:
    """The clause of the amount; where it says nothing, the one before."""
    if _SAID.search(context.near):
        return context.near
    clauses = [each for each in _CLAUSE.split(context.whole) if _SAID.search(each)]
    return clauses[-1] if clauses else ""


def priced_total(ledger: Ledger, context: Context) -> bool:
    """一共领了1290,每人430: a price beside the total that it makes up."""
    if not ledger.sums or ledger.sums[-1].unit_price:
        return False
    return ledger.sums[-1].total or (context.item is not None and context.item == ledger.contexts[-1].item)


def met(ledger: Ledger, each: Sum, context: Context) -> None:
    """三角一斤,拉了一车卖了340: the price waited for its total."""
    if not each.unit_price:
        ledger.waiting = [row for row in ledger.waiting if row[1].item not in {None, context.item} and context.item]
