"""Take an income workbook over, whole, in one transaction."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain import access, spelling
from bot.domain.access import Action
from bot.domain.people import Person
from bot.domain.policy import Policies
from bot.domain.records import Entry
from bot.domain.staff import Staff
from bot.domain.statyear import first_day
from bot.domain.workbooks.problems import IncomeSummary
from bot.storage import audit, entries, households, rosters
from bot.storage.transaction import Transaction
from bot.usecases.imports import actor_name
from bot.usecases.replan import replan
from bot.usecases.workbooks.read_income import EntryLine, FigureLine, IncomeBook
from bot.usecases.workbooks.read_roster import Progress

OFFICIAL = "official"
CHUNK = 1000
Members = Callable[[str, str | None], Person | None]
"""Finds the member that a household's code and a name mean."""


def import_income(
    tx: Transaction,
    actor: Staff | None,
    book: IncomeBook,
    *,
    today: date,
    now: datetime,
    policies: Policies,
    progress: Progress = lambda _done, _total: None,
    dry_run: bool = False,
) -> IncomeSummary:
    """Add the entries and official figures that are new; with `dry_run` only say it. None acts as the operator.

    Raises Refused (`not-allowed`) and WorkbookRefused with every error of the workbook.
    """
    if actor is not None:
        access.require(actor, Action.IMPORT)
    codes = households.codes(tx)
    new = _new_entries(tx, book, codes, actor.id if actor else None, now, policies)
    stored = rosters.figures(tx)
    figures = [figure for figure in book.figures if stored.get(_at(figure, codes)) != figure.per_capita_fen]
    summary = _summary(book, len(new), len(figures), sum(_at(figure, codes) not in stored for figure in figures))
    if not dry_run and not summary.nothing:
        _write(tx, new, [(*_at(figure, codes), figure.per_capita_fen) for figure in figures], progress)
        _audit(tx, actor_name(actor), summary, now)
        touched = {entry.household_id for entry, _ in new} | {_at(figure, codes)[0] for figure in figures}
        replan(tx, sorted(touched), today, policies)
    return summary


def _summary(book: IncomeBook, new: int, figures: int, added: int) -> IncomeSummary:
    return IncomeSummary(
        new=new,
        known=len(book.entries) - new,
        figures_new=added,
        figures_updated=figures - added,
        figures_unchanged=len(book.figures) - figures,
        hints=book.hints,
    )


def _at(figure: FigureLine, codes: dict[str, int]) -> tuple[int, int]:
    return codes[figure.code], figure.year


def _new_entries(
    tx: Transaction, book: IncomeBook, codes: dict[str, int], author: int | None, now: datetime, policies: Policies
) -> list[tuple[Entry, str]]:
    """The entries that no earlier import brought, each with its key; raises WorkbookRefused."""
    members = _members(tx, book, codes)
    _refuse(book, codes, members)
    known = rosters.known_imports(tx, [row.key for row in book.entries])
    return [
        (_entry(row, codes[row.code], members(row.code, row.member), author, now, policies), row.key)
        for row in book.entries
        if row.key not in known
    ]


def _refuse(book: IncomeBook, codes: dict[str, int], members: Members) -> None:
    """Raise WorkbookRefused with every error of the workbook, those that only the database shows among them."""
    for named in book.mentions:
        if named.code not in codes:
            book.findings.add(named.line.problem("code", "no-household"))
        elif named.member and members(named.code, named.member) is None:
            book.findings.add(named.line.problem("member", "no-member", code=named.code))
    book.findings.refuse()


def _members(tx: Transaction, book: IncomeBook, codes: dict[str, int]) -> Members:
    """Who a row's 姓名 is: a member by name or alias, of today or of the past; the member of today first."""
    if not any(named.member for named in book.mentions):
        return lambda _code, _name: None
    names: dict[tuple[int, str], Person] = {}
    for person in sorted(rosters.everybody(tx), key=lambda person: person.left_on is None):
        names |= {(person.household_id, spelling.key(name)): person for name in (*person.alias, person.name)}
    return lambda code, name: names.get((codes[code], spelling.key(name or "")))


def _item(row: EntryLine, policies: Policies) -> str | None:
    """The item by the pack's name where the pack knows the word written, else as written."""
    pack = policies.on(first_day(row.month))
    if row.item is None or row.item in pack.items_by_name:
        return row.item
    named = [item.name for item in pack.items if item.kind is row.kind and row.item in item.words]
    return named[0] if len(named) == 1 else row.item


def _entry(
    row: EntryLine, household_id: int, person: Person | None, author: int | None, now: datetime, policies: Policies
) -> Entry:
    return Entry(
        id=0,
        household_id=household_id,
        kind=row.kind,
        item=_item(row, policies),
        amount_fen=row.amount_fen,
        month=row.month,
        person_id=person.id if person else None,
        note=row.note,
        author_id=author,
        at=now,
    )


def _write(
    tx: Transaction, new: list[tuple[Entry, str]], figures: list[tuple[int, int, int]], progress: Progress
) -> None:
    total = len(new) + len(figures)
    for at in range(0, len(new), CHUNK):
        entries.insert_imported(tx, new[at : at + CHUNK])
        progress(min(at + CHUNK, len(new)), total)
    for household_id, year, fen in figures:
        entries.set_annual(tx, household_id, year, fen, OFFICIAL)
    progress(total, total)


def _audit(tx: Transaction, actor: str, summary: IncomeSummary, now: datetime) -> None:
    audit.append(
        tx,
        actor=actor,
        action="income.import",
        subject="income",
        at=now,
        new=summary.new,
        known=summary.known,
        figures_new=summary.figures_new,
        figures_updated=summary.figures_updated,
    )
