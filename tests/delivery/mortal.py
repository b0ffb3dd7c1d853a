"""A bot process that one text kills or hangs.

`毒` ends it at once; `卡` holds the interpreter for good, as a pattern that never ends does.
"""

import asyncio
import os
import re
from datetime import datetime
from random import Random
from typing import Any

from bot.delivery.hooks import Apology, Hooks
from bot.delivery.service import Delivery, Options
from bot.delivery.transport import AiohttpRequest, BotApi
from bot.delivery.watchdog import watched
from bot.domain.clock import Clock
from bot.reading.asked import Readings
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.secrets import Secrets
from bot.storage.transaction import Transaction
from tests.delivery.rig import KEY, QUICK, START, message


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        """The one moment."""
        return START


def handle(tx: Transaction, update: dict[str, Any], at: datetime, _: Readings) -> None:
    """Echo, or die."""
    chat, text = update["message"]["chat"]["id"], update["message"]["text"]
    if "毒" in text:
        os._exit(137)
    if "卡" in text:
        re.fullmatch("(a+)+b", "a" * 60)
    outbox.put(tx, Outgoing(chat, "sendMessage", message(chat, f"收到 {text}"), OutKind.SCREEN), at)


def apologise(tx: Transaction, apology: Apology, at: datetime) -> None:
    """Say so."""
    chat_id, text = apology.chat_id, f"处理不了({apology.why}) {apology.reference}"
    outbox.put(tx, Outgoing(chat_id, "sendMessage", message(chat_id, text), OutKind.SCREEN), at)


async def main(url: str, root: str, token: str) -> None:
    """Serve until killed."""
    clock: Clock = Standing()
    nothing: Any = lambda *_: None  # noqa: E731
    hooks = Hooks(apologise, nothing, nothing, nothing, lambda *_: True, nothing, nothing)
    async with (
        await Database.open(url, Secrets(KEY)) as db,
        BotApi(token, AiohttpRequest(), root) as api,
        watched(db, patience=2, look_every=0.2),
    ):
        await Delivery(db, api, handle, clock, hooks, random=Random(1), options=Options(QUICK)).run(asyncio.Event())


def serve(url: str, root: str, token: str) -> None:
    """`main` in a process of its own."""
    asyncio.run(main(url, root, token))
