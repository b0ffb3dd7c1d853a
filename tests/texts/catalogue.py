"""The Fluent files of both languages, read with Fluent's own parser."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast, visitor

import bot.texts

ROOT = Path(bot.texts.__file__).parent
CHAT_FILES = frozenset({"chat.ftl", "record.ftl", "card.ftl", "reminders.ftl", "names.ftl"})
"""What people read in the chat, on a small phone; the rest is read by whoever installs the bot or fills workbooks."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a catalogue: its words without variables, and the names of those."""

    id: str
    file: str
    words: str
    variables: frozenset[str]


class _Parts(visitor.Visitor):
    def __init__(self) -> None:
        self.words: list[str] = []
        self.variables: set[str] = set()

    def visit_TextElement(self, node: ast.TextElement) -> None:  # the visitor's own name
        self.words.append(node.value)

    def visit_StringLiteral(self, node: ast.StringLiteral) -> None:  # the visitor's own name
        self.words.append(node.value)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # the visitor's own name
        self.words.append("…")
        self.variables.add(node.id.name)


def _entries(language: str) -> Iterator[tuple[Path, ast.EntryType]]:
    for path in sorted((ROOT / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            yield path, entry


def junk(language: str) -> list[str]:
    """Lines that Fluent cannot read and would silently leave out."""
    return [f"{path.name}: {entry.content}" for path, entry in _entries(language) if isinstance(entry, ast.Junk)]


@cache
def written(language: str) -> tuple[Text, ...]:
    """Every text in the order of the files, also one whose id stands twice."""
    found = []
    for path, entry in _entries(language):
        if isinstance(entry, ast.Message):
            parts = _Parts()
            parts.visit(entry)
            found.append(Text(entry.id.name, path.name, "".join(parts.words), frozenset(parts.variables)))
    return tuple(found)


@cache
def catalogue(language: str) -> dict[str, Text]:
    """The texts of a language by id."""
    return {text.id: text for text in written(language)}
