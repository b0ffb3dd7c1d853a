"""`ruhu import`: read, check, mark, take over; what it says is made by `bot.reports.import_messages`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.bootstrap import Ruhu, SystemClock
from bot.cli.opening import perform
from bot.cli.problems import explain
from bot.cli.shared import Stop, check_target, language, settings, t
from bot.domain.workbooks.problems import IncomeSummary, Problem, RosterSummary, WorkbookRefused
from bot.reports.import_messages import expectation, income_lines, refusal_lines, roster_lines
from bot.storage.transaction import Transaction
from bot.usecases.import_income import import_income
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_income import IncomeBook, read_income
from bot.usecases.workbooks.read_roster import Progress as Step
from bot.usecases.workbooks.read_roster import RosterBook, read_roster

Kind = Literal["roster", "income"]
Content = RosterBook | IncomeBook
Summary = RosterSummary | IncomeSummary


def take_over(
    kind: Kind, file: Path, *, dry_run: bool, report: Path | None, answered: frozenset[str] = frozenset()
) -> list[str]:
    """Import `file`; the lines to print. Raises Stop with a line for each problem, and then nothing has changed.

    `answered` names the options that answer the questions of an import with yes.

    The report is written before the import, so that a report that cannot be written stops it.
    """
    if report is not None and report.exists() and file.exists() and report.samefile(file):
        raise Stop(t("cli-report-same"))
    check_target(report)
    settings()
    try:
        with _bar() as bar:
            book = _read(kind, file, bar("cli-progress-reading"))
            if isinstance(book, RosterBook):
                book.answered = answered
            summary = _import(book, bar("cli-progress-writing"), file, dry_run=dry_run, report=report)
    except WorkbookRefused as refused:
        raise Stop(*_refusal(file, refused.problems), *_reported(file, refused.problems, report)) from refused
    return _lines(summary, dry_run=dry_run)


def _read(kind: Kind, file: Path, step: Step) -> Content:
    today = SystemClock(settings().zone).now().date()
    return read_roster(file, today, step) if kind == "roster" else read_income(file, today, step)


def _import(book: Content, step: Step, file: Path, *, dry_run: bool, report: Path | None) -> Summary:
    async def whole(ruhu: Ruhu) -> Summary:
        if dry_run or report is not None:
            expected = await ruhu.db.read(_work(ruhu, book, step, dry_run=True))
            if report is not None:
                write_report(file, (*expected.questions, *expected.hints), report)
            if dry_run:
                return expected
        return await ruhu.db.write(_work(ruhu, book, step, dry_run=False))

    return perform(whole)


def _work(ruhu: Ruhu, book: Content, step: Step, *, dry_run: bool) -> Callable[[Transaction], Summary]:
    """The unit of work, by the operator."""
    given: dict[str, Any] = {"today": ruhu.today, "now": ruhu.clock.now(), "policies": ruhu.policies}
    given |= {"progress": step, "dry_run": dry_run}
    if isinstance(book, RosterBook):
        return lambda tx: import_roster(tx, None, book, **given)
    return lambda tx: import_income(tx, None, book, **given)


def _lines(summary: Summary, *, dry_run: bool) -> list[str]:
    if isinstance(summary, RosterSummary):
        return roster_lines(summary, dry_run=dry_run, language=language())
    return income_lines(summary, dry_run=dry_run, language=language())


def _refusal(file: Path, problems: Sequence[Problem]) -> list[str]:
    """One line for a file that cannot be opened at all, else one for each problem and how many there are."""
    if len(problems) == 1 and not problems[0].sheet:
        return [f"{file}: {expectation(problems[0], language())}"]
    return refusal_lines(problems, language())


def _reported(file: Path, problems: Sequence[Problem], report: Path | None) -> list[str]:
    """The report of a refused workbook; when there can be none, the line that says why."""
    if report is None or not any(problem.sheet for problem in problems):
        return []
    try:
        write_report(file, problems, report)
    except (OSError, Stop) as error:
        return explain(error)[0]
    return [t("cli-report-written", file=str(report))]


def write_report(file: Path, problems: Sequence[Problem], report: Path) -> None:
    """The workbook as given with its problems marked; raises Stop when it is of a kind that cannot be marked."""
    from bot.reports.workbooks.annotate import annotate
    from bot.storage.files import put

    try:
        marked = annotate(file.read_bytes(), problems, language())
    except WorkbookRefused as error:
        raise Stop(t("cli-report-kind", file=str(file))) from error
    put(report, marked)


@contextmanager
def _bar() -> Iterator[Callable[[str], Step]]:
    """A progress bar on standard error, for people only: nothing is drawn where it is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def task(text: str) -> Step:
            number = progress.add_task(t(text), total=None)
            return lambda done, total: progress.update(number, completed=done, total=max(total, 1))

        yield task
