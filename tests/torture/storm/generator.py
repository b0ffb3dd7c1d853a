"""The generator: a seed in, updates of every kind out, from all accounts at once. Pure; the number comes later.

A person's screens cannot be known before they are there, so some items say only which of the newest buttons is to be
tapped, or which of the newest messages is replied to (`live`, a fraction).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.torture.storm import spoil, taps
from tests.torture.storm.cast import Account, Cast
from tests.torture.storm.contents import BESIDE, HALL, SENT, SERVICE
from tests.torture.storm.kinds import OTHERS, private, user_of
from tests.torture.storm.words import Words

Json = dict[str, Any]
GROUP: Json = {"id": -500_001, "type": "group", "title": "小组"}


class Need(StrEnum):
    """What the rules say about an answer."""

    TEXT = "text"  # a private text: a message back
    SOME = "some"  # content without text: a message back, one for a stream of them
    TAP = "tap"  # the tap itself is answered
    FREE = "free"  # nothing is asked for: an edit, a service message, a group, a broken update


@dataclass(frozen=True)
class Item:
    """One update to come; `body` has no number yet (a str: whole, and no object). `sound`: as Telegram makes them."""

    kind: str
    account: Account
    body: Json | str
    need: Need = Need.FREE
    sound: bool = True
    typed: str = ""
    live: float | None = None


class Storm:
    """Makes `count` items and more or less as many of each way as the weights say."""

    def __init__(self, seed: int, cast: Cast, start: int) -> None:
        self._rng, self._cast, self._start = random.Random(seed), cast, start
        self._words = Words(self._rng, [each.code for each in cast.codes])
        self._houses = {account.id: cast.typeable(account) for account in cast.stormers}
        self._messages: dict[int, int] = {}
        self._ways = (
            (self._text, 34), (self._live_tap, 18), (self._forged, 12), (self._content, 8), (self._series, 1),
            (self._service, 3), (self._edited, 4), (self._reply, 3), (self._in_group, 3), (self._other, 6),
            (self._spoiled, 8),
        )  # fmt: skip
        self._count = 0

    def items(self, count: int) -> Iterator[Item]:
        """The storm."""
        ways, weights = zip(*self._ways, strict=True)
        while self._count < count:
            account = self._rng.choice(self._cast.stormers)
            for item in self._rng.choices(ways, weights)[0](account):
                self._count += 1
                yield item

    @property
    def _at(self) -> int:
        """Unix seconds; a few messages come late, or from a phone whose clock is wrong."""
        late = self._rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 3600, 86_400, 40 * 86_400, -86_400))
        return self._start + self._count // 100 - late

    def _message(self, account: Account, **content: Any) -> Json:
        number = self._messages[account.id] = self._messages.get(account.id, 10**6) + 1
        who = {"from": user_of(account.id), "chat": private(account.id)}
        body = {"message_id": number, "date": self._at, **who, **content}
        while self._rng.random() < 0.08:
            beside = self._rng.choice(list(BESIDE))
            body[beside] = BESIDE[beside](self._rng)
        return body

    def _said(self, account: Account, **more: Any) -> Json:
        text = self._words.text(self._houses[account.id])
        return self._message(account, text=text, entities=self._entities(text), **more)

    def _entities(self, text: str) -> list[Json]:
        kinds = ("bold", "mention", "url", "text_mention", "custom_emoji", "pre", "blockquote", "date_time")
        length = max(len(text.encode("utf-16", "surrogatepass")) // 2 - 1, 1)
        many = self._rng.choice((0, 0, 0, 0, 1, 3, 100))
        return [
            {"type": self._rng.choice(kinds), "offset": self._rng.randrange(length), "length": 1} for _ in range(many)
        ]

    def _text(self, account: Account) -> Iterator[Item]:
        body = self._said(account)
        need = Need.TEXT if body["text"].strip() else Need.SOME
        yield Item("message/text", account, {"message": body}, need, typed=body["text"])

    def _live_tap(self, account: Account) -> Iterator[Item]:
        body = {"callback_query": taps.query(self._rng, account.id, self._at)}
        yield Item("callback_query/live", account, body, Need.TAP, live=self._rng.random())

    def _forged(self, account: Account) -> Iterator[Item]:
        yield Item(
            "callback_query/forged", account, {"callback_query": taps.query(self._rng, account.id, self._at)}, Need.TAP
        )

    def _content(self, account: Account, kind: str = "", **more: Any) -> Iterator[Item]:
        kind = kind or self._rng.choice(list(SENT))
        caption = self._words.text(self._houses[account.id])[:1024] if self._rng.random() < 0.3 else ""
        value = SENT[kind](self._rng)
        if kind == "location" and self._rng.random() < 0.3:
            value |= {"live_period": 900, "heading": 5}
        parts = {kind: value, **({"caption": caption} if caption else {}), **more}
        if kind in ("animation", "venue"):
            parts |= (
                {"document": SENT["document"](self._rng)} if kind == "animation" else {"location": value["location"]}
            )
        yield Item(f"message/{kind}", account, {"message": self._message(account, **parts)}, Need.SOME, typed=caption)

    def _series(self, account: Account) -> Iterator[Item]:
        """An album, the same sticker again and again, a place that moves."""
        kind = self._rng.choice(("photo", "video", "document", "sticker", "live"))
        album = {"media_group_id": str(self._rng.getrandbits(60))} if kind in ("photo", "video", "document") else {}
        for number in range(self._rng.randrange(2, 11)):
            if kind != "live":
                yield from self._content(account, kind, **album)
                continue
            place = {**SENT["location"](self._rng), "live_period": 900}
            update = "edited_message" if number else "message"
            body = {update: self._message(account, location=place, edit_date=self._at)}
            yield Item(f"{update}/live location", account, body, Need.FREE if number else Need.SOME)

    def _service(self, account: Account) -> Iterator[Item]:
        kind = self._rng.choice(list(SERVICE))
        yield Item(f"message/{kind}", account, {"message": self._message(account, **{kind: SERVICE[kind](self._rng)})})

    def _edited(self, account: Account) -> Iterator[Item]:
        body = self._said(account, edit_date=self._at)
        yield Item("edited_message/text", account, {"edited_message": body}, typed=body["text"])

    def _reply(self, account: Account) -> Iterator[Item]:
        body = self._said(account)
        need = Need.TEXT if body["text"].strip() else Need.SOME
        yield Item("message/reply", account, {"message": body}, need, typed=body["text"], live=self._rng.random())

    def _in_group(self, account: Account) -> Iterator[Item]:
        body = {**self._said(account), "chat": self._rng.choice((HALL, GROUP))}
        update = self._rng.choice(("message", "edited_message"))
        yield Item(f"{update}/group", account, {update: body}, typed=body["text"])

    def _other(self, account: Account) -> Iterator[Item]:
        kind = self._rng.choice(list(OTHERS))
        yield Item(kind, account, {kind: OTHERS[kind](self._rng, account.id, self._at)})

    def _spoiled(self, account: Account) -> Iterator[Item]:
        """A sound item that is broken afterwards, or something that is no update at all."""
        if self._rng.random() < 0.05:
            yield Item("broken/whole", account, self._rng.choice(spoil.WHOLE), sound=False)
            return
        way = self._rng.choice((self._text, self._forged, self._content, self._service, self._edited, self._other))
        for item in way(account):
            assert isinstance(item.body, dict)
            yield Item(f"broken/{item.kind}", account, spoil.spoil(self._rng, item.body), sound=False, typed=item.typed)
