"""Raw updates as they are: number and chat, read without understanding the rest, so that none can stop the line."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from bot.storage.inbox import Incoming

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

DEEPEST = 64
"""Levels of an update; those of the Bot API have about ten."""


def incoming(raw: Any) -> Incoming:
    """What the inbox keeps of a raw update; one without a usable number gets a negative one made of its content."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    payload = json.dumps(raw if is_shallow(raw) else {"update_id": number if _is_id(number) else None})
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**63:
        number = -1 - int.from_bytes(hashlib.sha256(payload.encode()).digest()[:7], "big")
    return Incoming(number, chat_of(raw), payload)


def is_shallow(raw: Any) -> bool:
    """Whether it is nested no deeper than an update can be; what is deeper could be read but not written again."""
    level = [raw]
    for _ in range(DEEPEST):
        holders = [each for each in level if isinstance(each, (dict, list))]
        if not holders:
            return True
        level = [inner for each in holders for inner in (each.values() if isinstance(each, dict) else each)]
    return False


def batch(raws: Iterable[Any]) -> list[Incoming]:
    """All of a batch, each number once."""
    return list({one.update_id: one for one in map(incoming, raws)}.values())


def chat_of(raw: Any) -> int:
    """The chat whose order the update keeps; its sender where there is no chat; 0 when neither can be read.

    A tap keeps the order of who tapped: in a group many tap at once, and none waits for the others.
    """
    if not isinstance(raw, dict):
        return 0
    for event in raw.values():
        if isinstance(event, dict):
            message = event.get("message")
            holders = (event.get("chat"), event.get("from"), message.get("chat") if isinstance(message, dict) else None)
            for holder in holders:
                if isinstance(holder, dict) and _is_id(holder.get("id")):
                    return int(holder["id"])
    return 0


def tap_of(raw: Any) -> str | None:
    """The number of the tap that waits for its answer; None for anything but a tap."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) and number.isascii() and number.isprintable() else None


def is_from_person(raw: Any) -> bool:
    """Whether somebody wrote or tapped, so that they can be reached."""
    return isinstance(raw, dict) and bool({"message", "edited_message", "callback_query"} & raw.keys())


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
