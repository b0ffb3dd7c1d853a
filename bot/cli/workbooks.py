"""Commands about workbooks: template, import, export."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.shared import check_target, language, say, settings, t
from bot.domain import wellformed

if TYPE_CHECKING:
    from bot.bootstrap import Ruhu
    from bot.reports.workbooks.sheet import Sheet
    from bot.storage.transaction import Transaction


class Book(StrEnum):
    """Workbooks that are filled in and imported."""

    ROSTER = "roster"
    INCOME = "income"


class Kind(StrEnum):
    """Exports; the same as `bot.reports.workbooks.exports.EXPORTS` has."""

    ROSTER = "roster"
    LEDGER = "ledger"
    VISITS = "visits"


KIND = Annotated[Kind, typer.Argument(show_default=False)]
BOOK = Annotated[Book, typer.Argument(show_default=False)]
OUT = Annotated[Path, typer.Option(dir_okay=False, metavar="F.xlsx", show_default=False)]
REPORT = Annotated[Path | None, typer.Option(dir_okay=False, metavar="R.xlsx")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(template)
    app.command("import")(take)
    app.command()(export)


def template(book: BOOK, out: OUT) -> None:
    """An empty workbook to fill in."""
    from bot.reports.workbooks.template import template as write

    settings()
    check_target(out)
    write(book.value, out, language())
    say(t("cli-written", file=str(out)))


def take(
    book: BOOK,
    file: Annotated[Path, typer.Argument(metavar="F.xlsx", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    report: REPORT = None,
    new_villages: Annotated[bool, typer.Option("--new-villages")] = False,
    new_names: Annotated[bool, typer.Option("--new-names")] = False,
) -> None:
    """Take a workbook over, all or nothing."""
    from bot.cli.importing import take_over

    answered = {"--new-villages": new_villages, "--new-names": new_names}
    given = frozenset(option for option, yes in answered.items() if yes)
    for line in take_over(book.value, file, dry_run=dry_run, report=report, answered=given):
        say(line)


def export(
    kind: KIND,
    out: OUT,
    village: Annotated[str | None, typer.Option(metavar="V", parser=wellformed.line)] = None,
    year: Annotated[int | None, typer.Option(min=2000, max=2100, metavar="Y")] = None,
) -> None:
    """What is stored as a workbook; `year` is the statistical year."""
    from bot.cli.opening import perform
    from bot.reports.workbooks.sheet import write

    async def gather(ruhu: "Ruhu") -> "list[Sheet]":
        return await ruhu.db.read(_sheets(ruhu, kind, village, year))

    check_target(out)
    sheets = perform(gather)
    write(out, sheets)
    rows = len(sheets[0].rows) if sheets else 0
    say(t("cli-exported", file=str(out), rows=f"{rows:,}"))


def _sheets(ruhu: "Ruhu", kind: Kind, village: str | None, year: int | None) -> "Callable[[Transaction], list[Sheet]]":
    """The read of an export by the operator, who sees everything."""
    from bot.domain.access import EVERYTHING
    from bot.reports.workbooks.exports import Request
    from bot.reports.workbooks.exports import export as gather
    from bot.storage import villages
    from bot.usecases.bind import no_village

    def read(tx: "Transaction") -> "list[Sheet]":
        place = villages.by_name(tx, village) if village is not None else None
        if village is not None and place is None:
            raise no_village(tx, village)
        village_id = place.id if place is not None else None
        zone = ruhu.settings.zone
        ask = Request(EVERYTHING, ruhu.today, zone, ruhu.policies, village_id=village_id, year=year, sensitive=True)
        return gather(tx, kind.value, ask)

    return read
