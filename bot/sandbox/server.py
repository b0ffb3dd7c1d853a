"""The HTTP server: the Bot API at `/bot{token}/{method}`, files at `/file/bot{token}/{path}`, the page at `/`."""

import asyncio
from typing import Any

from aiohttp import web

from bot.sandbox.clock import SandboxClock
from bot.sandbox.dispatch import Dispatcher
from bot.sandbox.errors import ApiError, unauthorized
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.model import Chat, Message, Persona, Tap, User
from bot.sandbox.page_api import PageApi
from bot.sandbox.params import MAX_BODY, Params
from bot.sandbox.state import Event, World
from bot.sandbox.transcript import Call, Transcript
from bot.sandbox.webhook import Webhook

Json = dict[str, Any]
DEFAULT_TOKEN = "7000000001:SANDBOX-synthetic-token-not-a-secret"  # noqa: S105 - made up; it opens nothing
_HOST = "127.0.0.1"


class SandboxServer:
    """A local Telegram for one bot, on loopback only.

    `stop` and `start(port)` may alternate: an outage in which nothing is forgotten.
    """

    def __init__(
        self,
        clock: SandboxClock | None = None,
        token: str = DEFAULT_TOKEN,
        bot_username: str = "ruhu_demo_bot",
        *,
        bot_name: str = "入户通",
        seed: int = 0,
    ) -> None:
        self.clock = clock or SandboxClock()
        self.token = token
        self.port = 0
        bot = User(int(token.split(":", maxsplit=1)[0]), bot_name, username=bot_username, is_bot=True)
        self.world = World(self.clock, bot, seed)
        self.faults = Faults(seed)
        self.transcript = Transcript()
        self.webhook = Webhook(self.world.updates, self._call_in_webhook_answer)
        self.world.updates.twice = self.faults.twice
        self._dispatcher = Dispatcher(self.world, self.webhook, self.faults, self.transcript)
        self._page = PageApi(self)
        self._runner: web.ServerRunner | None = None

    @property
    def root(self) -> str:
        """The server's address, to be given to the bot as BOT_API_URL and to a browser."""
        return f"http://{_HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        """The address as python-telegram-bot's `base_url` wants it."""
        return f"{self.root}/bot"

    @property
    def base_file_url(self) -> str:
        """The address as python-telegram-bot's `base_file_url` wants it."""
        return f"{self.root}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Listen on `port`; 0 takes a free one, or the one used before. Raises OSError when it is taken."""
        server = web.Server(self._handle, request_factory=_request, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, port or self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._page.open()
        self.webhook.resume()

    async def stop(self) -> None:
        """Close all connections; what happened so far is kept."""
        self._page.close()
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def add_persona(self, persona: Persona) -> Chat:
        """Offer a persona in the page."""
        return self.world.add_persona(persona)

    def add_fault(self, kind: str, method: str = "*", **more: Any) -> Fault:
        """Break something; see `Faults.add`."""
        fault = self.faults.add(kind, method, **more)
        self.world.emit(Event("faults"))
        return fault

    def chat(self, chat_id: int) -> Chat:
        """Return a chat; raises ApiError when there is none."""
        return self.world.chat(chat_id)

    def bot_messages(self, chat_id: int) -> list[Message]:
        """Return what the bot wrote to a chat and did not delete, oldest first."""
        messages = self.world.chat(chat_id).messages.values()
        return [message for message in messages if message.sender.is_bot and not message.deleted]

    def unanswered(self) -> list[Tap]:
        """Return the taps that the bot has not answered."""
        return [tap for tap in self.world.taps.values() if not tap.answered]

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            if token != self.token:
                return web.json_response(unauthorized().body(), status=401)
            return await self._dispatcher.handle(request, method)
        if path.startswith("/file/bot"):
            return self._file(path[len("/file/bot") :])
        return await self._page.handle(request)

    def _file(self, rest: str) -> web.Response:
        token, _, path = rest.partition("/")
        if token != self.token:
            return web.json_response(unauthorized().body(), status=401)
        stored = self.world.files.by_path.get(path)
        if stored is None:
            return web.json_response(ApiError(404, "Not Found").body(), status=404)
        return web.Response(body=stored.data, content_type=stored.mime)

    async def _call_in_webhook_answer(self, call: Json) -> None:
        method = call.pop("method")
        await self._dispatcher.apply(Call(0, self.clock.seconds(), 0.0, method, call), Params(call))


def _request(*parts: Any) -> web.BaseRequest:
    message, payload, protocol, writer, task = parts
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_BODY)
