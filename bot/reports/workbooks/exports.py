"""The exports that are lists of what is stored: roster, ledger, visits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo

from bot.domain.access import Scope
from bot.domain.policy import Policies
from bot.reports.workbooks.ledger import ledger
from bot.reports.workbooks.roster import roster
from bot.reports.workbooks.sheet import Sheet
from bot.reports.workbooks.visits import visits
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `year` is statistical; without `sensitive` there is no ID, phone, health or note."""

    scope: Scope
    today: date
    zone: tzinfo
    policies: Policies
    village_id: int | None = None
    year: int | None = None
    sensitive: bool = False


def _roster(tx: Transaction, ask: Request) -> list[Sheet]:
    return roster(tx, ask.scope, ask.today, village_id=ask.village_id, sensitive=ask.sensitive)


def _ledger(tx: Transaction, ask: Request) -> list[Sheet]:
    return ledger(tx, ask.scope, ask.policies, ask.zone, village_id=ask.village_id, year=ask.year)


def _visits(tx: Transaction, ask: Request) -> list[Sheet]:
    return visits(tx, ask.scope, village_id=ask.village_id, year=ask.year, sensitive=ask.sensitive)


EXPORTS: dict[str, Callable[[Transaction, Request], list[Sheet]]] = {
    "roster": _roster,
    "ledger": _ledger,
    "visits": _visits,
}
"""By KIND of `ruhu export`; write the sheets with `sheet.write`, outside of the transaction."""


def export(tx: Transaction, kind: str, ask: Request) -> list[Sheet]:
    """The sheets of an export; KeyError for a kind that there is not."""
    return EXPORTS[kind](tx, ask)
