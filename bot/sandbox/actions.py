"""What a person does with their phone: writes, edits, taps, sends pictures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.sandbox.model import Chat, Content, Message, StoredFile, Tap, User
from bot.sandbox.params import Upload
from bot.sandbox.state import World
from bot.sandbox.text import MAX_TEXT, automatic_entities

Json = dict[str, Any]


class Refusal(Exception):
    """Something a phone does not offer, such as a button that is not there."""


class Phone:
    """One person's Telegram, in one chat with the bot."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat

    def say(self, text: str, *, reply_to: int | None = None, date: datetime | None = None) -> Message:
        """Send text; more than 4,096 characters go out as several messages, as the apps do. Returns the last."""
        text = text.strip()
        if not text:
            raise Refusal("an empty message cannot be sent")
        pieces = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
        message = None
        for piece in pieces:
            content = Content(text=piece, entities=tuple(automatic_entities(piece)))
            message = self.send(content, reply_to=reply_to, date=date)
        assert message is not None
        return message

    def send(
        self, content: Content, *, reply_to: int | None = None, date: datetime | None = None, extra: Json | None = None
    ) -> Message:
        """Send anything; the bot gets a `message` update."""
        if self.chat.blocked:
            raise Refusal("the bot is blocked; unblock it first")
        self.chat.started = True
        target = self.chat.messages.get(reply_to) if reply_to is not None else None
        when = int(date.timestamp()) if date is not None else None
        message = self.world.post(self.chat, self.user, content, reply_to=target, date=when, extra=extra)
        self.world.updates.add("message", self.chat.id, message.to_json())
        return message

    def photo(self, upload: Upload, caption: str = "", **more: Any) -> Message:
        """Send a picture."""
        sizes = self.world.files.photo(upload)
        return self.send(Content(caption=caption.strip() or None, photo=sizes), **more)

    def album(self, uploads: list[Upload], caption: str = "", **more: Any) -> list[Message]:
        """Send 2 to 10 pictures as one: a message each with the same `media_group_id`; the first has the caption."""
        if not 2 <= len(uploads) <= 10:
            raise Refusal("an album has 2 to 10 pictures")
        group = {"media_group_id": str(13_000_000_000_000_000 + self.world.sequence)}
        captions = [caption, *[""] * (len(uploads) - 1)]
        return [self.photo(each, words, extra=group, **more) for each, words in zip(uploads, captions, strict=True)]

    def document(self, upload: Upload, caption: str = "", **more: Any) -> Message:
        """Send a file."""
        _, body = self.world.files.document(upload)
        return self.send(Content(caption=caption.strip() or None, media=("document", body)), **more)

    def media(self, kind: str, caption: str = "", **more: Any) -> Message:
        """Send a video, voice, audio or file."""
        body = {"file_id": f"{kind}-sandbox", "file_unique_id": f"{kind}1", "duration": 3}
        return self.send(Content(caption=caption.strip() or None, media=(kind, body)), **more)

    def forward(self, text: str, written: datetime, *, of_bot: bool = False) -> Message:
        """Forward somebody's text, or the bot's."""
        who = User(5, "Ruhu", is_bot=True) if of_bot else User(4, "同事")
        origin = {"type": "user", "date": int(written.timestamp()), "sender_user": who.to_json()}
        return self.send(Content(text=text.strip()), extra={"forward_origin": origin})

    def location(self, latitude: float, longitude: float, **more: Any) -> Message:
        """Send a place; degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return self.send(Content(media=("location", place)), **more)

    def live_location(self, latitude: float, longitude: float, seconds: int = 900, **more: Any) -> Message:
        """Share the own place for so many seconds; `move` and `stop_location` follow."""
        place = {"latitude": latitude, "longitude": longitude, "live_period": seconds}
        return self.send(Content(media=("location", place)), **more)

    def move(self, message: Message, latitude: float, longitude: float) -> Message:
        """Move a live location, as a phone does every few seconds; the bot gets an `edited_message` update."""
        if message.content.media is None or "live_period" not in message.content.media[1]:
            raise Refusal("only a live location moves")
        place = message.content.media[1] | {"latitude": latitude, "longitude": longitude}
        return self._edited(message, replace(message.content, media=("location", place)))

    def stop_location(self, message: Message) -> Message:
        """End a live location: the last edit has no `live_period`."""
        if message.content.media is None or "live_period" not in message.content.media[1]:
            raise Refusal("only a live location can be stopped")
        place = {name: message.content.media[1][name] for name in ("latitude", "longitude")}
        return self._edited(message, replace(message.content, media=("location", place)))

    def react(self, message: Message, emoji: str = "👍") -> None:
        """React to a message; the bot gets `message_reaction` if it asked for that."""
        body = {
            "chat": self.chat.to_json(), "message_id": message.id, "user": self.user.to_json(),
            "date": self.world.clock.unix(), "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}],
        }  # fmt: skip
        self.world.updates.add("message_reaction", self.chat.id, body)

    def sticker(self, emoji: str = "👍", **more: Any) -> Message:
        """Send a sticker."""
        body = {
            "file_id": f"CAAC-sandbox-{ord(emoji[0])}", "file_unique_id": f"AgAD{ord(emoji[0])}", "type": "regular",
            "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji,
        }  # fmt: skip
        return self.send(Content(media=("sticker", body)), **more)

    def edit(self, message: Message, text: str) -> Message:
        """Edit an own text; the bot gets an `edited_message` update."""
        if message.sender.id != self.user.id or message.content.text is None:
            raise Refusal("only own texts can be edited")
        content = replace(message.content, text=text.strip(), entities=tuple(automatic_entities(text.strip())))
        return self._edited(message, content)

    def _edited(self, message: Message, content: Content) -> Message:
        self.world.revise(message, content)
        self.world.updates.add("edited_message", self.chat.id, message.to_json())
        return message

    def tap(self, message: Message, data: str) -> Tap:
        """Send a callback query with any data, also forged."""
        if self.chat.blocked:
            raise Refusal("the bot is blocked; unblock it first")
        return self.world.new_tap(self.user, message, data)

    def find_button(self, label: str, message: Message | None = None) -> tuple[Message, Json]:
        """Return the newest message with an inline button `label` (exact, else containing it) and the button."""
        for found in self._buttons(message):
            if found[1]["text"] == label:
                return found
        for found in self._buttons(message):
            if label in found[1]["text"]:
                return found
        raise Refusal(f"no button {label!r} in the chat")

    def _buttons(self, message: Message | None) -> Iterator[tuple[Message, Json]]:
        for candidate in [message] if message is not None else reversed(self.chat.messages.values()):
            if not candidate.deleted:
                yield from ((candidate, button) for row in candidate.content.inline for button in row)

    def tap_label(self, label: str, message: Message | None = None) -> Tap:
        """Tap the inline button that shows `label`."""
        found, button = self.find_button(label, message)
        if "callback_data" not in button:
            raise Refusal(f"the button {label!r} opens a link")
        return self.tap(found, button["callback_data"])

    def press(self, label: str) -> Message:
        """Press a key of the keyboard under the typing box: sends its text."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        texts = [button["text"] for row in rows for button in row]
        text = label if label in texts else next((text for text in texts if label in text), None)
        if text is None:
            raise Refusal(f"no key {label!r}; there are {texts}")
        self.world.press_once(self.chat)
        return self.say(text)


def stored_document(world: World, message: Message) -> StoredFile | None:
    """Return the file of a document message."""
    media = message.content.media
    return world.files.by_id.get(media[1]["file_id"]) if media and media[0] == "document" else None


def stored_photo(world: World, message: Message) -> StoredFile | None:
    """Return the largest picture of a photo message."""
    return world.files.by_id.get(message.content.photo[-1]["file_id"]) if message.content.photo else None
