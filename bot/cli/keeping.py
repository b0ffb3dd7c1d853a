"""Commands that keep what is stored safe: backup, restore, audit verify."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.shared import Stop, say, settings, t


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(backup)
    app.command()(restore)
    audit = typer.Typer(no_args_is_help=True)
    audit.callback()(_audit)
    audit.command()(verify)
    app.add_typer(audit, name="audit")


def backup(
    dest: Annotated[Path, typer.Argument(metavar="DEST", show_default=False)],
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """A consistent, checked copy while the bot runs; into a folder under a name of its own."""
    found = settings()

    from bot.bootstrap import SystemClock
    from bot.cli.opening import prepare
    from bot.storage.backup import backup as copy
    from bot.storage.backup import copy_name

    prepare(found)
    _require_embedded()
    target = dest / copy_name(SystemClock(found.zone).now(), "manual") if dest.is_dir() else dest
    say(t("cli-copied", file=str(copy(_database(), target, force=force))))


def _require_embedded() -> None:
    from bot.storage.urls import sqlite_path

    if sqlite_path(settings().database) is None:
        raise Stop(t("cli-not-embedded"))


def _database() -> Path:
    from bot.storage.urls import sqlite_path

    path = sqlite_path(settings().database)
    if path is None or not path.exists():
        raise Stop(t("cli-no-database"))
    return path


def restore(
    source: Annotated[Path, typer.Argument(metavar="SRC", show_default=False)],
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Put a copy in the place of the database, checked first; while no bot runs."""
    found = settings()

    from bot.bootstrap import secrets_of
    from bot.cli.opening import prepare
    from bot.storage.backup import restore as put_back
    from bot.storage.errors import Broken, KeyTrouble, NewerSchema, WrongKey
    from bot.storage.lock import run_lock
    from bot.storage.secrets import KEY_FILE

    prepare(found)
    _require_embedded()
    if found.data_key is None and not (found.data_dir / KEY_FILE).exists():
        raise Stop(t("cli-restore-no-key", file=str(found.data_dir / KEY_FILE)))
    if not source.is_file():
        raise Stop(t("cli-copy-missing", file=str(source)))
    try:
        with run_lock(found.database):
            put_back(source, found.database, force=force, secrets=secrets_of(found))
    except KeyTrouble:
        raise
    except (Broken, NewerSchema, WrongKey) as error:
        raise Stop(t(f"cli-copy-{error.code}", file=str(source))) from error
    say(t("cli-restored", file=str(source)))


def _audit() -> None:
    """The audit chain."""


def verify() -> None:
    """Check the audit chain; the first broken entry is named."""
    from bot.bootstrap import Ruhu
    from bot.cli.opening import perform
    from bot.storage import audit

    async def job(ruhu: Ruhu) -> int | None:
        return await ruhu.db.read(audit.verify)

    broken = perform(job)
    if broken is not None:
        raise Stop(t("cli-audit-broken", number=str(broken)))
    say(t("cli-audit-whole"))
