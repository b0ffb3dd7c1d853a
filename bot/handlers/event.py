"""One Telegram update as the handlers see it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain import wellformed
from bot.domain.limits import FILE_ID

PRIVATE = "private"
FIRST_SECOND = 1_356_998_400
"""The year 2013: no message is older than Telegram."""
LONGEST_ALBUM = 64
SERVICE = frozenset(
    "pinned_message message_auto_delete_timer_changed chat_background_set users_shared chat_shared write_access_allowed"
    " connected_website passport_data proximity_alert_triggered boost_added gift unique_gift giveaway_created"
    " giveaway_completed successful_payment refunded_payment video_chat_scheduled video_chat_started video_chat_ended"
    " video_chat_participants_invited web_app_data direct_message_price_changed paid_message_price_changed".split()
)
"""What Telegram itself notes in a private chat; nobody waits for an answer."""


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
    unkept: bool = False  # the same with words under it, which are read
    written_at: datetime | None = None  # of a forwarded message: when it was first sent
    from_bot: bool = False  # forwarded from a bot: its words are nobody's report
    reply_to: int | None = None
    quote: str | None = None  # the part of that message that was chosen
    album: str | None = None  # several pictures sent as one: each comes as a message of its own
    blocked: bool | None = None  # my_chat_member: the person blocked or unblocked the bot


def read(raw: Any) -> Event | None:
    """The event of a raw update; None for kinds that need no answer (reactions, channel posts, polls) and for one
    without its sender or chat; an edit without words needs none either, for a live location moves every few seconds.

    Never raises: only what is used is read, and what is not of its type counts as missing. Texts are well-formed.
    """
    query, member = _part(raw, "callback_query"), _part(raw, "my_chat_member")
    if query:
        return _tap(query)
    if member:
        return _membership(member)
    message = _part(raw, "message")
    edited = {} if message else _part(raw, "edited_message")
    event = _message(message or edited, edited=bool(edited))
    if event is None or event.text is not None:
        return event
    needless = edited or (event.private and not SERVICE.isdisjoint(message))
    return None if needless else event


def _tap(query: dict[str, Any]) -> Event | None:
    """A tap on a message that is gone or out of reach (date 0) has no message to edit: it is answered by a new one."""
    message = _part(query, "message")
    user_id, query_id = _id(_part(query, "from"), "id"), _code(query, "id")
    chat_id, private = _chat(message)
    if user_id is None or not query_id:
        return None
    if chat_id is None:
        chat_id, private = user_id, True
    there = message.get("date") != 0
    return Event(
        chat_id,
        private,
        user_id,
        message_id=_id(message, "message_id") if there else None,
        tap=_code(query, "data") or "",
        query_id=query_id,
    )


def _membership(member: dict[str, Any]) -> Event | None:
    user_id, (chat_id, private) = _id(_part(member, "from"), "id"), _chat(member)
    status = _text(_part(member, "new_chat_member"), "status")
    if user_id is None or chat_id is None or status is None:
        return None
    return Event(chat_id, private, user_id, blocked=status in {"kicked", "left"})


def _message(message: dict[str, Any], *, edited: bool) -> Event | None:
    user_id, (chat_id, private) = _id(_part(message, "from"), "id"), _chat(message)
    if user_id is None or chat_id is None:
        return None
    attachment = _attachment(message)
    text = _text(message, "text")  # empty: nothing but what cannot be seen, still a text
    caption = _text(message, "caption") or None if text is None else None
    origin = _part(message, "forward_origin")
    return Event(
        chat_id,
        private,
        user_id,
        message_id=_id(message, "message_id"),
        sent_at=_moment(message.get("date")),
        text=text if text is not None else caption,
        edited=edited,
        attachment=attachment,
        other=text is None and caption is None and attachment is None,
        unkept=caption is not None and attachment is None,
        written_at=_moment(origin.get("date")) or _moment(message.get("forward_date")),
        from_bot=_from_bot(origin) or _from_bot(message),
        reply_to=_id(_part(message, "reply_to_message"), "message_id"),
        quote=_text(_part(message, "quote"), "text"),
        album=(_text(message, "media_group_id") or "")[:LONGEST_ALBUM] or None,
    )


def _from_bot(holder: dict[str, Any]) -> bool:
    """Whether a message was forwarded from a bot; the second name is what older servers call it."""
    return any(_part(holder, name).get("is_bot") is True for name in ("sender_user", "forward_from"))


def _attachment(message: dict[str, Any]) -> tuple[str, str] | None:
    sizes = message.get("photo")
    files = [_code(size, "file_id") for size in sizes if isinstance(size, dict)] if isinstance(sizes, list) else []
    named = [file for file in files if file and len(file) <= FILE_ID]
    if named:
        return "photo", named[-1]
    place = _part(message, "location")
    degrees = [place.get(name) for name in ("latitude", "longitude")]
    if all(isinstance(each, int | float) and not isinstance(each, bool) and abs(each) <= 360 for each in degrees):
        return "location", f"{degrees[0]},{degrees[1]}"
    return None


def _chat(holder: dict[str, Any]) -> tuple[int | None, bool]:
    """The chat, and whether it is private; a chat whose kind is not said is private when its number is positive."""
    chat = _part(holder, "chat")
    chat_id, kind = _id(chat, "id"), _text(chat, "type")
    return chat_id, chat_id is not None and (kind == PRIVATE if kind else chat_id > 0)


def _part(holder: Any, name: str) -> dict[str, Any]:
    """An object inside an object; empty when there is none."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def _text(holder: dict[str, Any], name: str) -> str | None:
    found = holder.get(name)
    return wellformed.text(found) if isinstance(found, str) else None


def _code(holder: dict[str, Any], name: str) -> str | None:
    """What programs made and nobody typed: as it is or not at all."""
    found = holder.get(name)
    return found if isinstance(found, str) and wellformed.text(found) == found else None


def _id(holder: dict[str, Any], name: str) -> int | None:
    """A number that every database can keep."""
    found = holder.get(name)
    good = isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**63
    return found if good else None


def _moment(seconds: Any) -> datetime | None:
    good = isinstance(seconds, int) and not isinstance(seconds, bool) and FIRST_SECOND <= seconds < 2**32
    return datetime.fromtimestamp(seconds, UTC) if good else None
