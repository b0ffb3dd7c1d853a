"""The JSON API of the page; a first version with nothing in it yet."""

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer


class PageApi:
    """Serves everything that is not the Bot API."""

    def __init__(self, server: "SandboxServer") -> None:
        self._server = server

    def open(self) -> None:
        """Begin."""

    def close(self) -> None:
        """End."""

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of the page."""
        return web.Response(status=404, text=f"{request.path} is not here")
