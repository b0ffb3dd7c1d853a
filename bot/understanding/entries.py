"""Ledger entries from a message: amounts with their kinds, months and doubts (interface.md section 5)."""

import re
from collections.abc import Iterable

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.amounts import MOST, Sum, sums
from bot.understanding.asides import is_aside, met, priced_total
from bot.understanding.balance import parts_of_sums
from bot.understanding.context import Context, read_context
from bot.understanding.dates import DateToken, When
from bot.understanding.doubts import Doubt, doubt, with_past
from bot.understanding.entry_months import months_before, when_of
from bot.understanding.finishing import finish
from bot.understanding.kinds import kind_of
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadEntry
from bot.understanding.names import Mention
from bot.understanding.said_again import is_rest, is_total
from bot.understanding.second import ASKED, NO, Scores, amount_pieces, read_amount
from bot.understanding.settle import Settled
from bot.understanding.unsaid import not_heard

_BREAK = re.compile(r"[,。;!?:\n]| (?! )")
_FILLER = re.compile(
    r"[\ue000-\ue003\s,。:;!?()、]|家|记(?:一?下|账|一?笔|个|上)?|收入|支出|大概|"
    r"差不多|左右|约|块|元|是|有|的|了|补|帮我|请|一笔|一下|今天|昨天|户|报|这|"
    r"也|个|就|共|一共|总共|钱|给他|给|他"
)


def amounts_in(text: str, dates: Iterable[DateToken]) -> list[Sum]:
    """Every amount of a masked text with its counts multiplied in, whatever it is of."""
    return sums(text, [(token.start, token.end, token.months) for token in dates if token.when is When.RANGE])


def find_entries(
    text: str,
    dates: list[DateToken],
    mentions: list[Mention],
    lexicon: Lexicon,
    settled: Settled,
    *,
    alone: bool = False,
) -> Ledger:
    """Entries of a text whose names and dates are masked; `dates` are those that do not belong to a visit.

    `alone` says that nothing else is told: then money that counts nowhere is asked about.
    """
    ledger, found = Ledger(), amounts_in(text, dates)
    if len(found) > MOST:
        ledger.ask.add("amount")
        ledger.too_many = True
        return ledger
    _Reader(text, dates, lexicon, settled, ledger).read(found)
    _left_open(ledger, alone=alone)
    finish(ledger, text, mentions)
    if not ledger.entries and not_heard(text, lexicon):
        ledger.ask.add("amount")
    return ledger


class _Reader:
    """Reads the amounts of one text in order: each is an entry, a question, or nothing to be kept."""

    def __init__(self, text: str, dates: list[DateToken], lexicon: Lexicon, settled: Settled, ledger: Ledger) -> None:
        self.text, self.lexicon, self.settled, self.ledger = text, lexicon, settled, ledger
        self.dates = [
            token
            for token in dates
            if token.when not in {When.PLAN, When.CLOCK} and not words.LEFT.match(text, token.end)
        ]
        self.told = with_past(text, dates)
        self.rest = len(_FILLER.sub("", text))  # characters that mean something
        self.before: Context | None = None

    def read(self, found: list[Sum]) -> None:
        """Every amount, with the room between its neighbours."""
        parts = parts_of_sums(found)
        for position, each in enumerate(found):
            start = found[position - 1].end if position else 0
            stop = found[position + 1].start if position + 1 < len(found) else len(self.text)
            seen = amount_pieces(self.text, each, start, self.lexicon) if position < BOTH_READ else ()
            self._amount(each, (start, stop), read_amount(seen) if seen else {}, part=position in parts)

    def _amount(self, each: Sum, room: tuple[int, int], scores: Scores, *, part: bool) -> None:
        context = _context(self.text, room, each, self.before, self.lexicon)
        real = not words.SHORT_OF.search(context.near) and _believable(self.text, each, context, self.rest)
        self.before = context if real else self.before
        wrong = doubt(self.told, each.start, each.end)
        compared = wrong is Doubt.COMPARED and not self.ledger.entries
        if real and (each.fen is None or wrong is Doubt.OPEN or compared):
            _unheard(self.ledger, each, context, scores, self.settled)
        elif each.fen:
            said = _kind(self.ledger, context) if real and wrong is None else NO
            self._entry(each, context, said, when_of(self.text, each, self.dates, room[1]), scores, part=part)

    def _entry(
        self, each: Sum, context: Context, said: str, when: DateToken | None, scores: Scores, *, part: bool
    ) -> None:
        if said != NO and is_aside(context, said, scores, self.lexicon):
            if self.settled.take("aside", ASKED, scores) == ASKED:
                self.ledger.asides.append((each, context, when))
            return
        kind = _settled_kind(context, said, scores, self.settled, part=part)
        if kind == NO:
            return
        self.ledger.words.append(_span(each, context))
        met(self.ledger, each, context)
        for month in (*months_before(self.text, each, self.dates, when), when):
            _add(self.ledger, each, context, month, kind)


