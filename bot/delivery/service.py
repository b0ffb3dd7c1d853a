"""Delivery as one service: receive, handle, send."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.delivery.courier import Courier
from bot.delivery.hooks import Handle, Hooks
from bot.delivery.limits import Limits
from bot.delivery.listening import Door
from bot.delivery.metrics import Metrics
from bot.delivery.ops import Ops
from bot.delivery.problems import describe, log
from bot.delivery.receiver import Receiver, Store
from bot.delivery.sender import Sender
from bot.delivery.transport import BotApi
from bot.delivery.trouble import Trouble
from bot.delivery.webhook import Webhook, WebhookReceiver
from bot.delivery.worker import Worker
from bot.domain.clock import Clock
from bot.storage import inbox, outbox
from bot.storage.database import Database


@dataclass(frozen=True)
class Options:
    """How delivery runs; without `webhook` it polls, without `ops_listen` it shows no figures."""

    limits: Limits = field(default_factory=Limits)
    webhook: Webhook | None = None
    ops_listen: str | None = None
    door: Door = field(default_factory=Door)


class Delivery:
    """Everything between Telegram and `handle`; one for each process."""

    def __init__(
        self,
        db: Database,
        api: BotApi,
        handle: Handle,
        clock: Clock,
        hooks: Hooks,
        *,
        random: Random,
        registry: CollectorRegistry | None = None,
        options: Options = Options(),
    ) -> None:
        self._db, self._clock, self._options, limits = db, clock, options, options.limits
        self.metrics = Metrics(registry or CollectorRegistry())
        self._trouble = Trouble(api, hooks, self.metrics)
        self.sender = Sender(
            db, Courier(api, hooks, limits.document_seconds), clock, hooks,
            trouble=self._trouble, metrics=self.metrics, limits=limits, random=random,
        )  # fmt: skip
        self._worker = Worker(
            db, handle, clock, hooks,
            trouble=self._trouble, metrics=self.metrics, limits=limits, handled=self.sender.wake,
        )  # fmt: skip
        self._receiver = self._receiving(api, random)

    def _receiving(self, api: BotApi, random: Random) -> Receiver | WebhookReceiver:
        store = Store(self._db, self._clock, self._trouble, self.metrics, self._worker.arrived)
        webhook, limits = self._options.webhook, self._options.limits
        if webhook is not None:
            return WebhookReceiver(api, store, self.metrics, limits, random, webhook, self._options.door)
        return Receiver(api, store, self.metrics, limits, random)

    def wake(self) -> None:
        """Something was committed into the outbox: send it now rather than at the next look."""
        self.sender.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is in hand within ten seconds.

        Raises InvalidToken when Telegram does not know the token at the start, and whatever broke a part of it.
        """
        ops = await self._ops()
        parts = [asyncio.create_task(part.run()) for part in (self._receiver, self._worker, self.sender)]
        ending = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([*parts, ending], return_when=asyncio.FIRST_COMPLETED)
            await self._shut_down(parts)
        finally:
            for task in (*parts, ending):
                task.cancel()
            if ops is not None:
                await ops.cleanup()
        for part in parts:
            if part.done() and not part.cancelled() and (error := part.exception()):
                raise error

    async def drain(self, seconds: float = 10.0) -> bool:
        """Handle and send what is stored, without receiving; True when nothing is left. For tests and commands."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        parts = [asyncio.create_task(part.run()) for part in (self._worker, self.sender)]
        try:
            while left := await self._left():
                if loop.time() > end:
                    break
                await asyncio.sleep(0.01)
        finally:
            parts[0].cancel()
            await self._stop_sending(parts[1])
        return not left

    async def send_now(self, ids: list[int], seconds: float = 30.0) -> dict[int, str]:
        """Send these outbox rows from this process; the state of each afterwards (`new`: not possible in time)."""
        return await self.sender.send_now(ids, seconds)

    async def _left(self) -> bool:
        if not self._worker.is_idle or not self.sender.is_idle:
            return True
        counts = await self._db.read(lambda tx: (inbox.depth(tx)[0], outbox.depth(tx)[0]))
        return any(counts)

    async def _stop_sending(self, sending: asyncio.Task[None]) -> None:
        """Let the sender end its step: a claim that is committed is known to it."""
        self.sender.stop()
        await asyncio.wait([sending], timeout=self._options.limits.shutdown_seconds / 4)
        sending.cancel()

    async def _ops(self) -> web.ServerRunner | None:
        if self._options.ops_listen is None:
            return None
        ops = Ops(
            self._db, self._clock, self.metrics,
            is_connected=lambda: self._receiver.is_connected, in_trouble=lambda: self._trouble.is_on,
        )  # fmt: skip
        return await ops.start(self._options.ops_listen, self._options.door)

    async def _shut_down(self, parts: list[asyncio.Task[None]]) -> None:
        """Receive no more, commit the updates in hand, send their answers."""
        receiving, working, sending = parts
        seconds = self._options.limits.shutdown_seconds
        end = asyncio.get_running_loop().time() + seconds
        receiving.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / 2):
                await asyncio.wait([receiving])
                await self._worker.stop()
        await self._stop_sending(sending)
        working.cancel()
        left = max(end - asyncio.get_running_loop().time(), 0.5)
        try:
            async with asyncio.timeout(left + 1):
                await self.sender.finish(left)
        except Exception as error:  # noqa: BLE001 - the process ends either way; a start settles what is left
            log.error("shutdown incomplete", **describe(error))
