"""What every command shares: settings, language, lines on standard output and error."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import dotenv_values

from bot.texts import LANGUAGES, texts

if TYPE_CHECKING:
    from bot.settings import Settings

REFUSED, USAGE = 1, 2


class Stop(Exception):
    """The command ends here: one line each on standard error, then the exit code."""

    def __init__(self, *lines: str, code: int = REFUSED) -> None:
        super().__init__("\n".join(lines))
        self.lines, self.code = lines, code


@cache
def settings() -> "Settings":
    """The settings, read once; raises SettingsError with every problem that shows without opening anything."""
    from bot.settings import SettingsError, load

    found = load()
    problems = _more_problems(found)
    if problems:
        raise SettingsError(problems)
    return found


def _more_problems(found: "Settings") -> list[str]:
    """Values that only the storage can judge."""
    problems = []
    if found.data_key is not None or found.database_url is not None:
        from bot.storage.errors import WrongKey
        from bot.storage.secrets import parse_key
        from bot.storage.urls import parse_url

        try:
            parse_key(found.data_key.get_secret_value() if found.data_key else "00" * 32)
        except WrongKey:
            problems.append(f"BOT_DATA_KEY: {t('cli-setting-key')}")
        try:
            parse_url(found.database)
        except ValueError:
            problems.append(f"BOT_DATABASE_URL: {t('cli-setting-database')}")
    return problems


def settings_to_serve() -> "Settings":
    """The settings for talking to Telegram: every problem at once, the missing token and the packs among them."""
    from bot.policies import PolicyError
    from bot.policies import load as load_policies
    from bot.settings import SettingsError, need_token

    found = settings()
    problems: list[str] = []
    for check in (lambda: need_token(found), lambda: load_policies(found.policy)):
        try:
            check()
        except SettingsError as error:
            problems += error.problems
        except PolicyError as error:
            problems += [f"BOT_POLICY: {problem}" for problem in error.problems]
    if problems:
        raise SettingsError(problems)
    return found


def setting_line(problem: str) -> str:
    """A problem of the settings in words: the variable, and what is expected of it."""
    from bot.settings import PROBLEMS

    variable, _, code = problem.partition(": ")
    return f"{variable}: {t(f'cli-setting-{code}')}" if code in PROBLEMS else problem


@cache
def language() -> str:
    """BOT_LANGUAGE alone, read without the rest of the settings, for help and for saying what is wrong with them."""
    try:
        said = os.environ.get("BOT_LANGUAGE") or dotenv_values(".env").get("BOT_LANGUAGE")
    except UnicodeDecodeError:  # the settings themselves say so
        said = None
    return said if said in LANGUAGES else "zh"


def t(text: str, /, **args: str | int) -> str:
    """The text of this id in the language of the settings."""
    return texts.get(language(), text, **args)


def say(line: str) -> None:
    """One line on standard output; what is no UTF-8 in a file's name is shown as such."""
    sys.stdout.write(line.encode("utf-8", "surrogateescape").decode("utf-8", "replace") + "\n")


def shout(line: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"{line}\n")


def check_target(path: Path | None) -> None:
    """Raise Stop or NotAFile when a file cannot be written in this place; better before the work than after it."""
    if path is None:
        return
    if not path.absolute().parent.is_dir():
        raise Stop(t("cli-no-folder", file=str(path)))
    from bot.storage.files import check_place

    check_place(path)
