"""Three statistical years of income and spending for each household of the synthetic township.

A year is drawn whole, in shape, and then scaled so that the household reaches its level; levels are set so that the
two groups' means of a year lie just above what the plan asks. All amounts are fen.
"""

from collections.abc import Iterable
from datetime import date
from random import Random

from bot.domain.households import MONITORED
from bot.domain.income_kinds import Kind
from bot.domain.people import ABLE, HEALTHY
from bot.domain.statyear import month_of, months, stat_year
from bot.sandbox.township_items import CROPS, PURE_INCOME, Item
from bot.sandbox.township_model import Home, Money, Resident

YEARS = 3
"""The running statistical year and the two before it."""
ABOVE_TARGET = 1.013
WORKPLACES = {
    "in_county": ("县城餐馆", "镇上砖厂", "帮扶车间", "村里修路"),
    "in_province": ("昆明工地", "昆明快递站", "州府物业", "大理民宿"),
    "out_of_province": ("广东电子厂", "浙江服装厂", "福建鞋厂"),
}
STEP = 1000
"""Amounts are told in tens of yuan."""

Mean = dict[bool, int]
"""Mean net income per head a year in fen, for monitored (True) and lifted households."""


def earn(rng: Random, homes: Iterable[Home], means: dict[int, Mean], today: date) -> None:
    """Give every household its entries of the years in `means`, up to the month of `today`."""
    drawn = [home for home in homes if not home.scripted]
    character = {home.code: home.level or _character(rng, home) for home in drawn}
    for year, mean in means.items():
        wanted = _levels(rng, drawn, character, mean, year)
        for home in drawn:
            if year not in home.unknown:
                entries = _year(rng, home, year, wanted[home.code] * len(home.living), today)
                home.money += [entry for entry in entries if entry.month <= month_of(today)]


def _character(rng: Random, home: Home) -> float:
    """How well off a household is: more with many who work, less with none."""
    working = sum(bool(one.work_months) for one in home.living) / len(home.living)
    return rng.lognormvariate(0, 0.22) * (0.72 + 0.65 * working)


def _levels(rng: Random, homes: list[Home], character: dict[str, float], mean: Mean, year: int) -> dict[str, int]:
    """Net income per head for each household such that each group's mean comes out."""
    raw = {home.code: character[home.code] * rng.uniform(0.91, 1.09) for home in homes}
    wanted: dict[str, int] = {}
    for monitored in (True, False):
        group = [home for home in homes if (home.category in MONITORED) is monitored]
        known = [home for home in group if year not in home.unknown]
        heads = sum(len(home.living) for home in known)
        ratio = sum(raw[home.code] * len(home.living) for home in known) / max(1, heads)
        for home in group:
            level = raw[home.code] if home.level else raw[home.code] / ratio
            wanted[home.code] = round(level * mean[monitored] * ABOVE_TARGET)
    return wanted


def _year(rng: Random, home: Home, year: int, target: int, today: date) -> list[Money]:
    """All entries of one statistical year whose net income comes to about `target` fen."""
    calendar = months(year)
    fixed = [*_transfers(rng, home, calendar, year), *_spending(rng, home, calendar)]
    fixed += _gifts(rng, home, calendar)
    shape = [*_wages(rng, home, calendar), *_business(rng, home, calendar)]
    if not shape or rng.random() < 0.3:
        shape.append(Money(Kind.PROPERTY, Item.LAND_RENT, 100_000, rng.choice(calendar[:4])))
    have = net(fixed)
    factor = max(0.1, (target - have) / max(1, net(shape)))
    for entry in shape:
        entry.fen = max(STEP, round(entry.fen * factor / STEP) * STEP)
    _mend(shape, target - have)
    return [*fixed, *shape] if stat_year(today) >= year else []


def net(entries: Iterable[Money]) -> int:
    """Net income of entries whose items count, fen."""
    sign = dict.fromkeys(PURE_INCOME, 1) | {Kind.BUSINESS_COST: -1}
    return sum(sign.get(e.kind, 0) * e.fen for e in entries if e.item not in Item.UNCOUNTED)


def _mend(shape: list[Money], wanted: int) -> None:
    """Put what rounding left over into the largest entry."""
    largest = max((entry for entry in shape if entry.kind in PURE_INCOME), key=lambda entry: entry.fen)
    rest = (wanted - net(shape)) // STEP * STEP
    if largest.fen + rest > STEP:
        largest.fen += rest


