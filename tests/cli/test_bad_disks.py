"""A folder that cannot be written, a disk that fills up: one plain line, nothing changed, nothing half."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage.backup import check_copy
from tests.cli.conftest import Shell
from tests.support import workbooks as books

READ_ONLY = "数据库不能写(权限,或磁盘只读),什么都没有改。"
FULL = "磁盘满了,或写不进去,什么都没有改。"
BOT = {"BOT_TOKEN": "1:synthetic", "BOT_API_URL": "http://127.0.0.1:9"}


@pytest.fixture
def filled(ruhu: Shell, migrated_file: Path) -> Shell:
    """A database with two households, a copy of it, and workbooks that would change it."""
    ruhu.begin_with(migrated_file)
    (ruhu.folder / "r.xlsx").write_bytes(books.roster([books.person(), books.person("H002", "赵单")]))
    (ruhu.folder / "more.xlsx").write_bytes(books.roster([books.person("H003", "钱大")]))
    (ruhu.folder / "i.xlsx").write_bytes(books.income([books.entry()]))
    assert ruhu("import", "roster", "r.xlsx").code == 0
    assert ruhu("backup", "copy.db").code == 0
    return ruhu


@contextmanager
def read_only(shell: Shell, *, files: int, logs: bool) -> Iterator[None]:
    """The data folder as it is on a disk mounted read-only, or with wrong rights."""
    if not logs:
        for end in ("-wal", "-shm"):
            (shell.data / f"ruhu.db{end}").unlink(missing_ok=True)
    for path in shell.data.iterdir():
        path.chmod(files)
    shell.data.chmod(0o500)
    shell.bound = True
    try:
        yield
    finally:
        shell.data.chmod(0o700)


@pytest.mark.parametrize("logs", [True, False], ids=["with logs", "without logs"])
@pytest.mark.parametrize("files", [0o600, 0o400], ids=oct)
def test_every_command_says_plainly_that_the_folder_cannot_be_written_or_does_its_work(
    filled: Shell, files: int, logs: bool
) -> None:
    before = (filled.data / "ruhu.db").read_bytes()
    changing = ["staff invite --role town --name 张三", "import roster more.xlsx", "import income i.xlsx", "run"]
    reading = ["staff list", "export roster --out o.xlsx", "backup b.db", "audit verify", "remind --dry-run", "migrate"]
    with read_only(filled, files=files, logs=logs):
        for command in [*changing, *reading, "restore copy.db --force", "template roster --out t.xlsx"]:
            done = filled(*command.split(), **BOT)
            assert done.code in {0, 1}, (command, done.err)
            assert len(done.errors) == done.code, (command, done.err)
            if done.code:
                assert done.errors[0] == READ_ONLY or done.errors[0].endswith("没有权限"), (command, done.err)
            elif command in changing:
                assert files == 0o600
                assert logs
        doctor = filled("doctor", **BOT)
        assert "fail data: data 不能写(权限,或磁盘只读),机器人不能运行" in doctor.lines
    filled.bound = False
    assert files == 0o600 or (filled.data / "ruhu.db").read_bytes() == before
    assert filled("staff", "list").code == 0


def test_a_data_folder_that_cannot_be_made_names_the_setting(ruhu: Shell) -> None:
    closed = ruhu.folder / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    ruhu.bound = True
    for command in ("staff list", "migrate", "run"):
        done = ruhu(*command.split(), BOT_DATA_DIR="closed/data", **BOT)
        assert (done.code, done.errors) == (2, ["BOT_DATA_DIR: 不能建立这个目录(没有权限)"]), command
    english = ruhu("staff", "list", BOT_DATA_DIR="closed/data", BOT_LANGUAGE="en")
    assert english.errors == ["BOT_DATA_DIR: this folder cannot be made (no permission)"]


@pytest.fixture(params=["limit", "disk"])
def small(request: pytest.FixtureRequest, filled: Shell) -> Iterator[Path]:
    """A folder that takes little: a small disk where one may be mounted, in any case by a limit of the process."""
    folder = filled.folder / "small"
    folder.mkdir(mode=0o700)
    size = "size=20k"
    mounting = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    mounted = request.param == "disk" and subprocess.run(mounting, check=False, capture_output=True).returncode == 0
    if not mounted:
        filled.largest = 40_000
    yield folder
    filled.largest = None
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_the_old_one(filled: Shell, small: Path) -> None:
    large = [books.person(f"H{number:04d}", "王老五", 证件号码=books.id_number(number)) for number in range(900)]
    (filled.folder / "large.xlsx").write_bytes(books.roster(large))
    limit, filled.largest = filled.largest, None
    assert filled("import", "roster", "large.xlsx").code == 0
    filled.largest = limit
    for name in ("out.xlsx", "b.db"):
        (small / name).write_bytes(b"old")
    for command in ("export roster --out small/out.xlsx", "backup small/b.db --force"):
        done = filled(*command.split())
        assert (done.code, done.errors) == (1, [FULL]), command
    assert {path.name: path.read_bytes() for path in small.iterdir()} == {"out.xlsx": b"old", "b.db": b"old"}


def test_a_disk_that_is_full_in_the_middle_of_an_import_or_restore_changes_nothing(filled: Shell) -> None:
    large = [books.person(f"H{number:04d}", "王老五", 证件号码=books.id_number(number)) for number in range(900)]
    (filled.folder / "large.xlsx").write_bytes(books.roster(large))
    shutil.copytree(filled.data, filled.folder / "other")
    other = {"BOT_DATA_DIR": "other"}
    assert filled("import", "roster", "large.xlsx", **other).code == 0
    assert filled("backup", "large.db", **other).code == 0
    filled.largest = (filled.data / "ruhu.db").stat().st_size + 50_000
    for command in ("import roster large.xlsx", "restore large.db --force"):
        done = filled(*command.split())
        assert (done.code, done.errors) == (1, [FULL]), command
    filled.largest = None
    assert filled("export", "roster", "--out", "o.xlsx").out.endswith("2 行\n")
    assert filled("backup", "after.db").code == 0
    assert check_copy(filled.folder / "after.db", None)
