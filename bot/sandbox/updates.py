"""The bot's queue of updates: numbered, kept until confirmed, handed out by long polling.

Every step costs the same however long the queue is.
"""

import asyncio
import json
import random
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import OTHER_POLLER, conflict

Json = dict[str, Any]
_WEEK = 7 * 24 * 3600.0
_FUTURE = 10  # an offset further ahead than this is nonsense and is answered from the head, as Telegram does
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class UpdateRecord:
    """One update and what became of it; `at` is sandbox time (Unix seconds)."""

    update_id: int
    kind: str
    chat_id: int
    at: float
    body: str
    deliveries: int = 0
    confirmed: bool = False


class UpdateQueue:
    """What the bot has not confirmed yet, and the record of all that ever was."""

    def __init__(self, clock: SandboxClock, seed: int = 0) -> None:
        self.history: list[UpdateRecord] = []
        self.twice: Callable[[], bool] = lambda: False  # whether a confirmed update comes once more
        self.on_add: Callable[[UpdateRecord], None] | None = None  # a webhook's ear
        self.allowed: frozenset[str] | None = None
        self._clock = clock
        self._random = random.Random(seed)
        self._next_id = self._random.randint(100_000_000, 900_000_000)
        self._last_at = clock.seconds()
        self._waiting: OrderedDict[int, UpdateRecord] = OrderedDict()
        self._again: deque[UpdateRecord] = deque()
        self._poller: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def pending(self) -> list[UpdateRecord]:
        """The updates not confirmed yet, oldest first."""
        return list(self._waiting.values())

    def add(self, kind: str, chat_id: int, payload: Json) -> UpdateRecord | None:
        """Queue an update; None when the bot asked not to get this kind."""
        if kind in _NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return None
        now = self._clock.seconds()
        if not self._waiting and now - self._last_at >= _WEEK:
            self.renumber()
        return self.put(kind, chat_id, json.dumps({"update_id": self._next_id, kind: payload}, ensure_ascii=False))

    @property
    def next_id(self) -> int:
        """The number of the update that comes next."""
        return self._next_id

    def put(self, kind: str, chat_id: int, body: str) -> UpdateRecord:
        """Queue `body` as number `next_id`, whatever it is and whether the bot asked for its kind or not."""
        record = UpdateRecord(self._next_id, kind, chat_id, self._clock.seconds(), body)
        self._next_id += 1
        self._last_at = record.at
        self._waiting[record.update_id] = record
        self.history.append(record)
        if self.on_add is not None:
            self.on_add(record)
        self._wake()
        return record

    def renumber(self) -> None:
        """Continue from a random number, as Telegram does after a week without updates."""
        self._next_id = self._random.randint(100_000_000, 900_000_000)

    def allow(self, kinds: Any) -> None:
        """Set `allowed_updates`; None keeps what was set, an empty list means the default."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> str:
        """Confirm all below `offset`, wait up to `seconds` for an update; return the JSON array of a batch.

        A second poller ends the first one's wait with 409.
        """
        self.stop_poller(OTHER_POLLER)
        self.confirm(offset)
        if not (self._waiting or self._again) and seconds > 0:
            await self._wait(seconds)
        batch = self._batch(min(max(limit, 1), 100) if limit else 100)
        for record in batch:
            record.deliveries += 1
        return "[" + ",".join(record.body for record in batch) + "]"

    def confirm(self, offset: int) -> None:
        """Forget what is below `offset`; a negative one keeps that many of the newest."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._forget_first()
            return
        if offset > self._next_id + _FUTURE:
            return
        while self._waiting and next(iter(self._waiting)) < offset:
            self._forget_first()

    def delivered(self, record: UpdateRecord) -> None:
        """Confirm one update that a webhook took."""
        if self._waiting.pop(record.update_id, None) is not None:
            record.confirmed = True

    def drop_all(self) -> None:
        """Forget everything that waits (`drop_pending_updates`)."""
        self._waiting.clear()
        self._again.clear()

    def stop_poller(self, reason: str) -> None:
        """End a long poll that is waiting with 409 and `reason`."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(reason))
        self._poller = None

    def release_poller(self) -> None:
        """Let a waiting long poll answer with nothing."""
        self._wake()

    def _forget_first(self) -> None:
        _, record = self._waiting.popitem(last=False)
        record.confirmed = True
        if record.deliveries and self.twice():
            self._again.append(record)

    def _batch(self, limit: int) -> list[UpdateRecord]:
        batch = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        batch += islice(self._waiting.values(), limit - len(batch))
        return batch

    async def _wait(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = future
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poller is future:
                self._poller = None

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
