"""Long polling: each batch is committed before the next call confirms it to Telegram."""

import asyncio
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.delivery.limits import Limits
from bot.delivery.metrics import Metrics
from bot.delivery.outcomes import outcome_of
from bot.delivery.problems import log
from bot.delivery.transport import BotApi, NoAnswer
from bot.delivery.trouble import Trouble
from bot.delivery.updates import ALLOWED, batch
from bot.domain.clock import Clock
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.errors import StorageError

BATCH = 100


class Store:
    """Puts raw updates into the inbox and tells the worker; what both ways of receiving share."""

    def __init__(
        self, db: Database, clock: Clock, trouble: Trouble, metrics: Metrics, arrived: Callable[[Iterable[int]], None]
    ) -> None:
        self._db, self._clock, self._metrics, self._arrived = db, clock, metrics, arrived
        self.trouble = trouble

    async def keep(self, raws: list[Any]) -> None:
        """Commit `raws`; when this returns they are safe. Raises StorageError: nothing is kept."""
        updates, at = batch(raws), self._clock.now()
        chats = await self._db.write(lambda tx: inbox.store(tx, updates, at))
        self.trouble.over()
        self._metrics.updates.labels("received").inc(len(chats))
        self._metrics.updates.labels("duplicate").inc(len(raws) - len(chats))
        self._arrived(chats)

    async def failed(self, error: StorageError, raws: list[Any]) -> None:
        """Tell people and operator that updates could not be kept, and pause."""
        await self.trouble.wait(error, {one.chat_id for one in batch(raws)})


class Receiver:
    """Asks Telegram for updates until it is cancelled; a cancelled call loses nothing."""

    def __init__(self, api: BotApi, store: Store, metrics: Metrics, limits: Limits, random: Random) -> None:
        self._api, self._store, self._metrics, self._limits, self._random = api, store, metrics, limits, random
        self._failures = 0
        self.is_connected = False

    async def run(self) -> None:
        """Receive for ever; raises InvalidToken when Telegram does not know the token at the start."""
        await self._start()
        offset: int | None = None
        while True:
            raws = await self._poll(offset)
            if raws is None:
                continue
            if not raws:
                offset = None  # nothing waits: numbers may start anywhere after a week of silence
            elif await self._kept(raws):
                offset = _after(raws, offset)

    async def _start(self) -> None:
        """Take a webhook away, else getUpdates is refused."""
        while True:
            try:
                await self._api.call("deleteWebhook")
                break
            except InvalidToken:
                if await self._is_known():  # 404: a server without this method has no webhook to take away
                    break
                log.error("token refused", advice="BOT_TOKEN is not known to the Bot API")
                raise
            except TelegramError as error:
                await self._back_off(error)
        self.is_connected, self._failures = True, 0

    async def _is_known(self) -> bool:
        """Whether the token is good after all: the library says InvalidToken of a method unknown to the server too."""
        try:
            await self._api.call("getMe")
        except TelegramError as error:
            return not isinstance(error, InvalidToken)
        return True

    async def _poll(self, offset: int | None) -> list[Any] | None:
        """What Telegram has for us; None when it could not be asked."""
        seconds = self._limits.poll_seconds
        params = {"timeout": seconds, "limit": BATCH, "offset": offset, "allowed_updates": list(ALLOWED)}
        try:
            answer = await self._api.call("getUpdates", params, answer_seconds=seconds + 5)
            if not isinstance(answer, list):
                raise NoAnswer("no list of updates")
        except TelegramError as error:
            await self._back_off(error)
            return None
        self._metrics.polls.labels("ok").inc()
        self.is_connected, self._failures = True, 0
        return answer

    async def _kept(self, raws: list[Any]) -> bool:
        try:
            await self._store.keep(raws)
        except StorageError as error:
            await self._store.failed(error, raws)
            return False
        return True

    async def _back_off(self, error: TelegramError) -> None:
        """Say what is wrong and wait: as long as Telegram says, else longer and longer with jitter."""
        self.is_connected = False
        self._metrics.polls.labels(type(error).__name__).inc()
        self._failures += 1
        most = min(self._limits.receive_backoff_most, self._limits.backoff_first * 2 ** min(self._failures, 16))
        pause = self._random.uniform(most / 2, most)
        if isinstance(error, RetryAfter):
            pause = outcome_of(error).wait
        log.warning("no updates", error=type(error).__name__, advice=await self._advice(error), pause=round(pause, 1))
        await asyncio.sleep(pause)

    async def _advice(self, error: TelegramError) -> str:
        if isinstance(error, InvalidToken):
            return "the token is no longer valid: BOT_TOKEN was revoked"
        if not isinstance(error, Conflict):
            return "the Bot API refused the call" if isinstance(error, BadRequest) else "the Bot API is out of reach"
        if "webhook" in str(error).lower():
            await self._drop_webhook()
            return "a webhook was set elsewhere; it is taken away"
        return "another program polls with this token: stop it"

    async def _drop_webhook(self) -> None:
        try:
            await self._api.call("deleteWebhook")
        except TelegramError as error:
            log.warning("webhook not taken away", error=type(error).__name__)


def _after(raws: list[Any], offset: int | None) -> int | None:
    """The offset that confirms `raws`."""
    known = [raw["update_id"] for raw in raws if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
    return max(known) + 1 if known else offset
