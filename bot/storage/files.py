"""Files that nobody else may read: made with mode 0600 whatever the umask, whole or not at all (docs/operations.md).

Every file that the program writes is made here. It is written under a random name beside its place and renamed, so that
a kill leaves the old file or the new one. A link at its place is neither followed nor replaced (decision 0018).
"""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.storage.errors import NotAFile

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077
DRAFT = ".ruhu-"
"""How the name of a file begins that is not whole yet."""


def private_folder(folder: Path) -> None:
    """Make `folder`, and what is missing above it, closed to others; one that is there is left as it is."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=FOLDER)
        folder.chmod(FOLDER)  # the mode of mkdir is cut by the umask


@contextmanager
def whole_file(place: Path) -> Iterator[Path]:
    """An empty file to fill, which takes its place when the block ends well; else it is removed and nothing changed.

    Raises NotAFile when there is a link, a device or a folder at `place`.
    """
    check_place(place)
    handle, name = tempfile.mkstemp(prefix=DRAFT, dir=place.absolute().parent)
    draft = Path(name)
    try:
        os.fchmod(handle, FILE)
        os.close(handle)
        yield draft
        _sync(draft)
        draft.replace(place)
        _sync(place.absolute().parent)
    finally:
        draft.unlink(missing_ok=True)


def put(place: Path, content: bytes) -> None:
    """Write a private file whole or not at all; raises NotAFile as `whole_file` does."""
    with whole_file(place) as draft:
        draft.write_bytes(content)


def check_place(place: Path) -> None:
    """Raise NotAFile when something other than an ordinary file stands where a file is to be written."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(place.lstat().st_mode):
            raise NotAFile(f"{place} is no ordinary file")


def create_private(path: Path) -> None:
    """An empty private file where there is none; what is there stays."""
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE)
        os.fchmod(handle, FILE)
        os.close(handle)


def close_to_others(path: Path) -> bool:
    """Take the rights of group and others from a file or folder; True when there were any to take.

    Left alone: links, devices, and a folder that all may share, as /tmp is.
    """
    try:
        mode = path.lstat().st_mode
        folder = stat.S_ISDIR(mode) and not mode & stat.S_ISVTX and path.resolve().parent != path.resolve()
        if not (mode & OTHERS and (folder or stat.S_ISREG(mode))):
            return False
        path.chmod(stat.S_IMODE(mode) & ~OTHERS)
    except OSError:  # a disk that cannot be written: `ruhu doctor` says what is open
        return False
    return True


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in `folder`; tried with one that has no name, or is gone at once."""
    try:
        with tempfile.TemporaryFile(prefix=DRAFT, dir=folder):
            return True
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}


def open_to_others(path: Path) -> bool:
    """Whether group or others may do anything with it; False when it is not there."""
    with suppress(OSError):
        return bool(path.lstat().st_mode & OTHERS) and not path.is_symlink()
    return False


def ours_in(folder: Path, database: Path | None) -> list[Path]:
    """What has to be closed to others: the data folder, its copies, all files in both, the database with its logs."""
    folders = [each for each in (folder, folder / "backups", folder / "exports") if each.is_dir()]
    found = [*folders, *(each for parent in folders for each in sorted(parent.iterdir()) if each.is_file())]
    if database is not None:
        beside = (database.with_name(database.name + end) for end in ("", "-wal", "-shm", "-journal", ".lock"))
        found += [each for each in beside if each.is_file()]
    return list(dict.fromkeys(path.absolute() for path in found))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
