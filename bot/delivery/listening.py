"""An HTTP server that strangers may reach: one request a connection, a deadline, a place for everybody.

aiohttp has limits for headers and bodies, but no deadline for them, no limit on connections, and it logs what strangers
send with a traceback. Breaking a connection off is always safe here: Telegram sends again what got no 200, and an
update that was stored already is dropped by its number.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.delivery.problems import describe, log

Route = Callable[[web.BaseRequest], Awaitable[web.Response]]
Refused = Callable[[str], None]
"""Counts one refusal of a kind."""


@dataclass(frozen=True, slots=True)
class Door:
    """Limits of a listening server.

    `seconds` are for a whole exchange, from the first byte to the answer; `most` connections are open at a time, and
    `most_of_one` from one address (Telegram uses 40, all of them by way of one proxy). Who has been there for less than
    `grace` seconds makes no room for others of the same address: many that come at once must not push out a request
    that is whole and has only to be read. `log_every`: seconds between two log lines about refusals of one kind.
    """

    seconds: float = 10.0
    most: int = 256
    most_of_one: int = 64
    grace: float = 1.0
    log_every: float = 60.0
    shutdown_seconds: float = 0.5


class Refusals:
    """Counts what is refused by its kind and logs each kind now and then, never a word of what was sent."""

    def __init__(self, where: str, every: float, count: Refused) -> None:
        self._where, self._every, self._count = where, every, count
        self._since: Counter[str] = Counter()
        self._next: dict[str, float] = {}

    def add(self, kind: str) -> None:
        """One more of this kind."""
        self._count(kind)
        self._since[kind] += 1
        now = asyncio.get_running_loop().time()
        if now >= self._next.get(kind, 0.0):
            log.warning("requests refused", where=self._where, kind=kind, count=self._since.pop(kind))
            self._next[kind] = now + self._every


class _Log(logging.Logger):
    """What aiohttp says of a request: a broken one is counted, a defect of ours is described, nothing is quoted."""

    def __init__(self, refusals: Refusals) -> None:
        super().__init__("bot.delivery.listening", logging.ERROR)
        self._refusals = refusals

    def handle(self, record: logging.LogRecord) -> None:
        """Called for every request that could not be read, and for whatever a route raised."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, HttpProcessingError):
            log.error("request failed", **describe(error))
        else:
            self._refusals.add("broken")


@dataclass(frozen=True, slots=True)
class _Guest:
    """An open connection."""

    address: str
    transport: asyncio.Transport
    timer: asyncio.TimerHandle
    since: float


class Server(web.Server):
    """Answers `routes` (method and path) and nothing else."""

    def __init__(self, routes: dict[tuple[str, str], Route], refusals: Refusals, door: Door) -> None:
        super().__init__(self._serve, logger=_Log(refusals), access_log=None, auto_decompress=False, lingering_time=1.0)
        self._routes, self._refusals, self._door = routes, refusals, door
        self._guests: dict[web.RequestHandler, _Guest] = {}

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Let somebody in; where it gets too full, the oldest connection of whoever has most makes room."""
        super().connection_made(handler, transport)
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self._door.seconds, self._drop, handler, "slow")
        self._guests[handler] = _Guest(_address(transport), transport, timer, loop.time())
        held = Counter(guest.address for guest in self._guests.values())
        busiest, most = held.most_common(1)[0]
        oldest = next(each for each, guest in self._guests.items() if guest.address == busiest)
        had_time = loop.time() - self._guests[oldest].since >= self._door.grace
        if len(self._guests) > self._door.most or (most > self._door.most_of_one and had_time):
            self._drop(oldest, "crowd")

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        """The place is free again."""
        super().connection_lost(handler, exc)
        guest = self._guests.pop(handler, None)
        if guest is not None:
            guest.timer.cancel()

    def _drop(self, handler: web.RequestHandler, kind: str) -> None:
        self._refusals.add(kind)
        guest = self._guests.pop(handler)
        guest.timer.cancel()
        guest.transport.abort()

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        try:
            response = await self._routed(request)
        except web.HTTPException as refusal:
            response = web.Response(status=refusal.status)
        except (ConnectionError, web.RequestPayloadError, HttpProcessingError):
            response = web.Response(status=400)
        if 400 <= response.status < 500:
            self._refusals.add(str(response.status))
        response.force_close()
        return response

    async def _routed(self, request: web.BaseRequest) -> web.Response:
        route = self._routes.get((request.method, request.path))
        if route is not None:
            return await route(request)
        return web.Response(status=405 if request.path in {path for _, path in self._routes} else 404)


def _address(transport: asyncio.Transport) -> str:
    """Who it is: an IPv4 address, or the network of an IPv6 one, for one host has all of its addresses."""
    peer = transport.get_extra_info("peername")
    if not isinstance(peer, tuple):
        return ""
    address = ip_address(peer[0].partition("%")[0])
    return address.packed[: 8 if address.version == 6 else 4].hex()


async def listen(server: Server, address: str, door: Door) -> web.ServerRunner:
    """Listen on `host:port`; the caller cleans the runner up."""
    runner = web.ServerRunner(server, shutdown_timeout=door.shutdown_seconds)
    await runner.setup()
    await web.TCPSite(runner, *host_and_port(address)).start()
    return runner


def host_and_port(listen: str) -> tuple[str, int]:
    """`host:port`, `[v6]:port` or `:port` (all addresses)."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - asked for by leaving the host out
