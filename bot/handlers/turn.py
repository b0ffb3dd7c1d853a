"""One update being answered: who, when, what is said; it all goes to the outbox of the open transaction."""

import html
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import fitting, wellformed
from bot.domain.about import NOTHING, About, about
from bot.domain.fitting import cut, escaped, variable
from bot.domain.limits import CAPTION, LABEL_NAME, TOAST
from bot.domain.policy import Policies
from bot.domain.staff import Staff
from bot.handlers.event import Event
from bot.handlers.screen import Screen
from bot.reading.asked import Readings
from bot.storage import backlog, outbox
from bot.storage.database import Transaction
from bot.storage.outbox import Outgoing, OutKind
from bot.texts import texts

MOMENT = 5.0
"""Seconds; what is answered once in a moment is answered again one to two of them later."""


class Said(str):
    """A text that is escaped already and may stand inside another one as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shop:
    """What every turn needs and keeps its meaning while the bot runs."""

    policies: Policies
    zone: ZoneInfo
    language: str = "zh"


@dataclass(slots=True)
class Turn:
    """The answer in the making. `day` is the civil day of the message itself; a tap's is the day of its arrival.

    `readings` is what was read of the message so far (bot/handlers/readings.py asks for what is missing).
    """

    tx: Transaction
    shop: Shop
    event: Event
    at: datetime
    language: str
    readings: Readings = field(default_factory=dict)
    staff: Staff | None = None
    said: list[Outgoing] = field(default_factory=list)
    toasted: tuple[str, bool] | None = None
    batches: set[str] = field(default_factory=set)  # of which a draft was changed or closed
    own_villages: frozenset[int] | None = None  # where the person works, once somebody has asked

    @property
    def day(self) -> date:
        """Today, as the person meant it when the message was sent."""
        sent = self.event.written_at or self.event.sent_at  # what is forwarded speaks of the day it was written
        meant = sent if sent is not None and sent < self.at + timedelta(days=1) else self.at  # none is of tomorrow
        return meant.astimezone(self.shop.zone).date()

    @property
    def arrived_on(self) -> date:
        """The civil day on which it came: what the person may do is what they may do now, however old the message."""
        return self.at.astimezone(self.shop.zone).date()

    @property
    def who(self) -> Staff:
        """The acting staff member; a turn of a stranger never gets here."""
        assert self.staff is not None
        return self.staff

    def t(self, id: str, /, **args: object) -> str:
        """A text in the person's language; the variables are escaped (but for Said), the text's own marks are not."""
        return Said(texts.get(self.language, id, **{key: _escaped(key, value) for key, value in args.items()}))

    def plain(self, id: str, /, **args: object) -> str:
        """A text for a button's label, where nothing is escaped and names are short."""
        return texts.get(self.language, id, **{key: variable(key, value, LABEL_NAME) for key, value in args.items()})

    def on(self, message_id: int | None) -> "Turn":
        """The same turn answering on another message of the chat (None: in a new one); what it says is said here."""
        return replace(self, event=replace(self.event, message_id=message_id))

    def show(self, screen: Screen, *, kind: OutKind = OutKind.SCREEN, ref: str | None = None) -> None:
        """Answer: a tapped message is edited in place, a typed one gets a new message, as does one out of reach."""
        if self.event.tap is None or self.event.message_id is None or screen.keyboard:
            self.send(screen, kind=kind, ref=ref)
            return
        self.edit(self.event.message_id, screen, kind=kind, ref=ref)

    def send(self, screen: Screen, *, kind: OutKind = OutKind.SCREEN, ref: str | None = None) -> None:
        """A new message, also after a tap."""
        self._put("sendMessage", {"chat_id": self.event.chat_id, **screen.params()}, kind, ref)

    def edit(self, message_id: int, screen: Screen, *, kind: OutKind = OutKind.SCREEN, ref: str | None = None) -> None:
        """Bring another message of the chat up to date."""
        params = {"chat_id": self.event.chat_id, "message_id": message_id, **screen.params()}
        self._put("editMessageText", params, kind, ref)

    def send_once(self, screen: Screen, about: str, *, ref: str | None = None, ever: bool = False) -> None:
        """A new message, unless the same was said about this a moment ago (`ever`: before)."""
        key, moment = f"{about}:{self.event.chat_id}", int(self.at.timestamp() // MOMENT)
        keys = [key] if ever else [f"{key}:{moment}", f"{key}:{moment - 1}"]
        if not backlog.refs(self.tx, keys):
            self.send(screen, ref=ref)
            self.said[-1] = replace(self.said[-1], dedupe=keys[0])

    def send_file(self, spec: dict[str, Any], caption: str) -> None:
        """A document that is built when it is sent."""
        params = {"chat_id": self.event.chat_id, "caption": fitting.html(caption, CAPTION), "parse_mode": "HTML"}
        staff_id = self.staff.id if self.staff else None
        self.said.append(Outgoing(self.event.chat_id, "sendDocument", params, OutKind.SCREEN, staff_id, file=spec))

    def toast(self, text: str, *, alert: bool = False) -> None:
        """What the tapped button answers at once."""
        self.toasted = (cut(wellformed.text(html.unescape(text)), TOAST), alert)

    def _put(self, method: str, params: dict[str, Any], kind: OutKind, ref: str | None) -> None:
        staff_id = self.staff.id if self.staff else None
        self.said.append(Outgoing(self.event.chat_id, method, params, kind, staff_id, ref=ref))

    def finish(self) -> None:
        """Write everything said into the outbox; every tap is answered, first of all."""
        shown = self._shown()
        if self.event.query_id is not None:
            outbox.put(self.tx, replace(self._answer(), about=shown if self.toasted else NOTHING), self.at)
        for outgoing in self.said:
            backlog.make_way(self.tx, outgoing, self.at)
            outbox.put(self.tx, replace(outgoing, about=shown), self.at)

    def _answer(self) -> Outgoing:
        text, alert = self.toasted or ("", False)
        params = {"callback_query_id": self.event.query_id, "text": text, "show_alert": alert}
        staff_id = self.staff.id if self.staff else None
        return Outgoing(self.event.chat_id, "answerCallbackQuery", params, OutKind.ANSWER, staff_id)

    def _shown(self) -> About:
        """Whatever this transaction has read may stand in any of its messages; nobody has to remember to say so."""
        reads = self.tx.reads
        return about(self.staff, reads.households.values(), reads.counted) if self.staff else NOTHING


def _escaped(key: str, value: object) -> str:
    return value if isinstance(value, Said) else escaped(key, value)
