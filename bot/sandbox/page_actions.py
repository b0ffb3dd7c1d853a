"""What a person does in the page, and what they do to the sandbox."""

import base64
import binascii
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.actions import Phone, Refusal
from bot.sandbox.model import Message, Persona
from bot.sandbox.page_views import chat_json, clock, faults, message_json
from bot.sandbox.params import Upload
from bot.sandbox.state import Event

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer

Json = dict[str, Any]


def open_chat(server: "SandboxServer", body: Json) -> Json:
    """Show a chat and mark it as read; the first opening of a persona may send `/start`, also below a reminder."""
    phone = _phone(server, body)
    persona = server.world.personas.get(phone.user.id)
    if persona is not None and persona.autostart and all(each.sender.is_bot for each in phone.chat.messages.values()):
        phone.say("/start")
    if phone.chat.unread:
        phone.chat.unread = 0
        server.world.emit(Event("chat", phone.chat))
    return chat_json(server, phone.chat)


def send(server: "SandboxServer", body: Json) -> Json:
    """Send a text, picture, file, place or sticker."""
    phone = _phone(server, body)
    more: Json = {"reply_to": body.get("reply_to"), "date": _moment(server, body["date"]) if "date" in body else None}
    caption = str(body.get("caption", ""))
    if "photo" in body:
        message = phone.photo(_upload(body["photo"]), caption, **more)
    elif "document" in body:
        message = phone.document(_upload(body["document"]), caption, **more)
    elif "location" in body:
        place = body["location"]
        message = phone.location(float(place["latitude"]), float(place["longitude"]), **more)
    elif "sticker" in body:
        message = phone.sticker(str(body["sticker"]) or "👍", **more)
    else:
        message = phone.say(str(body["text"]), **more)
    return {"message": message_json(server, message)}


def press(server: "SandboxServer", body: Json) -> Json:
    """Press a key of the keyboard under the typing box."""
    return {"message": message_json(server, _phone(server, body).press(str(body["label"])))}


def tap(server: "SandboxServer", body: Json) -> Json:
    """Tap an inline button by its label, or with any data."""
    phone = _phone(server, body)
    message = _message(phone, body["message_id"]) if body.get("message_id") else None
    if "data" not in body:
        return {"query_id": phone.tap_label(str(body["label"]), message).id}
    target = message or next((found for found in reversed(phone.chat.messages.values()) if found.sender.is_bot), None)
    if target is None:
        raise Refusal("there is no message to tap on")
    return {"query_id": phone.tap(target, str(body["data"])).id}


def edit(server: "SandboxServer", body: Json) -> Json:
    """Edit an own text."""
    phone = _phone(server, body)
    return {"message": message_json(server, phone.edit(_message(phone, body["message_id"]), str(body["text"])))}


def block(server: "SandboxServer", body: Json) -> Json:
    """Block or unblock the bot."""
    phone = _phone(server, body)
    server.world.set_blocked(phone.chat, phone.user, is_blocked=bool(body["blocked"]))
    return {"blocked": phone.chat.blocked}


def add_persona(server: "SandboxServer", body: Json) -> Json:
    """Offer another persona."""
    user_id, name = int(body.pop("user_id")), str(body.pop("name"))
    server.add_persona(Persona(user_id, name, **body))
    return {"user_id": user_id}


def move_clock(server: "SandboxServer", body: Json) -> Json:
    """Move the clock."""
    if "advance_seconds" in body:
        server.clock.advance(timedelta(seconds=float(body["advance_seconds"])))
    elif "next_at" in body:
        hour, _, minute = str(body["next_at"]).partition(":")
        server.clock.next_at(int(hour), int(minute or 0))
    else:
        server.clock.set(_moment(server, body["set"]))
    return clock(server, {})


def add_fault(server: "SandboxServer", body: Json) -> Json:
    """Break something."""
    server.add_fault(str(body.pop("kind")), str(body.pop("method", "*")), **body)
    return faults(server, {})


def clear_faults(server: "SandboxServer") -> Json:
    """Make everything work again."""
    server.faults.clear()
    server.world.emit(Event("faults"))
    return faults(server, {})


def _phone(server: "SandboxServer", body: Json) -> Phone:
    user = server.world.users.get(int(body["user_id"]))
    if user is None:
        raise Refusal(f"nobody has the id {body['user_id']}")
    return Phone(server.world, user, server.world.chat(body.get("chat_id") or user.id))


def _message(phone: Phone, number: Any) -> Message:
    message = phone.chat.messages.get(int(number))
    if message is None:
        raise Refusal(f"no message {number} in the chat")
    return message


def _moment(server: "SandboxServer", text: Any) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=server.clock.tz)


def _upload(body: Json) -> Upload:
    try:
        data = base64.b64decode(str(body["data"]), validate=True)
    except binascii.Error as error:
        raise Refusal("the file is not base64") from error
    return Upload(str(body.get("name") or "file"), str(body.get("mime") or ""), data)
