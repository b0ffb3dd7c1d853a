"""Pairs each price with the count it belongs to: 4500 a month for 7 months is 31500 (interface.md section 5)."""

import re
from decimal import Decimal

from bot.understanding.amount_words import BELOW_NOTHING, DAMAGE, NO_MONEY, PER_HEAD, PERIODIC, TOTAL
from bot.understanding.tokens import Token
from bot.understanding.totals import Sum, Total, to_fen
from bot.understanding.units import SLASH, SLASH_UNITS, SLASH_WEIGHTS

_SENTENCE_END = re.compile(r"[。!?\n]")
_SOLD_FOR = re.compile(r"大概|(?:大概)?卖(?:得|到|了)?")  # 每担卖一千三
_UNITS_OF_ONE = 4  # 每人每月: nobody names more units of one price


def moneyish(token: Token) -> bool:
    """Whether a number can be money: it counts nothing else."""
    return not token.unit


class Totals:
    """Pairs each price with the count it belongs to."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens: list[Token] = tokens
        self.used: set[int] = set()
        self.people = any(token.unit == "person" and not token.each for token in tokens)
        self.money = [index for index, token in enumerate(tokens) if self._is_money(token, index)]

    def _is_money(self, token: Token, index: int) -> bool:
        if not moneyish(token):
            return False
        before = self.text[max(0, token.start - 8) : token.start]
        if DAMAGE.search(before) and re.fullmatch(r"[一两二三几]块", self.text[token.start : token.end]):
            return False
        if NO_MONEY.search(before) and not token.currency:
            return False
        if not self.people and PER_HEAD.search(self.text[max(0, token.start - 12) : token.start]):
            return False
        digits = re.fullmatch(r"\d{7,}", self.text[token.start : token.end])
        if digits and not token.currency:
            return False
        return token.currency or token.strong or token.vague or token.value >= 10 or self._has_price(token, index)

    def _has_price(self, token: Token, index: int) -> bool:
        """2.6/斤, and 2.6 right behind 一公斤."""
        before = self.tokens[index - 1] if index else None
        priced = before is not None and before.each and before.unit in {"jin", "head", "mu", "bag", "piece", "tree"}
        behind = priced and before is not None and self.text[before.end : token.start].strip(" :卖是才只要") == ""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        weighed = following is not None and following.each and following.unit == "jin" and following.start == token.end
        return token.value > 0 and (SLASH.match(self.text, token.end) is not None or behind or weighed)

    def all(self) -> list[Sum]:
        """One sum for each amount, in order."""
        pers = [self._per(position) for position in range(len(self.money))]
        return [self._total(position, per) for position, per in enumerate(pers)]

    def _per(self, position: int) -> list[tuple[str, Decimal]]:
        """What one amount is a price of: month, day, mu … with the size of that unit."""
        index = self.money[position]
        token = self.tokens[index]
        if self.people and re.search(r"人均(?:是|有|约)?$", self.text[max(0, token.start - 4) : token.start]):
            return [("person", Decimal(1))]
        if re.search(r"(?:日薪|日工资)(?:是|:)?$", self.text[max(0, token.start - 5) : token.start]):
            return [("day", Decimal(1))]
        found: list[tuple[str, Decimal]] = []
        at, edge = index - 1, token.start
        while len(found) < _UNITS_OF_ONE and self._is_unit(at, edge):
            found.append((self.tokens[at].unit, self.tokens[at].value))
            self.used.add(at)
            edge = self.tokens[at].start
            at -= 1
        found += self._after(position, bool(found))
        if not found and (match := PERIODIC.search(self.text[max(0, token.start - 6) : token.start])):
            found.append(("month" if match.group(1) else "day", Decimal(1)))
        return found

    def _is_unit(self, at: int, edge: int) -> bool:
        return at >= 0 and self.tokens[at].each and at not in self.used and self._near(self.tokens[at], edge)

    def _near(self, count: Token, edge: int) -> bool:
        gap = self.text[count.end : edge]
        if self.text[count.start] == "每" and _SOLD_FOR.fullmatch(gap):
            return True
        return len(gap) <= 7 and not re.search(r"[,。;!?\n]|卖|买|[租]给|\d", gap.strip(" :")) and len(gap.strip()) <= 6

    def _after(self, position: int, known: bool) -> list[tuple[str, Decimal]]:
        index = self.money[position]
        token = self.tokens[index]
        if slash := SLASH.match(self.text, token.end):
            word = slash["w"]
            self._use_at(index + 1, slash.end())
            return [(SLASH_UNITS.get(word, "jin"), Decimal(SLASH_WEIGHTS.get(word, 1)))]
        if index + 1 >= len(self.tokens) or not self.tokens[index + 1].each:
            return []
        nearby = self.tokens[index + 1]
        gap = self.text[token.end : nearby.start]
        if gap.strip() or (gap and (known or self._leads(index + 1))) or (known and self._leads(index + 1)):
            return []
        self.used.add(index + 1)
        return [(nearby.unit, nearby.value)]

    def _use_at(self, index: int, end: int) -> None:
        if index < len(self.tokens) and self.tokens[index].start < end:
            self.used.add(index)

    def _leads(self, index: int) -> bool:
        """Whether another amount stands right behind this count, which then is its price."""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return following is not None and moneyish(following) and self._near(self.tokens[index], following.start)

    def _total(self, position: int, per: list[tuple[str, Decimal]]) -> Sum:
        index = self.money[position]
        token = self.tokens[index]
        total = Total(token.value, token.rough, reach=token.end, unknown=token.vague)
        for unit, size in per or self._implied(position):
            at = None if self._repeated(position, unit) else self._count(position, unit)
            if at is None:
                total.alone(unit, size, needed=self._needs_count(unit, index))
            else:
                count = self._counted(at, unit)
                total.times(count, unit, size)
                if count is self.tokens[at]:
                    self._times_each(position, at, total)
        total.unknown = total.unknown or self._several(position, per)
        if total.months == 1:
            total.months = self._said_months(position, token)
        return self._sum(token, total, per)

    def _counted(self, at: int, unit: str) -> Token:
        token = self.tokens[at]
        years = unit == "month" and token.unit == "year"
        return token._replace(value=token.value * 12, unit="month") if years else token

    def _times_each(self, position: int, at: int, total: Total) -> None:
        """10只,每只3斤,一斤25: the weight is that of one, and there are ten."""
        count = self.tokens[at]
        one = self.tokens[at - 1] if at else None
        if one is None or not one.each or one.unit in {count.unit, "month", "year", "day"} or one.end != count.start:
            return
        low = self.money[position - 1] if position else -1
        many = next((token for token in self.tokens[low + 1 : at] if token.unit == one.unit and not token.each), None)
        if many is not None:
            total.times(many, one.unit, one.value)
        else:
            total.unknown = total.unknown or self.text[one.start] == "每"

    def _several(self, position: int, per: list[tuple[str, Decimal]]) -> bool:
        """一天200,4月20天5月25天 and 一个月26天做了3个月: more counts than one, so the sum is open; so is 8块30斤."""
        index = self.money[position]
        high = self.money[position + 1] if position + 1 < len(self.money) else len(self.tokens)
        behind = self.tokens[index + 1 : high]
        if any(unit == "day" for unit, _ in per):
            days = [token for token in behind if token.unit == "day" and not token.each]
            months = [token for token in behind if token.unit == "month" and not token.each]
            return len(days) > 1 or (bool(days) and bool(months) and any(token.unit == "month" for token in behind[:1]))
        token = self.tokens[index]
        cheap = not per and token.currency and token.value < 50 and bool(behind)
        return cheap and behind[0].start == token.end and behind[0].unit == "jin" and behind[0].value > 1

    def _sum(self, token: Token, total: Total, per: list[tuple[str, Decimal]]) -> Sum:
        before = self.text[max(0, token.start - 10) : token.start]
        return Sum(
            token.start,
            token.end,
            None if total.unknown or total.value > 10**9 or BELOW_NOTHING.search(before) else to_fen(total.value),
            total.rough,
            total.months,
            strong=token.strong or bool(per),
            total=bool(TOTAL.search(before)) and not per,
            reach=total.reach,
            per=next((unit for unit, _ in per if unit in {"day", "month"}), ""),
            unit_price=bool(per),
            negative=bool(re.search(r"(?:^|[^\d一-龥]|:)-$", before)),
        )

    def _implied(self, position: int) -> list[tuple[str, Decimal]]:
        """2千斤 1块3: a small amount behind a weight is its price."""
        index = self.money[position]
        token, before = self.tokens[index], self.tokens[index - 1] if index else None
        mean = re.search(r"(?:均价|单价|平均)$", self.text[max(0, token.start - 4) : token.start])
        if mean and before is not None and before.unit in {"head", "piece", "mu", "jin", "person"}:
            return [(before.unit, Decimal(1))]
        small = (
            token.currency and token.value < 50 and before is not None and before.unit == "jin" and before.value >= 10
        )
        return [("jin", Decimal(2 if before and before.word in {"公斤", "千克", "kg"} else 1))] if small else []

    def _repeated(self, position: int, unit: str) -> bool:
        """两头牛,一头9千,一头1万1: each price is of one."""
        if unit not in {"head", "piece", "tree"}:
            return False
        around = [each for each in (position - 1, position + 1) if 0 <= each < len(self.money)]
        return any(
            self._single(self.money[each], unit)
            and self._single(self.money[position], unit)
            and not self._counted_between(position, each, unit)
            for each in around
        )

    def _single(self, index: int, unit: str) -> bool:
        before = self.tokens[index - 1]
        return index > 0 and before.each and before.unit == unit and self.text[before.start] != "每"

    def _counted_between(self, one: int, other: int, unit: str) -> bool:
        low, high = sorted((self.money[one], self.money[other]))
        return any(token.unit == unit and not token.each for token in self.tokens[low:high])

    def _needs_count(self, unit: str, index: int) -> bool:
        """一头2400 alone is one head; 每斤12 or 一天150 alone is no total."""
        if unit in {"month", "year", "other", "week"}:
            return False
        said = any(
            self.text[each.start] != "每"
            for each in self.tokens[max(0, index - 2) : index + 2]
            if each.each and each.unit == unit
        )
        return not (said and unit in {"head", "piece", "tree", "load", "bottle", "basket"})

    def _count(self, position: int, unit: str) -> int | None:
        """The count that a price belongs to: before it, else after it, never across another amount."""
        index = self.money[position]
        low = self.money[position - 1] if position else -1
        high = self.money[position + 1] if position + 1 < len(self.money) else len(self.tokens)
        around: tuple[int, ...] = (*range(index - 1, low, -1), *range(index + 1, high))
        fitting = next((at for at in around if at not in self.used and self._belongs(index, at, unit)), None)
        if fitting is not None:
            self.used.add(fitting)
        return fitting

    def _belongs(self, index: int, at: int, unit: str) -> bool:
        """A count of things stands in the sentence of its price; how long somebody worked may be said in the next."""
        if not self._fits(self.tokens[at], unit):
            return False
        first, second = sorted((index, at))
        apart = _SENTENCE_END.search(self.text, self.tokens[first].end, self.tokens[second].start)
        return apart is None or unit in {"day", "month"}

    def _fits(self, token: Token, unit: str) -> bool:
        if token.unit == unit:
            return True
        return (unit == "month" and token.unit == "year" and not token.each) or (
            unit == "month" and token.unit == "year" and token.value == 1
        )

    def _said_months(self, position: int, token: Token) -> int:
        low = self.tokens[self.money[position - 1]].end if position else 0
        for at in range(self.money[position - 1] if position else 0, self.money[position]):
            count = self.tokens[at]
            if low <= count.start and at not in self.used and count.unit in {"month", "year"}:
                return max(1, int(count.value * (12 if count.unit == "year" else 1)))
        match = re.search(r"\*(month|year)(\d+)", token.word)
        return int(match[2]) * (12 if match[1] == "year" else 1) if match else 1
