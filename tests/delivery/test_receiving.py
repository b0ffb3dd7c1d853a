"""Updates are stored before they are confirmed, once each, whatever they look like."""

import asyncio
import json
from dataclasses import replace

import aiohttp
import pytest
from telegram.error import InvalidToken

from bot.delivery.outcomes import Verdict, outcome_of
from bot.delivery.updates import batch, chat_of, incoming
from bot.delivery.webhook import SECRET_HEADER, Webhook
from bot.sandbox.errors import ApiError
from bot.storage import inbox
from tests.delivery.rig import Rig, until


async def test_a_message_is_answered_and_a_tap_edits_in_place(rig: Rig) -> None:
    """The whole way: polling, inbox, handler, outbox, Telegram."""
    person = rig.person()
    async with rig.running():
        person.say("你好")
        await person.wait_for("收到 你好")
        tap = person.tap("保存")
        await person.wait_answer(tap)
        await person.wait_for("已保存")
    assert await rig.inbox_states() == ["done", "done"]
    assert {state for _, state in await rig.sent_states()} == {"sent"}


async def test_a_batch_is_committed_before_the_offset_moves(rig: Rig) -> None:
    """A bot killed between storing and confirming gets the batch again and drops it."""
    person = rig.person()
    for number in range(5):
        person.say(f"第{number}条")
    async with rig.api() as api:
        answer = await api.call("getUpdates", {"timeout": 0})  # what the killed bot had received …
        at = rig.server.clock.now()
        await rig.db.write(lambda tx: inbox.store(tx, batch(answer), at))  # … and stored, but not confirmed
    assert len(rig.server.world.updates.pending) == 5
    async with rig.running():
        await until(lambda: len(rig.echo.seen) == 5)
        await until(lambda: not rig.server.world.updates.pending)
    assert rig.echo.seen == [(1001, f"第{number}条") for number in range(5)]


async def test_updates_that_could_not_be_stored_are_not_confirmed(rig: Rig) -> None:
    """A failing commit leaves the offset where it was."""
    person = rig.person()
    person.say("要紧的话")
    await rig.pragma("query_only=ON")
    async with rig.running():
        await person.wait_for("没有丢")
        assert len(rig.server.world.updates.pending) == 1
        await rig.pragma("query_only=OFF")
        await person.wait_for("收到 要紧的话")
    assert rig.echo.seen == [(1001, "要紧的话")]


async def test_an_update_delivered_twice_is_handled_once_also_after_it_is_done(rig: Rig) -> None:
    """The database knows update ids for good."""
    rig.server.faults.add("twice", probability=1.0)
    person = rig.person()
    async with rig.running() as delivery:
        for number in range(4):
            person.say(f"第{number}条")
            await person.wait_for(f"收到 第{number}条")
        registry = delivery.metrics.registry
        await until(lambda: (registry.get_sample_value("ruhu_updates_total", {"outcome": "duplicate"}) or 0) > 0)
    assert [text for _, text in rig.echo.seen] == [f"第{number}条" for number in range(4)]


async def test_update_ids_that_start_anew_after_a_week_are_received(rig: Rig) -> None:
    """Telegram numbers at random after a week of silence; a lower number is not an old one."""
    person = rig.person()
    async with rig.running():
        person.say("以前")
        await person.wait_for("收到 以前")
        await until(lambda: not rig.server.world.updates.pending)
        await asyncio.sleep(1.2)  # one empty poll
        rig.server.world.updates._next_id = 5
        person.say("以后")
        await person.wait_for("收到 以后")


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 7, "message": {"from": {"id": "x"}, "chat": None}},
        {"update_id": 8},
        {"update_id": "9", "message": {"chat": {"id": 5}}},
        {"update_id": True},
        {"update_id": 10**30, "message": {"chat": {"id": 10**30}}},
        {"update_id": 11, "message": {"text": "\ud800"}},
        "text",
        None,
        [],
        3,
    ],
)
async def test_an_update_that_cannot_be_parsed_is_stored_all_the_same(rig: Rig, raw: object) -> None:
    """One strange update must not stop the line for ever."""
    at = rig.server.clock.now()
    await rig.db.write(lambda tx: inbox.store(tx, batch([raw]), at))
    assert await rig.inbox_states() == ["new"]
    assert incoming(raw) == incoming(json.loads(json.dumps(raw)))


def test_the_chat_is_found_wherever_it_stands() -> None:
    """Messages, taps, edits and membership keep the order of their chat."""
    assert chat_of({"update_id": 1, "message": {"chat": {"id": 5}, "from": {"id": 6}}}) == 5
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}) == 6
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 6}}}) == 6
    assert chat_of({"update_id": 1, "my_chat_member": {"chat": {"id": -7}}}) == -7


