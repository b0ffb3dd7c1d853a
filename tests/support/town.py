"""A running bot before the sandbox's Telegram: `from tests.support.town import *` in a conftest.

`town` is a small village with bound staff. Everything goes through the front door: real HTTP, real files.
"""

import asyncio
import atexit
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.bootstrap import Ruhu, bot_api, delivery_of, opened
from bot.delivery.limits import Limits
from bot.delivery.service import Options
from bot.delivery.webhook import Webhook
from bot.domain.access import EVERYTHING
from bot.domain.households import Category, Monitoring
from bot.domain.people import Person as Member
from bot.domain.staff import Assignment, Role
from bot.reading.pool import Readers
from bot.sandbox.client import Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from bot.settings import Settings, load
from bot.storage import audit, entries, households, people, visits
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan_all
from tests.support import prepared
from tests.support.grid import TODAY, Grid
from tests.support.telling import untold

__all__ = ["Town", "any_town", "serving", "town"]

UNPACED = Limits(per_second=10_000, burst=10_000, chat_per_second=10_000, chat_burst=10_000)
"""A test says in a second what a person says in an hour."""
READERS = Readers()
"""Reading processes for all tests of one run: starting them takes longer than a test."""
atexit.register(READERS.close)
PATIENCE = 30.0
"""Seconds that a test waits for an answer; a slow machine is no failure."""
MONITOR, OTHER_MONITOR, LEAD, OFFICE, HELPER, VIEWER, STRANGER = 1001, 1002, 1003, 1004, 1005, 1006, 1999


@dataclass
class Town:
    """The sandbox server, the bot's parts, and people by name."""

    server: SandboxServer
    clock: SandboxClock
    settings: Settings
    ids: dict[str, int]
    webhook: Webhook | None = None
    limits: Limits = UNPACED
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Task[None] | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    ruhu: Ruhu = field(init=False)

    def person(self, user_id: int = MONITOR) -> Person:
        """Somebody with an account; the monitor of 五组 and 二组 unless said otherwise."""
        someone = Person(self.server, user_id, f"user{user_id}")
        someone.patience = PATIENCE
        return someone

    async def start(self) -> None:
        """Start the bot on the folder's database."""
        self.stack, self.stop = AsyncExitStack(), asyncio.Event()
        self.ruhu = await self.stack.enter_async_context(opened(self.settings, self.clock, readers=READERS))
        api = await self.stack.enter_async_context(bot_api(self.settings, self.server.token))
        delivery = delivery_of(self.ruhu, api, options=Options(limits=self.limits, webhook=self.webhook))
        self.running = asyncio.create_task(delivery.run(self.stop))

    async def halt(self) -> None:
        """Stop the bot; the database file stays."""
        self.stop.set()
        if self.running is not None:
            await self.running
        await self.stack.aclose()

    async def restart(self) -> None:
        """A restart of the process, as far as the database can tell."""
        await self.halt()
        await self.start()

    async def ledger(self) -> list[Any]:
        """All entries, oldest first."""
        found = await self.ruhu.db.read(lambda tx: entries.ledger(tx, EVERYTHING, None, None))
        return sorted(found, key=lambda entry: entry.id)

    async def visits(self) -> list[Any]:
        """All visits that stand."""
        return await self.ruhu.db.read(
            lambda tx: visits.visits_between(tx, EVERYTHING, date(2000, 1, 1), date(2100, 1, 1))
        )

    async def state(self) -> tuple[int, int, int | None]:
        """How many entries and visits there are, and the first broken audit row (None: whole)."""
        return len(await self.ledger()), len(await self.visits()), await self.ruhu.db.read(audit.verify)

    async def household(self, head: str) -> Any:
        """A household as stored."""
        return await self.ruhu.db.read(lambda tx: households.get(tx, self.ids[head]))

    async def write(self, work: Any) -> Any:
        """A unit of work of the test's own."""
        return await self.ruhu.db.write(work)


async def answer(person: Person, text: str, expected: str = "", **more: Any) -> Seen:
    """Say something and wait for what must be in the answer."""
    person.say(text)
    return await person.wait_for(expected, **more)


