"""What strangers can do to the addresses that the bot listens on: slow, broken and too many connections."""

import asyncio
import contextlib
import io
import json
import logging
import socket
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import pytest

from bot.delivery.listening import Door
from bot.delivery.webhook import SECRET_HEADER, Webhook
from tests.delivery.rig import Rig, until

SECRET = "s3cret-s3cret"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
QUICK_DOOR = Door(seconds=1.0)


@pytest.fixture
def hooked(rig: Rig, unused_tcp_port_factory: object) -> Rig:
    """A bot with a webhook and with figures, each on a port of its own."""
    hook, ops = unused_tcp_port_factory(), unused_tcp_port_factory()  # type: ignore[operator]
    webhook = Webhook(f"http://127.0.0.1:{hook}/hook", f"127.0.0.1:{hook}", SECRET)
    return replace(rig, webhook=webhook, ops_listen=f"127.0.0.1:{ops}")


def _port(listen: str | None) -> int:
    assert listen is not None
    return int(listen.rpartition(":")[2])


def _ports(rig: Rig) -> tuple[int, int]:
    assert rig.webhook is not None
    return _port(rig.webhook.listen), _port(rig.ops_listen)


async def _status(port: int, sent: bytes, *, seconds: float = 5.0) -> int:
    """What these bytes are answered with; 0: the connection was closed without a word."""
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            with contextlib.suppress(ConnectionError):
                writer.write(sent)
                await writer.drain()
            with contextlib.suppress(ConnectionError):
                line = await reader.readline()
                return int(line.split()[1]) if line else 0
            return 0
        finally:
            writer.close()


def _post(body: bytes, *headers: bytes, secret: bytes = SECRET.encode()) -> bytes:
    lines = (b"POST /hook HTTP/1.1", b"Host: x", SECRET_HEADER.encode() + b": " + secret, *headers)
    return b"\r\n".join(lines) + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _update(rig: Rig, text: str, number: int = 7) -> bytes:
    person = rig.person()
    message = {"message_id": 5, "date": 1, "chat": {"id": person.id, "type": "private"}, "text": text}
    return _post(json.dumps({"update_id": number, "message": message}).encode(), b"Content-Type: application/json")


