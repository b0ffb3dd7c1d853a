"""The Bot API's methods by name. A method takes the world and the parameters and returns the `result`."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import editing, sending, settings
from bot.sandbox.errors import QUERY_TOO_OLD, WEBHOOK_ACTIVE, bad_request, conflict
from bot.sandbox.params import Params
from bot.sandbox.state import World

Json = dict[str, Any]
Method = Callable[[World, Params], Any]
TAP_LIFETIME = 15 * 60.0  # seconds after which a tap cannot be answered any more
_MAX_ANSWER = 200


def get_me(world: World, _: Params) -> Json:
    """Return the bot itself."""
    return {
        **world.bot.to_json(), "can_join_groups": True, "can_read_all_group_messages": True,
        "supports_inline_queries": False, "can_connect_to_business": False, "has_main_web_app": False,
    }  # fmt: skip


def get_chat(world: World, params: Params) -> Json:
    """Return a chat's full description."""
    chat = world.chat(params.values.get("chat_id"))
    return {
        **chat.to_json(), "accent_color_id": 0, "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
            "premium_subscription": False, "gifts_from_channels": False,
        },
    }  # fmt: skip


def get_file(world: World, params: Params) -> Json:
    """Return where a file can be downloaded."""
    return world.files.get_file(params.text("file_id"))


def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a tap; once, and not too late."""
    tap = world.taps.get(params.text("callback_query_id"))
    if tap is None or tap.answered or world.clock.seconds() - tap.at > TAP_LIFETIME:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if len(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    world.answer(tap, text, alert=params.boolean("show_alert"))
    return True


def get_updates(world: World, params: Params, *, webhook_active: bool) -> Awaitable[str]:
    """Return the coming batch of updates as a JSON array; refuses while a webhook is set."""
    if webhook_active:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(params.json("allowed_updates", "allowed updates"))
    limit = params.integer("limit", 100)
    return world.updates.poll(params.integer("offset"), limit, min(params.integer("timeout"), 50))


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getchat": get_chat,
    "getfile": get_file,
    "answercallbackquery": answer_callback_query,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendlocation": sending.send_location,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "setmycommands": settings.set_my_commands,
    "getmycommands": settings.get_my_commands,
    "deletemycommands": settings.delete_my_commands,
    "setmydescription": settings.set_my_description,
    "getmydescription": settings.get_my_description,
    "setmyshortdescription": settings.set_my_short_description,
    "getmyshortdescription": settings.get_my_short_description,
}
