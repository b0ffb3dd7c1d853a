"""python-telegram-bot talks to the sandbox exactly as to Telegram."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
    Update,
)  # fmt: skip
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.sandbox.client import TINY_PNG, Person
from bot.sandbox.errors import NOT_MODIFIED, QUERY_TOO_OLD
from bot.sandbox.server import SandboxServer

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("保存", callback_data="7.1.save")]])


@pytest.fixture(autouse=True)
def person(server: SandboxServer) -> Person:
    """Somebody the bot writes to."""
    return Person(server, 1001, "杨光明")


@pytest_asyncio.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    """The library's bot in front of the sandbox."""
    async with Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as made:
        yield made


async def test_messages_files_and_edits_go_both_ways(bot: Bot, person: Person) -> None:
    assert (bot.username, bot.first_name) == ("ruhu_demo_bot", "入户通")
    sent = await bot.send_message(1001, "<b>王老五</b>", parse_mode="HTML", reply_markup=KEYS)
    assert sent.text_html == "<b>王老五</b>"
    assert sent.reply_markup == KEYS
    await bot.edit_message_text("已保存", 1001, sent.message_id)
    await bot.send_photo(1001, TINY_PNG, caption="卡")
    await bot.send_document(1001, InputFile(b"rows", filename="记账本.xlsx"), reply_to_message_id=sent.message_id)
    await bot.send_location(1001, 25.1, 102.1)
    await bot.send_chat_action(1001, "typing")
    texts = [seen.text for seen in person.chat]
    assert texts == ["已保存", "卡", "", ""]
    assert person.chat[1].photo == TINY_PNG
    assert (person.chat[2].document, person.chat[2].document_name) == (b"rows", "记账本.xlsx")
    again = await bot.send_document(1001, person.chat[2].message.to_json()["document"]["file_id"])
    assert again.document is not None
    assert again.document.file_name == "记账本.xlsx"


async def test_every_kind_of_update_is_understood(bot: Bot, person: Person) -> None:
    await bot.send_message(1001, "问", reply_markup=KEYS)
    await bot.send_message(1001, "键", reply_markup=ReplyKeyboardMarkup([["待办"]]))
    said = person.press("待办")
    person.edit(said, "走访")
    person.tap("保存")
    person.send_photo()
    person.send_document("a.csv", b"1")
    person.send_location()
    person.send_sticker()
    person.say_in_group(-9, "/todo")
    person.block()
    updates = await bot.get_updates()
    assert [type(update) for update in updates] == [Update] * 9
    assert [update.effective_chat.id for update in updates if update.effective_chat] == [1001] * 7 + [-9, 1001]
    query = updates[2].callback_query
    assert query is not None
    person.unblock()
    await query.answer("好")
    await query.edit_message_text("完")
    photo = updates[3].message
    assert photo is not None
    file = await photo.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == TINY_PNG


async def test_commands_and_descriptions_are_kept_by_language_and_scope(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("todo", "今日待办")])
    await bot.set_my_commands([("todo", "Today")], language_code="en", scope=BotCommandScopeAllPrivateChats())
    assert [command.description for command in await bot.get_my_commands()] == ["今日待办"]
    assert await bot.get_my_commands(language_code="en") == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("入户通", language_code="zh")
    await bot.set_my_short_description("走访")
    assert (await bot.get_my_description("zh")).description == "入户通"
    assert (await bot.get_my_short_description()).short_description == "走访"
    assert (await bot.get_chat(1001)).first_name == "杨光明"


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("send_message", {"text": "字" * 4097}, "Message is too long"),
        ("send_message", {"text": " "}, "Message text is empty"),
        ("send_message", {"text": "<b>x", "parse_mode": "HTML"}, "Can't parse entities"),
        ("send_message", {"text": "x", "chat_id": 5}, "Chat not found"),
        (
            "send_message",
            {
                "text": "x",
                "reply_markup": InlineKeyboardMarkup.from_button(InlineKeyboardButton("a", callback_data="字" * 22)),
            },
            "Button_data_invalid",
        ),
        ("send_photo", {"photo": TINY_PNG, "caption": "字" * 1025}, "Message caption is too long"),
        ("edit_message_text", {"text": "x", "message_id": 77}, "Message to edit not found"),
    ],
)
async def test_refusals_arrive_as_the_librarys_errors(bot: Bot, method: str, params: dict[str, Any], text: str) -> None:
    with pytest.raises(BadRequest, match=text):
        await getattr(bot, method)(**{"chat_id": 1001, **params})


async def test_the_other_refusals_arrive_as_the_librarys_errors_too(
    bot: Bot, server: SandboxServer, person: Person
) -> None:
    sent = await bot.send_message(1001, "x")
    with pytest.raises(BadRequest) as same:
        await bot.edit_message_text("x", 1001, sent.message_id)
    assert same.value.message.lower() == NOT_MODIFIED.lower()
    with pytest.raises(BadRequest) as old:
        await bot.answer_callback_query("1")
    assert old.value.message.lower() == QUERY_TOO_OLD.lower()
    person.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "x")
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=server.base_url).initialize()


async def test_faults_arrive_as_the_librarys_errors(bot: Bot, server: SandboxServer) -> None:
    server.faults.add("429", "sendMessage", retry_after=4)
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(1001, "x")
    assert wait.value._retry_after.total_seconds() == 4
    server.faults.add("hang", "sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(1001, "x", read_timeout=0.2)
    for kind in ("500", "drop_before"):
        server.faults.add(kind, "sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "x")


async def test_the_transcript_keeps_every_call_with_its_parameters(bot: Bot, server: SandboxServer) -> None:
    await bot.send_message(1001, "x", reply_markup=KEYS)
    [call] = server.transcript.of("sendMessage", 1001, applied=True)
    assert call.params["text"] == "x"
    assert json.loads(call.params["reply_markup"])["inline_keyboard"][0][0]["callback_data"] == "7.1.save"
    assert (call.status, call.message_id, call.error, call.at) == (200, 1, None, server.clock.seconds())
