"""Fixtures of the local Telegram: `from tests.support.sandbox import clock, server` in a conftest or test module."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import SandboxServer

START = datetime(2024, 3, 15, 8, 0)  # noqa: DTZ001 - the clock's own zone is meant


@pytest.fixture
def clock() -> SandboxClock:
    """A clock that stands at 8:00 on 15 March 2024 in Shanghai until it is moved."""
    return SandboxClock(START, "Asia/Shanghai", flowing=False)


@pytest_asyncio.fixture
async def server(clock: SandboxClock) -> AsyncIterator[SandboxServer]:
    """A running sandbox on a free port."""
    running = SandboxServer(clock)
    await running.start()
    yield running
    await running.stop()


class Caller:
    """Raw HTTP calls of the Bot API, as a bot without any library would make them."""

    def __init__(self, server: SandboxServer, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method with a JSON body; return the whole answer, also a refusal."""
        url = f"{self.server.root}/bot{self.server.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"] == (answer.status == 200)
            assert body["ok"] or body["error_code"] == answer.status
            return body

    async def result(self, method: str, **params: Any) -> Any:
        """Call a method that must succeed; return its result."""
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Call a method that must be refused; return code and description."""
        body = await self(method, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def upload(self, method: str, field: str, data: bytes, caption: str, chat_id: int) -> dict[str, Any]:
        """Send a file as multipart; return the whole answer."""
        form = aiohttp.FormData({"chat_id": str(chat_id), "caption": caption})
        form.add_field(field, data, filename="a.png", content_type="image/png")
        async with self.session.post(f"{self.server.root}/bot{self.server.token}/{method}", data=form) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def upload_refused(self, method: str, field: str, data: bytes, caption: str, chat_id: int) -> tuple[int, str]:
        """Send a file that must be refused; return code and description."""
        body = await self.upload(method, field, data, caption, chat_id)
        assert not body["ok"], body
        return body["error_code"], body["description"]


@pytest_asyncio.fixture
async def call(server: SandboxServer) -> AsyncIterator[Caller]:
    """Raw calls to the running sandbox."""
    async with aiohttp.ClientSession() as session:
        yield Caller(server, session)
