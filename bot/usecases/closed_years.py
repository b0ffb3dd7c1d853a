"""Incomes of closed statistical years for many households at once."""

from datetime import date

from bot.domain.income import YearIncome, growth, sums_of_lines, year_income
from bot.domain.policy import Policies
from bot.domain.statyear import last_closed, window
from bot.storage import planning
from bot.storage.planning import Ids
from bot.storage.transaction import Transaction


def year_incomes(tx: Transaction, ids: Ids, year: int, today: date, policies: Policies) -> dict[int, YearIncome]:
    """A closed year's figures by household id; who is missing has no figure. Costs are never estimated here.

    An official figure wins over the ledger; items count as the pack of the year's last day says.
    """
    span = window(year)
    counted = policies.on(span[1]).counted
    ledger, figures = planning.lines(tx, ids, span), planning.official(tx, ids, year)
    heads = planning.members(tx, ids, span[1])
    return {
        id_: year_income(year, today, heads.get(id_, 0), sums_of_lines(ledger.get(id_, ()), counted), figures.get(id_))
        for id_ in _asked(ledger.keys() | figures.keys(), ids)
    }


def _asked(found: set[int], ids: Ids) -> set[int]:
    """Storage looks many ids up as all; the rest is left out here."""
    return found if ids is None else found & set(ids)


def key_households(tx: Transaction, ids: Ids, today: date, policies: Policies) -> set[int]:
    """Those below the key line in the last closed statistical year; unknown makes nobody key.

    Classes are for the caller to look at.
    """
    year = last_closed(today)
    line = policies.key_line(year)
    if line is None:
        return set()
    return {id_ for id_, income in year_incomes(tx, ids, year, today, policies).items() if income.below(line)}


def falling(this: dict[int, YearIncome], last: dict[int, YearIncome]) -> set[int]:
    """Households whose income per head fell against the year before; unknown years tell nothing."""
    rates = {id_: growth(income, last[id_]) for id_, income in this.items() if id_ in last}
    return {id_ for id_, rate in rates.items() if rate is not None and rate < 0}
