"""What happens each minute: reminders, and the chores that time alone brings.

Each chore and each person is done by itself: a mistake in one is counted and logged, and the others go on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog

from bot.delivery.problems import describe
from bot.delivery.upkeep import erase
from bot.domain.clock import Clock
from bot.domain.policy import Policies
from bot.reminders.plan import Ready, candidates, enqueue
from bot.storage import drafts, meta
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.replan import outdated, replan_all

log = structlog.get_logger("ruhu.reminders")
DRAFTS_KEPT = timedelta(days=7)
"""An untouched draft is closed after so long."""
BACKED_UP = "backed-up-on"
"""Key in `meta`: the day of the newest daily copy."""

Daily = Callable[[datetime], Awaitable[None]]
"""Makes the daily copy; it is called on the first tick of a day, and again an hour later when it raised."""


def _nothing() -> None:
    """Nobody waits for new messages."""


@dataclass(slots=True)
class Report:
    """What one tick did; `failed` names what raised, each a chore or `digest`."""

    planned: int = 0
    replanned: int = 0
    expired: int = 0
    erased: int = 0
    backed_up: bool = False
    failed: list[str] = field(default_factory=list)


class Ticker:
    """The minute's work of one process; ticks never overlap. All time comes from `clock`, in the civil zone."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        policies: Policies,
        *,
        language: str = "zh",
        wake: Callable[[], None] = _nothing,
        backup: Daily | None = None,
        count_failure: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`wake`: called when messages wait to be sent; `count_failure`: a metric, called with the chore's name."""
        self._db, self._clock, self._policies, self._language = db, clock, policies, language
        self._wake, self._backup, self._count_failure = wake, backup, count_failure
        self._lock = asyncio.Lock()
        self._tidied: tuple[date, int] | None = None
        self._retry_backup: datetime | None = None
        self._tasks: set[asyncio.Task[Report]] = set()

    async def tick_now(self) -> Report:
        """One tick at the present moment; waits for the one that is running."""
        async with self._lock:
            return await self._tick(self._clock.now())

    def jumped(self, _: datetime) -> None:
        """The clock was moved: tick at once. A callback for a clock that can jump, on the event loop's thread."""
        task = asyncio.get_running_loop().create_task(self.tick_now())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tick(self, now: datetime) -> Report:
        report = Report()
        await self._try("replan", report, lambda: self._replan(now, report))
        await self._try("reminders", report, lambda: self._remind(now, report))
        if self._tidied != (now.date(), now.hour):
            await self._try("tidy", report, lambda: self._tidy(now, report))
        await self._try("backup", report, lambda: self._copy(now, report))
        return report

    async def _try(self, what: str, report: Report, chore: Callable[[], Awaitable[None]]) -> None:
        try:
            await chore()
        except Exception as error:  # noqa: BLE001 - one chore must not stop the others; counted and logged
            self._fail(what, report, error)

    def _fail(self, what: str, report: Report, error: Exception, **who: int) -> None:
        report.failed.append(what)
        self._count_failure(what)
        log.error("tick failed", what=what, **who, **describe(error))

    async def _replan(self, now: datetime, report: Report) -> None:
        """All next visits anew when the statistical year has turned or another policy holds."""
        day = now.date()
        if await self._db.read(lambda tx: outdated(tx, day, self._policies)):
            report.replanned = len(await self._db.write(lambda tx: replan_all(tx, day, self._policies)))

    async def _remind(self, now: datetime, report: Report) -> None:
        every = await self._db.read(lambda tx: candidates(tx, now, self._policies, self._language))
        for ready in every:
            try:
                report.planned += await self._one(ready, now)
            except Exception as error:  # noqa: BLE001 - one person's reminder must not stop the others'; counted
                self._fail("digest", report, error, staff=ready.staff_id)
        if report.planned:
            self._wake()

    async def _one(self, ready: Ready, now: datetime) -> bool:
        planned = await self._db.read(ready.make)
        if planned is None:
            return False
        found = planned
        return await self._db.write(lambda tx: enqueue(tx, found, now)) is not None

    async def _tidy(self, now: datetime, report: Report) -> None:
        """Once an hour: close forgotten drafts, erase what was delivered a week ago."""

        def work(tx: Transaction) -> tuple[int, int]:
            return len(drafts.expire(tx, now - DRAFTS_KEPT)), erase(tx, now)

        report.expired, report.erased = await self._db.write(work)
        self._tidied = (now.date(), now.hour)

    async def _copy(self, now: datetime, report: Report) -> None:
        """Once a day; after a failure again an hour later."""
        day = now.date().isoformat()
        waiting = self._retry_backup is not None and now < self._retry_backup
        if self._backup is None or waiting or await self._db.read(lambda tx: meta.get(tx, BACKED_UP)) == day:
            return
        self._retry_backup = now + timedelta(hours=1)
        await self._backup(now)
        await self._db.write(lambda tx: meta.put(tx, BACKED_UP, day))
        self._retry_backup, report.backed_up = None, True
