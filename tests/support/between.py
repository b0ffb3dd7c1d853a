"""Something between the bot and Telegram: a proxy, a portal, a line that breaks. A real server on a real socket."""

import asyncio
import socket
import struct
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502</h1></center></body></html>"


def answer(status: str, body: bytes, kind: str = "text/html", *more: str) -> bytes:
    """One whole answer over HTTP."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join([*head, "", ""]).encode() + body


def json_answer(status: str, body: bytes) -> bytes:
    """An answer that looks like the Bot API's."""
    return answer(status, body, "application/json")


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
RESET = b"reset"
"""Instead of an answer: the connection is reset."""

BAD: dict[str, bytes] = {
    "502 page": answer("502 Bad Gateway", PAGE),
    "503 page": answer("503 Service Unavailable", PAGE),
    "403 page": answer("403 Forbidden", PAGE),
    "401 page": answer("401 Unauthorized", PAGE),
    "404 page": answer("404 Not Found", PAGE),
    "407": answer("407 Proxy Authentication Required", PAGE),
    "511": answer("511 Network Authentication Required", PAGE),
    "400 empty": answer("400 Bad Request", b""),
    "redirect": answer("302 Found", b"", "text/html", "Location: http://login.example/"),
    "200 page": answer("200 OK", PAGE),
    "200 empty": answer("200 OK", b""),
    "200 list": json_answer("200 OK", b'["result"]'),
    "200 number": json_answer("200 OK", b"7"),
    "200 nested": json_answer("200 OK", b'{"ok":true,"other":{"result":1}}'),
    "200 deep": json_answer("200 OK", b'{"result":' + b"[" * 100_000),
    "not ok": json_answer("200 OK", b'{"ok":false}'),
    "500 not ok": json_answer("500 Internal Server Error", b'{"ok":false,"description":"x"}'),
    "odd parameters": json_answer("500 Internal Server Error", b'{"ok":false,"parameters":[1]}'),
    "odd retry": json_answer("429 Too Many Requests", b'{"ok":false,"parameters":{"retry_after":"soon"}}'),
    "not utf-8": json_answer("200 OK", b'{"ok":true,"result":"\xff\xfe"}'),
    "cut body": answer("200 OK", b'{"ok":true,"result":[]}')[:-4],
    "long body": answer("200 OK", b'{"ok":tr').replace(b"Length: 8", b"Length: 900"),
    "cut chunk": CHUNKED + b'40\r\n{"ok":true,',
    "bad chunk": CHUNKED + b'zz\r\n{"ok":true,',
    "cut head": b"HTTP/1.1 200 OK\r\nContent-",
    "no http": b"SSH-2.0-OpenSSH_9.2\r\n",
    "nothing": b"",
    "reset": RESET,
    "reset in body": CHUNKED + b'40\r\n{"ok":true,' + RESET,
}
"""What may come back instead of an answer, by name."""


@dataclass
class Between:
    """Passes calls on to `port`; `spoil(method, name, times)` answers the next ones with BAD[name] instead."""

    port: int
    spoilt: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    root: str = ""
    hits: int = 0
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        await self._stack.enter_async_context(server)
        self.root = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._stack.aclose()

    def spoil(self, method: str, name: str, times: int = 2) -> None:
        """Answer the next calls of a method badly; they do not reach Telegram."""
        self.spoilt[method] += [BAD[name]] * times

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            waiting = self.spoilt[head.split()[1].decode().rpartition("/")[2]]
            if waiting:
                self.hits += 1
                await self._spoil(head, reader, writer, waiting.pop(0))
            else:
                await self._pass_on(head, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _spoil(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, bad: bytes) -> None:
        length = next((line.split(b":")[1] for line in head.lower().split(b"\r\n") if b"content-length" in line), b"0")
        await reader.readexactly(int(length))
        writer.write(bad.removesuffix(RESET))
        await writer.drain()
        if bad.endswith(RESET):
            await asyncio.sleep(0.02)
            sock: socket.socket = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        first, _, rest = head.partition(b"\r\n")
        back.write(first + b"\r\nConnection: close\r\n" + rest)
        sending = asyncio.create_task(_pipe(reader, back))
        try:
            await _pipe(there, writer)
        finally:
            sending.cancel()
            back.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
