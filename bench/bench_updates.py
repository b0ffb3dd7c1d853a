"""Updates a second, processor time an update and the time of one interaction: our delivery against a stock echo bot.

Both bots run as processes of their own against one sandbox server in this process, one after the other in the same
run, so that their ratio says something on any machine. Ours stores each update and each answer with a full commit;
the stock one keeps them in memory. Pacing is off in both.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer

PEOPLE, EACH, ALONE = 50, 20, 200
START_SECONDS, WAIT_SECONDS = 30.0, 120.0


# -- the two bots ------------------------------------------------------------------------------------------------------


def stock(root: str, token: str, _: str) -> None:
    """The library's own way: polling, httpx, one update after the other."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(update.effective_message.text or "")

    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(poll_interval=0)


def ours(root: str, token: str, folder: str) -> None:
    """Our inbox, worker and outbox over a database file."""
    from bot.delivery.loop import run

    run(_ours(root, token, Path(folder) / "bench.db"))


async def _ours(root: str, token: str, path: Path) -> None:
    from bot.delivery.hooks import Hooks
    from bot.delivery.limits import Limits
    from bot.delivery.service import Delivery, Options
    from bot.delivery.transport import AiohttpRequest, BotApi
    from bot.reading.asked import Readings
    from bot.reading.pool import Readers
    from bot.sandbox.clock import SandboxClock
    from bot.storage import outbox
    from bot.storage.database import Database
    from bot.storage.migrate import migrate
    from bot.storage.outbox import Outgoing, OutKind
    from bot.storage.secrets import Secrets
    from bot.storage.transaction import Transaction

    def echo(tx: Transaction, update: dict[str, Any], at: datetime, _: Readings) -> None:
        message = update["message"]
        params = {"chat_id": message["chat"]["id"], "text": message["text"]}
        outbox.put(tx, Outgoing(message["chat"]["id"], "sendMessage", params, OutKind.SCREEN), at)

    async def build(_: dict[str, Any]) -> tuple[str, bytes]:
        return "", b""

    url, fast = f"sqlite:///{path}", 1e6
    migrate(url, backup_dir=None, now=datetime(2024, 3, 15, tzinfo=UTC))
    readers = Readers()
    limits = Limits(per_second=fast, burst=fast, chat_per_second=fast, chat_burst=fast)
    nothing = lambda *_: None  # noqa: E731
    hooks = Hooks(nothing, nothing, lambda _: "", build, lambda *_: True, nothing, readers.read)
    async with await Database.open(url, Secrets(bytes(32))) as db, BotApi(token, AiohttpRequest(), root) as api:
        delivery = Delivery(db, api, echo, SandboxClock(), hooks, random=Random(1), options=Options(limits))
        await delivery.run(asyncio.Event())


BOTS = {"ours": ours, "stock": stock}


# -- the measurement ---------------------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def bot(name: str, server: SandboxServer, folder: str) -> AsyncIterator[int]:
    """A bot process that has answered its first message; its process id."""
    arguments = [sys.executable, __file__, "--bot", name, server.root, server.token, folder]
    process = await asyncio.create_subprocess_exec(*arguments, stderr=asyncio.subprocess.DEVNULL)
    try:
        first = Person(server, 1)
        first.say("hello")
        await first.wait_for("hello", since=0, timeout=START_SECONDS)
        yield process.pid
    finally:
        process.kill()
        await process.wait()


async def flood(server: SandboxServer, pid: int) -> dict[str, float]:
    """All people write all at once: throughput and processor time."""
    people = [Person(server, number) for number in range(1000, 1000 + PEOPLE)]
    before, began = cpu_seconds(pid), time.perf_counter()
    for number in range(EACH):
        for person in people:
            person.say(f"message {number}")
    for person in people:
        await person.wait_until(lambda person=person: len(server.bot_messages(person.id)) == EACH, timeout=WAIT_SECONDS)
    seconds, count = time.perf_counter() - began, PEOPLE * EACH
    return {"updates_per_second": count / seconds, "cpu_ms_per_update": (cpu_seconds(pid) - before) / count * 1000}


async def alone(server: SandboxServer) -> dict[str, float]:
    """One person, one message after the other: the time until the answer is there, in ms."""
    person, times = Person(server, 500), []
    for number in range(ALONE):
        began = time.perf_counter()
        person.say(f"question {number}")
        await person.wait_for(f"question {number}")
        times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": cuts[49], "p99_ms": cuts[98]}


async def measure(name: str) -> dict[str, float]:
    """Both workloads on a new server."""
    server = SandboxServer()
    await server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with bot(name, server, folder) as pid:
                return {**await alone(server), **await flood(server, pid)}
    finally:
        await server.stop()


async def compare() -> dict[str, Any]:
    """Both bots and their ratios; above 1 ours is better."""
    found = {name: await measure(name) for name in ("stock", "ours")}
    mine, theirs = found["ours"], found["stock"]
    ratios = {
        "updates_per_second": mine["updates_per_second"] / theirs["updates_per_second"],
        "cpu_per_update": theirs["cpu_ms_per_update"] / mine["cpu_ms_per_update"],
        "p50": theirs["p50_ms"] / mine["p50_ms"],
        "p99": theirs["p99_ms"] / mine["p99_ms"],
    }
    return {"name": "updates", "unit": "ratio to python-telegram-bot's stock echo", **found, "ratios": ratios}


def run() -> dict[str, Any]:
    """The figures of this machine, about half a minute."""
    return asyncio.run(compare())


def main() -> None:
    """Print the figures as JSON, or be one of the bots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bot", nargs=4, metavar=("NAME", "ROOT", "TOKEN", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.bot:
        BOTS[chosen.bot[0]](*chosen.bot[1:])
        return
    print(json.dumps(run(), indent=2))


if __name__ == "__main__":
    main()
