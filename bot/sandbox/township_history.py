"""What happened in the synthetic township: official figures, who joined and left, visits, who typed what and when."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from bot.domain.households import Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.policy import Policies
from bot.domain.statyear import first_day, month_of, months, stat_year, year_of_month
from bot.sandbox.township_items import Item
from bot.sandbox.township_model import Home, Money, Resident, Township
from bot.sandbox.township_money import net
from bot.sandbox.township_names import FIRST_MONITOR
from bot.sandbox.township_visits import Rounds

TYPED_DAYS = 330
"""Entries of the last months were typed by monitors; older ones came in by workbook."""
LEFT_WHYS = ("death", "marriage_out", "moved")


def history(rng: Random, township: Township, policies: Policies) -> None:
    """Everything that happened before `today`, in place."""
    today = township.today
    for home in township.homes:
        if home.scripted:
            _script(home, today)
        _figures(rng, home, today)
        _typing(rng, home, today)
    keys = _keys(township, policies)
    _goals(rng, township)
    rounds = Rounds(rng, today, policies.on(today).cadence)
    grids: dict[str, list[Home]] = defaultdict(list)
    for home in township.homes:
        grids[township.monitor_of(home).name].append(home)
    for name, grid in grids.items():
        rounds.plan_grid(grid, keys)
        for home in grid:
            rounds.visit(home, key=home.code in keys, troubled=_troubled(rng, home, name))
    _moves(rng, township)


def per_head(home: Home, year: int) -> int | None:
    """Net income per head of a closed year in fen: the official figure, else the ledger's; None when unknown."""
    if year in home.official:
        return home.official[year]
    entries = [entry for entry in home.money if not entry.undone and year_of_month(entry.month) == year]
    return net(entries) // len(home.living) if entries else None


def _keys(township: Township, policies: Policies) -> frozenset[str]:
    """Codes of the key households."""
    year = stat_year(township.today) - 1
    line = policies.key_line(year) or 0
    return frozenset(home.code for home in township.homes if (per_head(home, year) or line) < line)


def _figures(rng: Random, home: Home, today: date) -> None:
    """Official figures: most for the year before last, some for the last one, near the ledger's."""
    for year, share in ((stat_year(today) - 2, 0.8), (stat_year(today) - 1, 0.35)):
        figure = per_head(home, year)
        if figure and not home.scripted and rng.random() < share:
            home.official[year] = round(figure * rng.uniform(0.985, 1.02) / 100) * 100


def _typing(rng: Random, home: Home, today: date) -> None:
    """When recent entries were typed, one record a month; about one record in seventy was wrong and typed again."""
    days: dict[str, date] = {}
    kept: list[Money] = []
    for entry in home.money:
        since = first_day(entry.month)
        if since < today - timedelta(days=TYPED_DAYS):
            kept.append(entry)
            continue
        day = days.setdefault(entry.month, since + timedelta(days=rng.randint(6, 37)))
        if day >= today and not home.scripted:
            continue
        entry.typed_on = min(day, today - timedelta(days=2))
        kept.append(entry)
        if rng.random() < 0.014 and entry.kind is Kind.WAGE:
            kept.append(_mistake(entry))
    home.money = kept


def _mistake(right: Money) -> Money:
    """The wrong entry, undone, that a right one replaced: a zero too many."""
    wrong = Money(right.kind, right.item, right.fen * 10, right.month, right.who, right.months)
    wrong.typed_on, wrong.undone = right.typed_on, True
    return wrong


def _goals(rng: Random, township: Township) -> None:
    """Three in ten households have a goal of their own in their plan, in hundreds of yuan."""
    for home in township.homes:
        last = per_head(home, stat_year(township.today) - 1)
        if last and home.plan and not home.scripted and rng.random() < 0.3:
            home.goal_fen = round(last * rng.uniform(1.15, 1.3) / 10_000) * 10_000