async def test_a_strange_update_in_a_batch_does_not_hold_up_the_others(rig: Rig) -> None:
    """The strange one is set aside, the next person gets an answer."""
    person = rig.person()
    rig.server.world.updates.add("message", 0, {"no": "chat"})
    person.say("正常的话")
    async with rig.running():
        await person.wait_for("收到 正常的话")
        await until(lambda: _is(rig, ["aside", "done"]))


async def _is(rig: Rig, states: list[str]) -> bool:
    return await rig.inbox_states() == states


async def test_a_wrong_token_stops_the_start(rig: Rig) -> None:
    """A bot that Telegram does not know cannot work; the operator must see it at once."""
    rig.token = "7000000001:wrong"
    with pytest.raises(InvalidToken):
        async with rig.running():
            await asyncio.sleep(0.5)


async def test_a_server_without_webhooks_is_polled(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library says InvalidToken of 404 too: getMe decides whether the token is wrong."""

    def missing(*_: object) -> bool:
        raise ApiError(404, "Not Found")

    monkeypatch.setattr("bot.sandbox.webhook.Webhook.delete", missing)
    person = rig.person()
    person.say("在吗")
    async with rig.running():
        await person.wait_for("收到 在吗")


def test_an_unknown_method_is_our_defect_and_a_revoked_token_is_not() -> None:
    """One call that the server does not know must not hold everybody's messages."""
    assert outcome_of(InvalidToken("Not Found")).verdict is Verdict.DEFECT
    assert outcome_of(InvalidToken("Unauthorized")).verdict is Verdict.TOKEN


async def test_a_second_poller_is_named_and_the_first_goes_on(rig: Rig) -> None:
    """409 is waited out."""
    person = rig.person()
    async with rig.running(), rig.api() as other:
        await asyncio.sleep(0.1)
        await other.call("getUpdates", {"timeout": 0, "offset": 0})
        person.say("还在吗")
        await person.wait_for("收到 还在吗")


async def test_an_outage_of_the_server_is_waited_out(rig: Rig) -> None:
    """Messages written during it are answered after it."""
    person = rig.person()
    async with rig.running():
        person.say("之前")
        await person.wait_for("收到 之前")
        await rig.server.stop()
        person.say("其间")
        await asyncio.sleep(0.3)
        await rig.server.start()
        await person.wait_for("收到 其间")


def _hooked(rig: Rig, port: int) -> Rig:
    secret = "s3cret-s3cret"
    return replace(rig, webhook=Webhook(f"http://127.0.0.1:{port}/telegram/hook", f"127.0.0.1:{port}", secret))


async def test_a_webhook_stores_before_it_says_ok(rig: Rig, unused_tcp_port: int) -> None:
    """The same path as polling from the inbox on; delivered twice, handled once."""
    rig.server.faults.add("twice", probability=1.0)
    rig = _hooked(rig, unused_tcp_port)
    person = rig.person()
    async with rig.running():
        await until(lambda: rig.server.webhook.url)
        for number in range(3):
            person.say(f"第{number}条")
            await person.wait_for(f"收到 第{number}条")
    assert [text for _, text in rig.echo.seen] == ["第0条", "第1条", "第2条"]


async def test_a_webhook_takes_nothing_without_the_secret(rig: Rig, unused_tcp_port: int) -> None:
    """Nobody but Telegram may speak to it, and only in JSON."""
    rig = _hooked(rig, unused_tcp_port)
    assert rig.webhook is not None
    async with rig.running(), aiohttp.ClientSession() as session:
        await until(lambda: rig.server.webhook.url)
        statuses = []
        for headers, data in (
            ({}, b"{}"),
            ({SECRET_HEADER: "wrong"}, b"{}"),
            ({SECRET_HEADER: rig.webhook.secret}, b"no json"),
        ):
            async with session.post(rig.webhook.url, headers=headers, data=data) as answer:
                statuses.append(answer.status)
    assert statuses == [403, 403, 400]
    assert await rig.inbox_states() == []


async def test_what_waits_from_polling_arrives_by_webhook_and_back(rig: Rig, unused_tcp_port: int) -> None:
    """Changing the way of receiving loses nothing."""
    person = rig.person()
    person.say("一")
    hooked = _hooked(rig, unused_tcp_port)
    async with hooked.running():
        await person.wait_for("收到 一", since=0)
    person.say("二")
    async with rig.running():
        await person.wait_for("收到 二", since=0)
    assert [text for _, text in rig.echo.seen] == ["一", "二"]
