"""`ruhu demo`: sandbox, bot and a synthetic township in one process, on loopback only."""

import asyncio
import secrets
import signal
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import date, datetime, time
from pathlib import Path

from pydantic import SecretStr

from bot.bootstrap import Ruhu, bot_api, delivery_of, opened, ticker_of
from bot.delivery.service import Options
from bot.handlers.menu import set_menu
from bot.reminders.scheduler import MinuteScheduler
from bot.sandbox.clock import SandboxClock
from bot.sandbox.model import Persona
from bot.sandbox.server import SandboxServer
from bot.sandbox.township import build, personas
from bot.sandbox.township_seed import seed
from bot.settings import Settings, load
from bot.storage import meta
from bot.storage.transaction import Transaction
from bot.texts import texts

FIRST_DAY = date(2024, 3, 15)
OPENS_AT = time(8, 0)
SEED = 20240315
SEEDED = "sandbox-seed"


async def demo(port: int, first_day: date, data: Path | None) -> None:
    """Serve until interrupted. Raises OSError when the port is taken."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        folder = (
            data if data is not None else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ruhu-demo-")))
        )
        await serve_demo(stack, port, first_day, folder, stop)


async def serve_demo(stack: AsyncExitStack, port: int, first_day: date, folder: Path, stop: asyncio.Event) -> None:
    """Everything of the demo inside `stack`; prints the one URL once it can be opened."""
    server, _ = await start_demo(stack, port, first_day, folder, stop)
    sys.stdout.write(f"{server.root}/\n")
    sys.stdout.flush()
    await stop.wait()


async def start_demo(
    stack: AsyncExitStack, port: int, first_day: date, folder: Path, stop: asyncio.Event
) -> tuple[SandboxServer, Ruhu]:
    """Start sandbox and bot; both end when `stack` closes. Also what the browser tests use."""
    settings = _settings(folder)
    clock = SandboxClock(datetime.combine(first_day, OPENS_AT, settings.zone), settings.timezone)
    server = SandboxServer(clock, seed=secrets.randbelow(1 << 31))
    await server.start(port)
    stack.push_async_callback(server.stop)
    settings = settings.model_copy(update={"api_url": server.root, "token": SecretStr(server.token)})
    ruhu = await stack.enter_async_context(opened(settings, clock))
    await _populate(ruhu, server, first_day)
    api = await stack.enter_async_context(bot_api(settings, server.token))
    await set_menu(api, ruhu.shop)
    delivery = delivery_of(ruhu, api, options=Options())
    ticker = ticker_of(ruhu, delivery)
    clock.on_jump.append(ticker.jumped)
    scheduler = MinuteScheduler(ticker, settings.zone)
    await scheduler.start()
    stack.callback(scheduler.stop)
    working = asyncio.create_task(delivery.run(stop))
    stack.push_async_callback(_finish, working, stop)
    return server, ruhu


async def _finish(working: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    await working


def _settings(folder: Path) -> Settings:
    """The settings of a demo: the folder's own data, whatever the environment says about a real bot."""
    unset = dict.fromkeys(("proxy", "database_url", "data_key", "webhook_url", "ops_listen"))
    return load(data_dir=folder, token="demo", api_url=None, **unset)  # noqa: S106 - replaced by the sandbox's


async def _populate(ruhu: Ruhu, server: SandboxServer, first_day: date) -> None:
    """Seed an empty database; offer the staff as personas."""
    township = build(SEED, first_day, ruhu.policies)
    now = ruhu.clock.now()

    def fill(tx: Transaction) -> None:
        if meta.get(tx, SEEDED) is None:
            seed(tx, township, first_day, now, ruhu.policies)
            meta.put(tx, SEEDED, str(SEED))

    await ruhu.db.write(fill)
    staff = personas(township)
    for persona in staff:
        role = texts.get(persona.language, f"role-{persona.role}")
        said = (persona.user_id, persona.name, role, persona.place, persona.language)
        server.add_persona(Persona(*said, autostart=True, first=persona is staff[0]))
