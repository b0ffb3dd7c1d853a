"""Trouble comes when it was ordered, as often as ordered, and the transcript tells what really happened."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.client import Person
from bot.sandbox.faults import Faults
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller

SEND: dict[str, Any] = {"chat_id": 1001, "text": "x"}


@pytest.fixture(autouse=True)
def person(server: SandboxServer) -> Person:
    """Somebody the bot writes to."""
    return Person(server, 1001, "杨光明")


async def outcome(call: Caller, method: str = "sendMessage", **params: Any) -> str:
    """Return how a call ended, as its caller sees it."""
    timeout = aiohttp.ClientTimeout(total=0.3)
    url = f"{call.server.root}/bot{call.server.token}/{method}"
    try:
        async with call.session.post(url, json=params or SEND, timeout=timeout) as answer:
            return str(answer.status)
    except TimeoutError:
        return "timeout"
    except aiohttp.ClientConnectionError:
        return "dropped"


@pytest.mark.parametrize(
    ("kind", "seen", "applied"),
    [
        ("429", "429", False),
        ("500", "500", False),
        ("hang", "timeout", False),
        ("hang_after", "timeout", True),
        ("drop_before", "dropped", False),
        ("drop_after", "dropped", True),
    ],
)
async def test_each_kind_of_trouble_does_what_it_says(
    call: Caller, server: SandboxServer, person: Person, kind: str, seen: str, applied: bool
) -> None:
    server.faults.add(kind, "sendMessage")
    assert await outcome(call) == seen
    assert len(person.chat) == int(applied)
    assert await outcome(call) == "200"
    first, second = server.transcript.of("sendMessage", 1001)
    assert (first.fault, first.applied, first.answered) == (kind, applied, seen.isdigit())
    assert (second.fault, second.applied, second.answered, second.message_id) == (None, True, True, len(person.chat))


async def test_a_429_says_how_long_to_wait(call: Caller, server: SandboxServer) -> None:
    server.faults.add("429", "sendMessage", retry_after=7)
    assert await call("sendMessage", **SEND) == {
        "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }  # fmt: skip


async def test_a_slow_call_is_answered_late(call: Caller, server: SandboxServer) -> None:
    server.faults.add("slow", seconds=0.2)
    started = asyncio.get_running_loop().time()
    assert await outcome(call) == "200"
    assert asyncio.get_running_loop().time() - started >= 0.2


async def test_a_fault_can_last_for_some_calls_of_some_methods_to_one_chat(call: Caller, server: SandboxServer) -> None:
    Person(server, 1002)
    server.faults.add("500", "send*", times=2, chat_id=1001)
    assert await outcome(call, "getMe") == "200"
    assert await outcome(call, chat_id=1002, text="x") == "200"
    assert [await outcome(call) for _ in range(3)] == ["500", "500", "200"]


async def test_receiving_is_only_disturbed_when_asked(call: Caller, server: SandboxServer) -> None:
    server.faults.add("500", "*", times=1)
    assert await outcome(call, "getUpdates", offset=0) == "200"
    server.faults.clear()
    server.faults.add("500", "*", times=1, polling=True)
    assert await outcome(call, "getUpdates", offset=0) == "500"


async def test_an_update_whose_delivery_broke_off_comes_again(
    call: Caller, server: SandboxServer, person: Person
) -> None:
    person.say("一")
    server.faults.add("drop_after", "getUpdates")
    assert await outcome(call, "getUpdates", offset=0) == "dropped"
    assert len(await call.result("getUpdates")) == 1


async def test_confirmed_updates_can_come_twice_with_their_old_number(
    call: Caller, server: SandboxServer, person: Person
) -> None:
    person.say("一")
    server.add_fault("twice", times=1)
    [first] = await call.result("getUpdates")
    after = first["update_id"] + 1
    person.say("二")
    again, second = await call.result("getUpdates", offset=after)
    assert again == first
    assert second["message"]["text"] == "二"
    assert await call.result("getUpdates", offset=after) == [second]


def test_chance_is_repeatable_from_its_seed() -> None:
    def hits(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add("500", probability=0.3)
        return [faults.pick("sendMessage", 1, 0.0) is not None for _ in range(200)]

    assert hits(1) == hits(1) != hits(2)
    assert 30 < sum(hits(1)) < 90


async def test_telegrams_limits_on_sending_can_be_switched_on(call: Caller, server: SandboxServer) -> None:
    server.faults.limit_flood(overall=3, per_chat=1)
    seen = [await outcome(call, chat_id=chat, text="x") for chat in (1001, 1001)]
    assert seen == ["200", "429"]
    await asyncio.sleep(1.05)
    assert await outcome(call) == "200"


def test_an_unknown_kind_of_trouble_is_refused() -> None:
    with pytest.raises(ValueError, match="earthquake"):
        Faults().add("earthquake")
