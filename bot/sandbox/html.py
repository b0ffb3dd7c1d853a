"""Telegram's HTML parse mode: text and entities, or a refusal that names the byte.

Offsets in refusals are bytes of the UTF-8 source, offsets of entities are UTF-16 units, as Telegram counts both.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Json = dict[str, Any]

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "tg-spoiler": "spoiler", "span": "spoiler", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_PLAIN = re.compile(r"[^<&]+")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_SPACE = re.compile(r"\s*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]+")


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, in which Telegram counts."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                self._close() if self.source.startswith("</", self.at) else self._open()
            elif character == "&":
                self._reference()
            else:
                self._out(self._take(_PLAIN, self.at))
        if self.stack:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        decoded = _decode(found) if found is not None else ""
        self.at = found.end() if found is not None and decoded else self.at + 1
        self._out(decoded or "&")  # what Telegram does not know stays as it is

    def _out(self, piece: str) -> None:
        self.out.append(piece)
        self.length += utf16_length(piece)

    def _open(self) -> None:
        begin = self.at
        name = self._take(_NAME, begin + 1)
        tag = name.lower().rstrip("/") if name else ""
        if self.at >= len(self.source):
            raise self._fail("Unclosed start tag", begin)
        attributes = self._attributes(tag, begin) if tag in _TAGS else {}
        if tag not in _TAGS or (tag == "span" and attributes.get("class") != "tg-spoiler"):
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        self.stack.append(_Open(tag, self.length, attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE, self.at)
            if self.at >= len(self.source):
                raise self._fail("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME, self.at)
            if not name:
                raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name.lower()] = self._value(tag, name, begin)

    def _value(self, tag: str, name: str, begin: int) -> str:
        self._take(_SPACE, self.at)
        if self.source[self.at : self.at + 1] != "=":
            if tag == "blockquote" and name == "expandable":
                return ""
            raise self._fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self._take(_SPACE, self.at + 1)
        quote = self.source[self.at : self.at + 1]
        if quote and quote in "\"'":
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                raise self._fail("Unclosed start tag", begin)
            value, self.at = self.source[self.at + 1 : end], end + 1
            return _REFERENCE.sub(lambda found: _decode(found) or found.group(), value)
        value = self._take(_BARE_VALUE, self.at)
        if self.source[self.at : self.at + 1] not in (">", " ", "\n", "\t"):
            raise self._fail("Unexpected end of name token", self.at)
        return value

    def _close(self) -> None:
        begin = self.at
        if not self.stack:
            raise self._fail("Unexpected end tag", begin)
        name = self._take(_NAME, begin + 2).lower()
        self._take(_SPACE, self.at)
        if self.source[self.at : self.at + 1] != ">":
            raise self._fail("Unclosed end tag", begin)
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            wanted = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _refusal(f"Unmatched end tag at byte offset {self._byte(begin)}, {wanted}")
        self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        length = self.length - opened.start
        if not length:
            return
        entity: Json = {"offset": opened.start, "length": length, "type": _TAGS[opened.tag]}
        if opened.tag == "a":
            url = opened.attributes.get("href", "")
            if not re.match(r"(https?|tg|mailto|tel):", url):
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _take(self, pattern: re.Pattern[str], at: int) -> str:
        found = pattern.match(self.source, at)
        self.at = found.end() if found else at
        return found.group() if found else ""

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _fail(self, reason: str, at: int) -> ApiError:
        return _refusal(f"{reason} at byte offset {self._byte(at)}")


def _decode(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and the entities of `source`; raise the refusal Telegram gives for broken HTML."""
    return _Parser(source).run()
