"""Updates are pushed to the bot's web server until it takes them, each chat in its order."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiohttp import web

from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller


class Receiver:
    """A bot's web server that writes down what arrives and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str, str | None]] = []
        self.refuse = 0
        self.slow: set[int] = set()
        self.reply: dict[str, Any] | None = None
        self.url = ""
        self._news = asyncio.Event()

    async def take(self, request: web.BaseRequest) -> web.Response:
        """Take one update."""
        message = (await request.json())["message"]
        chat, text = message["chat"]["id"], message["text"]
        if chat in self.slow:
            await asyncio.sleep(0.3)
        self.got.append((chat, text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        self._news.set()
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        return web.json_response(self.reply) if self.reply else web.Response()

    async def until(self, count: int) -> list[str]:
        """Wait for so many deliveries; return their texts."""
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self._news.clear()
                await self._news.wait()
        return [text for _, text, _ in self.got]


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A running web server of a bot."""
    made = Receiver()
    runner = web.ServerRunner(web.Server(made.take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_what_waits_and_what_comes_is_pushed_with_the_secret(
    call: Caller, server: SandboxServer, receiver: Receiver
) -> None:
    person = Person(server, 1)
    person.say("先")
    await call.result("setWebhook", url=receiver.url, secret_token="geheim_1")
    person.say("后")
    assert await receiver.until(2) == ["先", "后"]
    assert {secret for _, _, secret in receiver.got} == {"geheim_1"}
    await asyncio.sleep(0.05)
    info = await call.result("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


async def test_a_refused_update_is_sent_again_before_the_next_of_that_chat(
    call: Caller, server: SandboxServer, receiver: Receiver
) -> None:
    receiver.refuse = 2
    await call.result("setWebhook", url=receiver.url)
    person = Person(server, 1)
    person.say("一")
    person.say("二")
    assert await receiver.until(4) == ["一", "一", "一", "二"]
    info = await call.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_slow_chat_does_not_hold_up_another(call: Caller, server: SandboxServer, receiver: Receiver) -> None:
    receiver.slow = {1}
    await call.result("setWebhook", url=receiver.url)
    Person(server, 1).say("慢")
    Person(server, 2).say("快")
    assert await receiver.until(2) == ["快", "慢"]


async def test_one_connection_at_a_time_when_so_asked(call: Caller, server: SandboxServer, receiver: Receiver) -> None:
    receiver.slow = {1}
    await call.result("setWebhook", url=receiver.url, max_connections=1)
    Person(server, 1).say("慢")
    Person(server, 2).say("快")
    assert await receiver.until(2) == ["慢", "快"]


async def test_what_was_not_taken_waits_for_polling_once_the_webhook_is_gone(
    call: Caller, server: SandboxServer
) -> None:
    await call.result("setWebhook", url="http://127.0.0.1:9/nobody-listens")
    person = Person(server, 1)
    person.say("一")
    person.say("二")
    await asyncio.sleep(0.1)
    assert (await call.result("getWebhookInfo"))["last_error_message"] == "Connection refused"
    await call.result("deleteWebhook")
    assert [update["message"]["text"] for update in await call.result("getUpdates")] == ["一", "二"]


async def test_a_webhook_survives_an_outage_of_the_server(
    call: Caller, server: SandboxServer, receiver: Receiver
) -> None:
    await call.result("setWebhook", url=receiver.url)
    await server.stop()
    Person(server, 1).say("停机时")
    await server.start()
    assert await receiver.until(1) == ["停机时"]


async def test_a_method_in_the_answer_is_carried_out(call: Caller, server: SandboxServer, receiver: Receiver) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": 1, "text": "答"}
    await call.result("setWebhook", url=receiver.url)
    person = Person(server, 1)
    person.say("问")
    await person.wait_for("答")


async def test_a_webhook_needs_a_web_address_and_a_plain_secret(call: Caller) -> None:
    refusal = await call.refused("setWebhook", url="ftp://127.0.0.1/")
    assert refusal == (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    refusal = await call.refused("setWebhook", url="https://127.0.0.1/", secret_token="ge heim")
    assert refusal == (400, "Bad Request: secret token contains unallowed characters")


async def test_updates_can_be_pushed_twice(call: Caller, server: SandboxServer, receiver: Receiver) -> None:
    server.add_fault("twice", times=1)
    await call.result("setWebhook", url=receiver.url)
    person = Person(server, 1)
    person.say("一")
    person.say("二")
    assert await receiver.until(3) == ["一", "一", "二"]
