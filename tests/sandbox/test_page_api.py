"""The page's JSON API does what a person does with the page."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.client import TINY_PNG, Person
from bot.sandbox.model import Persona
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller

WHO = {"user_id": 1001}


class Api:
    """An outside program that uses the JSON API."""

    def __init__(self, server: SandboxServer, session: aiohttp.ClientSession) -> None:
        self.root = f"{server.root}/sandbox"
        self.session = session

    async def get(self, path: str) -> Any:
        """GET what must succeed."""
        async with self.session.get(f"{self.root}/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        """POST an object and expect `status`."""
        async with self.session.post(f"{self.root}/{path}", json=body) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json()


@pytest_asyncio.fixture
async def api(server: SandboxServer) -> AsyncIterator[Api]:
    """An outside program; one persona is there."""
    server.add_persona(Persona(1001, "杨光明", "网格员", "五组", autostart=True))
    async with aiohttp.ClientSession() as session:
        yield Api(server, session)


async def test_the_state_lists_personas_with_their_badges(api: Api, call: Caller) -> None:
    await call.result("sendMessage", chat_id=1001, text="提醒")
    await call.result("setMyCommands", commands=[{"command": "todo", "description": "待办"}], language_code="zh")
    state = await api.get("state")
    [persona] = state["personas"]
    assert (persona["name"], persona["role"], persona["place"]) == ("杨光明", "网格员", "五组")
    assert (persona["unread"], persona["last"]) == (1, "提醒")
    assert state["now"] == "2024-03-15T08:00:00+08:00"
    assert state["commands"] == {"zh": [{"command": "todo", "description": "待办"}]}


async def test_opening_a_persona_starts_once_and_marks_as_read(api: Api, call: Caller) -> None:
    assert [m["text"] for m in (await api.post("open", **WHO))["messages"]] == ["/start"]
    await call.result("sendMessage", chat_id=1001, text="提醒")
    assert (await api.get("chat?user_id=1001"))["unread"] == 1
    opened = await api.post("open", **WHO)
    assert [m["text"] for m in opened["messages"]] == ["/start", "提醒"]
    assert opened["unread"] == 0


async def test_everything_a_phone_does_can_be_done(api: Api, call: Caller) -> None:
    file = {"name": "房子.png", "data": base64.b64encode(TINY_PNG).decode()}
    first = (await api.post("send", **WHO, text="一", date="2024-03-14T20:00"))["message"]
    assert first["at"] == "2024-03-14T20:00:00+08:00"
    await api.post("send", **WHO, photo=file, caption="房", reply_to=first["id"])
    await api.post("send", **WHO, document=file)
    await api.post("send", **WHO, location={"latitude": 25.1, "longitude": 102.1})
    await api.post("send", **WHO, sticker="👍")
    await api.post("edit", **WHO, message_id=first["id"], text="一改")
    keys = {"keyboard": [["待办"]]}
    await call.result("sendMessage", chat_id=1001, text="键", reply_markup=keys)
    await api.post("press", **WHO, label="待办")
    updates = await call.result("getUpdates")
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "message", "message", "message", "message", "message", "edited_message", "message",
    ]  # fmt: skip
    assert updates[1]["message"]["reply_to_message"]["message_id"] == first["id"]
    shown = (await api.get("chat?user_id=1001"))["messages"]
    async with api.session.get(f"{api.root}/file/{shown[1]['photo']['file_id']}") as answer:
        assert await answer.read() == TINY_PNG


async def test_buttons_are_tapped_by_label_or_with_any_data(api: Api, call: Caller) -> None:
    await api.post("tap", status=400, **WHO, label="好")
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "a.1"}]]}
    sent = await call.result("sendMessage", chat_id=1001, text="问", reply_markup=markup)
    await api.post("tap", **WHO, label="好")
    await api.post("tap", **WHO, data="forged", message_id=sent["message_id"])
    updates = await call.result("getUpdates")
    assert [update["callback_query"]["data"] for update in updates] == ["a.1", "forged"]


async def test_the_clock_is_moved_by_days_to_an_hour_or_to_a_moment(api: Api) -> None:
    assert (await api.post("clock", next_at="08:30"))["now"] == "2024-03-15T08:30:00+08:00"
    assert (await api.post("clock", advance_seconds=86400))["now"] == "2024-03-16T08:30:00+08:00"
    assert (await api.post("clock", set="2024-09-30T12:00"))["now"] == "2024-09-30T12:00:00+08:00"
    assert (await api.get("clock"))["now"] == "2024-09-30T12:00:00+08:00"


async def test_things_are_broken_and_repaired(api: Api, call: Caller, server: SandboxServer) -> None:
    await api.post("faults", kind="429", method="sendMessage", retry_after=2)
    assert (await api.get("faults"))["faults"][0]["kind"] == "429"
    assert (await call("sendMessage", chat_id=1001, text="x"))["error_code"] == 429
    await api.post("faults", kind="500", times=5)
    async with api.session.delete(f"{api.root}/faults") as answer:
        assert (await answer.json())["faults"] == []
    await api.post("faults", status=400, kind="earthquake")
    await api.post("block", **WHO, blocked=True)
    assert (await call.refused("sendMessage", chat_id=1001, text="x"))[0] == 403
    await api.post("block", **WHO, blocked=False)
    assert not server.faults.rules


async def test_the_transcript_shows_what_the_bot_did_and_owes(api: Api, call: Caller, server: SandboxServer) -> None:
    await call.result("sendMessage", chat_id=1001, text="一")
    person = Person(server, 1001)
    tap = person.tap_data("x")
    seen = await api.get("transcript")
    assert [(made["method"], made["applied"]) for made in seen["calls"]] == [("sendMessage", True)]
    assert (seen["pending_updates"], seen["unanswered_taps"]) == (1, [tap.id])
    assert (await api.get(f"transcript?after={seen['calls'][-1]['number']}"))["calls"] == []


async def test_events_arrive_as_they_happen(api: Api, call: Caller, server: SandboxServer) -> None:
    kinds: list[str] = []
    async with api.session.get(f"{api.root}/events") as stream:
        assert (await stream.content.readline()).startswith(b":")
        await call.result("sendMessage", chat_id=1001, text="一")
        await call.result("editMessageText", chat_id=1001, message_id=1, text="二")
        await call.result("sendChatAction", chat_id=1001, action="typing")
        tap = Person(server, 1001).tap_data("x")
        await call.result("answerCallbackQuery", callback_query_id=tap.id, text="好")
        await call.result("deleteMessage", chat_id=1001, message_id=1)
        server.clock.advance(timedelta(days=1))
        server.add_fault("500")
        async with asyncio.timeout(5):
            while len(kinds) < 7:
                line = await stream.content.readline()
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    kinds.append(event["kind"])
    assert kinds == ["message", "edit", "action", "answer", "delete", "clock", "faults"]


async def test_more_personas_can_be_added(api: Api) -> None:
    await api.post("personas", user_id=1002, name="周丽萍", role="网格员")
    assert [persona["name"] for persona in (await api.get("state"))["personas"]] == ["杨光明", "周丽萍"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("open", {"user_id": 77}),
        ("open", {}),
        ("send", {"user_id": 1001}),
        ("send", {"user_id": 1001, "text": " "}),
        ("send", {"user_id": 1001, "document": {"name": "a", "data": "%%%"}}),
        ("send", {"user_id": 1001, "text": "x", "date": "gestern"}),
        ("edit", {"user_id": 1001, "message_id": 5, "text": "x"}),
        ("clock", {}),
        ("clock", {"next_at": "25:00"}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(api: Api, path: str, body: dict[str, Any]) -> None:
    assert (await api.post(path, status=400, **body))["error"]


async def test_other_sites_may_not_use_it(api: Api, server: SandboxServer) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        async with api.session.get(f"{api.root}/state", headers=headers) as answer:
            assert answer.status == 403
    async with api.session.get(f"{api.root}/state", headers={"Origin": server.root}) as answer:
        assert answer.status == 200


async def test_the_page_needs_nothing_from_outside(api: Api, server: SandboxServer) -> None:
    async with api.session.get(server.root) as answer:
        text = await answer.text()
        assert answer.content_type == "text/html"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in text
    assert "https://" not in text
    async with api.session.get(f"{server.root}/no-such-page") as answer:
        assert answer.status == 404
    async with api.session.get(f"{server.root}/..%2fserver.py") as answer:
        assert answer.status == 404
