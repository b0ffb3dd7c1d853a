"""Wrong usage of every kind, of every command, and every help page, in the user's language whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.cli.app import NAME, build
from bot.cli.parameters import choices_of, is_argument
from bot.texts import LANGUAGES
from tests.cli.conftest import Shell

ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile("[\u4e00-\u9fff]")
Case = tuple[tuple[str, ...], str]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*path, name))


COMMANDS = list(commands(build()))


def good(param: Any) -> str:
    """A value that passes."""
    choices = choices_of(param)
    return choices[0] if choices else str(param.min or "x.xlsx")


def bad(param: Any) -> str | None:
    """A value that does not pass; None where any text does."""
    if choices_of(param) or param.min is not None or param.metavar in {"YYYY-MM-DD", "ISO"}:
        return "salaries"
    return "/" if param.type_descriptor.is_path and not param.type_descriptor.parameter_info.dir_okay else None


def complete(command: Any, *but: Any) -> list[str]:
    """Everything that is needed but these parameters."""
    words: list[str] = []
    for param in command.params:
        if param.required and param not in but:
            words += [good(param)] if is_argument(param) else [max(param.opts, key=len), good(param)]
    return words


def wrong(path: tuple[str, ...], command: Any) -> Iterator[Case]:
    """Every kind of wrong usage of one command, with the word that must be named."""
    yield (*path, "--bogus"), "--bogus"
    if hasattr(command, "commands"):
        yield (*path, "bogus"), "bogus"
        return
    yield (*path, *complete(command), "surplus"), "surplus"
    for param in command.params:
        option = max(param.opts, key=len)
        if param.required and not (is_argument(param) and param is not last_argument(command)):
            yield (*path, *complete(command, param)), "" if is_argument(param) else option
        if not is_argument(param):
            yield from ([((*path, f"{option}=1"), option)] if param.is_flag else [((*path, option), option)])
        value = bad(param)
        if value and is_argument(param):
            yield (*path, value, *complete(command, param)), value
        elif value:
            yield (*path, *complete(command, param), option, value), option


def last_argument(command: Any) -> Any:
    return [param for param in command.params if is_argument(param)][-1]


CASES = [case for path, command in COMMANDS for case in wrong(path, command)]


def own_words() -> set[str]:
    """What stays as it is in either language: names of commands and options, words that are taken, given values."""
    words = {NAME, "salaries", "surplus", "bogus", "xlsx", "help", "T08"}
    for path, command in COMMANDS:
        words |= set(path)
        for param in command.params:
            words |= {*choices_of(param), *(part for opt in param.opts for part in opt.strip("-").split("-"))}
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wrong_usage_is_one_line_in_one_language(ruhu: Shell, language: str) -> None:
    known = own_words()
    assert len(CASES) > 80
    for args, named in CASES:
        done = ruhu(*args, BOT_LANGUAGE=language)
        assert (done.code, done.out, len(done.errors)) == (2, "", 1), args
        assert named in done.err, args
        if language == "zh":
            assert set(ENGLISH.findall(done.err)) <= known, (args, done.err)
            assert done.err.startswith(" ".join([NAME, *[word for word in args if word in known]])[:4])
        else:
            assert CHINESE.findall(done.err) == [], (args, done.err)
    assert not ruhu.data.exists()


LIBRARY = ("Usage", "Error", "Options", "Arguments", "Commands", "OPTIONS", "COMMAND", "ARGS", "TEXT", "INTEGER",
           "Show this", "required", "default", "No such", "Missing", "Invalid", "bool", "range")  # fmt: skip


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_help_page_speaks_one_language_and_names_everything(ruhu: Shell, path: tuple[str, ...]) -> None:
    command = dict(COMMANDS)[path]
    chinese, english = (ruhu(*path, "--help", BOT_LANGUAGE=language) for language in LANGUAGES)
    assert (chinese.code, chinese.err, english.code, english.err) == (0, "", 0, "")
    assert [word for word in LIBRARY if word in chinese.out] == []
    assert CHINESE.findall(english.out) == []
    for page in (chinese.out, english.out):
        for param in command.params:
            assert is_argument(param) or max(param.opts, key=len) in page
            assert [choice for choice in choices_of(param) if choice not in page] == []
        assert [name for name in getattr(command, "commands", {}) if name not in page] == []


def test_a_slip_of_the_keyboard_is_told_what_was_meant(ruhu: Shell) -> None:
    assert "是不是 export" in ruhu("exprot").err
    assert "是不是 --out" in ruhu("export", "roster", "--otu", "x.xlsx").err


def test_a_given_word_cannot_draw_on_the_terminal(ruhu: Shell) -> None:
    done = ruhu("export", "\x1b[31mred", "--out", "x.xlsx")
    assert len(done.errors) == 1
    assert "\x1b" not in done.err
