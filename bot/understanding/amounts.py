"""Totals from numbers: a price and a count make a sum, 4500 a month for 7 months is 31500 (interface.md section 5)."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.understanding.pairing import Totals, moneyish
from bot.understanding.tokens import Token, scan
from bot.understanding.totals import Sum
from bot.understanding.units import SLASH

__all__ = ["Sum", "sums"]

MOST = 60  # amounts of one message: six for each of ten households
_TIMES_FULL = re.compile(r"^ ?(?:/ ?个?(?:天|日|月|斤|公斤|亩|头|只|人|包|袋|次|个|吨|件|棵))? ?(?:\*|x|乘以?) ?$")


def sums(text: str, spans: list[tuple[int, int, int]] | None = None) -> list[Sum]:
    """Every amount of money in a text from which names and dates are masked, with counts multiplied in.

    More than `MOST` are found but not read: no total is given.
    `spans` are phrases like 从3月做到9月: where they stand and how many months they are.
    """
    counts = [Token(start, end, Decimal(months), "month") for start, end, months in spans or ()]
    tokens = _products(text, sorted([*scan(text), *counts], key=lambda token: token.start))
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
        if last and sign and (moneyish(last) or moneyish(token)) and not (last.each or token.each):
            merged[-1] = _product(last, token, _priced(text, token.end))
        else:
            merged.append(token)
    return merged


def _priced(text: str, end: int) -> int:
    """Behind 900元/亩 where it has been multiplied already."""
    slash = SLASH.match(text, end)
    return slash.end() if slash else end


def _product(left: Token, right: Token, end: int) -> Token:
    money, count = (left, right) if moneyish(left) else (right, left)
    word = f"*{count.unit}{count.value}" if count.unit else "*"
    return Token(
        left.start,
        end,
        money.value * count.value,
        currency=True,
        rough=left.rough or right.rough,
        strong=True,
        word=word,
    )


def _equalled(text: str, found: list[Sum]) -> list[Sum]:
    """120*20=2400 says one amount: the one behind the sign."""
    kept: list[Sum] = []
    for each in found:
        gap = text[kept[-1].end : each.start].strip() if kept else ""
        if gap == "(" and kept[-1].fen == each.fen:
            continue  # 3600元(4亩*900元)
        if gap == "=":
            kept[-1] = replace(kept[-1], end=each.end, fen=each.fen)
        else:
            kept.append(each)
    return kept
