"""What a command's parameters are called and take, in words: for its help and for errors of usage."""

from collections.abc import Iterable
from typing import Any

from bot.cli.shared import t

PLACES = {
    "YYYY-MM-DD": "day", "ISO": "moment", "F": "file", "V": "village", "Y": "year", "TEXT": "text", "DEST": "copy",
    "SRC": "copy", "NAME|ID": "person", "FROM": "giver", "TO": "taker", "kind": "kind", "book": "kind", "role": "role",
}  # fmt: skip
"""Placeholders, or names of parameters, with what they are called (`usage-place-…`); others stay as they are."""


def is_argument(param: Any) -> bool:
    """Whether it goes without a name before it."""
    return bool(param.param_type_name == "argument")


def name_of(param: Any) -> str:
    """How a person finds it again: `--out`, or what the argument is called."""
    return place_of(param) if is_argument(param) else max(param.opts, key=len)


def place_of(param: Any) -> str:
    """What stands for its value: `F.xlsx`, 村; empty for a switch."""
    if getattr(param, "is_flag", False):
        return ""
    written = str(param.metavar or param.name)
    if written in PLACES:
        return t(f"usage-place-{PLACES[written]}")
    if param.metavar is not None:
        return written
    return t("usage-place-folder" if param.type_descriptor.is_path else "usage-place-number")


def one_of(words: Iterable[str]) -> str:
    """What may be written."""
    return t("usage-one-of", words=listed(words))


def listed(words: Iterable[str]) -> str:
    """Words one after the other."""
    return t("usage-separator").join(words)


def choices_of(param: Any) -> tuple[str, ...]:
    """The words that it takes; empty when it takes others."""
    return tuple(str(getattr(choice, "value", choice)) for choice in param.type_descriptor.choices or ())


def expected(param: Any) -> str:
    """What would be right, as a sentence without its end."""
    choices, info = choices_of(param), _info(param)
    if choices:
        return one_of(choices)
    if param.min is not None or param.max is not None:
        return t("usage-between", first=str(param.min), last=str(param.max))
    if param.metavar in {"YYYY-MM-DD", "ISO"}:
        return t("usage-day" if param.metavar == "YYYY-MM-DD" else "usage-moment")
    if param.type_descriptor.is_path:
        return t("usage-file" if not info.dir_okay else "usage-folder")
    return str(param.help or "")


def _info(param: Any) -> Any:
    return param.type_descriptor.parameter_info
