"""What is wrong with how a command was called, in the user's language whole.

The library's messages are English; its errors are told by their kind and by what they are about, never by their words.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from bot.cli.parameters import choices_of, expected, listed, name_of, one_of
from bot.cli.shared import t
from bot.domain import wellformed

LONGEST = 60
"""Characters of a given word that are shown."""
_QUOTED = re.compile(r"'([^']{1,500})'|\"([^\"]{1,500})\"")
_IN_BRACKETS = re.compile(r"\(([^()]{1,500})\)")


def problem(error: Any, command: Any) -> str:
    """One sentence about an error of usage, with what would be right."""
    return _TELLERS.get(type(error).__name__, _other)(error, command)


def _no_option(error: Any, command: Any) -> str:
    known = [opt for param in command.params for opt in param.opts if opt.startswith("-")]
    return t("usage-no-option", name=_shown(error.option_name)) + _perhaps(error.option_name, [*known, "--help"])


def _missing(error: Any, _command: Any) -> str:
    if error.param is None:
        return t("usage-other")
    choices = choices_of(error.param)
    more = t("usage-comma", more=one_of(choices)) if choices else ""
    return t("usage-missing", what=name_of(error.param)) + more


def _bad_value(error: Any, _command: Any) -> str:
    if error.param is None:
        return t("usage-other")
    said = _given(error)
    what = {"what": name_of(error.param), "expected": expected(error.param)}
    return t("usage-bad-value", value=_shown(said), **what) if said else t("usage-bad", **what)


def _given(error: Any) -> str:
    """The value that was given, as far as the library tells it."""
    cause = error.__cause__
    if cause is not None and hasattr(cause, "errors"):
        return str(cause.errors()[0].get("input", ""))
    return _quoted(error.message)


def _option(error: Any, command: Any) -> str:
    param = next((each for each in command.params if error.option_name in each.opts), None)
    if param is None:
        return t("usage-other")
    if getattr(param, "is_flag", False):
        return t("usage-switch", what=name_of(param))
    return t("usage-no-value", what=name_of(param), expected=expected(param))


def _words(error: Any, command: Any) -> str:
    """A command that is not there or missing; words that no argument takes."""
    known = list(getattr(command, "commands", {}))
    if known:
        name = _quoted(error.message)
        wrong = t("usage-no-command", name=_shown(name)) if name else t("usage-command-missing")
        return wrong + (_perhaps(name, known) or t("usage-comma", more=one_of(known)))
    extra = _IN_BRACKETS.search(error.message.partition(" ")[2])
    return t("usage-too-many", words=_shown(error.message.rpartition("(")[2].rstrip(").") if extra else ""))


def _other(_error: Any, _command: Any) -> str:
    return t("usage-other")


def _perhaps(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3) or [each for each in known if len(name) > 3 and each.startswith(name)]
    return t("usage-comma", more=t("usage-perhaps", words=listed(near))) if near else ""


def _quoted(message: str) -> str:
    found = _QUOTED.search(message)
    return (found[1] or found[2]) if found else ""


def _shown(word: str) -> str:
    text = wellformed.line(word)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


_TELLERS: dict[str, Callable[[Any, Any], str]] = {
    "NoSuchOption": _no_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "BadOptionUsage": _option,
    "BadArgumentUsage": _other,
    "UsageError": _words,
}
