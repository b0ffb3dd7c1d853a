"""`/healthz`, `/readyz` and `/metrics` for whoever watches the bot (interface.md section 2, BOT_OPS_LISTEN)."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.delivery.metrics import Metrics
from bot.delivery.webhook import host_and_port
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

    async def start(self, listen: str) -> web.AppRunner:
        """Listen on `host:port`; the caller cleans the runner up."""
        app = web.Application()
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._figures)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, *host_and_port(listen)).start()
        return runner

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, _: web.Request) -> web.Response:
        """200 when the database can be read and written and Telegram answers, else 503 and what is wrong."""
        checks = {
            "database": await self._measured() and not self._in_trouble(),
            "telegram": self._is_connected(),
        }
        return web.json_response(checks, status=200 if all(checks.values()) else 503)

    async def _figures(self, _: web.Request) -> web.Response:
        await self._measured()
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _measured(self) -> bool:
        """Read the queues' figures; False when the database does not answer."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._db.read(lambda tx: self._metrics.measure(tx, self._clock.now()))
        except (StorageError, TimeoutError):
            return False
        return True
