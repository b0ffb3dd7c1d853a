"""The synthetic township of the sandbox: the same seed and day give the same township.

Nothing here is stored; `township_seed.seed` does that. The cohort is the plan's (三(一)3): 643 lifted households with
2,354 persons and 80 monitored ones with 208.
"""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from bot.domain.households import MONITORED, Category, Monitoring
from bot.domain.policy import Policies
from bot.domain.staff import Role
from bot.domain.statyear import stat_year
from bot.sandbox import township_money
from bot.sandbox import township_names as names
from bot.sandbox.township_cast import HOME_VILLAGE, RESERVED_SURNAMES, cast
from bot.sandbox.township_history import history
from bot.sandbox.township_lives import live
from bot.sandbox.township_model import Home, Member, Persona, Township, VillageFacts
from bot.sandbox.township_numbers import Numbers
from bot.sandbox.township_people import Families, alias_for, sizes
from bot.sandbox.township_seed import seed
from bot.sandbox.township_staff import FIRST_GROUPS, helper_for, staff

__all__ = ["DEFAULT_SEED", "Persona", "Township", "build", "personas", "seed"]

LIFTED, MONITORED_SIZE = (643, 2354), (80, 208)
"""Households and persons of the plan's cohort."""
DEFAULT_SEED = 20240315
MONITORED_BY_VILLAGE = (24, 14, 14, 14, 14)
RELOCATED = frozenset({(1, 8), (3, 8)})
"""Village (from 0) and group of the two resettlement sites."""
FALLBACK_MEANS = {0: (2_230_000, 1_750_000), 1: (1_870_000, 1_470_000), 2: (1_570_000, 1_230_000)}
"""Means in fen, lifted and monitored, by years before the running one, where no pack names the year."""


def build(seed_number: int, today: date, policies: Policies) -> Township:
    """The township as it stands on `today`; about 0.3 s."""
    rng = Random(seed_number)
    families = Families(rng, today, Numbers(rng))
    people = staff()
    homes = _homes(rng, families, today)
    for home in homes:
        home.unknown = _unknown(rng, home, today)
    township_money.earn(rng, homes, _means(policies, today), today)
    facts = tuple(
        VillageFacts(name, names.RURAL_POPULATION[i], i in names.LIFTED_VILLAGES)
        for i, name in enumerate(names.VILLAGES)
    )
    township = Township(seed_number, today, facts, tuple(homes), people)
    history(rng, township, policies)
    return township


def personas(township: Township) -> list[Persona]:
    """Whom a person can play, the first monitor first, then one of each other role, then everybody else."""
    seen: set[Role] = set()
    first: list[Member] = []
    others: list[Member] = []
    for one in township.staff:
        (others if one.role in seen else first).append(one)
        seen.add(one.role)
    return [
        Persona(one.telegram_id, one.name, one.role.value, _place(township, one), one.language)
        for one in (*first, *others)
    ]


def _place(township: Township, one: Member) -> str:
    """Where somebody works: village and groups, a unit, or nothing for the whole township."""
    if one.unit is not None:
        return one.unit
    if one.village is None:
        return ""
    return " ".join((township.villages[one.village].name, *one.group_names))


def _means(policies: Policies, today: date) -> dict[int, township_money.Mean]:
    """What the groups' means of the last three years are to be: the plan's, else like it."""
    running = stat_year(today)
    means: dict[int, township_money.Mean] = {}
    for back in reversed(range(township_money.YEARS)):
        lifted, monitored = FALLBACK_MEANS[back]
        year = running - back
        means[year] = {
            False: policies.target(year, "lifted") or lifted,
            True: policies.target(year, "monitored") or monitored,
        }
    return means


def _homes(rng: Random, families: Families, today: date) -> list[Home]:
    """Every household with its people, sorted by place, with codes."""
    given = cast(families, today)
    homes = list(given)
    for monitored, (households, persons) in ((False, LIFTED), (True, MONITORED_SIZE)):
        same = [home for home in given if (home.category in MONITORED) is monitored]
        members = persons - sum(len(home.residents) for home in same)
        places = _places(households, same, monitored=monitored)
        for size, place in zip(sizes(rng, len(places), members), places, strict=True):
            homes.append(_home(rng, families, size, place, monitored=monitored))
    homes.sort(key=lambda home: (home.village, home.group))
    _number(rng, homes, today)
    return homes


def _places(households: int, given: list[Home], *, monitored: bool) -> list[tuple[int, int]]:
    """Village and group of each household still to be made: even over the groups of a village."""
    taken: dict[int, int] = defaultdict(int)
    for home in given:
        taken[home.village] += 1
    places: list[tuple[int, int]] = []
    for village, groups in enumerate(names.GROUPS_PER_VILLAGE):
        villages = len(names.VILLAGES)
        share = households // villages + (village < households % villages)
        wanted = (MONITORED_BY_VILLAGE[village] if monitored else share) - taken[village]
        places += [(village, 1 + index % groups) for index in range(wanted)]
    return places


def _home(rng: Random, families: Families, size: int, place: tuple[int, int], *, monitored: bool) -> Home:
    """One household; heads of the first monitor's grid keep clear of the cast's surnames."""
    village, group = place
    residents = families.family(size)
    guarded = village == HOME_VILLAGE and group in FIRST_GROUPS
    while guarded and residents[0].name[0] in RESERVED_SURNAMES:
        residents = families.family(size)
    home = Home("", village, group, Category.LIFTED, residents)
    if monitored:
        classes = (Category.UNSTABLE, Category.MARGINAL, Category.SUDDEN)
        home.category = rng.choices(classes, (42, 38, 20))[0]
        home.monitoring = rng.choices((Monitoring.ACTIVE, Monitoring.REMOVED), (65, 35))[0]
    return home


def _number(rng: Random, homes: list[Home], today: date) -> None:
    """Codes, homophones, lives, aliases, helpers and documents, household by household."""
    counts: dict[tuple[int, int], int] = defaultdict(int)
    _homophones(homes)
    for home in homes:
        place = home.village, home.group
        counts[place] += 1
        home.code = f"99{home.village + 1:02d}{home.group:02d}{counts[place]:03d}"
        home.relocated = place in RELOCATED
        home.imported_on = today - timedelta(days=9 if home.fresh else 400)
        home.registered_on = today - timedelta(days=rng.randint(500, 2600))
        if home.head.labour is None:
            live(rng, home, today)
            home.helper = helper_for(rng, home)
            home.plan, home.card, home.ledger = rng.random() < 0.88, rng.random() < 0.93, rng.random() < 0.9
            if rng.random() < 0.3:
                head = home.head
                head.alias = (alias_for(rng, head.name, head.age(today), male=head.male),)


def _homophones(homes: list[Home]) -> None:
    """Two heads of one village whose names sound alike, for every pair."""
    for index, pair in enumerate(names.HOMOPHONES):
        village = index % len(names.VILLAGES)
        fitting = [
            home
            for home in homes
            if home.village == village
            and home.head.male
            and home.head.labour is None
            and len(home.residents) <= 2
            and not (village == HOME_VILLAGE and home.group in FIRST_GROUPS)
        ]
        for home, name in zip(fitting, pair, strict=False):
            home.head.name = name


def _unknown(rng: Random, home: Home, today: date) -> frozenset[int]:
    """Closed years of which nothing is known; of a new household all."""
    closed = stat_year(today) - 1
    if home.fresh:
        return frozenset({closed, closed - 1})
    if home.scripted or home.level is not None:
        return frozenset()
    return frozenset(year for year, chance in ((closed, 0.02), (closed - 1, 0.05)) if rng.random() < chance)
