"""The transport says what is known of a call that failed, and python-telegram-bot can use it too."""

import asyncio
import socket

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.delivery.transport import AiohttpRequest, BotApi, NoAnswer, NotConnected
from bot.sandbox.server import SandboxServer
from tests.delivery.rig import Rig, message


async def test_the_library_works_over_it(server: SandboxServer) -> None:
    """It is a BaseRequest like any other."""
    request = AiohttpRequest()
    bot = Bot(server.token, base_url=server.base_url, request=request, get_updates_request=AiohttpRequest())
    async with bot:
        assert (await bot.get_me()).username == "ruhu_demo_bot"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", RetryAfter),
        ("500", NetworkError),
        ("hang", NoAnswer),
        ("drop_before", NoAnswer),
        ("drop_after", NoAnswer),
    ],
)
async def test_each_failure_has_its_type(rig: Rig, fault: str, error: type[Exception]) -> None:
    """A caller can tell what was refused from what is unknown."""
    rig.person()
    rig.server.faults.add(fault, "sendMessage")
    async with rig.api() as api:
        with pytest.raises(error) as caught:
            await api.call("sendMessage", message(1001, "你好"))
    assert rig.server.token not in repr(caught.value) + str(caught.value.__cause__)


async def test_refusals_have_their_types(rig: Rig) -> None:
    """Blocked, broken, unknown token."""
    person = rig.person()
    async with rig.api() as api:
        with pytest.raises(BadRequest):
            await api.call("sendMessage", message(1001, ""))
        person.block()
        with pytest.raises(Forbidden):
            await api.call("sendMessage", message(1001, "你好"))
    rig.token = "1:wrong"
    async with rig.api() as api:
        with pytest.raises(InvalidToken):
            await api.call("getMe")


async def test_no_connection_is_certainly_not_applied() -> None:
    """Refused, no such host, a proxy that is not there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{taken.getsockname()[1]}"
        for proxy in (None, root, root.replace("http", "socks5")):
            async with BotApi("1:x", AiohttpRequest(proxy, connect_seconds=1), root) as api:
                with pytest.raises(NotConnected):
                    await api.call("getMe")
    async with BotApi("1:x", AiohttpRequest(connect_seconds=1), "http://no-such-host.invalid") as api:
        with pytest.raises(NotConnected):
            await api.call("getMe")


async def test_calls_go_through_an_http_proxy(rig: Rig) -> None:
    """BOT_PROXY is where the connection is made to."""
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        there, back = await asyncio.open_connection("127.0.0.1", rig.server.port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pipe(reader, back), _pipe(there, writer))

    listening = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        request = AiohttpRequest(f"http://127.0.0.1:{port}")
        async with BotApi(rig.server.token, request, rig.server.root) as api:
            assert (await api.call("getMe"))["is_bot"]
    assert asked[0].startswith(f"CONNECT 127.0.0.1:{rig.server.port}".encode())


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def test_files_go_up_and_come_down(rig: Rig) -> None:
    """Chinese names too."""
    person = rig.person()
    async with rig.api() as api:
        await api.call("sendDocument", {"chat_id": 1001}, {"document": ("花名册.txt", "内容".encode())})
        seen = person.last
        assert seen is not None
        assert (seen.document_name, seen.document) == ("花名册.txt", "内容".encode())
        photo = person.send_photo()
        sizes = photo.message.to_json()["photo"]
        found = await api.call("getFile", {"file_id": sizes[-1]["file_id"]})
        assert await api.download(found["file_path"]) == photo.photo
