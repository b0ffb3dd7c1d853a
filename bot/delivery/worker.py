"""Handles stored updates: each chat in order, chats side by side, one update one transaction."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable

from bot.delivery.hooks import Apology, Handle, Hooks
from bot.delivery.limits import Limits
from bot.delivery.metrics import Metrics
from bot.delivery.problems import describe, log, new_reference
from bot.delivery.settle import apologise
from bot.delivery.trouble import OUTAGES, Trouble
from bot.delivery.turns import Turns
from bot.delivery.updates import is_from_person, tap_of
from bot.domain.clock import Clock
from bot.reading.asked import Asked, Missing, Readings, TooHard
from bot.storage import backlog, inbox, reach
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.inbox import Stored, Why
from bot.storage.transaction import Transaction
from bot.understanding import Reading


class Worker:
    """One task for each chat that has something waiting; `handled` is called after each commit."""

    def __init__(
        self,
        db: Database,
        handle: Handle,
        clock: Clock,
        hooks: Hooks,
        *,
        trouble: Trouble,
        metrics: Metrics,
        limits: Limits,
        handled: Callable[[], None],
    ) -> None:
        self._db, self._handle, self._clock, self._hooks = db, handle, clock, hooks
        self._trouble, self._metrics, self._limits, self._handled = trouble, metrics, limits, handled
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._in_hand: dict[int, Stored] = {}
        self._taken: dict[int, Stored] = {}  # what was taken last, as it was then
        self._stopping = asyncio.Event()
        self._turns = Turns(limits.handled_beside, time.monotonic)

    def arrived(self, chats: Iterable[int]) -> None:
        """Updates of these chats are committed."""
        for chat_id in chats:
            self._again.add(chat_id)
            if chat_id not in self._tasks and not self._stopping.is_set():
                self._start(chat_id)

    async def run(self) -> None:
        """Look for what waits, at the start and now and then, since others may store updates too; until `stop`."""
        while not self._stopping.is_set():
            try:
                self.arrived(await self._db.read(inbox.waiting_chats))
            except StorageError as error:
                await self._trouble.wait(error)
            await _pause(self._stopping, self._limits.look_every)

    async def stop(self) -> None:
        """Take nothing new; return when the updates in hand are committed or given back.

        When the caller waits no longer, what is still being read is left for the next start.
        """
        self._stopping.set()
        tasks = list(self._tasks.values())
        try:
            if tasks:
                await asyncio.wait(tasks)
        finally:
            for task in tasks:
                task.cancel()

    @property
    def is_idle(self) -> bool:
        """Whether no chat is being worked on."""
        return not self._tasks

    def _start(self, chat_id: int) -> None:
        task = asyncio.create_task(self._chat(chat_id), name=f"chat {chat_id}")
        self._tasks[chat_id] = task
        task.add_done_callback(lambda _: self._ended(chat_id))

    def _ended(self, chat_id: int) -> None:
        del self._tasks[chat_id]
        if chat_id in self._again and not self._stopping.is_set():
            self._start(chat_id)

    async def _chat(self, chat_id: int) -> None:
        """Handle what waits in one chat, oldest first, until there is nothing more."""
        more = True
        while more and not self._stopping.is_set():
            self._again.discard(chat_id)
            try:
                more = await self._next(chat_id)
                self._trouble.over()
                self._handled()
            except OUTAGES as error:
                self._again.add(chat_id)
                await self._trouble.wait(error, [chat_id])
            except TooHard:
                await self._give_up(chat_id, Why.HARD)
            except Exception as error:  # noqa: BLE001 - the update boundary; counted, and the update is kept
                await self._failed(chat_id, error)

    async def _next(self, chat_id: int) -> bool:
        """Handle the oldest update of a chat; False when none waits.

        What handling wants to have read is read between two attempts, outside any transaction and in another process.
        """
        readings: dict[Asked, Reading] = {}
        while True:
            try:
                async with self._turns.turn(chat_id):
                    done = await self._db.write_marked(
                        lambda tx: self._take(tx, chat_id),
                        lambda tx, stored: self._one(tx, stored, readings),
                        inbox.give_back,
                    )
            except Missing as missing:
                if len(readings) >= self._limits.readings:
                    raise RuntimeError("one update wants too much read") from None
                readings[missing.asked] = await self._read(missing)
            else:
                if done is not None:
                    self._turns.served(chat_id)
                return done is not None

    async def _read(self, missing: Missing) -> Reading:
        return await self._hooks.read(missing, lambda: self._db.read(missing.households))

    def _take(self, tx: Transaction, chat_id: int) -> Stored | None:
        """Mark the oldest update of a chat as in hand; none while too many answers wait there."""
        self._in_hand.pop(chat_id, None)
        if backlog.is_full(tx, chat_id, self._limits.waiting_most):
            return None
        stored = inbox.take(tx, chat_id, self._taken.get(chat_id))
        if stored is not None:
            self._in_hand[chat_id] = self._taken[chat_id] = stored
        else:
            self._taken.pop(chat_id, None)
        return stored

    def _one(self, tx: Transaction, stored: Stored, readings: Readings) -> bool:
        """The transaction of one update."""
        if stored.taken >= self._limits.lives:
            self._set_aside(tx, stored, Why.STOPPED)
            return True
        update = json.loads(inbox.opened(tx, stored))
        if is_from_person(update):
            reach.heard_from(tx, stored.chat_id)
        self._handle(tx, update, stored.at, readings)
        inbox.finish(tx, stored.update_id, self._clock.now())
        tx.on_commit.append(lambda: self._metrics.updates.labels("done").inc())
        return True

    async def _failed(self, chat_id: int, error: Exception) -> None:
        """Count the failure and pause, or set the update aside; the chat goes on either way."""
        stored = self._in_hand.get(chat_id)
        self._metrics.updates.labels("failed").inc()
        log.error("update failed", update=stored.update_id if stored else None, **describe(error))
        attempts = stored.attempts + 1 if stored else 0
        if stored and attempts >= self._limits.handling_attempts:
            await self._give_up(chat_id, Why.FAILED)
            return
        try:
            if stored:
                await self._db.write(lambda tx: inbox.failed(tx, stored.update_id))
        except StorageError as outage:
            await self._trouble.wait(outage, [chat_id])
        pauses = self._limits.handling_pauses
        await _pause(self._stopping, pauses[min(max(attempts, 1), len(pauses)) - 1])

    async def _give_up(self, chat_id: int, why: Why) -> None:
        """Set the update in hand aside, so that the chat goes on."""
        stored = self._in_hand[chat_id]
        self._turns.served(chat_id)
        try:
            await self._db.write(lambda tx: self._set_aside(tx, stored, why))
            self._handled()
        except StorageError as outage:
            await self._trouble.wait(outage, [chat_id])

    def _set_aside(self, tx: Transaction, stored: Stored, why: Why) -> None:
        reference, at = new_reference(), self._clock.now()
        if not inbox.set_aside(tx, stored.update_id, reference, at, why):
            return
        self._metrics.updates.labels("aside").inc()
        log.error("update set aside", update=stored.update_id, reference=reference, why=why.value)
        apologise(tx, Apology(stored.chat_id, reference, why, _tap_in(tx, stored)), at, self._hooks)


def _tap_in(tx: Transaction, stored: Stored) -> str | None:
    """The tap that the update is, as far as it can be read."""
    try:
        return tap_of(json.loads(inbox.opened(tx, stored)))
    except (StorageError, ValueError, RecursionError):
        return None


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    """Wait, but not longer than the bot runs."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
