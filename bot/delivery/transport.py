"""The way to Telegram's server: python-telegram-bot's `BaseRequest` over one aiohttp session, and raw calls over it.

httpx is not used: its pool is quadratic in waiting requests.
A failure says what is known: `NotConnected` was certainly not applied, `NoAnswer` may have been.
"""

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBDeprecationWarning

from bot.delivery.answers import answer_in, sort_out
from bot.delivery.outages import NoAnswer, NotConnected

# RetryAfter announces its future type each time it is made; outcomes.py reads both types
warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)

__all__ = ["AiohttpRequest", "BotApi", "NoAnswer", "NotConnected"]

TELEGRAM = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 10.0
LIMIT = 128  # connections at once
KEEP_ALIVE_SECONDS = 15.0  # below what servers keep, so that a closed connection is rarely used
MOST_BYTES = 64_000_000
"""Longer answers are none: the Bot API's files have 20 MB at most."""
_NOT_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    ProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
)


class AiohttpRequest(BaseRequest):
    """One aiohttp session for all calls; `answer_seconds` is the longest silence of the server."""

    def __init__(
        self,
        proxy: str | None = None,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._proxy, self._connect, self._answer = proxy, connect_seconds, answer_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The default silence of the server in seconds."""
        return self._answer

    async def initialize(self) -> None:
        """Open the session; needs a running loop."""
        if self._session is None:
            options: dict[str, Any] = {"limit": LIMIT, "keepalive_timeout": KEEP_ALIVE_SECONDS}
            proxied = ProxyConnector.from_url(self._proxy, **options) if self._proxy else None
            self._session = aiohttp.ClientSession(connector=proxied or aiohttp.TCPConnector(**options))

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's interface
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's interface
    ) -> tuple[int, bytes]:
        """Return status and body; raises NotConnected or NoAnswer, and BadRequest for refusals without a type."""
        assert self._session is not None, "initialize() first"
        connect, read = _given(connect_timeout, self._connect), _given(read_timeout, self._answer)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)
        options: dict[str, Any] = {"data": _body(request_data), "timeout": timeout, "allow_redirects": False}
        try:
            async with self._session.request(method, url, **options) as response:
                body = await _read(response)
                return sort_out(method, response.status, response.content_type, body), body
        except _NOT_CONNECTED as error:
            raise NotConnected(type(error).__name__) from None  # its cause quotes the address, which has the token
        except (aiohttp.ClientError, OSError) as error:  # asyncio's TimeoutError is an OSError
            raise NoAnswer(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; one that is no JSON is never logged, since it may hold message text."""
        found = answer_in(payload)
        if found is None:
            raise NoAnswer("no answer of the Bot API")
        return found


@dataclass
class _CallData:
    """What `do_request` reads of the library's RequestData, which takes only the library's own private parameters."""

    json_parameters: dict[str, str]
    multipart_data: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)

    @property
    def contains_files(self) -> bool:
        return bool(self.multipart_data)


class BotApi:
    """Raw Bot API calls: method and parameters in, result out, `telegram.error` raised. Never prints the token."""

    def __init__(self, token: str, request: BaseRequest, root: str | None = None) -> None:
        self._request = request
        self._calls = f"{(root or TELEGRAM).rstrip('/')}/bot{token}"
        self._files = f"{(root or TELEGRAM).rstrip('/')}/file/bot{token}"

    async def __aenter__(self) -> "BotApi":
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        *,
        answer_seconds: float | None = None,
    ) -> Any:
        """Call `method`; `files` maps a parameter to (file name, content). The result as plain JSON values."""
        plain = {name: _plain(value) for name, value in (params or {}).items() if value is not None}
        data = _CallData(plain, {name: (*file, "application/octet-stream") for name, file in (files or {}).items()})
        silence = BaseRequest.DEFAULT_NONE if answer_seconds is None else answer_seconds
        try:
            return await self._request.post(f"{self._calls}/{method}", cast("RequestData", data), read_timeout=silence)
        except (LookupError, AttributeError, TypeError, ValueError) as error:  # the library trusts what it reads
            raise NoAnswer("an odd answer") from error

    async def download(self, path: str) -> bytes:
        """The content of a file that `getFile` named."""
        return await self._request.retrieve(f"{self._files}/{path}")


def _plain(value: Any) -> str:
    """A parameter as the Bot API takes it: text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    """A form, multipart where there are files."""
    if data is None:
        return None
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # Telegram takes names as they are
    if data.contains_files:
        for name, (filename, content, mime) in data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _given(value: Any, default: float) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else cast("float | None", value)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The whole body; raises ClientPayloadError when it never ends."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            raise aiohttp.ClientPayloadError("the answer does not end")
    return bytes(body)
