"""Visits and dialogues again, with updates coming by webhook instead of polling: the same tests."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.delivery.webhook import Webhook
from tests.handlers.test_dialogue import *  # noqa: F403 - the same tests
from tests.handlers.test_visits import *  # noqa: F403 - the same tests
from tests.support.town import Town, serving


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The village behind a webhook on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    webhook = Webhook(f"http://{address}/hook", address, "test-secret")
    async with serving(tmp_path / "data", webhook=webhook) as made:
        yield made
