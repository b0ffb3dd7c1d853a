"""One Telegram update as the handlers see it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Event:
    """A typed message, something sent, or a tap. `sent_at` is the message's own moment, None for taps."""

    chat_id: int
    private: bool
    user_id: int
    message_id: int | None = None
    sent_at: datetime | None = None
    text: str | None = None
    edited: bool = False
    tap: str | None = None
    query_id: str | None = None
    attachment: tuple[str, str] | None = None  # (photo | location, file id | "lat,lon")
    other: bool = False  # sticker, voice, document: nothing that can be kept
    reply_to: int | None = None
    blocked: bool | None = None  # my_chat_member: the person blocked or unblocked the bot


def read(raw: dict[str, Any]) -> Event | None:
    """The event of a raw update; None for kinds that need no answer (reactions, channel posts, polls).

    Only what is used is read, so that content this program does not know can never make an update unreadable.
    """
    if "callback_query" in raw:
        return _tap(raw["callback_query"])
    if "my_chat_member" in raw:
        member = raw["my_chat_member"]
        gone = member["new_chat_member"]["status"] in {"kicked", "left"}
        return Event(member["chat"]["id"], member["chat"]["type"] == PRIVATE, member["from"]["id"], blocked=gone)
    message = raw.get("message") or raw.get("edited_message")
    if message is None or "from" not in message:
        return None
    return _message(message, edited="edited_message" in raw)


def _tap(query: dict[str, Any]) -> Event | None:
    message = query.get("message")
    if message is None:
        return None
    return Event(
        message["chat"]["id"],
        message["chat"]["type"] == PRIVATE,
        query["from"]["id"],
        message_id=message["message_id"],
        tap=query.get("data", ""),
        query_id=query["id"],
    )


def _message(message: dict[str, Any], *, edited: bool) -> Event:
    attachment = _attachment(message)
    text = message.get("text") or (message.get("caption") if attachment is not None else None)
    return Event(
        message["chat"]["id"],
        message["chat"]["type"] == PRIVATE,
        message["from"]["id"],
        message_id=message["message_id"],
        sent_at=datetime.fromtimestamp(message["date"], UTC),
        text=text,
        edited=edited,
        attachment=attachment,
        other=text is None and attachment is None,
        reply_to=message.get("reply_to_message", {}).get("message_id"),
    )


def _attachment(message: dict[str, Any]) -> tuple[str, str] | None:
    if message.get("photo"):
        return "photo", message["photo"][-1]["file_id"]
    if "location" in message:
        return "location", f"{message['location']['latitude']},{message['location']['longitude']}"
    return None
