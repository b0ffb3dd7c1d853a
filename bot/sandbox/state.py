"""The sandbox's Telegram as a whole: who is there, what was said, what the bot has still to hear."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import bad_request, blocked, kicked, never_started
from bot.sandbox.files import FileStore
from bot.sandbox.model import Chat, Content, Message, Persona, Tap, User
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the page shows: `message`, `edit`, `delete`, `answer`, `action`, `chat`, `clock`, `faults`."""

    kind: str
    chat: Chat | None = None
    message: Message | None = None
    data: Json | None = None


class World:
    """People, chats, messages, taps, files and the bot's updates."""

    def __init__(self, clock: SandboxClock, bot: User, seed: int = 0) -> None:
        self.clock = clock
        self.bot = bot
        self.users: dict[int, User] = {}
        self.personas: dict[int, Persona] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.taps_of: defaultdict[int, list[Tap]] = defaultdict(list)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(clock, seed)
        self.listeners: list[Callable[[Event], None]] = []
        self.sequence = 0
        self._random = random.Random(seed)
        clock.on_jump.append(lambda _: self.emit(Event("clock")))

    def add_user(self, user: User, *, started: bool = True) -> Chat:
        """Make somebody known; `started`: the bot may write to them. Known people stay as they are."""
        if user.id in self.chats:
            return self.chats[user.id]
        self.users[user.id] = user
        chat = Chat(user.id, "private", user.first_name, user=user, started=started)
        self.chats[user.id] = chat
        return chat

    def add_persona(self, persona: Persona) -> Chat:
        """Make a persona known and offer it in the page."""
        self.personas[persona.user_id] = persona
        return self.add_user(User(persona.user_id, persona.name, language=persona.language), started=persona.started)

    def add_group(self, chat_id: int, title: str) -> Chat:
        """Make a group with the bot in it; ids below -1,000,000,000,000 are supergroups."""
        kind = "supergroup" if chat_id <= -1_000_000_000_000 else "group"
        return self.chats.setdefault(chat_id, Chat(chat_id, kind, title, started=True))

    def chat(self, chat_id: Any) -> Chat:
        """Return the chat that a `chat_id` parameter names, or refuse as Telegram does."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(chat_id)]
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request("chat not found") from error

    def writable(self, chat: Chat) -> Chat:
        """Return `chat`, or refuse when the bot must not write there."""
        if chat.blocked:
            raise blocked() if chat.type == "private" else kicked()
        if not chat.started:
            raise never_started()
        return chat

    def post(
        self, chat: Chat, sender: User, content: Content, *,
        reply_to: Message | None = None, date: int | None = None, extra: Json | None = None,
    ) -> Message:  # fmt: skip
        """Add a message to a chat."""
        chat.last_id += 1
        self.sequence += 1
        when = self.clock.unix() if date is None else date
        message = Message(chat.last_id, chat, sender, when, content, self.sequence, reply_to, extra or {})
        chat.messages[message.id] = message
        chat.by_change[message.id] = message
        if sender.is_bot:
            chat.unread += 1
        self._changed(Event("message", chat, message))
        return message

    def revise(self, message: Message, content: Content, *, shown: bool = True) -> Message:
        """Replace a message's content; `shown` edits get an edit date (a change of buttons alone does not)."""
        self._touch(message)
        message.earlier.append(message.content)
        message.content = content
        if shown:
            message.edit_date = self.clock.unix()
        self._changed(Event("edit", message.chat, message))
        return message

    def remove(self, message: Message) -> None:
        """Delete a message for everybody."""
        self._touch(message)
        message.deleted = True
        self._changed(Event("delete", message.chat, message))

    def new_tap(self, user: User, message: Message, data: str) -> Tap:
        """Make a callback query and queue it for the bot."""
        number = str(self._random.getrandbits(62))
        tap = Tap(number, user.id, message.chat, message, data, self.clock.seconds())
        self.taps[number] = tap
        self.taps_of[user.id].append(tap)
        shown = message.to_json()
        if message.deleted:
            shown = {"chat": message.chat.to_json(), "message_id": message.id, "date": 0}
        query = {
            "id": number, "from": user.to_json(), "message": shown,
            "chat_instance": str(message.chat.id * 7919), "data": data,
        }  # fmt: skip
        self.updates.add("callback_query", message.chat.id, query)
        return tap

    def answer(self, tap: Tap, text: str, *, alert: bool) -> None:
        """Record the bot's answer to a tap and show it."""
        tap.answered, tap.text, tap.alert = True, text, alert
        self._changed(Event("answer", tap.chat, None, {"query_id": tap.id, "text": text, "alert": alert}))

    def set_blocked(self, chat: Chat, user: User, *, is_blocked: bool) -> None:
        """Block or unblock the bot (in a group: remove or add it); the bot gets `my_chat_member`."""
        if chat.blocked == is_blocked:
            return
        chat.blocked = is_blocked
        gone: Json = {"user": self.bot.to_json(), "status": "kicked", "until_date": 0}
        there: Json = {"user": self.bot.to_json(), "status": "member"}
        change = {
            "chat": chat.to_json(), "from": user.to_json(), "date": self.clock.unix(),
            "old_chat_member": there if is_blocked else gone, "new_chat_member": gone if is_blocked else there,
        }  # fmt: skip
        self.updates.add("my_chat_member", chat.id, change)
        self._changed(Event("chat", chat))

    def set_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        """Replace the keyboard under the typing box."""
        chat.keyboard = keyboard
        self._changed(Event("chat", chat))

    def press_once(self, chat: Chat) -> None:
        """Put a one-time keyboard away after use."""
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            self.set_keyboard(chat, None)

    def emit(self, event: Event) -> None:
        """Tell everybody who listens."""
        for listener in self.listeners:
            listener(event)

    def _touch(self, message: Message) -> None:
        self.sequence += 1
        message.changed = self.sequence
        message.chat.by_change.move_to_end(message.id)

    def _changed(self, event: Event) -> None:
        self.emit(event)
        if event.chat is not None:
            event.chat.signal.fire()