def _troubled(rng: Random, home: Home, monitor: str) -> bool:
    """Whether the newest visit found a problem that is still open."""
    if monitor == FIRST_MONITOR and home.due_in is not None and home.due_in <= 0:
        return False
    return rng.random() < (0.13 if home.monitoring is Monitoring.ACTIVE else 0.022)


def _moves(rng: Random, township: Township) -> None:
    """Births, brides, deaths and departures of the last year and a half; today's numbers stay the plan's."""
    today = township.today
    for home in township.homes:
        for one in home.residents:
            if one.age(today) < 2:
                one.joined_on = one.birth
            elif one.relation == "之儿媳" and rng.random() < 0.25:
                one.joined_on = today - timedelta(days=rng.randint(60, 540))
    for home in rng.sample([home for home in township.homes if len(home.living) > 1 and not home.scripted], 26):
        home.residents.append(_gone(rng, home, today))


def _gone(rng: Random, home: Home, today: date) -> Resident:
    """Somebody who belonged to the household and left."""
    why = rng.choice(LEFT_WHYS)
    years = {"death": rng.randint(70, 88), "marriage_out": rng.randint(21, 27), "moved": rng.randint(20, 40)}[why]
    birth = today - timedelta(days=years * 365 + rng.randint(1, 300))
    surname = home.head.name[0]
    relation, name, male = ("之父", surname + "老倌", True) if why == "death" else ("之女", surname + "小妹", False)
    labour = "无劳动力" if why == "death" else "普通劳动力"
    gone = Resident(name, relation, birth, male, education="小学", labour=labour)
    gone.left_on, gone.left_why = today - timedelta(days=rng.randint(20, 500)), why
    return gone


SCRIPT_CLOSED = (
    (Kind.WAGE, Item.WAGE, 1_200_000, 4, "王小明", 5),
    (Kind.WAGE, Item.WAGE, 1_000_000, 9, "王小明", 4),
    (Kind.BUSINESS, Item.TOBACCO, 1_680_000, 11, None, 1),
    (Kind.BUSINESS_COST, "化肥", 756_000, 6, None, 1),
    (Kind.TRANSFER, Item.PENSION, 156_000, 11, "普秀英", 12),
    (Kind.TRANSFER, Item.DIBAO, 480_000, 11, "普秀英", 12),
    (Kind.TRANSFER, Item.SUBSIDY, 32_000, 8, None, 1),
)
"""The last closed year of 王老五's household: 37,920 yuan, 9,480 a head."""
SCRIPT_RUNNING = (
    (Kind.WAGE, Item.WAGE, 260_000, 0, "王小明", 1),
    (Kind.WAGE, Item.WAGE, 282_000, 1, "王小明", 1),
    (Kind.BUSINESS, Item.TOBACCO, 1_160_000, 0, None, 1),
    (Kind.BUSINESS_COST, "化肥", 240_000, 0, None, 1),
    (Kind.TRANSFER, Item.DIBAO, 215_000, 4, "普秀英", 5),
    (Kind.TRANSFER, Item.PENSION, 65_000, 4, "普秀英", 5),
    (Kind.RIGID, Item.MEDICAL, 86_050, 3, "普秀英", 1),
    (Kind.TRANSFER, Item.GIFT, 50_000, 3, None, 1),
)
"""The running year to date: 17,420 yuan, so that 3,500 more make 5,230 a head."""


def _script(home: Home, today: date) -> None:
    """The money of the scripted household; its year before last is like the last, a fifth lower."""
    running = stat_year(today)
    for year, lines, share in (
        (running - 2, SCRIPT_CLOSED, 80),
        (running - 1, SCRIPT_CLOSED, 100),
        (running, SCRIPT_RUNNING, 100),
    ):
        calendar = months(year)
        for kind, item, fen, place, name, covers in lines:
            who = next((one for one in home.residents if one.name == name), None)
            if calendar[place] <= month_of(today):
                home.money.append(Money(kind, item, fen * share // 100, calendar[place], who, covers))
