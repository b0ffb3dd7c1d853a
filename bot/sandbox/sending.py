"""Methods by which the bot writes: texts, pictures, files, places."""

from dataclasses import replace
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import document_json
from bot.sandbox.keyboards import Markup, read_markup
from bot.sandbox.model import Chat, Content, Message, StoredFile
from bot.sandbox.params import Params, Upload
from bot.sandbox.state import Event, World
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, formatted

Json = dict[str, Any]
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    chat = world.writable(world.chat(params.values.get("chat_id")))
    return deliver(world, chat, params, text_content(params))


def send_photo(world: World, params: Params) -> Json:
    """Send a picture, new or by file_id."""
    chat = world.writable(world.chat(params.values.get("chat_id")))
    given = params.upload("photo")
    if given is None:
        raise bad_request("there is no photo in the request")
    content = caption_content(params, Content())
    sizes = world.files.photo(given) if isinstance(given, Upload) else world.files.again(given, "photo")
    assert isinstance(sizes, tuple)
    return deliver(world, chat, params, replace(content, photo=sizes))


def send_document(world: World, params: Params) -> Json:
    """Send a file, new or by file_id."""
    chat = world.writable(world.chat(params.values.get("chat_id")))
    given = params.upload("document")
    if given is None:
        raise bad_request("there is no document in the request")
    content = caption_content(params, Content())
    if isinstance(given, Upload):
        _, body = world.files.document(given)
    else:
        stored = world.files.again(given, "document")
        assert isinstance(stored, StoredFile)
        body = document_json(stored)
    return deliver(world, chat, params, replace(content, media=("document", body)))


def send_location(world: World, params: Params) -> Json:
    """Send a place."""
    chat = world.writable(world.chat(params.values.get("chat_id")))
    place = {"latitude": params.decimal("latitude"), "longitude": params.decimal("longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("wrong location specified")
    return deliver(world, chat, params, Content(media=("location", place)))


def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    chat = world.writable(world.chat(params.values.get("chat_id")))
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.emit(Event("action", chat, None, {"action": action}))
    return True


def text_content(params: Params) -> Content:
    """Return the checked text of a call."""
    given = params.json("entities", "message entities")
    text, entities = formatted(params.text("text"), params.text("parse_mode"), given)
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return Content(text=text, entities=tuple(entities))


def caption_content(params: Params, under: Content) -> Content:
    """Return `under` with the checked caption of a call."""
    given = params.json("caption_entities", "message entities")
    caption, entities = formatted(params.text("caption"), params.text("parse_mode"), given)
    if len(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return replace(under, caption=caption or None, entities=tuple(entities))


def deliver(world: World, chat: Chat, params: Params, content: Content) -> Json:
    """Post `content` with the call's keyboard and reply; return the Message object."""
    markup = read_markup(params.json("reply_markup", "reply keyboard markup"))
    reply_to = _reply_target(chat, params)
    message = world.post(chat, world.bot, replace(content, inline=markup.inline), reply_to=reply_to)
    _apply_keyboard(world, message, markup)
    return message.to_json()


def _apply_keyboard(world: World, message: Message, markup: Markup) -> None:
    if markup.keyboard is not None:
        message.has_keyboard = True
        world.set_keyboard(message.chat, markup.keyboard)
    elif markup.removes_keyboard:
        world.set_keyboard(message.chat, None)


def _reply_target(chat: Chat, params: Params) -> Message | None:
    reply = params.json("reply_parameters", "reply parameters") or {}
    number = reply.get("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    found = chat.messages.get(int(number))
    if found is not None and not found.deleted:
        return found
    if reply.get("allow_sending_without_reply") or params.boolean("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
