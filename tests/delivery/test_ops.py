"""What whoever watches the bot can ask it."""

import aiohttp

from bot.delivery.loop import run
from tests.delivery.rig import Rig, until


async def test_health_readiness_and_figures(rig: Rig, unused_tcp_port: int) -> None:
    """Live, ready, counted; no personal data."""
    rig.ops_listen = f"127.0.0.1:{unused_tcp_port}"
    root = f"http://{rig.ops_listen}"
    person = rig.person()
    async with rig.running(), aiohttp.ClientSession() as session:
        person.say("秘密")
        await person.wait_for("收到 秘密")
        assert await _status(session, f"{root}/healthz") == 200
        await until(lambda: _is_status(session, f"{root}/readyz", 200))
        await until(lambda: _shows(session, root, 'ruhu_sends_total{kind="screen",verdict="sent"} 1.0'))
        await until(lambda: _shows(session, root, 'ruhu_queue_depth{queue="outbox"} 0.0'))
        assert await _shows(session, root, 'ruhu_updates_total{outcome="done"} 1.0')
        assert not await _shows(session, root, "秘密")
        await rig.pragma("query_only=ON")
        person.say("再来")
        await until(lambda: _is_status(session, f"{root}/readyz", 503))
        await rig.pragma("query_only=OFF")
        await person.wait_for("收到 再来")
        await until(lambda: _is_status(session, f"{root}/readyz", 200))


async def _shows(session: aiohttp.ClientSession, root: str, line: str) -> bool:
    async with session.get(f"{root}/metrics") as answer:
        return line in await answer.text()


async def _is_status(session: aiohttp.ClientSession, url: str, status: int) -> bool:
    return await _status(session, url) == status


async def _status(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as answer:
        return answer.status


def test_the_loop_runs_a_coroutine_to_its_end() -> None:
    """On uvloop where there is one."""

    async def three() -> int:
        return 3

    assert run(three()) == 3
