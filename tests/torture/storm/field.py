"""Where the storm meets the sandbox: gives updates their numbers, knows who typed what, looks for buttons to tap."""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bot.sandbox.model import Chat, Content, Message, Tap, User
from bot.sandbox.server import SandboxServer
from tests.torture.people import SAVE
from tests.torture.storm.cast import Cast
from tests.torture.storm.contents import HALL
from tests.torture.storm.generator import GROUP, Item
from tests.torture.storm.kinds import CHANNEL

Json = dict[str, Any]
WAITING = 100
"""So many updates wait at the server: always a full batch, and nobody has to queue behind more."""
BACKLOG = 400
"""So many are in the bot's hands and not done: always some for each chat, and the newest screens are not too old."""
AT_ONCE = 0.2
"""The last part of a storm comes whatever the backlog is."""
CLAUSE = re.compile(r"[\s,,。;;、]+")
LOOK_BACK = 12
SAVES = 0.3
"""So large a share of the taps on real buttons saves what there is to save."""


class Field:
    """Feeds items to the bot; `sent` is what was sent, by number."""

    def __init__(self, server: SandboxServer, cast: Cast) -> None:
        self.server, self.cast = server, cast
        self.sent: dict[int, Item] = {}
        self.taps: dict[int, Tap] = {}
        self.backlog = 0
        self.notes: set[str] = set()  # what somebody wrote about a household may name another one
        self.typed: dict[int, set[str]] = defaultdict(set)
        world = server.world
        for account in cast.accounts:
            world.add_user(User(account.id, account.name))
        for group in (HALL, GROUP, CHANNEL):
            world.add_group(group["id"], group["title"])
        self._secrets = [each for house in cast.houses for each in house.secrets]

    async def feed(self, items: Iterable[Item], count: int) -> None:
        """Send everything, as fast as the bot handles it; the last part of `count` as fast as the bot fetches it."""
        for item in items:
            while self._is_full(count):  # noqa: ASYNC110 - the sandbox has no signal for it
                await asyncio.sleep(0.002)
            self.put(item)
            self.backlog += 1

    def _is_full(self, count: int) -> bool:
        if len(self.sent) < (1 - AT_ONCE) * count and self.backlog >= BACKLOG:
            return True
        return len(self.server.world.updates) >= WAITING

    def put(self, item: Item) -> None:
        """Send one."""
        updates = self.server.world.updates
        number = updates.next_id
        self.sent[number] = item
        if item.typed:
            named = {each for each in self._secrets if each in item.typed}
            self.typed[item.account.id] |= named
            self.notes |= {part for part in CLAUSE.split(item.typed) for each in named if each in part and part != each}
        if isinstance(item.body, str):
            updates.put(item.kind, 0, item.body)
            return
        body = {"update_id": number, **item.body}
        if item.live is not None:
            self._fill_in(item, body)
        self._expect_answer(number, item, body)
        updates.put(item.kind, item.account.id, json.dumps(body))

    def _fill_in(self, item: Item, body: Json) -> None:
        """Choose a real button or message; where there is none the item stays as it was made."""
        assert item.live is not None
        newest = self._newest(self.server.chat(item.account.id))
        if "message" in body and newest:
            chosen = newest[int(item.live**2 * len(newest))]
            body["message"]["reply_to_message"] = chosen.to_json(nested=True)
        buttons = [(each, button) for each in newest for row in each.content.inline for button in row]
        if "callback_query" in body and buttons:
            saving = [each for each in buttons if each[1].get("text") == SAVE]
            message, button = saving[0] if saving and item.live < SAVES else buttons[int(item.live**2 * len(buttons))]
            query = {key: body["callback_query"][key] for key in ("id", "from", "chat_instance")}
            body["callback_query"] = {**query, "message": message.to_json(), "data": button.get("callback_data", "")}

    @staticmethod
    def _newest(chat: Chat) -> list[Message]:
        return [message for message, _ in zip(reversed(chat.messages.values()), range(LOOK_BACK), strict=False)]

    def _expect_answer(self, number: int, item: Item, body: Json) -> None:
        """Let the server know the tap, so that its answer is taken."""
        query = body.get("callback_query")
        if not isinstance(query, dict) or not isinstance(query.get("id"), str):
            return
        chat = self.server.chat(item.account.id)
        message = Message(0, chat, self.server.world.bot, 0, Content(), 0)
        tap = Tap(query["id"], item.account.id, chat, message, str(query.get("data", "")), self.server.clock.seconds())
        self.taps[number] = self.server.world.taps[tap.id] = tap
