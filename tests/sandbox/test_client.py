"""A person of the tests acts and sees as on a phone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot.sandbox.actions import Refusal
from bot.sandbox.client import Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller


@pytest_asyncio.fixture
async def person(server: SandboxServer) -> AsyncIterator[Person]:
    """A monitor."""
    yield Person(server, 1001, "杨光明")


def keyboard(*labels: str) -> dict[str, object]:
    """Return an inline keyboard; each button's data is its label."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def test_what_a_person_says_reaches_the_bot_in_telegrams_shape(
    call: Caller, clock: SandboxClock, person: Person
) -> None:
    person.say("/find 王老五")
    [update] = await call.result("getUpdates")
    assert update["message"] == {
        "message_id": 1,
        "from": {"id": 1001, "is_bot": False, "first_name": "杨光明", "language_code": "zh-hans"},
        "chat": {"id": 1001, "type": "private", "first_name": "杨光明"},
        "date": clock.unix(), "text": "/find 王老五", "entities": [{"offset": 0, "length": 5, "type": "bot_command"}],
    }  # fmt: skip


async def test_a_late_message_keeps_the_moment_it_was_written(
    call: Caller, clock: SandboxClock, person: Person
) -> None:
    written = clock.now() - timedelta(days=1)
    assert person.say("昨天写的", date=written).date == written
    [update] = await call.result("getUpdates")
    assert update["message"]["date"] == int(written.timestamp())


async def test_a_text_over_the_limit_goes_out_in_pieces(call: Caller, person: Person) -> None:
    person.say("字" * 5000)
    assert [len(update["message"]["text"]) for update in await call.result("getUpdates")] == [4096, 904]


async def test_replies_edits_places_stickers_and_files_arrive(call: Caller, person: Person) -> None:
    first = person.say("一")
    person.reply_to(first, "二")
    person.edit(first, "一改")
    person.send_location(25.5, 102.5)
    person.send_sticker("👌")
    person.send_photo(caption="房子")
    person.send_document("名单.xlsx", b"data")
    updates = await call.result("getUpdates")
    assert updates[1]["message"]["reply_to_message"]["text"] == "一"
    assert updates[2]["edited_message"]["text"] == "一改"
    assert updates[2]["edited_message"]["edit_date"]
    assert updates[3]["message"]["location"] == {"latitude": 25.5, "longitude": 102.5}
    assert updates[4]["message"]["sticker"]["emoji"] == "👌"
    assert (updates[5]["message"]["caption"], updates[5]["message"]["photo"][-1]["width"]) == ("房子", 1)
    file = await call.result("getFile", file_id=updates[6]["message"]["document"]["file_id"])
    async with call.session.get(f"{call.server.root}/file/bot{call.server.token}/{file['file_path']}") as answer:
        assert await answer.read() == b"data"


async def test_a_group_has_a_negative_number_and_its_own_messages(call: Caller, person: Person) -> None:
    person.say_in_group(-7, "/todo", title="五组群")
    [update] = await call.result("getUpdates")
    assert update["message"]["chat"] == {"id": -7, "type": "group", "title": "五组群"}
    await call.result("sendMessage", chat_id=-7, text="请私聊我")
    assert (await person.wait_for("请私聊我", chat_id=-7)).from_bot
    assert person.chat == []
    assert person.server.world.add_group(-1_000_000_000_007, "大群").type == "supergroup"


async def test_a_tap_finds_the_newest_button_exactly_or_else_containing_the_words(call: Caller, person: Person) -> None:
    await call.result("sendMessage", chat_id=1001, text="旧", reply_markup=keyboard("保存", "取消"))
    await call.result("sendMessage", chat_id=1001, text="新", reply_markup=keyboard("保存并继续", "1 王老五"))
    assert person.tap("保存").message.content.text == "旧"
    assert person.tap("王老五").data == "1 王老五"
    assert person.tap("保存", person.last).data == "保存并继续"
    with pytest.raises(Refusal, match="没有这个"):
        person.tap("没有这个")


async def test_a_tap_reaches_the_bot_with_the_message_as_it_is(call: Caller, person: Person) -> None:
    sent = await call.result(
        "sendMessage", chat_id=1001, text="<b>问</b>", parse_mode="HTML", reply_markup=keyboard("好")
    )
    tap = person.tap("好")
    [update] = await call.result("getUpdates")
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (tap.id, "好", 1001)
    assert query["message"] == sent
    assert query["chat_instance"]


