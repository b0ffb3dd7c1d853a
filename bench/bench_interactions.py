"""A status query and an income entry through the whole bot, beside python-telegram-bot's stock echo.

Both bots are processes of their own against one sandbox server in this process, in the same run. Ours holds the
synthetic township (723 households, three years of records) and commits every update and answer; pacing is off.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.bench_updates import bot, cpu_seconds
from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer

FIRST_MONITOR, CROWD, EACH, ALONE = 700000001, 20, 10, 100
DAY = date(2024, 3, 15)


def ours(root: str, token: str, folder: str) -> None:
    """The whole bot with the township."""
    from bot.delivery.loop import run

    run(_ours(root, token, Path(folder)))


async def _ours(root: str, token: str, folder: Path) -> None:
    from pydantic import SecretStr

    from bot import logs
    from bot.bootstrap import SystemClock, bot_api, delivery_of, opened
    from bot.delivery.limits import Limits
    from bot.delivery.service import Options
    from bot.sandbox.township import DEFAULT_SEED, build
    from bot.sandbox.township_seed import seed
    from bot.settings import load

    logs.configure("ERROR")
    settings = load(data_dir=folder, token=SecretStr(token), api_url=root)
    clock, fast = SystemClock(settings.zone), 1e6
    limits = Limits(per_second=fast, burst=fast, chat_per_second=fast, chat_burst=fast)
    async with opened(settings, clock) as ruhu, bot_api(settings, token) as api:
        township = build(DEFAULT_SEED, DAY, ruhu.policies)
        await ruhu.db.write(lambda tx: seed(tx, township, DAY, clock.now(), ruhu.policies))
        await delivery_of(ruhu, api, options=Options(limits)).run(asyncio.Event())


Interaction = Callable[[Person, int], Awaitable[None]]


async def echo(person: Person, number: int) -> None:
    """What the stock bot does: one message, one answer."""
    person.say(f"message {number}")
    await person.wait_for(f"message {number}", timeout=60)


async def query(person: Person, _: int) -> None:
    """A household's card."""
    person.say("查 王老五")
    await person.wait_for("户编号", timeout=60)


async def income(person: Person, number: int) -> None:
    """An entry typed and saved: three calls of ours (draft, answer to the tap, receipt) for two updates."""
    person.say(f"记账 王老五 工资 {3000 + number}")
    draft = await person.wait_for("请确认", timeout=60)
    person.tap("保存", draft)
    await person.wait_for("已记账", timeout=60)


async def alone(person: Person, act: Interaction, updates: int) -> dict[str, float]:
    """One person, one interaction after the other, ms an update."""
    times = []
    for number in range(ALONE):
        began = time.perf_counter()
        await act(person, number)
        times.append((time.perf_counter() - began) * 1000 / updates)
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": cuts[49], "p99_ms": cuts[98]}


async def crowd(people: list[Person], pid: int, act: Interaction, updates: int) -> dict[str, float]:
    """Everybody at once: updates a second and processor time an update."""

    async def one(person: Person) -> None:
        for number in range(ALONE, ALONE + EACH):  # never the same entry again
            await act(person, number)

    before, began = cpu_seconds(pid), time.perf_counter()
    await asyncio.gather(*(one(person) for person in people))
    seconds, count = time.perf_counter() - began, len(people) * EACH * updates
    return {"updates_per_second": count / seconds, "cpu_ms_per_update": (cpu_seconds(pid) - before) / count * 1000}


async def workload(server: SandboxServer, pid: int, act: Interaction, updates: int) -> dict[str, float]:
    """Both forms of one interaction by the first monitor; the crowd shares the account's grid by its leads."""
    me = Person(server, FIRST_MONITOR)
    people = [Person(server, FIRST_MONITOR)] if act is not echo else [Person(server, 1000 + n) for n in range(CROWD)]
    return {**await alone(me, act, updates), **await crowd(people, pid, act, updates)}


async def compare() -> dict[str, Any]:
    """Stock echo, status query, income entry; ratios above 1 mean that ours does better than the echo."""
    found: dict[str, dict[str, float]] = {}
    server = SandboxServer()
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        async with bot("stock", server, folder) as pid:
            found["stock_echo"] = await workload(server, pid, echo, 1)
    await server.stop()
    server = SandboxServer()
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--bot", server.root, server.token, folder, env=os.environ
        )
        try:
            await _ready(server)
            found["status_query"] = await workload(server, process.pid, query, 1)
            found["income_entry"] = await workload(server, process.pid, income, 2)
        finally:
            process.kill()
            await process.wait()
    await server.stop()
    return {
        "name": "interactions",
        "unit": "ratio to python-telegram-bot's stock echo",
        **found,
        "ratios": _ratios(found),
    }


async def _ready(server: SandboxServer) -> None:
    first = Person(server, FIRST_MONITOR)
    first.say("/help")
    await first.wait_for("走访", since=0, timeout=60)


def _ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    theirs = found["stock_echo"]
    ratios = {}
    for name in ("status_query", "income_entry"):
        mine = found[name]
        ratios[f"{name}_p50"] = theirs["p50_ms"] / mine["p50_ms"]
        ratios[f"{name}_p99"] = theirs["p99_ms"] / mine["p99_ms"]
        ratios[f"{name}_cpu"] = theirs["cpu_ms_per_update"] / mine["cpu_ms_per_update"]
        ratios[f"{name}_updates_per_second"] = mine["updates_per_second"] / theirs["updates_per_second"]
    return ratios


def run() -> dict[str, Any]:
    """The figures of this machine, about half a minute."""
    return asyncio.run(compare())


def main() -> None:
    """Print the figures as JSON, or be our bot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bot", nargs=3, metavar=("ROOT", "TOKEN", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.bot:
        ours(*chosen.bot)
        return
    print(json.dumps(run(), indent=2))


if __name__ == "__main__":
    main()
