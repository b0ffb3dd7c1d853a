"""The sandbox refuses what Telegram refuses, in Telegram's own words."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.client import TINY_PNG, Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import NOT_MODIFIED, QUERY_TOO_OLD
from bot.sandbox.server import SandboxServer
from tests.support.sandbox import Caller

HERE = 1001


@pytest.fixture(autouse=True)
def person(server: SandboxServer) -> Person:
    """Somebody the bot may write to."""
    return Person(server, HERE, "杨光明")


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    """Return an inline keyboard with one button a row."""
    return {"inline_keyboard": [[button] for button in buttons]}


BUTTON_ERROR = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("params", "code", "description"),
    [
        ({"text": "字" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": ""}, 400, "Bad Request: message text is empty"),
        ({"text": " \n "}, 400, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: message text is empty"),
        ({}, 400, "Bad Request: message text is empty"),
        ({"text": "x", "chat_id": 4242}, 400, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": ""}, 400, "Bad Request: chat_id is empty"),
        ({"text": "x", "parse_mode": "Markdown"}, 400, "Bad Request: unsupported parse_mode"),
        (
            {"text": "<b>x", "parse_mode": "HTML"}, 400,
            'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        ),
        (
            {"text": "x", "reply_markup": inline({"text": "好", "callback_data": "字" * 21 + "xx"})}, 400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": inline({"text": "好"})}, 400,
            BUTTON_ERROR + "Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": inline({"callback_data": "a"})}, 400,
            BUTTON_ERROR + 'Field "text" must be of type String',
        ),
        (
            {"text": "x", "reply_markup": inline({"text": " ", "callback_data": "a"})}, 400,
            "Bad Request: inline keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": inline({"text": "网", "url": "nowhere"})}, 400,
            "Bad Request: BUTTON_URL_INVALID",
        ),
        (
            {"text": "x", "reply_markup": inline(*[{"text": str(n), "callback_data": "a"} for n in range(101)])}, 400,
            "Bad Request: REPLY_MARKUP_TOO_LONG",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}}, 400,
            'Bad Request: field "inline_keyboard" of the ReplyMarkup must be an Array of Arrays',
        ),
        ({"text": "x", "reply_markup": "{broken"}, 400, "Bad Request: can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, 400, "Bad Request: object expected as reply markup"),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, 400, "Bad Request: message to be replied not found"),
    ],
)  # fmt: skip
async def test_a_message_is_refused(call: Caller, params: dict[str, Any], code: int, description: str) -> None:
    assert await call.refused("sendMessage", **{"chat_id": HERE, **params}) == (code, description)


async def test_the_longest_allowed_message_and_data_are_taken(call: Caller, person: Person) -> None:
    button = {"text": "好", "callback_data": "字" * 21 + "x"}
    await call.result("sendMessage", chat_id=HERE, text="字" * 4096, reply_markup=inline(button))
    await call.result("sendMessage", chat_id=HERE, text="<b>" + "字" * 4096 + "</b>", parse_mode="HTML")
    assert len(person.chat) == 2


async def test_a_wrong_token_is_unauthorized_and_an_unknown_method_not_found(call: Caller) -> None:
    assert await call.refused("sendMagic") == (404, "Not Found: method not found")
    async with call.session.get(f"{call.server.root}/bot1:wrong/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    async with call.session.get(f"{call.server.root}/file/bot1:wrong/documents/file_1") as answer:
        assert answer.status == 401


async def test_a_person_who_never_wrote_or_blocked_the_bot_cannot_be_reached(
    call: Caller, server: SandboxServer, person: Person
) -> None:
    Person(server, 1002, "周丽萍", started=False)
    refusal = await call.refused("sendMessage", chat_id=1002, text="x")
    assert refusal == (403, "Forbidden: bot can't initiate conversation with a user")
    person.block()
    for method, params in (
        ("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"message_id": 1, "text": "y"}), ("sendLocation", {"latitude": 1, "longitude": 2}),
    ):  # fmt: skip
        refusal = await call.refused(method, chat_id=HERE, **params)
        assert refusal == (403, "Forbidden: bot was blocked by the user")
    person.unblock()
    await call.result("sendMessage", chat_id=HERE, text="x")


async def test_a_group_that_removed_the_bot_cannot_be_reached(
    call: Caller, server: SandboxServer, person: Person
) -> None:
    group = server.world.add_group(-50, "工作群")
    await call.result("sendMessage", chat_id=-50, text="x")
    server.world.set_blocked(group, server.world.users[HERE], is_blocked=True)
    refusal = await call.refused("sendMessage", chat_id=-50, text="x")
    assert refusal == (403, "Forbidden: bot was kicked from the group chat")


async def test_an_edit_that_changes_nothing_is_refused(call: Caller) -> None:
    keyboard = inline({"text": "好", "callback_data": "a"})
    sent = await call.result("sendMessage", chat_id=HERE, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
    same = {"chat_id": HERE, "message_id": sent["message_id"], "reply_markup": keyboard}
    refusal = (400, f"Bad Request: {NOT_MODIFIED}")
    assert await call.refused("editMessageText", text=" <strong>x</strong>\n", parse_mode="HTML", **same) == refusal
    assert await call.refused("editMessageReplyMarkup", **same) == refusal
    await call.result("editMessageText", text="x", **same)  # not bold any more
    await call.result("editMessageText", text="x", chat_id=HERE, message_id=sent["message_id"])  # without buttons


async def test_only_the_bots_own_texts_can_be_edited(call: Caller, person: Person) -> None:
    theirs = person.say("你好")
    edit = {"chat_id": HERE, "text": "y"}
    assert await call.refused("editMessageText", message_id=99, **edit) == (
        400,
        "Bad Request: message to edit not found",
    )
    assert await call.refused("editMessageText", **edit) == (400, "Bad Request: message identifier is not specified")
    refusal = await call.refused("editMessageText", message_id=theirs.id, **edit)
    assert refusal == (400, "Bad Request: message can't be edited")
    keyboard = {"keyboard": [["待办"]]}
    sent = await call.result("sendMessage", chat_id=HERE, text="x", reply_markup=keyboard)
    refusal = await call.refused("editMessageText", message_id=sent["message_id"], **edit)
    assert refusal == (400, "Bad Request: message can't be edited")
    sent = await call.result("sendMessage", chat_id=HERE, text="x")
    refusal = await call.refused("editMessageText", message_id=sent["message_id"], reply_markup=keyboard, **edit)
    assert refusal == (400, "Bad Request: inline keyboard expected")
    place = await call.result("sendLocation", chat_id=HERE, latitude=25.1, longitude=102.1)
    refusal = await call.refused("editMessageText", message_id=place["message_id"], **edit)
    assert refusal == (400, "Bad Request: there is no text in the message to edit")


async def test_a_message_can_be_deleted_once_and_within_two_days(
    call: Caller, clock: SandboxClock, person: Person
) -> None:
    first = await call.result("sendMessage", chat_id=HERE, text="x")
    second = await call.result("sendMessage", chat_id=HERE, text="y")
    assert await call.result("deleteMessage", chat_id=HERE, message_id=first["message_id"]) is True
    refusal = await call.refused("deleteMessage", chat_id=HERE, message_id=first["message_id"])
    assert refusal == (400, "Bad Request: message to delete not found")
    assert [seen.text for seen in person.chat] == ["y"]
    clock.advance(timedelta(hours=49))
    refusal = await call.refused("deleteMessage", chat_id=HERE, message_id=second["message_id"])
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_a_tap_is_answered_once_and_in_time(call: Caller, clock: SandboxClock, person: Person) -> None:
    keyboard = inline({"text": "好", "callback_data": "a"})
    await call.result("sendMessage", chat_id=HERE, text="x", reply_markup=keyboard)
    too_old = (400, f"Bad Request: {QUERY_TOO_OLD}")
    assert await call.refused("answerCallbackQuery", callback_query_id="1234") == too_old
    tap = person.tap("好")
    refusal = await call.refused("answerCallbackQuery", callback_query_id=tap.id, text="字" * 201)
    assert refusal == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await call.result("answerCallbackQuery", callback_query_id=tap.id, text="行") is True
    assert await call.refused("answerCallbackQuery", callback_query_id=tap.id) == too_old
    late = person.tap("好")
    clock.advance(timedelta(minutes=16))
    assert await call.refused("answerCallbackQuery", callback_query_id=late.id) == too_old
    assert person.answers == ["行"]
    assert [tap.id for tap in call.server.unanswered()] == [late.id]


async def test_files_are_refused_as_telegram_refuses_them(call: Caller) -> None:
    expected = {
        "sendPhoto": "there is no photo in the request", "sendDocument": "there is no document in the request",
    }  # fmt: skip
    for method, reason in expected.items():
        assert await call.refused(method, chat_id=HERE) == (400, f"Bad Request: {reason}")
    refusal = await call.refused("sendDocument", chat_id=HERE, document="no-such-id")
    assert refusal == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await call.refused("getFile", file_id="no-such-id") == (400, "Bad Request: invalid file_id")


async def test_a_caption_over_1024_an_empty_file_and_a_picture_that_is_none_are_refused(call: Caller) -> None:
    cases = [
        ("sendPhoto", "photo", TINY_PNG, "字" * 1025, (400, "Bad Request: message caption is too long")),
        ("sendPhoto", "photo", b"not a picture", "", (400, "Bad Request: IMAGE_PROCESS_FAILED")),
        ("sendDocument", "document", b"", "", (400, "Bad Request: file must be non-empty")),
        ("sendDocument", "document", bytes(50 * 1024 * 1024 + 1), "", (413, "Request Entity Too Large")),
    ]
    for method, field, data, caption, refusal in cases:
        assert await call.upload_refused(method, field, data, caption, HERE) == refusal


async def test_a_file_over_20_megabytes_can_be_sent_but_not_downloaded(call: Caller, person: Person) -> None:
    person.send_document("大.zip", bytes(20 * 1024 * 1024 + 1))
    message = person.chat[-1].message.to_json()
    refusal = await call.refused("getFile", file_id=message["document"]["file_id"])
    assert refusal == (400, "Bad Request: file is too big")


async def test_commands_must_be_lower_case_latin(call: Caller) -> None:
    for name in ("Todo", "待办", "", "a" * 33, "a-b"):
        refusal = await call.refused("setMyCommands", commands=[{"command": name, "description": "x"}])
        assert refusal == (400, "Bad Request: BOT_COMMAND_INVALID")
    refusal = await call.refused("setMyCommands", commands=[{"command": "todo", "description": ""}])
    assert refusal == (400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
