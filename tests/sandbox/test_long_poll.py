"""Updates wait until they are confirmed, and are never lost or kept longer."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.sandbox.client import Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller


@pytest.fixture
def person(server: SandboxServer) -> Person:
    """Somebody who writes."""
    return Person(server, 1001, "杨光明")


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    """Return the texts of message updates."""
    return [update["message"]["text"] for update in updates]


async def test_unconfirmed_updates_come_again_and_confirmed_ones_never(call: Caller, person: Person) -> None:
    for text in "一二三":
        person.say(text)
    first = await call.result("getUpdates")
    assert texts(first) == ["一", "二", "三"]
    assert await call.result("getUpdates") == first
    assert await call.result("getUpdates", offset=first[0]["update_id"]) == first
    rest = await call.result("getUpdates", offset=first[1]["update_id"])
    assert texts(rest) == ["二", "三"]
    assert texts(await call.result("getUpdates")) == ["二", "三"]
    assert await call.result("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert await call.result("getUpdates", offset=first[0]["update_id"]) == []
    assert [record.confirmed for record in call.server.world.updates.history] == [True, True, True]
    assert [record.deliveries for record in call.server.world.updates.history] == [3, 5, 5]


async def test_a_batch_has_at_most_the_limit_and_never_over_a_hundred(call: Caller, person: Person) -> None:
    for number in range(150):
        person.say(str(number))
    assert len(await call.result("getUpdates", limit=7)) == 7
    assert len(await call.result("getUpdates", limit=500)) == 100


async def test_a_negative_offset_keeps_only_the_newest(call: Caller, person: Person) -> None:
    for text in "一二三":
        person.say(text)
    assert texts(await call.result("getUpdates", offset=-1)) == ["三"]
    assert texts(await call.result("getUpdates")) == ["三"]


async def test_an_offset_from_another_life_confirms_nothing(call: Caller, person: Person) -> None:
    person.say("一")
    [update] = await call.result("getUpdates")
    assert texts(await call.result("getUpdates", offset=update["update_id"] + 1000)) == ["一"]


async def test_a_long_poll_waits_for_the_next_update(call: Caller, person: Person) -> None:
    polling = asyncio.create_task(call.result("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    assert not polling.done()
    person.say("来了")
    assert texts(await asyncio.wait_for(polling, 1)) == ["来了"]


async def test_a_long_poll_without_updates_ends_with_nothing(call: Caller, person: Person) -> None:
    assert await call.result("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first_with_409(call: Caller, person: Person) -> None:
    first = asyncio.create_task(call.refused("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(call.result("getUpdates", timeout=5))
    assert await asyncio.wait_for(first, 1) == (409, f"Conflict: {OTHER_POLLER}")
    person.say("一")
    assert texts(await second) == ["一"]


async def test_a_poller_that_went_away_takes_nothing_with_it(call: Caller, person: Person) -> None:
    gone = asyncio.create_task(call.result("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    gone.cancel()
    await asyncio.sleep(0.1)
    person.say("一")
    assert texts(await call.result("getUpdates")) == ["一"]


async def test_polling_is_refused_while_a_webhook_is_set(call: Caller) -> None:
    waiting = asyncio.create_task(call.refused("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    await call.result("setWebhook", url="http://127.0.0.1:9/")
    assert await waiting == (409, f"Conflict: {WEBHOOK_SET}")
    assert await call.refused("getUpdates") == (409, f"Conflict: {WEBHOOK_ACTIVE}")
    await call.result("deleteWebhook")
    assert await call.result("getUpdates") == []


async def test_only_the_kinds_asked_for_are_queued_from_then_on(call: Caller, person: Person) -> None:
    message = person.say("先")
    await call.result("getUpdates", allowed_updates=["message"])
    person.edit(message, "后")
    person.say("再")
    kinds = [set(update) - {"update_id"} for update in await call.result("getUpdates")]
    assert kinds == [{"message"}, {"message"}]
    await call.result("getUpdates", allowed_updates=[])
    person.edit(message, "又")
    assert "edited_message" in (await call.result("getUpdates"))[-1]


async def test_pending_updates_can_be_dropped(call: Caller, person: Person) -> None:
    person.say("一")
    await call.result("deleteWebhook", drop_pending_updates=True)
    assert await call.result("getUpdates") == []


async def test_numbers_start_anew_after_a_week_of_silence(call: Caller, clock: SandboxClock, person: Person) -> None:
    person.say("一")
    [first] = await call.result("getUpdates")
    await call.result("getUpdates", offset=first["update_id"] + 1)
    clock.advance(timedelta(days=8))
    person.say("二")
    [second] = await call.result("getUpdates")
    assert second["update_id"] != first["update_id"] + 1


async def test_an_outage_of_the_server_loses_nothing(server: SandboxServer, call: Caller, person: Person) -> None:
    person.say("一")
    root = server.root
    await server.stop()
    person.say("二")
    await server.start()
    assert server.root == root
    assert texts(await call.result("getUpdates")) == ["一", "二"]


async def test_a_long_queue_is_as_quick_as_a_short_one(call: Caller, person: Person) -> None:
    for number in range(20_000):
        person.say(str(number))
    offset, seen = 0, 0
    started = asyncio.get_running_loop().time()
    while batch := await call.result("getUpdates", offset=offset):
        seen += len(batch)
        offset = batch[-1]["update_id"] + 1
    assert seen == 20_000
    assert asyncio.get_running_loop().time() - started < 15


async def test_forms_and_query_strings_work_like_json(call: Caller, person: Person) -> None:
    person.say("一")
    url = f"{call.server.root}/bot{call.server.token}"
    async with call.session.get(f"{url}/getUpdates?limit=1&timeout=0") as answer:
        assert texts((await answer.json())["result"]) == ["一"]
    markup = json.dumps({"inline_keyboard": [[{"text": "好", "callback_data": "a"}]]})
    form = {"chat_id": "1001", "text": "<b>一</b>", "parse_mode": "HTML", "reply_markup": markup}
    async with call.session.post(f"{url}/sendmessage", data=form) as answer:
        assert (await answer.json())["ok"]
    last = person.last
    assert last is not None
    assert (last.text, last.labels) == ("一", ["好"])
