"""Server-sent events: the page hears of every change as it happens."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.page_views import chat_state, clock, faults, message_json
from bot.sandbox.state import Event

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer

Json = dict[str, Any]
_PING = 15.0  # seconds of silence after which a comment keeps the connection open


class EventStream:
    """Passes the world's events to everybody who listens; costs nothing while nobody does."""

    def __init__(self, server: "SandboxServer") -> None:
        self._server = server
        self._queues: set[asyncio.Queue[str | None]] = set()

    def open(self) -> None:
        """Begin to listen to the world."""
        self._server.world.listeners.append(self._pass_on)

    def close(self) -> None:
        """Stop listening and end all streams."""
        if self._pass_on in self._server.world.listeners:
            self._server.world.listeners.remove(self._pass_on)
        for queue in self._queues:
            queue.put_nowait(None)

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Stream events until the reader goes away or the server stops."""
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            await response.write(b": here\n\n")
            while (text := await _next(queue)) is not None:
                await response.write(text.encode())
        except ConnectionError:
            pass  # the reader went away
        finally:
            self._queues.discard(queue)
        return response

    def _pass_on(self, event: Event) -> None:
        if self._queues:
            text = f"data: {json.dumps(self._shown(event), ensure_ascii=False)}\n\n"
            for queue in self._queues:
                queue.put_nowait(text)

    def _shown(self, event: Event) -> Json:
        body: Json = {"kind": event.kind, **(event.data or {})}
        if event.chat is not None:
            body["chat_id"] = event.chat.id
            body.update(chat_state(event.chat))
        if event.message is not None:
            body["message"] = message_json(self._server, event.message)
        if event.kind == "clock":
            body.update(clock(self._server, {}))
        elif event.kind == "faults":
            body.update(faults(self._server, {}))
        return body


async def _next(queue: asyncio.Queue[str | None]) -> str | None:
    try:
        return await asyncio.wait_for(queue.get(), _PING)
    except TimeoutError:
        return ": still here\n\n"
