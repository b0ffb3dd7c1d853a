"""Ledger entries from a message: amounts with their kinds, months and doubts (interface.md section 5)."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.amounts import MOST, Sum, sums
from bot.understanding.asides import is_aside, met, priced_total
from bot.understanding.balance import balance, parts_of_sums
from bot.understanding.context import Context, has_topic, read_context
from bot.understanding.dates import DateToken, When
from bot.understanding.doubts import Doubt, doubt, with_past
from bot.understanding.entry_months import months_before, when_of
from bot.understanding.kinds import kind_of
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import ReadEntry
from bot.understanding.names import DATE, NAME, Mention
from bot.understanding.second import ASKED, NO, Scores, amount_pieces, read_amount
from bot.understanding.settle import Settled

_BREAK = re.compile(r"[,。;!?:\n]| (?! )")
_PART_OF = re.compile(r"(?:其中|里头|里面|头|第.|上|后|前|这)(?:一)?(?:回|次|趟|批|茬)?(?:是|卖|得|交|有|了)*$")
_IN_HAND = re.compile(r"(?:到手|实发|实得|实际[拿领发得]|只[拿领发得]|才[拿领发得])(?:了|到|手){0,5}$")
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
    ledger = Ledger()
    said_on = [
        token for token in dates if token.when not in {When.PLAN, When.CLOCK} and not words.LEFT.match(text, token.end)
    ]
    rest = len(_FILLER.sub("", text))
    found = amounts_in(text, dates)
    if len(found) > MOST:
        ledger.ask.add("amount")
        ledger.too_many = True
        return ledger
    parts, told = parts_of_sums(found), with_past(text, dates)
    before: Context | None = None
    for position, each in enumerate(found):
        start = found[position - 1].end if position else 0
        stop = found[position + 1].start if position + 1 < len(found) else len(text)
        context = _context(text, (start, stop), each, before, lexicon)
        real = not words.SHORT_OF.search(context.near) and _believable(text, each, context, rest)
        before = context if real else before
        wrong = doubt(told, each.start, each.end)
        open_ = each.fen is None or wrong is Doubt.OPEN or (wrong is Doubt.COMPARED and not ledger.entries)
        scores = read_amount(amount_pieces(text, each, start, lexicon)) if position < BOTH_READ else {}
        if real and open_:
            _unheard(ledger, each, context, scores, settled)
        elif each.fen:
            said = _kind(ledger, context) if real and wrong is None else NO
            when = when_of(text, each, said_on, stop)
            if said != NO and is_aside(context, said, scores, lexicon):
                if settled.take("aside", ASKED, scores) == ASKED:
                    ledger.asides.append((each, context, when))
                continue
            kind = _settled_kind(context, said, scores, settled, part=position in parts)
            if kind == NO:
                continue
            ledger.words.append(_span(each, context))
            met(ledger, each, context)
            for month in months_before(text, each, said_on, when):
                _add(ledger, each, context, month, kind)
            _add(ledger, each, context, when, kind)
    _left_open(ledger, alone=alone)
    _fill_back(ledger)
    _hired(ledger)
    balance(ledger, text)
    _name_members(ledger, mentions)
    _doubts(ledger, text)
    if not ledger.entries and _not_heard(text, lexicon):
        ledger.ask.add("amount")
    return ledger


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
    if _is_total(ledger, each, context, kind):
        ledger.entries[-1].month = ledger.entries[-1].month or month
        return
    if _is_rest(ledger, each, context, kind):
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


def _is_total(ledger: Ledger, each: Sum, context: Context, kind: Kind | None) -> bool:
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


def _is_rest(ledger: Ledger, each: Sum, context: Context, kind: Kind | None) -> bool:
    """住院花了12000,报了8500,自己出了3500: the rest says nothing new."""
    if re.search(r"(?:还|净|只|就)?(?:剩|余|落)(?:下|得|了|到)*$", context.near) and len(ledger.entries) > 1:
        return 2 * (ledger.entries[0].amount_fen or 0) - ledger.fen == each.fen
    if kind is not Kind.RIGID or not re.search(r"自己|自付|自费|自掏|个人", context.near):
        return False
    if ledger.spent is None or Kind.CLAIM not in ledger.kinds or each.fen is None:
        return False
    gap = abs((ledger.spent.amount_fen or 0) - ledger.claimed - each.fen)
    return gap == 0 or ((each.rough or ledger.entries[0].estimate) and gap * 5 <= each.fen)


_ALL = re.compile(r"都|均|全|合计|两|这些")


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


def _not_heard(text: str, lexicon: Lexicon) -> bool:
    """工资没听清, 卖牛的钱他不肯说: there was money, and nobody knows how much."""
    for unheard in words.UNHEARD.finditer(text):
        sentence = re.split(r"[。;!?\n]", text[: unheard.start()])[-1]
        said = sentence[-_SENTENCE:]
        if (has_topic(said, lexicon) or words.SELL.search(said)) and not words.OF_DAYS.search(said):
            return True
    return False


_SENTENCE = 30


def sold_without_amount(text: str) -> bool:
    """卖了两头猪 without a number: something was earned, the amount is open."""
    return words.SOLD.search(text) is not None and words.NOT_SOLD.search(text) is None


def kind_without_amount(text: str, lexicon: Lexicon) -> Kind | None:
    """The kind of money whose amount is not said: 卖了两头猪,多少钱没说 is business; None when it could be several."""
    plain = words.NO_AMOUNT.sub(" ", text)
    said: Kind | None = None
    for clause in dict.fromkeys(re.split(r"[,。;!?:\n ]+", plain)):
        kind = kind_of(read_context(clause, "", "", lexicon, None))
        if kind is not None and said not in {None, kind}:
            return None
        said = said or kind
    return said
