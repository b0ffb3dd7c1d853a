"""Commands that run the bot or look after its installation: demo, run, migrate, doctor, bench."""

import errno
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shared import REFUSED, Stop, say, settings, settings_to_serve, t

FIRST_DAY = date(2024, 3, 15)
"""Where the demo begins."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (demo, run, migrate, doctor, bench):
        app.command()(command)


def _day(written: str | date) -> date:
    """A day as typed; the default comes as it is. ValueError when it is none."""
    return written if isinstance(written, date) else date.fromisoformat(written)


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
    day: Annotated[date, typer.Option("--date", parser=_day, metavar="YYYY-MM-DD")] = FIRST_DAY,
    data: Annotated[Path | None, typer.Option(file_okay=False)] = None,
) -> None:
    """Sandbox, bot and a synthetic township on loopback."""
    from bot import logs
    from bot.delivery.loop import run as run_loop
    from bot.demo import demo as serve

    settings()
    logs.configure("WARNING")
    try:
        run_loop(serve(port, day, data))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(t("cli-port-taken", port=str(port))) from error
        raise


def run() -> None:
    """The bot, until SIGTERM or SIGINT."""
    found = settings_to_serve()

    from bot.bootstrap import run as serve
    from bot.cli.opening import prepare
    from bot.delivery.loop import run as run_loop

    prepare(found)
    try:
        run_loop(serve(found))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(t("cli-listen-taken")) from error
        raise


def migrate() -> None:
    """Bring the database to this version's schema."""
    found = settings()

    from bot.bootstrap import SystemClock, backup_dir
    from bot.cli.opening import make_folder
    from bot.storage.migrate import migrate as bring
    from bot.storage.migrations import HEAD

    make_folder(found)
    done = bring(found.database, backup_dir=backup_dir(found), now=SystemClock(found.zone).now())
    say(t("cli-migrated" if done else "cli-migrated-already", schema=HEAD))


def doctor() -> None:
    """Check the installation; exit code 1 when a check fails."""
    from bot.cli.doctor import examine

    failed = False
    for finding in examine():
        say(finding.line)
        sys.stdout.flush()
        failed = failed or finding.level == "fail"
    if failed:
        raise typer.Exit(REFUSED)


def bench(json: Annotated[Path | None, typer.Option(dir_okay=False, metavar="F")] = None) -> None:
    """The benchmarks, which are in the repository and not in the package."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "bench" / "run_all.py").is_file():
        raise Stop(t("cli-no-bench"))
    sys.path.insert(0, str(root))
    from importlib import import_module

    code = import_module("bench.run_all").main(json)
    if code:
        raise typer.Exit(int(code))
