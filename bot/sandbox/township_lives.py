"""What the national system says about each person: schooling, health, labour, work, posts, insurance, 低保."""

from datetime import date
from random import Random

from bot.domain.households import MONITORED
from bot.domain.people import ABLE, HEALTHY
from bot.sandbox.township_model import Home, Resident

PUBLIC_POST, FOREST_RANGER = "公益岗", "护林员"
SCHOOLS = ((0, "学前教育"), (6, "小学"), (12, "初中"), (15, "普通高中"), (18, "高职高专"), (20, "本科"))


def live(rng: Random, home: Home, today: date) -> None:
    """Fill in every member of a household."""
    for one in home.residents:
        age = one.age(today)
        _school(rng, one, age)
        _health(rng, one, age, monitored=home.category in MONITORED)
        _labour(rng, one, age)
        _work(rng, one, age)
        one.insured = rng.random() < (0.985 if home.category in MONITORED else 0.996)
        one.pension = age >= 60 or (age >= 18 and one.schooling is None and rng.random() < 0.7)
    _support(rng, home)


def _school(rng: Random, one: Resident, age: int) -> None:
    """Exactly one of schooling and education."""
    studies = age < 15 or (age < 18 and rng.random() < 0.9) or (age < 22 and rng.random() < 0.45)
    if studies:
        one.schooling = [school for since, school in SCHOOLS if since <= age][-1]
        if one.schooling == "普通高中" and rng.random() < 0.4:
            one.schooling = "中职"
    elif age >= 60:
        one.education = rng.choices(("文盲或半文盲", "小学", "初中"), (30, 58, 12))[0]
    elif age >= 35:
        one.education = rng.choices(("小学", "初中", "高中"), (46, 47, 7))[0]
    else:
        one.education = rng.choices(("小学", "初中", "高中", "大专", "本科及以上"), (6, 58, 22, 10, 4))[0]


def _health(rng: Random, one: Resident, age: int, *, monitored: bool) -> None:
    weight = (2.4 if monitored else 1.0) * (0.25 if age < 40 else 1.0 if age < 60 else 2.2)
    chance = rng.random()
    if chance < 0.014 * weight:
        one.health = ("患有大病",)
    elif chance < 0.05 * weight:
        one.health = ("残疾",)
    elif chance < 0.16 * weight:
        one.health = ("长期慢性病", "残疾") if rng.random() < 0.06 else ("长期慢性病",)


def _labour(rng: Random, one: Resident, age: int) -> None:
    if age < 16 or one.schooling is not None or age >= 75:
        one.labour, one.willing = "无劳动力", False
    elif "患有大病" in one.health or ("残疾" in one.health and rng.random() < 0.6):
        one.labour, one.willing = "丧失劳动力", False
    elif age >= 60 or one.health != (HEALTHY,):
        one.labour, one.willing = "弱劳动力或半劳动力", rng.random() < 0.35
    else:
        one.labour = "技能劳动力" if rng.random() < 0.18 else "普通劳动力"
        one.willing = rng.random() < 0.95


def _work(rng: Random, one: Resident, age: int) -> None:
    """Where somebody works and for how many months; both or neither."""
    if one.labour not in ABLE:
        return
    one.trained = age < 58 and rng.random() < 0.5
    one.certificate = one.labour == "技能劳动力" or (one.trained and rng.random() < 0.3)
    if age < 62 and one.willing and rng.random() < 0.86:
        place = rng.choices(("in_county", "in_province", "out_of_province"), (50, 33, 17))[0]
        months = rng.randint(3, 12) if place == "in_county" else rng.randint(6, 11)
        one.works_where, one.work_months = place, months
        if place == "in_county" and rng.random() < 0.3:
            one.public_post = FOREST_RANGER if rng.random() < 0.11 else PUBLIC_POST
            one.work_months = 12
    else:
        one.works_where, one.work_months = "none", 0


def _support(rng: Random, home: Home) -> None:
    """低保 and 特困 of the household, and membership in a co-operative."""
    poor = home.category in MONITORED
    able = any(one.labour in ABLE for one in home.residents)
    if not able and len(home.residents) == 1 and rng.random() < 0.5:
        home.residents[0].tekun = True
    elif rng.random() < (0.45 if poor else 0.09 if able else 0.6):
        for one in home.residents[: rng.randint(1, len(home.residents))]:
            one.dibao = True
    if rng.random() < 0.86:
        home.residents[0].coop = True