def _wages(rng: Random, home: Home, calendar: tuple[str, ...]) -> list[Money]:
    """Wages in the ways people tell them: month by month, by quarter, or a whole spell at once."""
    entries: list[Money] = []
    for one in home.living:
        worked = one.work_months or 0
        if one.labour not in ABLE or not worked:
            continue
        monthly = {"in_county": 190_000, "in_province": 330_000, "out_of_province": 430_000}[one.works_where or ""]
        if one.public_post:
            entries += _spells(Item.POST, one, calendar, 80_000, 12, 3)
        else:
            spell = min(worked, rng.choices((1, 2, 3, worked), (10, 25, 45, 20))[0])
            since = rng.randint(0, 12 - worked)
            wages = _spells(Item.WAGE, one, calendar[since:], monthly, worked, spell)
            wages[0].note = rng.choice(WORKPLACES[one.works_where or ""]) if rng.random() < 0.3 else None
            entries += wages
    return entries


def _spells(item: str, who: Resident, calendar: tuple[str, ...], monthly: int, worked: int, spell: int) -> list[Money]:
    """Wages of `worked` months in entries that cover `spell` months each, told in the last month of each."""
    ends = range(spell, worked + 1, spell)
    return [Money(Kind.WAGE, item, monthly * spell, calendar[end - 1], who, months=spell) for end in ends]


def _business(rng: Random, home: Home, calendar: tuple[str, ...]) -> list[Money]:
    """One or two crops or herds, sold once to three times a year, with their costs in spring."""
    if not any(one.labour in ABLE for one in home.living):
        return []
    entries: list[Money] = []
    for crop in rng.sample(CROPS, rng.choices((1, 2), (60, 40))[0]):
        gross = rng.randint(300_000, 1_500_000)
        sales = rng.randint(1, 2)
        for place in rng.sample(crop.sold, min(sales, len(crop.sold))):
            vague = rng.random() < 0.05
            entries.append(Money(Kind.BUSINESS, crop.item, gross // sales, calendar[place], estimate=vague))
        spent = round(gross * rng.uniform(0.25, 0.45))
        entries.append(Money(Kind.BUSINESS_COST, crop.cost, spent, calendar[rng.choice(crop.bought)]))
    return entries


def _transfers(rng: Random, home: Home, calendar: tuple[str, ...], year: int) -> list[Money]:
    """低保 and 特困 by quarter, pensions by half-year, the farmland subsidy once."""
    entries = [Money(Kind.TRANSFER, Item.SUBSIDY, rng.randint(6, 38) * STEP, calendar[8])]
    poor = sum(one.dibao for one in home.living)
    monthly = (27_000 + 2_000 * (year % 10)) * poor or 88_000 * any(one.tekun for one in home.living)
    item = Item.DIBAO if poor else Item.TEKUN
    if monthly:
        entries += [Money(Kind.TRANSFER, item, monthly * 3, month, months=3) for month in calendar[2::3]]
    old = sum(one.pension and one.labour not in ABLE and one.schooling is None for one in home.living)
    if old:
        entries += [Money(Kind.TRANSFER, Item.PENSION, 13_000 * 6 * old, calendar[m], months=6) for m in (5, 11)]
    return entries


def _spending(rng: Random, home: Home, calendar: tuple[str, ...]) -> list[Money]:
    """Own spending on illness and what the insurance gave back, about four fifths of it; school costs."""
    entries: list[Money] = []
    ill = [one for one in home.living if one.health != (HEALTHY,)]
    if ill and rng.random() < 0.3:
        month, bill = rng.choice(calendar), rng.randint(15, 230) * 10_000
        entries.append(Money(Kind.RIGID, Item.MEDICAL, bill, month, ill[0]))
        entries.append(
            Money(Kind.CLAIM, Item.CLAIM, round(bill * rng.uniform(0.72, 0.86) / STEP) * STEP, month, ill[0])
        )
    if any(one.schooling in {"高职高专", "本科"} for one in home.living) and rng.random() < 0.7:
        entries.append(Money(Kind.RIGID, Item.SCHOOL, rng.randint(30, 60) * 10_000, calendar[11]))
    return entries


def _gifts(rng: Random, home: Home, calendar: tuple[str, ...]) -> list[Money]:
    """慰问金 before the Spring Festival: kept in the ledger and not counted."""
    if home.category in MONITORED and rng.random() < 0.5:
        return [Money(Kind.TRANSFER, Item.GIFT, rng.choice((30_000, 50_000, 80_000)), calendar[3])]
    return []
