"""The page in a real browser, with a small echo bot behind it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.sandbox.client import TINY_PNG
from bot.sandbox.model import Persona
from bot.sandbox.server import SandboxServer

pytestmark = pytest.mark.browser
KEYS = ReplyKeyboardMarkup([["待办", "走访"]], resize_keyboard=True)
FORM = InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=text) for text in ("一切正常", "问")]])


async def echo(update: Update, _: Any) -> None:
    """Answer a text with itself in bold and a form, anything else with what it is."""
    message = update.effective_message
    assert message is not None
    if message.text == "/start":
        await message.reply_text("欢迎", reply_markup=KEYS)
    elif message.text == "文件":
        await message.reply_photo(TINY_PNG, caption="帮扶卡")
        await message.reply_document(b"rows", filename="记账本.xlsx")
    elif message.text:
        await message.reply_html(f"收到<b>{message.text}</b>", reply_markup=FORM)
    else:
        await message.reply_text("有位置" if message.location else f"附件 {message.caption}")


async def tapped(update: Update, _: Any) -> None:
    """Finish the form, or say no in a dialog."""
    query = update.callback_query
    assert query is not None
    await query.answer("已记下" if query.data == "一切正常" else "没有权限", show_alert=query.data == "问")
    if query.data == "一切正常":
        await query.edit_message_text("已保存走访")


@pytest_asyncio.fixture(autouse=True)
async def echo_bot(server: SandboxServer) -> AsyncIterator[Any]:
    """The echo bot and ten people to play."""
    for number in range(10):
        server.add_persona(Persona(1001 + number, f"职员{number}", "网格员", f"{number}组", autostart=True))
    app = Application.builder().token(server.token).base_url(server.base_url).build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    app.add_handler(CallbackQueryHandler(tapped))
    async with app:
        await app.bot.set_my_commands([("todo", "今日待办")])
        assert app.updater is not None
        await app.updater.start_polling(poll_interval=0)
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()


@pytest_asyncio.fixture
async def chat(page: Page) -> Page:
    """The page with the first person's chat open; it started by itself."""
    await page.get_by_role("button", name="职员0").click()
    await expect(page.get_by_text("欢迎")).to_be_visible()
    return page


async def say(page: Page, text: str) -> None:
    """Type and send."""
    await page.get_by_label("写消息").fill(text)
    await page.get_by_role("button", name="发送", exact=True).click()


async def test_a_person_types_taps_and_sees_the_edit(chat: Page) -> None:
    await chat.get_by_role("button", name="待办").click()
    await expect(chat.get_by_text("收到待办")).to_be_visible()
    assert await chat.locator(".words b").inner_text() == "待办"
    await chat.get_by_role("button", name="一切正常").click()
    await expect(chat.get_by_text("已保存走访")).to_be_visible()
    await expect(chat.get_by_text("已记下")).to_be_visible()
    await expect(chat.get_by_text("已改")).to_be_visible()
    await expect(chat.get_by_role("button", name="一切正常")).to_have_count(0)


async def test_an_answer_that_is_an_alert_must_be_closed(chat: Page) -> None:
    await say(chat, "试")
    await chat.get_by_role("button", name="问").click()
    await expect(chat.get_by_role("dialog")).to_contain_text("没有权限")
    await chat.get_by_role("button", name="知道了").click()
    await expect(chat.get_by_role("dialog")).to_have_count(0)


async def test_pictures_and_files_are_shown_and_can_be_fetched(chat: Page, tmp_path: Path) -> None:
    await say(chat, "文件")
    await expect(chat.get_by_role("img", name="照片")).to_be_visible()
    async with chat.expect_download() as download:
        await chat.get_by_role("link", name="记账本.xlsx").click()
    await (await download.value).save_as(tmp_path / "saved.xlsx")
    assert (tmp_path / "saved.xlsx").read_bytes() == b"rows"


async def test_photos_documents_and_places_are_sent(chat: Page) -> None:
    await chat.locator("#pick-photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": TINY_PNG})
    await expect(chat.get_by_text("附件 None")).to_be_visible()
    await chat.get_by_label("写消息").fill("名单")
    await chat.locator("#pick-document").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"1"})
    await expect(chat.get_by_text("附件 名单")).to_be_visible()
    await chat.get_by_role("button", name="发照片、文件或位置").click()
    await chat.get_by_role("button", name="位置", exact=True).click()
    await chat.get_by_role("button", name="发送位置").click()
    await expect(chat.get_by_text("有位置")).to_be_visible()


