"""Whose ledger needs an entry: nudges once a period, and the thin years shortly before the year ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.access import Scope
from bot.domain.households import Household
from bot.domain.policy_models import IncomeNudges
from bot.domain.staff import Staff
from bot.domain.statyear import first_day, month_of, months, shift_month, stat_year, window
from bot.reminders.moments import Opening
from bot.storage import reminders
from bot.storage.transaction import Transaction

Claim = tuple[str, date]
THIN = "thin-year"


@dataclass(frozen=True, slots=True)
class Nudge:
    """Households without any entry in the months `first` to `last`; told once, under `claim`."""

    first: str
    last: str
    households: tuple[Household, ...]
    claim: Claim


def nudges(tx: Transaction, person: Staff, scope: Scope, day: date, rules: IncomeNudges) -> tuple[Nudge, ...]:
    """What the last month (监测户) and the last quarter (脱贫户) of the ledger lack, each told once a period."""
    found = []
    for kind, length in (("monitored", rules.monitored_months), ("lifted", rules.lifted_months)):
        start = period_start(day, length)
        claim = (f"income-{kind}", first_day(start))
        if scope.empty or reminders.claims(tx, [person.id], [claim[0]], claim[1]):
            continue
        asked = (shift_month(start, -length), shift_month(start, -1))
        silent = reminders.silent(tx, person.id, scope, asked, day, monitored=kind == "monitored")
        if silent:
            found.append(Nudge(*asked, tuple(silent), claim))
    return tuple(found)


def period_start(day: date, length: int) -> str:
    """The month in which the present period of `length` months began; periods are counted from October."""
    year = months(stat_year(day))
    place = year.index(month_of(day))
    return year[place - place % length]


def thin_year(tx: Transaction, person: Staff, scope: Scope, opening: Opening) -> tuple[Household, ...]:
    """In the last days of the statistical year: households with a quarter that has no entry; told once a year."""
    year = stat_year(opening.day)
    kind, end = thin_claim(opening.day)
    if scope.empty or opening.day < end - timedelta(opening.rules.thin_year_days):
        return ()
    if reminders.claims(tx, [person.id], [kind], end):
        return ()
    every = months(year)
    quarters = [set(every[start : start + 3]) for start in range(0, 12, 3)]
    households = reminders.followed(tx, scope)
    entered = reminders.months_entered(tx, [each.id for each in households], (every[0], every[-1]))
    return tuple(h for h in households if not all(quarter & entered.get(h.id, set()) for quarter in quarters))


def thin_claim(day: date) -> Claim:
    """Under what the list of thin years is told once: the last day of the statistical year."""
    return (THIN, window(stat_year(day))[1])
