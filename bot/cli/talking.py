"""Commands about messages: remind, understand."""

import json
import sys
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import Stop, say, settings, settings_to_serve, t

if TYPE_CHECKING:
    from bot.bootstrap import Ruhu


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(remind)
    app.command()(understand)


def remind(
    at: Annotated[datetime | None, typer.Option(parser=datetime.fromisoformat, metavar="ISO")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Plan and deliver what is due at a moment; one JSON line a message."""
    found = settings() if dry_run else settings_to_serve()

    from bot.cli.opening import perform
    from bot.reminders.remind import remind as plan

    async def job(ruhu: "Ruhu") -> list[dict[str, Any]]:
        given: dict[str, Any] = {"policies": ruhu.policies, "language": found.language}
        moment = (_aware(at, found.zone) if at is not None else ruhu.clock.now()).astimezone(found.zone)
        if dry_run:
            return await plan(ruhu.db, moment, dry_run=True, deliver=_nobody, **given)
        from bot.bootstrap import bot_api, delivery_of
        from bot.settings import need_token

        async with bot_api(found, need_token(found)) as api:
            send = delivery_of(ruhu, api).send_now
            return await plan(ruhu.db, moment, dry_run=False, deliver=send, played=at is not None, **given)

    for line in perform(job):
        say(json.dumps(line, ensure_ascii=False))


def _aware(at: datetime, zone: tzinfo) -> datetime:
    """A moment as typed; without a zone it is civil time."""
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


async def _nobody(_: list[int]) -> dict[int, str]:
    """A dry run delivers nothing."""
    return {}


def understand() -> None:
    """The parser alone: JSON lines in, JSON lines out, nothing stored."""
    from bot.policies import load
    from bot.understanding.jsonlines import WrongLine, convert
    from bot.understanding.lexicon import Lexicon
    from bot.understanding.model import Item

    items = load(settings().policy).packs[-1].items
    lexicon = Lexicon.of(Item(item.name, item.kind, tuple(item.words), item.sector) for item in items)
    try:
        for line in convert(sys.stdin, lexicon):
            say(line)
            sys.stdout.flush()
    except UnicodeDecodeError as error:
        raise Stop(t("cli-not-utf8")) from error
    except WrongLine as wrong:
        problem = t(f"cli-line-{wrong.code}", what=wrong.what)
        raise Stop(t("cli-not-json-line", number=str(wrong.number), problem=problem)) from wrong
