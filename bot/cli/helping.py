"""The help of a command, in the user's language whole, wide characters aligned."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.cli.parameters import is_argument, name_of, place_of
from bot.cli.shared import t

HELP = "--help"
GAP = 2
WIDEST = 34
"""Columns of names; a wider one has its text on the next line."""


def asks_for_help(args: Sequence[str]) -> bool:
    """Whether `--help` stands among the arguments, before a lone `--`."""
    before = args[: args.index("--")] if "--" in args else args
    return HELP in before


def named(tree: Any, args: Sequence[str], name: str) -> tuple[Any, str]:
    """The command that the arguments name, and how it is called in full."""
    command, path = tree, name
    for arg in args:
        inner = getattr(command, "commands", {}).get(arg)
        if inner is None:
            break
        command, path = inner, f"{path} {arg}"
    return command, path


def help_of(command: Any, path: str) -> list[str]:
    """The lines of its help."""
    arguments = [param for param in command.params if is_argument(param)]
    options = [param for param in command.params if not is_argument(param)]
    within = getattr(command, "commands", {})
    lines = [t("usage-line", call=" ".join([path, *_call(arguments, options, within=bool(within))])), "", command.help]
    groups = (
        ("usage-commands", [(name, each.help) for name, each in within.items()]),
        ("usage-arguments", [(place_of(param), _explained(param)) for param in arguments]),
        ("usage-options", [*((_shown(param), _explained(param)) for param in options), (HELP, t("usage-help"))]),
    )
    for title, rows in groups:
        lines += ["", t(title), *_aligned(rows)] if rows else []
    return lines


def _call(arguments: list[Any], options: list[Any], *, within: bool) -> Iterator[str]:
    if within:
        yield t("usage-place-command")
    yield from (place_of(param) for param in arguments)
    yield from (_shown(param) for param in options if param.required)
    if any(not param.required for param in options) or within:
        yield t("usage-place-options")


def _shown(param: Any) -> str:
    return f"{name_of(param)} {place_of(param)}".strip()


def _explained(param: Any) -> str:
    """What it is (which names the words that it takes), whether it is needed, its bounds, what it is if not given."""
    more = [t("usage-needed")] if param.required else []
    if param.min is not None:
        more.append(t("usage-between", first=str(param.min), last=str(param.max)))
    if param.default is not None and param.show_default and not getattr(param, "is_flag", False):
        more.append(t("usage-default", value=str(param.default)))
    return str(param.help) + (t("usage-more", more=t("usage-and").join(more)) if more else "")


def _aligned(rows: list[tuple[str, str]]) -> Iterator[str]:
    width = max((size for name, _ in rows if (size := _width(name)) <= WIDEST), default=0)
    for name, text in rows:
        wide = _width(name) > width
        if wide:
            yield f"  {name}"
        yield f"  {'' if wide else name}{' ' * (width - (0 if wide else _width(name)) + GAP)}{text}"


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
