"""A message as somebody sees it on a phone, for tests to look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox.actions import stored_document, stored_photo
from bot.sandbox.model import Message

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button as seen under a message."""

    label: str
    data: str | None
    url: str | None


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it."""

    message: Message
    server: "SandboxServer"

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return self.message.id

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.message.sender.is_bot

    @property
    def text(self) -> str:
        """The words shown now: text or caption."""
        return self.message.content.words

    @property
    def history(self) -> list[str]:
        """The words it showed at each time, the present ones last."""
        return [content.words for content in [*self.message.earlier, self.message.content]]

    @property
    def edited(self) -> bool:
        """Whether anything of it was changed after sending."""
        return bool(self.message.earlier)

    @property
    def deleted(self) -> bool:
        """Whether it was deleted."""
        return self.message.deleted

    @property
    def date(self) -> datetime:
        """When it was sent, sandbox time."""
        return datetime.fromtimestamp(self.message.date, self.server.clock.tz)

    @property
    def rows(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        inline = self.message.content.inline
        return [[Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in inline]

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons in reading order."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """The inline buttons' visible labels in reading order."""
        return [button.label for button in self.buttons]

    @property
    def document(self) -> bytes | None:
        """The file's bytes."""
        stored = stored_document(self.server.world, self.message)
        return stored.data if stored else None

    @property
    def document_name(self) -> str | None:
        """The file's name."""
        stored = stored_document(self.server.world, self.message)
        return stored.name if stored else None

    @property
    def photo(self) -> bytes | None:
        """The picture's bytes."""
        stored = stored_photo(self.server.world, self.message)
        return stored.data if stored else None

    def __str__(self) -> str:
        """Return the message as a short block of lines, for failure reports."""
        who = "bot" if self.from_bot else self.message.sender.first_name
        rows = "".join("\n      " + " ".join(f"[{button.label}]" for button in row) for row in self.rows)
        return f"#{self.id} {who}{' (edited)' if self.edited else ''}: {self.text}{rows}"
