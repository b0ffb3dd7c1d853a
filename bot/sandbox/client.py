"""A person for tests: speaks, taps by the button's label and waits for what the bot says.

Everything a person does happens at once (plain methods); only waiting is awaited. `wait_for` and `wait_until` look at
what changed since the person's last action, so an old message with the same words does not count.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.sandbox.actions import Phone, Refusal
from bot.sandbox.model import Message, Tap, User
from bot.sandbox.params import Upload
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer

T = TypeVar("T")
TINY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006"
    "000557bfabd40000000049454e44ae426082"
)


class Person:
    """Somebody with a phone. `started=False`: never wrote to the bot, which may therefore not write to them."""

    patience = 5.0  # seconds that waiting lasts unless told otherwise

    def __init__(self, server: SandboxServer, user_id: int, name: str = "某人", *, started: bool = True) -> None:
        self.server = server
        self.id = user_id
        self.name = name
        known = server.world.users.get(user_id)
        chat = server.world.add_user(known or User(user_id, name), started=started)
        self._phone = Phone(server.world, server.world.users[user_id], chat)
        self._cursor = server.world.sequence

    # -- doing ---------------------------------------------------------------------------------------------------

    def say(self, text: str, *, date: datetime | None = None) -> Seen:
        """Send text; `date`: the moment it was written, for late ones."""
        return self._did(lambda: self._phone.say(text, date=date))

    def reply_to(self, message: Seen, text: str) -> Seen:
        """Send text as a reply to `message`."""
        return self._did(lambda: self._phone.say(text, reply_to=message.id))

    def press(self, label: str) -> Seen:
        """Press a key of the keyboard under the typing box; raises Refusal when it is not there."""
        return self._did(lambda: self._phone.press(label))

    def edit(self, message: Seen, text: str) -> Seen:
        """Edit an own text."""
        return self._did(lambda: self._phone.edit(message.message, text))

    def send_photo(
        self, data: bytes = TINY_PNG, caption: str = "", *, date: datetime | None = None, album: str | None = None
    ) -> Seen:
        """Send a picture (PNG, JPEG or GIF); `album`: as a part of one, which may come late or out of order."""
        upload, extra = Upload("photo.png", "image/png", data), {"media_group_id": album} if album else None
        return self._did(lambda: self._phone.photo(upload, caption, date=date, extra=extra))

    def send_document(self, name: str, data: bytes, caption: str = "", *, date: datetime | None = None) -> Seen:
        """Send a file."""
        return self._did(lambda: self._phone.document(Upload(name, "", data), caption, date=date))

    def send_media(self, kind: str, caption: str = "", *, album: str | None = None) -> Seen:
        """Send a video, voice, audio or file that only its words matter of."""
        extra = {"media_group_id": album} if album else None
        return self._did(lambda: self._phone.media(kind, caption, extra=extra))

    def forward(self, text: str, written: datetime, *, of_bot: bool = False) -> Seen:
        """Forward a text that somebody (or a bot) wrote at that moment."""
        return self._did(lambda: self._phone.forward(text, written, of_bot=of_bot))

    def send_location(self, latitude: float = 25.15, longitude: float = 102.08) -> Seen:
        """Send a place; degrees."""
        return self._did(lambda: self._phone.location(latitude, longitude))

    def send_album(self, count: int, caption: str = "") -> list[Seen]:
        """Send so many pictures as one."""
        self._mark()
        sent = self._phone.album([Upload("photo.png", "image/png", TINY_PNG)] * count, caption)
        return [Seen(each, self.server) for each in sent]

    def send_live_location(self, latitude: float = 25.15, longitude: float = 102.08) -> Seen:
        """Share the own place; it moves with `move` until `stop_location`."""
        return self._did(lambda: self._phone.live_location(latitude, longitude))

    def move(self, message: Seen, latitude: float, longitude: float) -> Seen:
        """Move a live location."""
        return self._did(lambda: self._phone.move(message.message, latitude, longitude))

    def stop_location(self, message: Seen) -> Seen:
        """End a live location."""
        return self._did(lambda: self._phone.stop_location(message.message))

    def react(self, message: Seen, emoji: str = "👍") -> None:
        """React to a message."""
        self._phone.react(message.message, emoji)

    def send_sticker(self, emoji: str = "👍") -> Seen:
        """Send a sticker."""
        return self._did(lambda: self._phone.sticker(emoji))

    def say_in_group(self, group_id: int, text: str, *, title: str = "工作群") -> Seen:
        """Send text in a group (negative id) of which the bot is a member."""
        world = self.server.world
        group = world.add_group(group_id, title)
        return self._did(lambda: Phone(world, self._phone.user, group).say(text))

    def tap(self, label: str, message: Seen | None = None) -> Tap:
        """Tap the inline button `label` (exact, else containing) of the newest message that has it, or of `message`."""
        self._mark()
        return self._phone.tap_label(label, message.message if message else None)

    def tap_data(self, data: str, message: Seen | None = None) -> Tap:
        """Tap with any callback data, also forged, under `message` (default: the bot's newest)."""
        self._mark()
        target = message or self.last
        if target is None:
            raise Refusal("there is no message to tap on")
        return self._phone.tap(target.message, data)

    def block(self) -> None:
        """Block the bot."""
        self.server.world.set_blocked(self._phone.chat, self._phone.user, is_blocked=True)

    def unblock(self) -> None:
        """Unblock the bot."""
        self.server.world.set_blocked(self._phone.chat, self._phone.user, is_blocked=False)

    # -- seeing --------------------------------------------------------------------------------------------------

    @property
    def chat(self) -> list[Seen]:
        """All messages of the private chat that are still there, oldest first."""
        return self.messages()

    def messages(self, chat_id: int | None = None) -> list[Seen]:
        """All messages of a chat (default: the private one) that are still there, oldest first."""
        chat = self.server.world.chat(self.id if chat_id is None else chat_id)
        return [Seen(message, self.server) for message in chat.messages.values() if not message.deleted]

    @property
    def last(self) -> Seen | None:
        """The bot's newest message."""
        for message in reversed(self._phone.chat.messages.values()):
            if message.sender.is_bot and not message.deleted:
                return Seen(message, self.server)
        return None

    @property
    def keyboard(self) -> list[list[str]]:
        """The keys under the typing box, row by row."""
        keyboard = self._phone.chat.keyboard or {}
        return [[key["text"] for key in row] for row in keyboard.get("keyboard", [])]

    @property
    def taps(self) -> list[Tap]:
        """Every tap of this person, in order."""
        return list(self.server.world.taps_of[self.id])

    @property
    def answers(self) -> list[str]:
        """The texts of the bot's answers to this person's taps (empty ones too), in order of the taps."""
        return [tap.text for tap in self.taps if tap.answered]

    # -- waiting -------------------------------------------------------------------------------------------------

    async def wait_for(
        self, text: str = "", *, button: str = "", timeout: float | None = None, since: int | None = None,  # noqa: ASYNC109
        chat_id: int | None = None,
    ) -> Seen:  # fmt: skip
        """Wait for a message of the bot, new or edited since the last action, that has `text` and `button` in it.

        `since`: a place in `server.world.sequence` to look from instead (0: everything). Raises TimeoutError that
        shows the end of the chat.
        """
        start = self._cursor if since is None else since
        what = " and ".join(part for part in (repr(text), f"[{button}]" if button else "") if part)
        return await self.wait_until(
            lambda: self._find(text, button, start, chat_id), timeout=timeout, what=what, chat_id=chat_id
        )

    async def wait_until(
        self, predicate: Callable[[], T | None], *, timeout: float | None = None, what: str = "",  # noqa: ASYNC109
        chat_id: int | None = None,
    ) -> T:  # fmt: skip
        """Wait until `predicate()` is true, asked again after each change of the chat; return its value."""
        signal = self.server.world.chat(self.id if chat_id is None else chat_id).signal
        patience = self.patience if timeout is None else timeout
        deadline = asyncio.get_running_loop().time() + patience
        while not (value := predicate()):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await signal.wait(left):
                reason = f"{self.name} waited {patience} s for {what or 'a change'}"
                raise TimeoutError(f"{reason}\n{self.tail(chat_id=chat_id)}")
        return value

    async def wait_answer(self, tap: Tap, timeout: float | None = None) -> str:  # noqa: ASYNC109
        """Wait until the bot has answered `tap`; return the text of the answer."""
        await self.wait_until(lambda: tap.answered, timeout=timeout, what=f"the answer to {tap.data!r}")
        return tap.text

    def tail(self, count: int = 6, *, chat_id: int | None = None) -> str:
        """Return the end of the chat as lines, for failure reports."""
        return "\n".join(str(seen) for seen in self.messages(chat_id)[-count:]) or "(empty chat)"

    def _find(self, text: str, button: str, since: int, chat_id: int | None) -> Seen | None:
        chat = self.server.world.chat(self.id if chat_id is None else chat_id)
        for message in chat.changed_since(since):
            if message.deleted or not message.sender.is_bot:
                continue
            seen = Seen(message, self.server)
            if text in seen.text and (not button or any(button in label for label in seen.labels)):
                return seen
        return None

    def _did(self, action: Callable[[], Message]) -> Seen:
        self._mark()
        return Seen(action(), self.server)

    def _mark(self) -> None:
        self._cursor = self.server.world.sequence