async def test_replies_edits_and_commands(chat: Page, server: SandboxServer) -> None:
    await chat.get_by_role("button", name="回复").last.click()
    await say(chat, "回一句")
    await expect(chat.get_by_text("收到回一句")).to_be_visible()
    await chat.get_by_role("button", name="编辑").last.click()
    await say(chat, "改一句")
    await expect(chat.locator(".out").get_by_text("改一句")).to_be_visible()
    await chat.get_by_role("button", name="命令").click()
    await chat.get_by_role("button", name="/todo 今日待办").click()
    await expect(chat.locator(".out").get_by_text("/todo")).to_be_visible()
    mine = [message for message in server.chat(1001).messages.values() if not message.sender.is_bot]
    assert [message.content.text for message in mine] == ["/start", "改一句", "/todo"]
    assert mine[1].reply_to is not None


async def test_the_clock_is_moved_from_the_page(chat: Page, server: SandboxServer) -> None:
    await chat.get_by_role("button", name="+1 day").click()
    await expect(chat.locator("#clock")).to_contain_text("2024年3月16日")
    await chat.get_by_role("button", name="next 08:30").click()
    await expect(chat.locator("#clock")).to_contain_text("08:30")
    assert server.clock.now().isoformat() == "2024-03-16T08:30:00+08:00"
    await chat.get_by_role("button", name="时钟和故障").click()
    await chat.get_by_label("日期和时间").fill("2024-09-30T12:00")
    await chat.get_by_role("button", name="拨过去").click()
    await expect(chat.locator("#clock")).to_contain_text("2024年9月30日")


async def test_things_are_broken_from_the_page(chat: Page, server: SandboxServer) -> None:
    await chat.get_by_role("button", name="时钟和故障").click()
    await chat.get_by_role("button", name="429").click()
    await expect(chat.locator("#in-force")).to_contain_text("429")
    await chat.get_by_role("button", name="都修好").click()
    await expect(chat.locator("#in-force")).to_be_empty()
    await chat.get_by_role("button", name="被用户拉黑").click()
    await chat.get_by_role("button", name="关上").first.click()
    await chat.get_by_role("button", name="点这里解除").click()
    await expect(chat.get_by_label("写消息")).to_be_visible()
    assert not server.chat(1001).blocked


async def test_messages_to_others_show_as_badges_and_people_are_searched(
    chat: Page, server: SandboxServer, echo_bot: Any
) -> None:
    await echo_bot.bot.send_message(1004, "提醒")
    await expect(chat.locator("#others-unread")).to_have_text("1")
    await chat.get_by_role("button", name="换人").click()
    await expect(chat.get_by_label("1 条未读")).to_be_visible()
    await chat.get_by_label("找人").fill("职员3")
    await expect(chat.locator(".person")).to_have_count(1)
    await chat.get_by_role("button", name="职员3").click()
    await expect(chat.get_by_text("提醒")).to_be_visible()


async def test_the_page_speaks_english_too(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Who are you")).to_be_visible()
    await page.get_by_role("button", name="职员0").click()
    for name in ("+1 day", "next 08:30", "Send"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


async def test_nothing_is_cut_off_on_the_smallest_phone(chat: Page) -> None:
    await chat.set_viewport_size({"width": 360, "height": 640})
    await say(chat, "长" * 200)
    await expect(chat.get_by_role("button", name="一切正常")).to_be_visible()
    assert await chat.evaluate("document.documentElement.scrollWidth") <= 360
    for name in ("+1 day", "next 08:30", "发送", "换人"):
        box = await chat.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] >= 40


async def test_the_page_comes_back_after_an_outage(chat: Page, server: SandboxServer) -> None:
    await server.stop()
    await expect(chat.get_by_text("正在重连")).to_be_visible()
    await server.start()
    await expect(chat.get_by_text("正在重连")).to_be_hidden(timeout=15_000)
    await say(chat, "还在")
    await expect(chat.get_by_text("收到还在")).to_be_visible(timeout=15_000)
