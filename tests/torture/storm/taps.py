"""Callback queries in every shape, with data that was never under any button of the one who taps."""

import random
from typing import Any

from bot.handlers.callbacks import _VERBS
from tests.torture.storm.contents import HALL
from tests.torture.storm.kinds import BOT, private, user_of

Json = dict[str, Any]
VERBS = (*sorted(_VERBS), "nosuch", "visit\x00", "VISIT", "é")
NUMBERS = (
    "0",
    "1",
    "-1",
    "00",
    "007",
    str(2**31),
    str(2**31 - 1),
    str(2**53),
    str(10**17),
    str(10**18 - 1),
    str(2**63),
    "9" * 40,
    "",
    "x",
    "٣",
    "1.5",
)
ARGS = (
    "",
    "0",
    "1",
    "2",
    "-1",
    "999999999",
    "9" * 30,
    "roster",
    "ledger",
    "visits",
    "nosuch",
    "7",
    "30",
    "zh",
    "en",
    "xx",
    "07:00",
    "25:99",
    "2024-03-15",
    "9999-12-31",
    "x" * 60,
    "é",
    "\x00",
    "²",
    "...",
)
OPTIONS = (
    "ok",
    "save",
    "back",
    "cancel",
    "edit",
    "today",
    "0",
    "1",
    "2",
    "99",
    "home",
    "phone",
    "problem",
    "water",
    "x" * 50,
    "#1",
)
WHOLE = (
    "",
    ".",
    "..",
    "...",
    "x" * 64,
    "好" * 21,
    "x" * 200,
    "\x00",
    "\ud800",
    "1",
    "1.",
    "1.1",
    "-1.-1.-1",
    "visit",
    "visit.",
    "null",
    "{}",
)


def data(rng: random.Random) -> str:
    """Forged callback data: every verb and form option with ids of others, old, huge, negative, none."""
    near = str(rng.randrange(1, 400))
    number = rng.choice((near, near, near, rng.choice(NUMBERS)))
    draw = rng.random()
    if draw < 0.65:
        return f"{rng.choice(VERBS)}.{number}.{rng.choice(ARGS)}"
    if draw < 0.9:
        return f"{number}.{rng.choice((str(rng.randrange(1, 12)), rng.choice(NUMBERS)))}.{rng.choice(OPTIONS)}"
    return rng.choice(WHOLE)


def query(rng: random.Random, number: int, at: int) -> Json:
    """A callback query of an account: under a message, a message out of reach, an inline message, a game, in a group."""
    body: Json = {"id": str(rng.getrandbits(62)), "from": user_of(number), "chat_instance": str(number * 7919)}
    shape = rng.choices(("message", "inaccessible", "inline", "game", "group"), (70, 12, 8, 4, 6))[0]
    chat = HALL if shape == "group" else private(number)
    shown: Json = {"message_id": rng.randrange(1, 5000), "date": 0 if shape == "inaccessible" else at, "chat": chat}
    if shape in ("message", "group"):
        shown |= {"from": BOT, "text": "请确认"}
    if shape == "inline":
        return {**body, "inline_message_id": "i1", "data": data(rng)}
    if shape == "game":
        return {**body, "message": shown, "game_short_name": "x"}
    return {**body, "message": shown, "data": data(rng)}
