"""The page at `/` and its JSON API under `/sandbox/`, which outside programs may use as well.

Bodies and answers are JSON; a refusal is `{"error": "…"}` with status 400, 403 or 404. `user_id` names the person who
acts; `chat_id` (default: the private chat) a group. Moments are ISO 8601; without a zone they are in the clock's.

    GET    /sandbox/state                      bot, clock, personas (unread, blocked, last words), faults, commands
    GET    /sandbox/chat?user_id=1             messages, keyboard, blocked; nothing is marked as read
    POST   /sandbox/open      {user_id}        the same and marks as read; sends `/start` if the persona says so
    POST   /sandbox/send      {user_id, text | photo | document | location | sticker, caption?, reply_to?, date?}
                              photo and document: {name, data} with base64; location: {latitude, longitude}
    POST   /sandbox/press     {user_id, label}                    a key of the keyboard under the typing box
    POST   /sandbox/tap       {user_id, label | data, message_id?} → {query_id}; the answer comes as an event
    POST   /sandbox/edit      {user_id, message_id, text}
    POST   /sandbox/block     {user_id, blocked: true | false}
    POST   /sandbox/personas  {user_id, name, role?, place?, language?, autostart?, started?}
    GET    /sandbox/clock                      {now}
    POST   /sandbox/clock     {advance_seconds} | {next_at: "08:30"} | {set: moment}
    GET    /sandbox/faults                     the rules in force
    POST   /sandbox/faults    {kind, method?, times?, probability?, retry_after?, seconds?, chat_id?, polling?}
    DELETE /sandbox/faults                     everything works again
    GET    /sandbox/transcript?after=0         the bot's calls (numbers above `after`), updates queued, taps unanswered
    GET    /sandbox/file/{file_id}             a picture or file
    GET    /sandbox/events                     server-sent events: {kind, chat_id, message?, …}; kinds: message edit
                                               delete answer action chat clock faults

Only pages of this server may call it: other origins and other host names are refused.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import page_actions, page_views
from bot.sandbox.actions import Refusal
from bot.sandbox.errors import ApiError
from bot.sandbox.events import EventStream

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer

Json = dict[str, Any]
View = Callable[["SandboxServer", dict[str, str]], Json]
Action = Callable[["SandboxServer", Json], Json]
_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_VIEWS: dict[str, View] = {
    "state": page_views.state,
    "chat": page_views.chat,
    "clock": page_views.clock,
    "faults": page_views.faults,
    "transcript": page_views.transcript,
}
_ACTIONS: dict[str, Action] = {
    "open": page_actions.open_chat,
    "send": page_actions.send,
    "press": page_actions.press,
    "tap": page_actions.tap,
    "edit": page_actions.edit,
    "block": page_actions.block,
    "personas": page_actions.add_persona,
    "clock": page_actions.move_clock,
    "faults": page_actions.add_fault,
}


class PageApi:
    """Serves everything that is not the Bot API."""

    def __init__(self, server: "SandboxServer") -> None:
        self._server = server
        self._events = EventStream(server)

    def open(self) -> None:
        """Begin to pass events on."""
        self._events.open()

    def close(self) -> None:
        """End all event streams."""
        self._events.close()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of the page or of an outside program."""
        if not _from_here(request):
            return _error("only this server's own page may ask", 403)
        try:
            return await self._route(request)
        except ApiError as refusal:
            return _error(refusal.description, refusal.code)
        except (Refusal, ValueError, TypeError) as refusal:
            return _error(str(refusal), 400)
        except KeyError as missing:
            return _error(f"missing: {missing.args[0]}", 400)

    async def _route(self, request: web.BaseRequest) -> web.StreamResponse:
        if not request.path.startswith("/sandbox/"):
            return _asset(request.path)
        name = request.path.removeprefix("/sandbox/")
        if request.method == "GET":
            return await self._show(name, request)
        if request.method == "POST" and name in _ACTIONS:
            return _json(_ACTIONS[name](self._server, await _object(request)))
        if request.method == "DELETE" and name == "faults":
            return _json(page_actions.clear_faults(self._server))
        return _error(f"{request.method} {request.path} is not here", 404)

    async def _show(self, name: str, request: web.BaseRequest) -> web.StreamResponse:
        if name == "events":
            return await self._events.serve(request)
        if name.startswith("file/"):
            return self._file(name.removeprefix("file/"))
        if name in _VIEWS:
            return _json(_VIEWS[name](self._server, dict(request.query)))
        return _error(f"{request.path} is not here", 404)

    def _file(self, file_id: str) -> web.Response:
        stored = self._server.world.files.by_id.get(file_id)
        if stored is None:
            return _error("no such file", 404)
        inline = "inline" if stored.mime.startswith("image/") else "attachment"
        headers = {
            "Content-Disposition": f"{inline}; filename*=UTF-8''{quote(stored.name)}",
            "Content-Security-Policy": "sandbox",
        }
        return web.Response(body=stored.data, content_type=stored.mime, headers=headers)


async def _object(request: web.BaseRequest) -> Json:
    body = json.loads(await request.read() or b"{}")
    if not isinstance(body, dict):
        raise TypeError("an object is expected")
    return body


def _from_here(request: web.BaseRequest) -> bool:
    host = request.host
    if host.rsplit(":", 1)[0] not in ("127.0.0.1", "localhost", "[::1]"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin.split("//", 1)[-1] == host


def _asset(path: str) -> web.Response:
    name = "index.html" if path == "/" else path.lstrip("/")
    file = _PAGE / name
    if "/" in name or file.suffix not in _TYPES or not file.is_file():
        return _error(f"{path} is not here", 404)
    headers = {"Cache-Control": "no-cache"}
    if file.suffix == ".html":
        headers["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'"
    return web.Response(body=file.read_bytes(), content_type=_TYPES[file.suffix], charset="utf-8", headers=headers)


def _json(body: Json) -> web.Response:
    return web.json_response(body, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def _error(reason: str, status: int) -> web.Response:
    return web.json_response({"error": reason}, status=status)
