"""The database cannot be written: the operator hears it plainly, people honestly, and nothing is half-written."""

import asyncio
from collections.abc import Iterable

from telegram.error import TelegramError

from bot.delivery.hooks import Hooks
from bot.delivery.metrics import Metrics
from bot.delivery.problems import describe, log, new_reference
from bot.delivery.transport import BotApi
from bot.storage.errors import Broken, Busy, Full, ReadOnly, StorageError, Unreachable

OUTAGES = (Busy, Full, ReadOnly, Broken, Unreachable)
"""Errors that say nothing about the update in hand: it waits and is not counted as failed."""

_ADVICE = {
    "busy": "another process holds the database",
    "full": "the disk is full: free some space, the bot goes on by itself",
    "read-only": "the database may not be written: check the rights of the file and its folder",
    "broken": "the database file is damaged: stop the bot and restore the last backup",
    "unreachable": "the database cannot be opened or does not answer",
}
PAUSE = 1.0  # seconds between attempts while the database cannot be written


class Trouble:
    """One outage at a time: a line when it begins and ends, one message to each person who writes meanwhile."""

    def __init__(self, api: BotApi, hooks: Hooks, metrics: Metrics) -> None:
        self._api, self._hooks, self._metrics = api, hooks, metrics
        self._code: str | None = None
        self._told: set[int] = set()
        self.reference = ""

    @property
    def is_on(self) -> bool:
        """Whether the last write failed."""
        return self._code is not None

    async def wait(self, error: StorageError, chats: Iterable[int] = ()) -> None:
        """Note a failed write, tell the people of `chats`, and pause before the next attempt."""
        self._metrics.storage.labels(error.code).inc()
        if error.code != self._code:
            self._code = error.code
            self.reference = self.reference or new_reference()
            log.error(
                "database trouble",
                code=error.code,
                **describe(error),
                advice=_ADVICE.get(error.code, "run ruhu doctor"),
                reference=self.reference,
            )
        if not isinstance(error, Busy):
            await self._tell(set(chats) - self._told)
        await asyncio.sleep(PAUSE)

    def over(self) -> None:
        """A write went well again."""
        if self._code is not None:
            log.warning("database works again", after=self._code, reference=self.reference)
        self._code, self.reference = None, ""
        self._told.clear()

    async def _tell(self, chats: set[int]) -> None:
        for chat_id in sorted(chat for chat in chats if chat > 0):
            self._told.add(chat_id)
            try:
                await self._api.call("sendMessage", {"chat_id": chat_id, "text": self._hooks.trouble(self.reference)})
            except TelegramError as error:
                log.warning("person not told of the trouble", error=type(error).__name__)
