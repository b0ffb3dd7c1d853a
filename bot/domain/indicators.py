"""Which households and villages the plan wants looked at. Counting only: it recognises nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.doubts import works
from bot.domain.households import MONITORED, Category, Household, Monitoring, Village
from bot.domain.income import YearIncome
from bot.domain.people import ABLE, Person
from bot.domain.policy import PlanGroup
from bot.domain.policy_models import Options

RANGER = "护林员"


def plan_group(household: Household, options: Options) -> PlanGroup | None:
    """The one group of the plan whose mean the household is part of; None for an ordinary household."""
    if household.category is Category.LIFTED:
        return "lifted"
    if household.category not in MONITORED:
        return None
    unstable = household.category is Category.UNSTABLE
    if household.monitoring is Monitoring.REMOVED and not options.removed_stay_in_mean:
        return "lifted" if unstable else None
    return options.unstable_counts_as if unstable else "monitored"


def is_monitored(household: Household) -> bool:
    """Whether it counts among the monitored persons of its village: a 监测 class whose risk is not removed."""
    return household.category in MONITORED and household.monitoring is not Monitoring.REMOVED


def is_key(household: Household, last: YearIncome | None, line_fen: int | None) -> bool:
    """Key household 万元以下: 脱贫户 or 监测户 below the line in the last closed year; an unknown year: nobody."""
    if household.category is Category.ORDINARY or last is None or last.running:
        return False
    return last.below(line_fen)


def key_household_lacks(household: Household, measures: int) -> tuple[str, ...]:
    """What 一对一 still lacks of a key household: `helper`, `plan`, `measures`."""
    present = {"helper": bool(household.helper_name), "plan": household.plan, "measures": measures > 0}
    return tuple(name for name, there in present.items() if not there)


def monitored_share(village: Village, monitored_persons: int) -> Decimal | None:
    """Monitored persons in percent of the rural population; None while the population is unknown."""
    if not village.rural_population:
        return None
    return Decimal(monitored_persons) * 100 / village.rural_population


def is_key_village(village: Village, monitored_persons: int, percent: Decimal | None) -> bool | None:
    """Key village: 脱贫村 whose monitored share is above the percentage; None when either is unset."""
    if not village.lifted:
        return False
    share = monitored_share(village, monitored_persons)
    return None if share is None or percent is None else share > percent


def is_zero_employment(members: Iterable[Person]) -> bool:
    """零就业: somebody has labour ability and will, and nobody works."""
    family = list(members)
    able = any(person.labour in ABLE and person.willing for person in family)
    return able and not any(works(person) for person in family)


@dataclass(frozen=True, slots=True)
class Insurance:
    """Low-income rural persons of a household by medical insurance; `unknown`: nobody wrote it down."""

    uninsured: tuple[Person, ...]
    unknown: tuple[Person, ...]


def insurance_gaps(household: Household, members: Iterable[Person]) -> Insurance:
    """Members who must be insured and are not: everybody in the three 监测 classes, else 特困 and 低保 persons."""
    must = [p for p in members if household.category in MONITORED or p.tekun or p.dibao]
    return Insurance(tuple(p for p in must if p.insured is False), tuple(p for p in must if p.insured is None))


def lacks_project(household: Household, projects: int) -> bool:
    """A relocated household without any income project."""
    return household.relocated and projects == 0


def archive_lacks(household: Household, entries: int) -> tuple[str, ...]:
    """What is missing of plan, card and ledger 档案; a ledger kept here counts as one on paper does."""
    present = {"plan": household.plan, "card": household.card, "ledger": household.ledger or entries > 0}
    return tuple(name for name, there in present.items() if not there)


def has_fallen(this: YearIncome, last: YearIncome) -> bool:
    """Whether income per head of a closed year is known to be below the year before."""
    now, then = this.exact, last.exact
    return not this.running and now is not None and then is not None and now < then


def outside_coop(household: Household, members: Iterable[Person]) -> bool:
    """A household with conditions for industry of which nobody is a co-op member."""
    return household.has_conditions and not any(person.coop for person in members)


@dataclass(frozen=True, slots=True)
class Employment:
    """Persons counted for measures 7 to 9 of the plan."""

    transferred: int  # works away from farming, anywhere
    out_of_province: int
    public_posts: int
    rangers: int
    trained: int


def employment(members: Sequence[Person]) -> Employment:
    """Count members once in each column that applies."""
    return Employment(
        transferred=sum(person.works_where not in (None, "none") for person in members),
        out_of_province=sum(person.works_where == "out_of_province" for person in members),
        public_posts=sum(bool(person.public_post) and person.public_post != RANGER for person in members),
        rangers=sum(person.public_post == RANGER for person in members),
        trained=sum(person.trained for person in members),
    )
