"""Every error that a command may meet, as lines for a person and an exit code; never a traceback."""

import errno
import os
import sys
import traceback
from pathlib import Path

from bot.cli.shared import REFUSED, USAGE, Stop, setting_line, t

Told = tuple[list[str], int]
DEFECT = 70
"""Exit code of a mistake of ours, as sysexits.h has it; whether something changed is not known."""


def explain(error: BaseException) -> Told:
    """Lines and exit code: 2 where a setting has to change, 1 where what was given was refused."""
    if isinstance(error, Stop):
        return list(error.lines), error.code
    return _expected(error) or _telegram(error) or _file(error) or _defect(error)


def _expected(error: BaseException) -> Told | None:
    """Refusals of ours; imported only now, since whatever raised them has been loaded."""
    from bot.domain.errors import Refused
    from bot.domain.policy import PolicyError
    from bot.settings import SettingsError
    from bot.storage.errors import KeyTrouble, MigrationFailed, StorageError, WrongKey

    if isinstance(error, MigrationFailed):
        _for_developers(error)
    if isinstance(error, SettingsError):
        return [setting_line(problem) for problem in error.problems], USAGE
    if isinstance(error, PolicyError):
        return [f"BOT_POLICY: {problem}" for problem in error.problems], USAGE
    if isinstance(error, Refused):
        return [t(f"refused-{error.code}", **{key: str(value) for key, value in error.details.items()})], REFUSED
    if isinstance(error, WrongKey):
        file = f"{error.file}: " if isinstance(error, KeyTrouble) else ""
        return [f"BOT_DATA_KEY: {file}{t(f'storage-{error.code}')}"], USAGE
    return ([t(f"storage-{error.code}")], REFUSED) if isinstance(error, StorageError) else None


def _telegram(error: BaseException) -> Told | None:
    module = sys.modules.get("telegram.error")
    if module is None or not isinstance(error, module.TelegramError):
        return None
    if isinstance(error, module.InvalidToken):
        return [f"BOT_TOKEN: {t('cli-setting-token')}"], USAGE
    return [t("cli-telegram", problem=type(error).__name__)], REFUSED


def _file(error: BaseException) -> Told | None:
    """What the operating system refused: the file and its words for why."""
    if not isinstance(error, OSError):
        return None
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return [t("storage-full")], REFUSED
    return [t("cli-file", file=str(error.filename or "-"), problem=reason(error))], REFUSED


def reason(error: OSError) -> str:
    """Why the operating system refused, in the user's language where it is something that a person can change."""
    name = _REASONS.get(error.errno or 0)
    if name is not None:
        return t(f"cli-os-{name}")
    return os.strerror(error.errno) if error.errno else type(error).__name__


_REASONS = {
    errno.EACCES: "rights",
    errno.EPERM: "rights",
    errno.EROFS: "read-only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no-folder",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "long",
    errno.ELOOP: "link",
    errno.EIO: "disk",
}


def _defect(error: BaseException) -> Told:
    """Kind and place, never the message, which may quote personal data; everything under BOT_LOG_LEVEL=DEBUG."""
    _for_developers(error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"
    return [t("cli-defect", kind=type(error).__name__, place=place)], DEFECT


def _for_developers(error: BaseException) -> None:
    if os.environ.get("BOT_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)
