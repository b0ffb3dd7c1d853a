"""Methods by which the bot changes what it wrote."""

from dataclasses import replace
from typing import Any

from bot.sandbox.errors import NOT_MODIFIED, bad_request
from bot.sandbox.keyboards import Rows, read_markup
from bot.sandbox.model import Content, Message
from bot.sandbox.params import Params
from bot.sandbox.sending import caption_content, text_content
from bot.sandbox.state import World

Json = dict[str, Any]
_TWO_DAYS = 48 * 3600


def edit_message_text(world: World, params: Params) -> Json:
    """Replace text and buttons."""
    message = _own_message(world, params)
    if message.content.text is None:
        raise bad_request("there is no text in the message to edit")
    content = replace(text_content(params), inline=_inline(params))
    return _revise(world, message, content)


def edit_message_caption(world: World, params: Params) -> Json:
    """Replace the caption and buttons of a picture or file."""
    message = _own_message(world, params)
    if message.content.text is not None or (message.content.media is None and not message.content.photo):
        raise bad_request("there is no caption in the message to edit")
    content = replace(caption_content(params, message.content), inline=_inline(params))
    return _revise(world, message, content)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Replace the buttons alone."""
    message = _own_message(world, params)
    return _revise(world, message, message.with_inline(_inline(params)), shown=False)


def delete_message(world: World, params: Params) -> bool:
    """Delete a message for everybody; not after 48 hours."""
    chat = world.chat(params.values.get("chat_id"))
    message = chat.messages.get(_message_id(params, "message to delete not found"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if world.clock.unix() - message.date > _TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(message)
    return True


def _message_id(params: Params, missing: str) -> int:
    number = params.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified" if "message_id" not in params.values else missing)
    return number


def _own_message(world: World, params: Params) -> Message:
    chat = world.writable(world.chat(params.values.get("chat_id")))
    message = chat.messages.get(_message_id(params, "message to edit not found"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender.id != world.bot.id or message.has_keyboard:
        raise bad_request("message can't be edited")
    return message


def _inline(params: Params) -> Rows:
    markup = read_markup(params.json("reply_markup", "reply keyboard markup"))
    if not markup.is_inline:
        raise bad_request("inline keyboard expected")
    return markup.inline


def _revise(world: World, message: Message, content: Content, *, shown: bool = True) -> Json:
    if content == message.content:
        raise bad_request(NOT_MODIFIED)
    return world.revise(message, content, shown=shown).to_json()