async def tapped(person: Person, label: str, expected: str = "", message: Seen | None = None, **more: Any) -> Seen:
    """Tap a button by its label and wait for what must be on the screen then; the tap itself is answered too."""
    tap = person.tap(label, message)
    seen = await person.wait_for(expected, **more)
    await person.wait_answer(tap)
    return seen


def _fill(tx: Transaction) -> dict[str, int]:
    grid = Grid(tx)
    last = TODAY - timedelta(days=32)
    wang = grid.house(
        "王老五", "五组", due=last + timedelta(days=30), category=Category.UNSTABLE, monitoring=Monitoring.ACTIVE,
        last_visit=None, first_due=TODAY - timedelta(days=2), plan=True, card=True, helper_name="李雪梅",
    )  # fmt: skip
    for name, relation in (("李桂花", "配偶"), ("王小明", "之子"), ("王小红", "之女")):
        people.insert(tx, Member(0, wang, name, relation))
    head = people.of_household(tx, wang)[0]
    people.update(tx, head.id, alias=("老五",), phone="13900000017")
    for name, group in (
        ("李红英", "五组"),
        ("张三", "二组"),
        ("普正兴", "二组"),
        ("李红英", "二组"),
        ("李四", "五组"),
        ("赵国才", "五组"),
    ):
        grid.house(name, group, last_visit=None, first_due=TODAY - timedelta(days=1))
    grid.house("杨文学", "三组", last_visit=None, first_due=TODAY)
    grid.house("周德贵", "一组", village="西山村", last_visit=None, first_due=TODAY)
    _staff(grid)
    replan_all(tx, TODAY, _policies())
    return grid.ids


def _policies() -> Any:
    from tests.support.grid import PACKS

    return PACKS


def _staff(grid: Grid) -> None:
    def add(name: str, user_id: int, *assignments: Assignment) -> None:
        grid.chat = user_id - 1
        grid.person(name, *assignments)

    place = grid.village_id()
    add("杨光明", MONITOR, *(Assignment(Role.MONITOR, place, grid.group(each)) for each in ("五组", "二组")))
    add("普学兵", OTHER_MONITOR, Assignment(Role.MONITOR, place, grid.group("三组")))
    add("杨村长", LEAD, Assignment(Role.VILLAGE, place))
    add("镇办小刘", OFFICE, Assignment(Role.TOWN))
    add("李雪梅", HELPER, Assignment(Role.HELPER))
    add("看看", VIEWER, Assignment(Role.VIEWER))


async def _filled(settings: Settings, clock: SandboxClock) -> dict[str, int]:
    """Put the village into the database of these settings."""
    async with opened(settings, clock, readers=READERS) as ruhu:
        return await ruhu.db.write(_fill)


_IDS: dict[str, int] = {}


async def _copied(settings: Settings, clock: SandboxClock) -> dict[str, int]:
    """The village in a file: made once in this process, then copied."""
    made = prepared.folder() / "village"
    if not _IDS:
        _IDS.update(await _filled(settings.model_copy(update={"data_dir": made}), clock))
    shutil.copytree(made, settings.data_dir, dirs_exist_ok=True)
    return dict(_IDS)


@asynccontextmanager
async def serving(folder: Path, database_url: str | None = None, webhook: Webhook | None = None) -> AsyncIterator[Town]:
    """A small village at nine in the morning on 15 March 2024 with a running bot, on a file unless said otherwise."""
    clock = SandboxClock(datetime(2024, 3, 15, 9, 0), "Asia/Shanghai")  # noqa: DTZ001 - the clock's own zone is meant
    server = SandboxServer(clock)
    await server.start()
    settings = load(data_dir=folder, token=server.token, api_url=server.root, database_url=database_url)
    ids = await _filled(settings, clock) if database_url else await _copied(settings, clock)
    made = Town(server, clock, settings, ids, webhook)
    await made.start()
    yield made
    missing = await made.ruhu.db.read(untold)
    await made.halt()
    await server.stop()
    assert missing == [], "a message shows a household without saying that it is about it"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The village on a database file."""
    async with serving(tmp_path / "data") as made:
        yield made


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def any_town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """The village on a database file, and again on PostgreSQL (fixtures of tests/support/storage.py)."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    async with serving(tmp_path / "data", url) as made:
        yield made
