"""One running bot to a shared database, also while its server restarts."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from bot.sandbox.server import SandboxServer
from tests.cli.conftest import Shell
from tests.delivery.rig import until
from tests.support.postgres import PostgresServer

RUNNING = "机器人已经在这个数据库上运行了。"


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that may be stopped and started."""
    server = PostgresServer.start()
    yield server
    server.stop()


async def start(stack: AsyncExitStack, ruhu: Shell, env: dict[str, str]) -> asyncio.subprocess.Process:
    """`ruhu run` in a process of its own, ended with the test."""
    command = (sys.executable, "-m", "bot", "run")
    bot = await asyncio.create_subprocess_exec(
        *command, cwd=ruhu.folder, env=ruhu.environment(**env), stderr=asyncio.subprocess.PIPE
    )
    stack.callback(lambda: bot.returncode is None and bot.kill())
    return bot


@pytest.mark.postgres
async def test_a_second_run_does_not_start_while_the_first_lives_through_restarts_of_the_server(
    ruhu: Shell, server: SandboxServer, own_server: PostgresServer
) -> None:
    env = {"BOT_TOKEN": server.token, "BOT_API_URL": server.root, "BOT_DATABASE_URL": own_server.database()}
    assert (await ruhu.beside("migrate", **env)).code == 0
    async with AsyncExitStack() as stack:
        first = await start(stack, ruhu, env)
        await until(lambda: bool(server.transcript.counts["getUpdates"]), 30)
        for disturb in (own_server.end_sessions, own_server.down):
            await asyncio.to_thread(disturb)
            if disturb == own_server.down:
                away = await ruhu.beside("run", **env)
                assert (away.code, away.errors) == (1, ["打不开数据库,或连不上数据库服务器。"])
                await asyncio.to_thread(own_server.up)
            second = await ruhu.beside("run", **env)
            assert (second.code, second.errors) == (1, [RUNNING])
        assert first.returncode is None
        first.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(first.communicate(), 30)
        assert first.returncode == 0, said.decode()
