"""Every test of delivery has a sandbox and a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.sandbox.server import SandboxServer
from tests.delivery.rig import Rig
from tests.delivery.rig import rig as make_rig
from tests.support.sandbox import clock, server

__all__ = ["clock", "server"]


@pytest_asyncio.fixture
async def rig(server: SandboxServer, tmp_path: Path) -> AsyncIterator[Rig]:
    """A bot to be started; nothing runs yet."""
    async with make_rig(server, tmp_path) as made:
        yield made
