"""What Telegram does to every text: trims it, reads its formatting and finds commands in it."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.html import parse_html, utf16_length

Json = dict[str, Any]
MAX_TEXT = 4096
MAX_CAPTION = 1024
_COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"]+")


def automatic_entities(text: str) -> list[Json]:
    """Return the entities that Telegram finds by itself: commands and links."""
    found = [("bot_command", match) for match in _COMMAND.finditer(text)] if "/" in text else []
    if "://" in text:
        found += [("url", match) for match in _URL.finditer(text)]
    return [
        {"offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group()), "type": kind}
        for kind, match in found
    ]


def formatted(text: str, parse_mode: str, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Return trimmed text and its entities; raises Telegram's refusals for broken or unknown formatting."""
    if parse_mode.lower() == "html":
        text, given = parse_html(text)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        given = entities or []
    text, given = _trimmed(text.replace("\r", ""), given)
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given if entity["type"] != "bold"]
    extra = [found for found in automatic_entities(text) if not _inside(found, taken)]
    return text, sorted(given + extra, key=lambda entity: (entity["offset"], -entity["length"]))


def _inside(entity: Json, taken: list[tuple[int, int]]) -> bool:
    return any(start <= entity["offset"] < end for start, end in taken)


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    cut = text.rstrip()
    lead = utf16_length(cut) - utf16_length(cut.lstrip())
    cut = cut.lstrip()
    if not entities:
        return cut, []
    length, kept = utf16_length(cut), []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return cut, kept