def _settled_kind(context: Context, said: str, scores: Scores, settled: Settled, *, part: bool) -> str:
    """What both readers make of an amount; a share of a bill, a part of a sum, what is left of a sale stand."""
    if words.OWN_SHARE.search(context.near):
        return said
    kind = settled.take("amount", said, scores)
    stands = part if kind == NO else said == Kind.BUSINESS and words.NET.search(context.near) is not None
    return said if stands else kind


def _unheard(ledger: Ledger, each: Sum, context: Context, scores: Scores, settled: Settled) -> None:
    """An amount that is not known is asked, unless it is no money or the price of a total."""
    if each.fen is None and settled.take("vague", ASKED, scores) == NO:
        return
    if each.fen is None and each.unit_price:
        if not priced_total(ledger, context):
            ledger.waiting.append((each, context))
        return
    _ask_amount(ledger, each, context)


def _ask_amount(ledger: Ledger, each: Sum, context: Context) -> None:
    ledger.words.append(_span(each, context))
    ledger.ask.add("amount")
    ledger.unsaid = ledger.unsaid or kind_of(context)


def _left_open(ledger: Ledger, *, alone: bool) -> None:
    """Prices without their count or total are asked; so is money that counts nowhere, where nothing else is told."""
    for each, context in ledger.waiting:
        _ask_amount(ledger, each, context)
    if alone and not ledger.entries and not ledger.ask:
        for each, context, when in ledger.asides:
            ledger.words.append(_span(each, context))
            _add(ledger, each, context, when, ASKED)


def _context(text: str, room: tuple[int, int], each: Sum, before: Context | None, lexicon: Lexicon) -> Context:
    left = text[room[0] : each.start]
    behind = text[each.end : room[1]]
    broken = _BREAK.search(behind)
    right = behind[: broken.start()] if broken else behind
    following = behind if room[1] == len(text) else ""
    context = read_context(left, right, following, lexicon, before, per=each.per)
    if each.negative:
        context.direction = "out"
    return context


BOTH_READ = 20
"""Amounts of one message that both readers look at; of a longer list the rules alone are heard."""
_BEFORE, _BEHIND = 14, 6
"""How far from an amount the words stand, at most, that tell what it is of."""


def _span(each: Sum, context: Context) -> tuple[int, int]:
    """Where an amount stands with the words that it is of."""
    said = context.said if context.said.endswith(context.near) else context.near
    behind = min(len(context.right), _BEHIND)
    return max(0, each.start - min(len(said), _BEFORE + len(said) - len(context.near))), max(
        each.reach, each.end + behind
    )


def _believable(text: str, each: Sum, context: Context, rest: int) -> bool:
    """Whether a number is money: it says so, or a word of money stands by it, or nothing else does.

    `rest` is how many characters of the text mean something.
    """
    if each.strong or each.unit_price:
        return True
    if context.near.strip() and (context.direction or context.topic) and not _FILLER.fullmatch(context.near):
        return True
    if words.GAVE.search(context.near):
        return True
    alone = not _FILLER.sub("", context.near + context.right)
    length = each.end - each.start
    if not alone or length >= 3 or context.topic:
        return alone
    return rest <= length and not _FILLER.sub("", text[: each.start] + text[each.end :])


def _kind(ledger: Ledger, context: Context) -> str:
    """What the rules say of an amount: a kind, or that it must be asked."""
    kind = kind_of(context)
    if kind is Kind.TRANSFER and words.HOME.search(context.near) and Kind.WAGE in ledger.kinds:
        return ASKED  # sent home out of the wage just said, or besides it?
    return kind or ASKED


def _add(ledger: Ledger, each: Sum, context: Context, when: DateToken | None, answer: str) -> None:
    kind = None if answer == ASKED else Kind(answer)
    month = when.month if when else None
    if is_total(ledger, each, context, kind):
        ledger.entries[-1].month = ledger.entries[-1].month or month
        return
    if is_rest(ledger, each, context, kind):
        return
    net = (
        kind is Kind.BUSINESS
        and words.NET.search(context.near + context.said + context.right) is not None
        and not words.GROSS.search(context.said + context.near)
    )
    item = context.item.name if context.item else None
    entry = ReadEntry(kind, each.fen, each.months, month, each.rough, net, item)
    entry.earlier = when is not None and when.when is When.YEAR and when.months == 12
    ledger.add(entry, each, context)
