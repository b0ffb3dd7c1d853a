"""What the sandbox's Telegram consists of: people, chats, messages, files, taps."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.signals import Signal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a Telegram account, or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language: str = "zh-hans"
    is_bot: bool = False

    def to_json(self) -> Json:
        """Return the Bot API's User object."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if not self.is_bot:
            body["language_code"] = self.language
        return body


@dataclass(frozen=True, slots=True)
class Persona:
    """A staff member that the page offers to play.

    `started` people have used the bot before, so that it may write to them; `autostart` sends `/start` when the
    page opens the persona for the first time; `first` is whom the page is opened with.
    """

    user_id: int
    name: str
    role: str = ""
    place: str = ""
    language: str = "zh"
    autostart: bool = False
    started: bool = True
    first: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the sandbox's server; `path` is what getFile answers."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """All of a message that an edit can change; equal contents are "not modified"."""

    text: str | None = None
    caption: str | None = None
    entities: tuple[Json, ...] = ()
    photo: tuple[Json, ...] = ()
    media: tuple[str, Json] | None = None  # e.g. ("document", {...}), ("location", {...})
    inline: tuple[tuple[Json, ...], ...] = ()

    @property
    def words(self) -> str:
        """The text, or the caption of a picture or file."""
        return self.text if self.text is not None else self.caption or ""

    def to_json(self) -> Json:
        """Return the content's fields of the Bot API's Message object."""
        body: Json = {}
        if self.text is not None:
            body["text"] = self.text
        if self.photo:
            body["photo"] = list(self.photo)
        if self.media:
            body[self.media[0]] = self.media[1]
        if self.caption:
            body["caption"] = self.caption
        if self.entities:
            body["entities" if self.text is not None else "caption_entities"] = list(self.entities)
        if self.inline:
            body["reply_markup"] = {"inline_keyboard": [list(row) for row in self.inline]}
        return body


@dataclass(slots=True)
class Message:
    """One message of a chat with everything that became of it."""

    id: int
    chat: "Chat"
    sender: User
    date: int  # Unix seconds
    content: Content
    changed: int  # place in the order of all changes of the sandbox
    reply_to: "Message | None" = None
    extra: Json = field(default_factory=dict)
    earlier: list[Content] = field(default_factory=list)
    edit_date: int | None = None
    deleted: bool = False
    has_keyboard: bool = False  # sent with a keyboard under the typing box: Telegram lets nobody edit it

    def to_json(self, *, nested: bool = False) -> Json:
        """Return the Bot API's Message object; a nested one shows no message that it replies to."""
        body: Json = {
            "message_id": self.id, "from": self.sender.to_json(), "chat": self.chat.to_json(), "date": self.date,
        }  # fmt: skip
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.reply_to is not None and not nested and not self.reply_to.deleted:
            body["reply_to_message"] = self.reply_to.to_json(nested=True)
        body.update(self.content.to_json())
        body.update(self.extra)
        return body

    def with_inline(self, inline: tuple[tuple[Json, ...], ...]) -> Content:
        """Return the content under another inline keyboard."""
        return replace(self.content, inline=inline)


@dataclass(slots=True)
class Chat:
    """A private chat (id = the user's) or a group (negative id)."""

    id: int
    type: str
    name: str
    user: User | None = None
    started: bool = False
    blocked: bool = False  # by the user; in a group: the bot was removed
    messages: dict[int, Message] = field(default_factory=dict)
    by_change: OrderedDict[int, Message] = field(default_factory=OrderedDict)  # the one changed last at the end
    keyboard: Json | None = None
    last_id: int = 0
    unread: int = 0
    signal: Signal = field(default_factory=Signal)

    def changed_since(self, sequence: int) -> Iterator[Message]:
        """Yield the messages sent, edited or deleted after `sequence`, the latest change first."""
        for message in reversed(self.by_change.values()):
            if message.changed <= sequence:
                return
            yield message

    def to_json(self) -> Json:
        """Return the Bot API's Chat object."""
        if self.type == "private":
            body: Json = {"id": self.id, "type": "private", "first_name": self.name}
            if self.user is not None and self.user.username:
                body["username"] = self.user.username
            return body
        return {"id": self.id, "type": self.type, "title": self.name}


@dataclass(slots=True)
class Tap:
    """A tap on an inline button: Telegram's callback query, and how the bot answered it."""

    id: str
    user_id: int
    chat: Chat
    message: Message
    data: str
    at: float  # sandbox time, Unix seconds
    answered: bool = False
    text: str = ""
    alert: bool = False
