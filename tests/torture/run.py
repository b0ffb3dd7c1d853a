"""The torture test: people write while the bot is killed and Telegram has a bad day; then everything is counted.

`make torture` runs the long form; `make test` a short one (test_torture.py). The seed printed repeats plan, kill points
and the chances of faults; the moments themselves are the machine's.
"""

import argparse
import asyncio
import random
import secrets
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.sandbox.server import SandboxServer
from tests.torture.check import Report, check, waiting
from tests.torture.people import Entry, Story, live, plan
from tests.torture.process import Bot
from tests.torture.village import Keeper, keepers, settle

BEFORE = {"429": 0.3, "500": 0.3, "drop_before": 0.35, "hang": 0.05}
AFTER = {"drop_after": 0.9, "hang_after": 0.1}
"""Shares of the fault rate: that many calls fail before they are applied, and as many after."""


@dataclass(frozen=True)
class Plan:
    """One run; `patience` is the longest wait for one answer in seconds."""

    seed: int
    kills: int = 200
    entries: int = 2000
    people: int = 8
    fault_rate: float = 0.0
    webhook: bool = False
    patience: float = 180.0


def order_faults(server: SandboxServer, rate: float) -> None:
    """Break calls of every kind; polls are dropped but do not hang, which would cost everybody 15 s each time."""
    if not rate:
        return
    for kind, share in {**BEFORE, **AFTER}.items():
        server.faults.add(kind, probability=rate * share)
    for kind in ("429", "500", "drop_before", "drop_after"):
        server.faults.add(kind, "getUpdates", probability=rate / 4)
    server.faults.add("twice", probability=rate)


def environment(server: SandboxServer, data_dir: Path, *, webhook: bool) -> dict[str, str]:
    """The settings of the bot."""
    settings = {
        "BOT_TOKEN": server.token,
        "BOT_API_URL": server.root,
        "BOT_DATA_DIR": str(data_dir),
        "BOT_LOG_LEVEL": "WARNING",
    }
    if webhook:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        settings["BOT_WEBHOOK_URL"] = f"http://{address}/hook"
        settings["BOT_WEBHOOK_LISTEN"] = address
        settings["BOT_WEBHOOK_SECRET"] = "torture-secret"
    return settings


def heard(server: SandboxServer) -> int:
    """How often a bot has begun to receive."""
    return server.transcript.counts["getUpdates"] + server.transcript.counts["setWebhook"]


class Killer:
    """Kills the bot at random points of the work, each after a random moment, and starts it again."""

    def __init__(self, server: SandboxServer, bot: Bot, wanted: Plan) -> None:
        self._server, self._bot, self._random = server, bot, random.Random(wanted.seed)
        self._heard = 0
        self._points = sorted(self._random.choices(range(wanted.entries), k=wanted.kills))
        self._progress = asyncio.Event()
        self._confirmed = 0

    def confirmed(self, count: int) -> None:
        """So many entries have their receipt."""
        self._confirmed = count
        self._progress.set()

    async def run(self) -> None:
        """Kill until all points are passed."""
        for point in self._points:
            while self._confirmed < point:
                self._progress.clear()
                await self._progress.wait()
            await asyncio.sleep(self._random.expovariate(2.0))
            await self._bot.kill()
            self._heard = heard(self._server)
            await self._bot.start()

    async def last_is_up(self) -> None:
        """Until the last bot started has called Telegram: one that is still loading has nothing to finish."""
        while heard(self._server) == self._heard:  # noqa: ASYNC110 - the sandbox has no signal for it
            await asyncio.sleep(0.1)


async def torture(wanted: Plan, folder: Path) -> Report:
    """One run in `folder`."""
    server, who, story = SandboxServer(seed=wanted.seed), keepers(wanted.people), Story()
    path = await settle(folder, who)
    await server.start()
    bot = Bot(environment(server, folder, webhook=wanted.webhook), folder / "bot.log")
    killer, began = Killer(server, bot, wanted), time.monotonic()
    story.on_confirmed = killer.confirmed
    try:
        work = plan(who, wanted.entries, wanted.seed)
        await _play(server, bot, killer, who, work, story, wanted)
        await _quiet(server, path, wanted.patience)
        code, seconds = await bot.stop()
        report = await check(server, path, [entry for entries in work.values() for entry in entries])
        report.problems += [f"left unanswered: {one}" for one in story.stuck]
        report.expect("exit code after SIGTERM", code, 0)
        report.expect("SIGTERM took less than 10 s", seconds < 10, True)
        _figures(report, server, bot, story, time.monotonic() - began)
    finally:
        with suppress(ProcessLookupError, AssertionError):
            await bot.stop()
        await server.stop()
    return report


async def _play(
    server: SandboxServer, bot: Bot, killer: Killer, who: list[Keeper], work: dict[int, list[Entry]],
    story: Story, wanted: Plan,
) -> None:  # fmt: skip
    order_faults(server, wanted.fault_rate)
    await bot.start()
    killing = asyncio.create_task(killer.run())
    watching = asyncio.create_task(bot.ended_by_itself())
    living = asyncio.gather(*(live(server, one, work[one.telegram_id], story, wanted.patience) for one in who))
    try:
        await asyncio.wait([living, watching], return_when=asyncio.FIRST_COMPLETED)
        if watching.done():
            await watching
        await living
        if not story.stuck:
            await killing
    finally:
        for task in (killing, watching, living):
            task.cancel()
    server.faults.clear()
    await killer.last_is_up()


async def _quiet(server: SandboxServer, path: Path, patience: float) -> None:
    """Until the bot has confirmed everything, no message waits for another try, and two seconds passed in silence."""
    calls, end = -1, time.monotonic() + patience
    while calls != len(server.transcript.calls) or len(server.world.updates) or waiting(path):
        if time.monotonic() > end:
            return  # the check tells what was left
        calls = len(server.transcript.calls)
        await asyncio.sleep(2.0)


def _figures(report: Report, server: SandboxServer, bot: Bot, story: Story, seconds: float) -> None:
    waits = sorted(story.waits) or [0.0]
    hits: dict[str, int] = {}
    for call in server.transcript.calls:
        if call.fault:
            hits[call.fault] = hits.get(call.fault, 0) + 1
    history = server.world.updates.history
    report.figures |= {
        "kills": bot.kills,
        "confirmed entries": len(story.confirmed),
        "updates": len(history),
        "deliveries of updates": sum(record.deliveries for record in history),
        "calls": len(server.transcript.calls),
        "calls broken": hits,
        "median seconds from message to receipt": round(waits[len(waits) // 2], 2),
        "longest": round(waits[-1], 1),
        "seconds": round(seconds),
    }


def run(wanted: Plan) -> Report:
    """One run in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(torture(wanted, Path(folder) / "data"))


def show(wanted: Plan, report: Report) -> None:
    """Print what was asked and what was found."""
    lines = [f"{name}: {value}" for name, value in report.figures.items()]
    lines += [f"PROBLEM {problem}" for problem in report.problems]
    sys.stdout.write("\n  ".join([str(wanted), *lines, f"repeat with --seed {wanted.seed}"]) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Without `--mode`: polling without faults, with faults, and webhook with faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--fault-rate", type=float, default=0.1)
    parser.add_argument("--mode", choices=["polling", "webhook", "all"], default="all")
    given = parser.parse_args()
    modes = {"polling": [False], "webhook": [True], "all": [False, True]}[given.mode]
    problems = 0
    for webhook in modes:
        wanted = Plan(given.seed, given.kills, given.entries, given.people, given.fault_rate, webhook)
        report = run(wanted)
        show(wanted, report)
        problems += len(report.problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
