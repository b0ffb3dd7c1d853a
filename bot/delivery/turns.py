"""Whose turn it is: the chat whose last turn is longest ago. A flood waits behind itself, and nobody for a flood."""

import heapq
from asyncio import Future, get_running_loop
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

FORGOTTEN_AFTER = 600.0
"""Seconds after which it no longer matters when a chat had its turn."""


@dataclass
class Served:
    """When each chat had its last turn; moments are seconds of a monotonic clock."""

    _moments: dict[int, float] = field(default_factory=dict)

    def last(self, chat_id: int) -> float:
        """The moment of its last turn; long ago when there was none."""
        return self._moments.get(chat_id, float("-inf"))

    def note(self, chat_id: int, now: float) -> None:
        """It has its turn."""
        self._moments[chat_id] = now

    def tidy(self, now: float) -> None:
        """Forget those who had none for long."""
        self._moments = {chat: at for chat, at in self._moments.items() if now - at < FORGOTTEN_AFTER}


class Turns:
    """Lets `beside` chats in at a time; of those that wait, the one whose last turn is longest ago."""

    def __init__(self, beside: int, now: Callable[[], float]) -> None:
        self._free, self._now = beside, now
        self._served = Served()
        self._numbers = count()
        self._waiting: list[tuple[float, int, Future[None]]] = []

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[None]:
        """Wait for one's turn; it ends with the block. It counts once `served` is called."""
        await self._come(chat_id)
        try:
            yield
        finally:
            self._go()

    def served(self, chat_id: int) -> None:
        """Something was done for the chat; looking in vain is no turn."""
        self._served.note(chat_id, self._now())

    async def _come(self, chat_id: int) -> None:
        if self._free:
            self._free -= 1
            return
        mine: Future[None] = get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._served.last(chat_id), next(self._numbers), mine))
        try:
            await mine
        except BaseException:
            if mine.done() and not mine.cancelled():
                self._go()
            raise

    def _go(self) -> None:
        """Hand the place on to whoever still waits for it."""
        while self._waiting:
            _, _, other = heapq.heappop(self._waiting)
            if not other.done():
                other.set_result(None)
                return
        self._free += 1
        self._served.tidy(self._now())
