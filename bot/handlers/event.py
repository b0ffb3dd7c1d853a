"""One Telegram update as the handlers see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Message, Update


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: a typed message, something sent, or a tap. `sent_at` is the message's own moment, None for taps."""

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
    """The event of a raw update; None for kinds that need no answer (reactions, channel posts, polls)."""
    update = Update.de_json(raw, None)
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        gone = member.new_chat_member.status in {"kicked", "left"}
        return Event(member.chat.id, member.chat.type == "private", member.from_user.id, blocked=gone)
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    return _message(message, edited=update.edited_message is not None)


def _tap(update: Update) -> Event | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    chat = query.message.chat
    return Event(
        chat.id,
        chat.type == "private",
        query.from_user.id,
        message_id=query.message.message_id,
        tap=query.data or "",
        query_id=query.id,
    )


def _message(message: Message, *, edited: bool) -> Event:
    user = message.from_user
    assert user is not None
    attachment = None
    if message.photo:
        attachment = ("photo", message.photo[-1].file_id)
    elif message.location is not None:
        attachment = ("location", f"{message.location.latitude},{message.location.longitude}")
    return Event(
        message.chat.id,
        message.chat.type == "private",
        user.id,
        message_id=message.message_id,
        sent_at=message.date,
        text=message.text,
        edited=edited,
        attachment=attachment,
        other=message.text is None and attachment is None,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
    )
