"""Files that nobody else may read, whole or not at all."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reports.workbooks.sheet import Sheet, write
from bot.reports.workbooks.template import template
from bot.storage.backup import backup
from bot.storage.errors import NotAFile
from bot.storage.files import close_to_others, ours_in, private_folder, put, whole_file
from bot.storage.lock import run_lock
from bot.storage.migrate import migrate
from bot.storage.secrets import load_or_create_key
from tests.support.storage import NOW


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o177], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Every umask that an operator may have."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[tuple[str, int]]:
    """Every file and folder that has not the mode it should have."""
    wrong = set()
    for path in folder.rglob("*"):
        if mode(path) != (0o700 if path.is_dir() else 0o600):
            wrong.add((str(path.relative_to(folder)), mode(path)))
    return wrong


def test_every_writer_makes_private_files_and_folders(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "er" / "data"
    url = f"sqlite:///{data}/ruhu.db"
    load_or_create_key(data)
    migrate(url, backup_dir=None, now=NOW)
    with run_lock(url):
        backup(url, data / "backups" / "copy.db")
    write(data / "export.xlsx", [Sheet("空", (), [])])
    template("roster", data / "template.xlsx")
    put(data / "report.xlsx", b"content")
    assert len(list(data.rglob("*"))) >= 7
    assert modes(tmp_path) == set()


def test_a_file_that_was_open_is_closed_when_it_is_written_anew(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    place.write_bytes(b"old")
    place.chmod(0o666)
    put(place, b"new")
    assert (place.read_bytes(), mode(place)) == (b"new", 0o600)


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    put(place, b"old")
    with pytest.raises(ZeroDivisionError), whole_file(place) as draft:
        draft.write_bytes(bytes(1 // 0))
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]
    assert place.read_bytes() == b"old"


def test_the_longest_file_name_can_be_written(tmp_path: Path) -> None:
    place = tmp_path / ("长" * 83 + ".xlsx")
    put(place, b"content")
    assert place.read_bytes() == b"content"


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe", "device"])
def test_nothing_but_an_ordinary_file_is_ever_replaced(kind: str, tmp_path: Path) -> None:
    place, target = tmp_path / "out.xlsx", tmp_path / "somebody's"
    if kind == "link":
        target.write_bytes(b"precious")
        place.symlink_to(target)
    elif kind == "dangling":
        place.symlink_to(target)
    elif kind == "folder":
        place.mkdir(0o700)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place = Path("/dev/null")
    before = place.lstat()
    for writer in (lambda: put(place, b"x"), lambda: template("roster", place)):
        with pytest.raises(NotAFile):
            writer()
    assert os.path.samestat(place.lstat(), before)
    assert kind != "link" or target.read_bytes() == b"precious"
    assert kind != "dangling" or not target.exists()


def test_what_is_found_open_is_closed_but_not_what_all_share(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    for folder in (data, data / "backups", elsewhere):
        private_folder(folder)
        folder.chmod(0o755)
    (data / "link.xlsx").symlink_to(elsewhere / "other.db")
    files = [data / "data.key", data / "export.xlsx", data / "backups" / "c.db", elsewhere / "ruhu.db-wal"]
    database = elsewhere / "ruhu.db"
    for path in (*files, database, elsewhere / "other.db"):
        path.touch()
        path.chmod(0o664)
    closed = {path for path in ours_in(data, database) if close_to_others(path)}
    assert closed == {data, data / "backups", *files, database}
    assert (mode(elsewhere), mode(elsewhere / "other.db")) == (0o755, 0o664)
    assert not any(close_to_others(path) for path in ours_in(data, database))
    data.chmod(0o1777)
    assert not close_to_others(data)
    assert not close_to_others(Path("/"))