@contextlib.asynccontextmanager
async def _heard() -> AsyncIterator[io.StringIO]:
    """Everything that is logged meanwhile, by anybody."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    root.addHandler(handler)
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
        yield written
    root.removeHandler(handler)


def _deep(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


BROKEN = [
    _post(b"{}", secret=b"\xff\xfe\x80"),
    _post(b"{}", secret="秘密".encode()),
    _post(b"{}", secret=b"a\x00b"),
    _post(b"{}", secret=b"x" * 100_000),
    _post(b"{}", secret=b""),
    _post(b"{}", SECRET_HEADER.encode() + b": " + SECRET.encode()),
    _post(b"{}", b"X" * 20_000 + b": 1"),
    _post(b"{}", *[b"X-%d: 1" % number for number in range(5_000)]),
    _post(b"{}", b"Content-Length: 99"),
    _post(b"{}", b"Content-Length: -1"),
    _post(b"{}", b"Content-Length: 1e3"),
    _post(b"{}", b"Transfer-Encoding: chunked"),
    _post(b"{}", b"\xff\xff: \xff"),
    _post(b"{}", b"no colon"),
    _post(b"{}", b" folded: 1"),
    _post(b"x" * 2_000_000),
    _post(b"no json"),
    _post(b"no json", b"Content-Type: text/plain"),
    _post(b"\xff\xfe"),
    _post(b'{"update_id": NaN}'),
    _post(b'{"update_id": ' + b"9" * 100_000 + b"}"),
    _post(_deep(100_000)),
    _post(zlib.compress(b" " * 1_000_000), b"Content-Encoding: gzip"),
    _post(zlib.compress(b" " * 1_000_000), b"Content-Encoding: deflate"),
    _post(b""),
    b"POST /hook HTTP/1.1\r\nHost: x\r\n" + SECRET_HEADER.encode() + b": " + SECRET.encode()
    + b"\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n",
    b"POST /hook HTTP/1.1\r\nHost: x\r\n" + SECRET_HEADER.encode() + b": " + SECRET.encode()
    + b"\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    b"POST /hook HTTP/9.9\r\n\r\n",
    b"POST /hook\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"\r\n" * 5_000 + b"x\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
    b"\x00" * 1_000 + b"\r\n\r\n",
    *[line + b" HTTP/1.1\r\nHost: x\r\n\r\n" for line in (
        b"GET /hook", b"POST /%ff%00", b"OPTIONS *", b"CONNECT x:1", b"POST http://[::1/", b"POST \xff"
    )],
    b"POST /hook HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x85",
    b"POST /hook HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
]  # fmt: skip


async def test_what_is_broken_is_refused_in_silence(hooked: Rig) -> None:
    """4xx, or closed; no traceback, nothing of what was sent in the log, few lines; a real update is answered after."""
    statuses = {}
    async with _heard() as written, replace(hooked, door=QUICK_DOOR).running():
        await until(lambda: hooked.server.webhook.url)
        for port in _ports(hooked):
            for number, sent in enumerate(BROKEN):
                statuses[port, number] = await _status(port, sent)
        person = hooked.person()
        assert await _status(_ports(hooked)[0], _update(hooked, "真的")) == 200
        await person.wait_for("收到 真的")
    assert all(status == 0 or 400 <= status < 500 for status in statuses.values()), statuses
    assert sum(status == 0 for status in statuses.values()) < 8, statuses
    logged = written.getvalue()
    assert "requests refused" in logged
    assert not [word for word in ("Traceback", SECRET, "nonsense", "127.0.0.1") if word in logged]
    assert len(logged.splitlines()) < 20, logged
    assert await hooked.inbox_states() == ["done"]


@pytest.mark.parametrize("step", [1, 50])
async def test_json_of_any_depth_is_stored_or_refused(hooked: Rig, step: int) -> None:
    """There is no depth between readable and too deep at which something breaks."""
    async with _heard() as written, hooked.running():
        await until(lambda: hooked.server.webhook.url)
        depths = range(900, 1100) if step == 1 else range(1, 5000, step)
        found = {await _status(_ports(hooked)[0], _post(_deep(depth))) for depth in depths}
    assert found <= {200, 400}
    assert "Traceback" not in written.getvalue()


async def test_random_bytes_are_refused(hooked: Rig) -> None:
    """Requests with bytes changed, cut out and doubled at random."""
    random = Random(20240315)
    good = _update(hooked, "不应处理")
    async with _heard() as written, replace(hooked, door=replace(QUICK_DOOR, seconds=0.2)).running():
        await until(lambda: hooked.server.webhook.url)
        found = [await _status(_ports(hooked)[0], _mutated(good, random)) for _ in range(300)]
    assert {status // 100 for status in found} <= {0, 2, 4}
    assert not [word for word in ("Traceback", "request failed") if word in written.getvalue()]


def _mutated(sent: bytes, random: Random) -> bytes:
    made = bytearray(sent)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(made))
        kind = random.randrange(3)
        if kind == 0:
            made[at] = random.randrange(256)
        elif kind == 1:
            del made[at : at + random.randint(1, 20)]
        else:
            made[at:at] = made[at : at + random.randint(1, 20)]
    return bytes(made)


async def _trickle(port: int, sent: bytes, opened: asyncio.Event) -> float:
    """Send byte after byte for ever; the seconds until the other side gave up."""
    loop = asyncio.get_running_loop()
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    start = loop.time()
    opened.set()
    with contextlib.suppress(ConnectionError):
        for number in range(10_000):
            writer.write(sent[number : number + 1] or b"x")
            await writer.drain()
            await asyncio.sleep(0.1)
    writer.close()
    return loop.time() - start


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"POST /hook HTTP/1.1\r\nX-A: ",
        _post(b"", b"X-A: 1").replace(b"Content-Length: 0", b"Content-Length: 100000"),
        _post(b"", b"Transfer-Encoding: chunked").replace(b"Content-Length: 0\r\n", b"") + b"ff\r\n",
    ],
    ids=["nothing", "headers", "body", "chunks"],
)
async def test_a_slow_request_is_broken_off(hooked: Rig, sent: bytes) -> None:
    """Headers or a body that never end have the same deadline, with the right secret too."""
    async with replace(hooked, door=QUICK_DOOR).running():
        await until(lambda: hooked.server.webhook.url)
        for port in _ports(hooked):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            trickling = asyncio.create_task(_trickle(port, sent, asyncio.Event()))
            async with asyncio.timeout(3):
                with contextlib.suppress(ConnectionError):
                    await reader.read()
                assert await trickling < 3
            writer.close()


async def test_250_slow_connections_do_not_stop_a_real_update(hooked: Rig) -> None:
    """It is answered at once, and the figures can be read."""
    person = hooked.person()
    hook, ops = _ports(hooked)
    async with _heard() as written, hooked.running():
        await until(lambda: hooked.server.webhook.url)
        slow = [asyncio.create_task(_trickle(port, _post(b"x" * 99), asyncio.Event())) for port in (hook, ops) * 250]
        await asyncio.sleep(1)
        loop = asyncio.get_running_loop()
        for number in range(5):
            start = loop.time()
            assert await _status(hook, _update(hooked, f"真的{number}", number)) == 200
            await person.wait_for(f"收到 真的{number}")
            assert await _status(ops, HEALTH) == 200
            assert loop.time() - start < 5  # far below the deadline of a slow connection
        stopped = loop.time()
    assert loop.time() - stopped < 6
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    assert len(written.getvalue().splitlines()) < 10, written.getvalue()


async def test_a_whole_request_is_answered_however_many_come_right_after_it(hooked: Rig) -> None:
    """All are let in before the first can be read: a health check is not pushed out by a hundred behind it."""
    async with hooked.running():
        await until(lambda: hooked.server.webhook.url)
        for port, sent in zip(_ports(hooked), (_update(hooked, "真的"), HEALTH), strict=True):
            with contextlib.ExitStack() as stack:
                first, *_ = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(100)]
                first.sendall(sent)
                first.setblocking(False)
                answered = await asyncio.get_running_loop().sock_recv(first, 99)
                assert answered.startswith(b"HTTP/1.1 200")


async def test_a_slow_connection_does_not_delay_the_end(hooked: Rig) -> None:
    """Neither without headers nor in the middle of a body."""
    loop = asyncio.get_running_loop()
    async with hooked.running():
        await until(lambda: hooked.server.webhook.url)
        for port in _ports(hooked):
            for sent in (b"POST", _post(b"x" * 99)[:-50]):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(sent)
                await writer.drain()
        await asyncio.sleep(0.1)
        start = loop.time()
    assert loop.time() - start < 6
