"""Sends what the outbox holds: one message of a chat at a time, chats side by side, within Telegram's limits.

One loop does all writing: each of its transactions records what became of the calls that have ended and claims the
messages that may go now, so that a claim is always committed before its call and commits are shared under load.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.delivery.courier import Courier
from bot.delivery.hooks import Hooks
from bot.delivery.limits import Limits
from bot.delivery.metrics import Metrics
from bot.delivery.outcomes import Outcome, Verdict
from bot.delivery.pace import Lane, Pace, lane_of
from bot.delivery.problems import describe, log
from bot.delivery.settle import recheck, settle
from bot.delivery.trouble import Trouble
from bot.domain.clock import Clock
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.outbox import Claimed, Head, OutKind
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Step:
    """What one look at the outbox is about: `only` these rows; `reminders` too or interactive messages alone."""

    only: frozenset[int] | None = None
    reminders: bool = True


class Sender:
    """The one sender of a process."""

    def __init__(
        self,
        db: Database,
        courier: Courier,
        clock: Clock,
        hooks: Hooks,
        *,
        trouble: Trouble,
        metrics: Metrics,
        limits: Limits,
        random: Random,
    ) -> None:
        self._db, self._courier, self._clock, self._hooks = db, courier, clock, hooks
        self._trouble, self._metrics, self._limits, self._random = trouble, metrics, limits, random
        self._pace = Pace(limits)
        self._event = asyncio.Event()
        self._lanes: dict[Lane, Claimed] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ended: list[tuple[Claimed, Outcome]] = []
        self._offline = 0
        self._stopping = False
        self._recovered = False

    def wake(self) -> None:
        """Something was committed into the outbox."""
        self._event.set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way or waits to be recorded."""
        return not self._tasks and not self._ended

    async def run(self) -> None:
        """Settle what a kill left, then send until `stop`; messages on their way go on, see `finish`.

        It is never cancelled between a claim and its call.
        """
        self._stopping = False
        pause = 0.0
        sweep = _now() + self._limits.lease_seconds
        while not self._stopping:
            if not self._recovered:
                self._recovered = await self._recover(expired_only=False)
                continue
            await self._sleep(pause)
            if _now() > sweep:
                sweep = _now() + self._limits.lease_seconds
                self._pace.tidy(_now())
                await self._recover(expired_only=True)
            pause = await self._step(_Step())

    def stop(self) -> None:
        """Let `run` return after its present step."""
        self._stopping = True
        self.wake()

    async def finish(self, seconds: float) -> None:
        """Send interactive messages that wait, then record what is on its way; at most `seconds`."""
        end = _now() + seconds
        while _now() < end:
            pause = await self._step(_Step(reminders=False))
            if self.is_idle and pause >= self._limits.look_every:
                return
            await self._sleep(min(pause, end - _now()))
        left = list(self._tasks.values())
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1.0)
        await self._step(_Step(only=frozenset()))

    async def send_now(self, ids: Collection[int], seconds: float) -> dict[int, str]:
        """Send these rows, or wait for whoever has claimed them; their states after at most `seconds`."""
        end, wanted = _now() + seconds, frozenset(ids)
        while True:
            pause = await self._step(_Step(only=wanted))
            states = await self._db.read(lambda tx: outbox.states(tx, wanted))
            settled = all(state not in ("new", "sending") for state in states.values())
            if settled or _now() >= end:
                return states
            await self._sleep(min(pause, 0.2, max(end - _now(), 0.0)))

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()

    async def _step(self, step: _Step) -> float:
        """One transaction; the seconds until the next look."""
        now, ended = _now(), self._ended
        self._ended = []
        try:
            claimed, pause = await self._db.write(lambda tx: self._turn(tx, ended, step, now))
        except StorageError as error:
            self._ended = ended + self._ended
            await self._trouble.wait(error)
            return 0.0
        except Exception as error:  # noqa: BLE001 - a defect in one row must not stop all; logged, then looked at again
            log.error("sender failed", **describe(error))
            self._ended = ended + self._ended
            await asyncio.sleep(self._limits.look_every)
            return 0.0
        for done, _ in ended:
            self._lanes.pop(_lane(done), None)
        for one in claimed:
            self._launch(one)
        return pause

    def _turn(
        self, tx: Transaction, ended: list[tuple[Claimed, Outcome]], step: _Step, now: float
    ) -> tuple[list[Claimed], float]:
        """Runs on the writer's thread while the loop waits for it."""
        at = self._clock.now()
        for claimed, outcome in ended:
            settle(tx, claimed, outcome, at, self._hooks, self._limits)
        heads = [] if step.only == frozenset() else outbox.heads(tx, step.only)
        freed = {_lane(claimed) for claimed, _ in ended}
        chosen, pause = self._choose([head for head in heads if self._is_free(head, step, freed)], now)
        lease = at + timedelta(seconds=self._limits.lease_seconds)
        taken = outbox.claim(tx, [head.id for head in chosen], at, lease)
        going = [one for one in taken if self._may_go(tx, one, at)]
        return going, pause if len(going) == len(taken) else 0.0

    def _may_go(self, tx: Transaction, claimed: Claimed, at: datetime) -> bool:
        """Rights are looked at again in the transaction that claims."""
        refusal = recheck(tx, claimed, at, self._hooks)
        if refusal is not None:
            settle(tx, claimed, refusal, at, self._hooks, self._limits)
            self._metrics.sends.labels(claimed.out.kind.value, refusal.verdict.value).inc()
        return refusal is None

    def _is_free(self, head: Head, step: _Step, freed: set[Lane]) -> bool:
        wanted = step.reminders or head.kind is not OutKind.REMINDER
        return wanted and (lane_of(head) in freed or lane_of(head) not in self._lanes)

    def _choose(self, heads: list[Head], now: float) -> tuple[list[Head], float]:
        """Who goes now, and the seconds until somebody else may.

        Interactive messages first, and of them the chat whose last one is longest ago: those that flood the bot delay
        one another and nobody else.
        """
        heads.sort(key=lambda head: (head.kind is OutKind.REMINDER, self._pace.served.last(head.chat_id), head.id))
        room = self._limits.in_flight - len(self._tasks)
        chosen: list[Head] = []
        pause = self._limits.look_every
        for head in heads:
            ready = self._pace.ready_at(head, now)
            if ready <= now and len(chosen) < room:
                self._pace.take(head, now)
                chosen.append(head)
            else:
                pause = min(pause, max(ready - now, 0.005))
        return chosen, pause

    def _launch(self, claimed: Claimed) -> None:
        self._lanes[_lane(claimed)] = claimed
        self._tasks[claimed.id] = asyncio.create_task(self._deliver(claimed), name=f"outbox {claimed.id}")

    async def _deliver(self, claimed: Claimed) -> None:
        outcome = Outcome(Verdict.UNKNOWN, why="interrupted")
        try:
            outcome = await self._courier.deliver(claimed, self._clock.now())
        except Exception as error:  # noqa: BLE001 - a defect of ours in one message; set aside and counted
            log.error("courier failed", outbox=claimed.id, **describe(error))
            outcome = Outcome(Verdict.DEFECT, why="courier failed")
        finally:
            self._metrics.sends.labels(claimed.out.kind.value, outcome.verdict.value).inc()
            self._slow_down(claimed, outcome)
            self._ended.append((claimed, outcome))
            del self._tasks[claimed.id]
            self._event.set()

    def _slow_down(self, claimed: Claimed, outcome: Outcome) -> None:
        """Hold what must wait: as long as a 429 says, else longer and longer with jitter."""
        now, verdict = _now(), outcome.verdict
        self._offline = self._offline + 1 if verdict is Verdict.OFFLINE else 0
        if verdict is Verdict.FLOOD:
            self._pace.flooded(_lane(claimed), outcome.wait, now)
        elif verdict is Verdict.OFFLINE:
            self._pace.hold_all(now + self._backoff(self._offline))
        elif verdict in (Verdict.REFUSED, Verdict.UNKNOWN):
            self._pace.hold(_lane(claimed), now + self._backoff(claimed.attempts))
        elif verdict is Verdict.TOKEN:
            log.error("token refused", advice="BOT_TOKEN is no longer valid")
            self._pace.hold_all(now + self._limits.backoff_most)

    def _backoff(self, failures: int) -> float:
        most = min(self._limits.backoff_most, self._limits.backoff_first * 2 ** (min(failures, 16) - 1))
        return self._random.uniform(most / 2, most)

    async def _recover(self, *, expired_only: bool) -> bool:
        """Settle rows that a killed process left behind: all at the start, later those whose lease has run out."""
        mine, at = [claimed.id for claimed in self._lanes.values()], self._clock.now()
        try:
            left = await self._db.write(lambda tx: outbox.recover(tx, at, mine=mine, expired_only=expired_only))
        except StorageError as error:
            await self._trouble.wait(error)
            return False
        if left:
            log.warning("interrupted sends settled", count=left)
        return True


def _lane(claimed: Claimed) -> Lane:
    return claimed.out.chat_id, claimed.out.kind is OutKind.ANSWER


def _now() -> float:
    return asyncio.get_running_loop().time()
