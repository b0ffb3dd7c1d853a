"""`/healthz`, `/readyz` and `/metrics` for whoever watches the bot."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.delivery.listening import Door, Refusals, Route, Server, listen
from bot.delivery.metrics import Metrics
from bot.domain.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import StorageError

READ_SECONDS = 5.0


class Ops:
    """Answers three questions: does the process live, can it work, what are its figures. No personal data."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        metrics: Metrics,
        *,
        is_connected: Callable[[], bool],
        in_trouble: Callable[[], bool],
    ) -> None:
        self._db, self._clock, self._metrics = db, clock, metrics
        self._is_connected, self._in_trouble = is_connected, in_trouble
        self._measuring, self._answers, self._stale_at = asyncio.Lock(), False, 0.0

    async def start(self, address: str, door: Door) -> web.ServerRunner:
        """Listen on `host:port`; the caller cleans the runner up."""
        answers: dict[str, Route] = {"/healthz": self._health, "/readyz": self._ready, "/metrics": self._figures}
        routes = {(method, path): route for path, route in answers.items() for method in ("GET", "HEAD")}
        refusals = Refusals("ops", door.log_every, lambda _: None)
        return await listen(Server(routes, refusals, door), address, door)

    async def _health(self, _: web.BaseRequest) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, _: web.BaseRequest) -> web.Response:
        """200 when the database can be read and written and Telegram answers, else 503 and what is wrong."""
        checks = {
            "database": await self._measured() and not self._in_trouble(),
            "telegram": self._is_connected(),
        }
        return web.json_response(checks, status=200 if all(checks.values()) else 503)

    async def _figures(self, _: web.BaseRequest) -> web.Response:
        await self._measured()
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _measured(self) -> bool:
        """Read the queues' figures, at most once a second whoever asks; False when the database does not answer."""
        async with self._measuring:
            now = asyncio.get_running_loop().time()
            if now >= self._stale_at:
                self._answers = await self._measure()
                self._stale_at = now + 1.0
        return self._answers

    async def _measure(self) -> bool:
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._db.read(lambda tx: self._metrics.measure(tx, self._clock.now()))
        except (StorageError, TimeoutError):
            return False
        return True
