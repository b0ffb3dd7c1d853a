"""Webhook: an update is committed before the 200 that confirms it to Telegram."""

import asyncio
import hmac
import json
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.delivery.limits import Limits
from bot.delivery.listening import Door, Refusals, Server, listen
from bot.delivery.metrics import Metrics
from bot.delivery.problems import log
from bot.delivery.receiver import Store
from bot.delivery.transport import BotApi
from bot.delivery.updates import ALLOWED
from bot.storage.errors import StorageError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates (`url`), where we listen (`host:port`), and what proves that it is Telegram."""

    url: str
    listen: str
    secret: str


class WebhookReceiver:
    """An HTTP server for updates, announced with setWebhook."""

    def __init__(
        self,
        api: BotApi,
        store: Store,
        metrics: Metrics,
        limits: Limits,
        random: Random,
        webhook: Webhook,
        door: Door,
    ) -> None:
        self._api, self._store, self._metrics, self._limits, self._random = api, store, metrics, limits, random
        self._webhook, self._door = webhook, door
        self.is_connected = False

    async def run(self) -> None:
        """Listen until cancelled, then take no more and end what is in hand; raises InvalidToken at the start."""
        refusals = Refusals("webhook", self._door.log_every, lambda kind: self._metrics.polls.labels(kind).inc())
        path = urlsplit(self._webhook.url).path or "/"
        runner = await listen(
            Server({("POST", path): self._receive}, refusals, self._door), self._webhook.listen, self._door
        )
        try:
            await self._announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _announce(self) -> None:
        params = {"url": self._webhook.url, "secret_token": self._webhook.secret, "allowed_updates": list(ALLOWED)}
        failures = 0
        while not self.is_connected:
            try:
                await self._api.call("setWebhook", params)
                self.is_connected = True
            except InvalidToken:
                log.error("token refused", advice="BOT_TOKEN is not known to the Bot API")
                raise
            except TelegramError as error:
                failures += 1
                log.warning("webhook not set", error=type(error).__name__)
                most = min(self._limits.backoff_most, self._limits.backoff_first * 2 ** min(failures, 16))
                await asyncio.sleep(self._random.uniform(most / 2, most))

    async def _receive(self, request: web.BaseRequest) -> web.Response:
        """One update: 200 once it is stored; 500 makes Telegram send it again. The secret comes first."""
        if not _same(request.headers.getall(SECRET_HEADER, []), self._webhook.secret):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read(), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            await self._store.keep([raw])
        except StorageError as error:
            self._metrics.polls.labels("not-stored").inc()
            await self._store.failed(error, [raw])
            return web.Response(status=500)
        self._metrics.polls.labels("ok").inc()
        return web.Response()


def _same(given: list[str], secret: str) -> bool:
    """Whether the header came once and says the secret; takes as long whatever it says."""
    sent = "".join(given).encode("utf-8", "surrogateescape")
    return hmac.compare_digest(sent, secret.encode()) and len(given) == 1


def _no_constant(name: str) -> None:
    """`NaN` and the like are no JSON."""
    raise ValueError(name)
