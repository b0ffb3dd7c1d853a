"""The console script: all commands in one tree, their help in the user's language, errors as lines and exit codes."""

import os
import sys
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import Any

import typer

from bot.cli import keeping, people, running, talking, workbooks
from bot.cli.helping import asks_for_help, help_of, named
from bot.cli.problems import explain
from bot.cli.shared import USAGE, say, shout, t
from bot.cli.usage import problem

NAME = "ruhu"


def build() -> Any:
    """The command tree with its help texts."""
    app = typer.Typer(name=NAME, add_completion=False, pretty_exceptions_enable=False)
    for group in (running, workbooks, people, talking, keeping):
        group.add_to(app)
    tree = typer.main.get_command(app)
    _localise(tree)
    return tree


def _localise(tree: Any) -> None:
    """Take every help text from the catalogues."""
    for part, text in helped(tree, NAME):
        part.help = t(text)


def helped(command: Any, path: str) -> Iterator[tuple[Any, str]]:
    """A command, its parameters and its subcommands, each with the id of its help: `cli-<path>-<name>`."""
    yield command, f"cli-{path}"
    for param in command.params:
        yield param, f"cli-{path}-{param.name.replace('_', '-')}"
    for name, each in getattr(command, "commands", {}).items():
        yield from helped(each, name if path == NAME else f"{path}-{name}")


def main(args: Sequence[str]) -> int:
    """Run one command; 0 done, 1 refused and nothing changed, 2 usage or settings (130 interrupted)."""
    os.umask(0o077)  # what a library makes on its own is closed to others too
    _speak_utf8()
    tree = build()
    command, path = named(tree, args, NAME)
    alone = hasattr(command, "commands") and len(args) == path.count(" ")
    try:
        if alone or asks_for_help(args):
            return _help(command, path, USAGE if alone else 0)
        found = tree.main(list(args), prog_name=NAME, standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        shout(t("cli-usage", command=path, problem=problem(error, command)))
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the edge of the program: every error becomes lines and an exit code
        lines, code = explain(error)
        for line in lines:
            shout(line)
        return code
    return found if isinstance(found, int) else 0


def _help(command: Any, path: str, code: int) -> int:
    """Its help; a group of commands alone is wrong usage, and its help says what is missing."""
    for line in help_of(command, path):
        say(line)
    sys.stdout.flush()
    return code


def _speak_utf8() -> None:
    """UTF-8 on every stream whatever the locale says; pipes between programs agree on it."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace" if stream is sys.stderr else "strict")


def _drop_output() -> None:
    """The reader went away (`| head`): what is still buffered must not raise again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