async def test_forged_data_and_a_deleted_message_can_be_tapped(call: Caller, person: Person) -> None:
    sent = await call.result("sendMessage", chat_id=1001, text="问", reply_markup=keyboard("好"))
    seen = person.last
    person.tap_data("card.999.x")
    await call.result("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    person.tap_data("好", seen)
    forged, gone = await call.result("getUpdates")
    assert forged["callback_query"]["data"] == "card.999.x"
    assert gone["callback_query"]["message"] == {"chat": sent["chat"], "message_id": 1, "date": 0}


async def test_a_key_of_the_reply_keyboard_sends_its_text(call: Caller, person: Person) -> None:
    keys = {"keyboard": [["待办", {"text": "走访"}]], "one_time_keyboard": True}
    await call.result("sendMessage", chat_id=1001, text="选", reply_markup=keys)
    assert person.keyboard == [["待办", "走访"]]
    assert person.press("走访").text == "走访"
    with pytest.raises(Refusal):
        person.press("待办")
    await call.result("sendMessage", chat_id=1001, text="选", reply_markup={"keyboard": [["待办"]]})
    await call.result("sendMessage", chat_id=1001, text="收", reply_markup={"remove_keyboard": True})
    assert person.keyboard == []


async def test_waiting_sees_new_and_edited_messages_since_the_last_action_only(call: Caller, person: Person) -> None:
    sent = await call.result("sendMessage", chat_id=1001, text="已保存 1", reply_markup=keyboard("撤销"))
    person.say("再记一笔")
    with pytest.raises(TimeoutError, match=r"已保存(.|\n)*再记一笔"):
        await person.wait_for("已保存", timeout=0.05)
    assert (await person.wait_for("已保存", since=0)).id == 1
    await call.result("editMessageText", chat_id=1001, message_id=sent["message_id"], text="已保存 2")
    seen = await person.wait_for("已保存")
    assert seen.history == ["已保存 1", "已保存 2"]
    assert (seen.edited, seen.labels) == (True, [])


async def test_waiting_ends_as_soon_as_the_answer_is_there(call: Caller, person: Person) -> None:
    import asyncio

    waiting = asyncio.create_task(person.wait_until(lambda: len(person.chat) == 2))
    await call.result("sendMessage", chat_id=1001, text="一")
    assert not waiting.done()
    await call.result("sendMessage", chat_id=1001, text="二")
    assert await asyncio.wait_for(waiting, 1) is True


async def test_answers_to_taps_are_seen(call: Caller, person: Person) -> None:
    await call.result("sendMessage", chat_id=1001, text="问", reply_markup=keyboard("好"))
    tap = person.tap("好")
    await call.result("answerCallbackQuery", callback_query_id=tap.id, text="已经处理过了", show_alert=True)
    assert await person.wait_answer(tap) == "已经处理过了"
    assert (tap.alert, person.answers) == (True, ["已经处理过了"])


async def test_blocking_is_told_to_the_bot_and_silences_the_person(call: Caller, person: Person) -> None:
    person.say("一")
    person.block()
    person.block()
    with pytest.raises(Refusal):
        person.say("二")
    person.unblock()
    updates = await call.result("getUpdates")
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in updates[1:]]
    assert changes == ["kicked", "member"]


async def test_the_moment_of_a_message_is_the_sandboxs(clock: SandboxClock, person: Person) -> None:
    clock.set(datetime(2024, 9, 30, 23, 59))  # noqa: DTZ001 - the clock's own zone is meant
    assert person.say("月底").date.isoformat() == "2024-09-30T23:59:00+08:00"


async def test_albums_live_locations_and_reactions_arrive_in_telegrams_shape(
    call: Caller, clock: SandboxClock, person: Person
) -> None:
    """An album is a message a picture under one number; a live location moves by edits; reactions come when wanted."""
    await call.result("getUpdates", allowed_updates=["message", "edited_message", "message_reaction"], timeout=0)
    album = person.send_album(3, "房子")
    place = person.send_live_location(25.0, 102.0)
    clock.advance(timedelta(seconds=5))
    person.move(place, 25.1, 102.1)
    person.stop_location(place)
    person.react(album[0], "👍")
    updates = await call.result("getUpdates")
    parts = [update["message"] for update in updates[:3]]
    assert len({part["media_group_id"] for part in parts}) == 1
    assert len({part["photo"][-1]["file_id"] for part in parts}) == len({part["message_id"] for part in parts}) == 3
    assert [part.get("caption") for part in parts] == ["房子", None, None]
    assert updates[3]["message"]["location"] == {"latitude": 25.0, "longitude": 102.0, "live_period": 900}
    moved, ended = updates[4]["edited_message"], updates[5]["edited_message"]
    assert moved["location"] == {"latitude": 25.1, "longitude": 102.1, "live_period": 900}
    assert moved["edit_date"] == moved["date"] + 5
    assert ended["location"] == {"latitude": 25.1, "longitude": 102.1}
    assert updates[6]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    with pytest.raises(Refusal):
        person.move(place, 26.0, 103.0)
    with pytest.raises(Refusal):
        person.send_album(11)
