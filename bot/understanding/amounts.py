"""Totals from numbers: a price and a count make a sum, 4500 a month for 7 months is 31500 (interface.md section 5)."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.understanding.pairing import Totals, moneyish
from bot.understanding.tokens import MOST_NUMBERS, Token, scan
from bot.understanding.totals import Sum
from bot.understanding.units import SLASH, SLASH_WEIGHTS

__all__ = ["Sum", "sums"]

MOST = 60  # amounts of one message: six for each of ten households
_TIMES_FULL = re.compile(r"^ ?(?:/ ?个?(?:天|日|月|斤|公斤|亩|头|只|人|包|袋|次|个|吨|件|棵))? ?(?:\*|x|乘以?) ?$")


def sums(text: str, spans: list[tuple[int, int, int]] | None = None) -> list[Sum]:
    """Every amount of money in a text from which names and dates are masked, with counts multiplied in.

    More than `MOST` (or numbers without end) are found but not read: no total is given.
    `spans` are phrases like 从3月做到9月: where they stand and how many months they are.
    """
    counts = [Token(start, end, Decimal(months), "month") for start, end, months in spans or ()]
    numbers = scan(text)
    if len(numbers) == MOST_NUMBERS:
        return [Sum(token.start, token.end, None) for token in numbers]
    tokens = _products(text, sorted([*numbers, *counts], key=lambda token: token.start))
    totals = Totals(text, tokens)
    if len(totals.money) > MOST:
        return [Sum(tokens[index].start, tokens[index].end, None) for index in totals.money]
    return _equalled(text, totals.all())


def _products(text: str, tokens: list[Token]) -> list[Token]:
    """Numbers joined by a sign of multiplication are one amount: 160*13, 12袋乘158."""
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        sign = _TIMES_FULL.match(text[last.end : token.start]) if last else None
        if last and (joint := _one_amount(text, last, token)):
            merged[-1] = joint
        elif last and sign and (moneyish(last) or moneyish(token)) and not (last.each or token.each):
            merged[-1] = _product(text, last, token, _priced(text, token.end))
        else:
            merged.append(token)
    return merged


_PLUS = re.compile(r"(?:块钱?|元)? ?\+ ?")
_UP_TO = re.compile(r"(?:块钱?|元)? ?(?:-|到|至|[,、 ]?(?:还是|或者?|要么|要不)(?:是)?) ?")
_WIDEST = 10
"""How many times the lower end of a range the upper one is at most."""


def _one_amount(text: str, left: Token, right: Token) -> Token | None:
    """3000+2000 is one sum; 1200-1500, 2800还是3800, 3 500 and 36?0 are one amount that must be asked."""
    if left.unit or right.unit or left.each or right.each:
        return None
    gap = text[left.end : right.start]
    if _PLUS.fullmatch(gap):
        rough = left.rough or right.rough
        return left._replace(end=right.end, value=left.value + right.value, rough=rough, strong=True)
    if _range(gap, left, right) or _blurred(text, left, right, gap):
        return left._replace(end=right.end, vague=True, currency=True, strong=True)
    return None


def _range(gap: str, left: Token, right: Token) -> bool:
    apart = left.value < right.value <= _WIDEST * left.value or (left.value < _WIDEST and right.strong)
    either = "还" in gap or "或" in gap or "要" in gap
    known = left.value >= _WIDEST or right.strong
    return bool(_UP_TO.fullmatch(gap)) and known and left.value > 0 and (apart or either)


def _blurred(text: str, left: Token, right: Token, gap: str) -> bool:
    """Digits that stand apart without reason."""
    digits = re.fullmatch(r"\d{1,3}", text[left.start : left.end]) and re.fullmatch(
        r"\d+", text[right.start : right.end]
    )
    if not digits:
        return False
    return gap == "?" or (gap == " " and right.end - right.start == len("500"))


def _priced(text: str, end: int) -> int:
    """Behind 900元/亩 where it has been multiplied already."""
    slash = SLASH.match(text, end)
    return slash.end() if slash else end


def _product(text: str, left: Token, right: Token, end: int) -> Token:
    money, count = (left, right) if moneyish(left) else (right, left)
    word = f"*{count.unit}{count.value}" if count.unit else "*"
    said = count.value / SLASH_WEIGHTS.get(count.word, 1)  # 2吨*2600 is 2600 a ton
    if slash := SLASH.match(text, money.end):
        said = count.value / SLASH_WEIGHTS.get(slash["w"], 1)
    return Token(
        left.start,
        end,
        money.value * said,
        currency=True,
        rough=left.rough or right.rough,
        strong=True,
        word=word,
    )


def _adds_up(kept: list[Sum], whole: Sum) -> bool:
    rest = whole.fen or 0
    for count, part in enumerate(reversed(kept), 1):
        rest -= part.fen or 0
        if rest <= 0:
            return rest == 0 and count > 1
    return False


def _equalled(text: str, found: list[Sum]) -> list[Sum]:
    """120*20=2400 says one amount: the one behind the sign."""
    kept: list[Sum] = []
    for each in found:
        gap = text[kept[-1].end : each.start].strip() if kept else ""
        if gap == "(" and kept[-1].fen == each.fen:
            continue  # 3600元(4亩*900元)
        if gap == "=" and _adds_up(kept, each):
            continue  # 打工30000+卖猪20000=50000
        if gap == "=":
            kept[-1] = replace(kept[-1], end=each.end, fen=each.fen)
        else:
            kept.append(each)
    return kept
