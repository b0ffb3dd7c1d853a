"""Commands about messages: remind, understand."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.asides import Stop, say, settings, settings_to_serve, t

if TYPE_CHECKING:
    from bot.bootstrap import Ruhu
    from bot.domain.clock import Clock


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

    from bot.bootstrap import SystemClock
    from bot.cli.opening import perform
    from bot.reminders.remind import remind as plan

    clock: Clock = SystemClock(found.zone)
    if at is not None:
        clock = _Shifted(clock, at if at.tzinfo is not None else at.replace(tzinfo=found.zone))

    async def job(ruhu: "Ruhu") -> list[dict[str, Any]]:
        moment = clock.now().astimezone(found.zone)
        given: dict[str, Any] = {"policies": ruhu.policies, "language": found.language}
        if dry_run:
            return await plan(ruhu.db, moment, dry_run=True, deliver=_nobody, **given)
        from bot.bootstrap import bot_api, delivery_of
        from bot.settings import need_token

        async with bot_api(found, need_token(found)) as api:
            return await plan(ruhu.db, moment, dry_run=False, deliver=delivery_of(ruhu, api).send_now, **given)

    for line in perform(job, clock):
        say(json.dumps(line, ensure_ascii=False))


async def _nobody(_: list[int]) -> dict[int, str]:
    """A dry run delivers nothing."""
    return {}


class _Shifted:
    """The machine's clock as if it had been `at` when the command began: a message of then is not too late for it."""

    def __init__(self, clock: "Clock", at: datetime) -> None:
        self._clock, self._behind = clock, clock.now() - at

    def now(self) -> datetime:
        """The moment that is played."""
        return self._clock.now() - self._behind


def understand() -> None:
    """The parser alone: JSON lines in, JSON lines out, nothing stored."""
    from bot.policies import load
    from bot.understanding.jsonlines import convert
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
    except ValueError as error:
        raise Stop(t("cli-not-json-line", problem=str(error))) from error
