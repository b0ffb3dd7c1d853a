"""The data key at the command line: never made anew for a database that needs the old one, and named when it is bad."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.postgres import PostgresServer

GONE = "数据密钥不见了。已有的数据库或备份要用它才能打开,请把原来的密钥文件放回这里。"
BROKEN = "不是数据密钥(空的、缺一截,或者是别的文件)。请把原来的密钥文件放回这里。"


def lose_key(ruhu: Shell, **env: str) -> None:
    """Use the database once, then lose the data folder."""
    assert ruhu("staff", "list", **env).code == 0
    shutil.rmtree(ruhu.data)


def assert_told(ruhu: Shell, **env: str) -> None:
    for args in (("staff", "list"), ("import", "income", "nowhere.xlsx"), ("remind", "--dry-run")):
        done = ruhu(*args, **env)
        if args[0] != "import":
            assert (done.code, done.errors) == (2, [f"BOT_DATA_KEY: data/data.key: {GONE}"])
        assert not (ruhu.data / "data.key").exists()
    assert "fail key: data/data.key 不见了" in ruhu("doctor", **env).out
    english = ruhu("staff", "list", BOT_LANGUAGE="en", **env)
    assert english.errors[0].startswith("BOT_DATA_KEY: data/data.key: the data key is gone. ")


def test_no_key_is_made_for_a_database_in_another_folder(ruhu: Shell, tmp_path: Path) -> None:
    env = {"BOT_DATABASE_URL": f"sqlite:///{tmp_path}/other/town.db"}
    lose_key(ruhu, **env)
    assert_told(ruhu, **env)


@pytest.mark.postgres
def test_no_key_is_made_for_a_shared_database_that_has_one(ruhu: Shell, postgres_server: PostgresServer) -> None:
    env = {"BOT_DATABASE_URL": postgres_server.database()}
    assert ruhu("migrate", **env).code == 0
    lose_key(ruhu, **env)
    assert_told(ruhu, **env)


def test_no_key_is_made_when_only_copies_are_left(ruhu: Shell) -> None:
    assert ruhu("staff", "list").code == 0
    (ruhu.data / "backups").mkdir(mode=0o700)
    assert ruhu("backup", "data/backups").code == 0
    for name in ("ruhu.db", "data.key"):
        (ruhu.data / name).unlink()
    assert_told(ruhu)


@pytest.mark.parametrize("written", [b"", b"00ff", b"\x00" * 32, None], ids=["empty", "cut", "raw", "folder"])
def test_a_bad_key_file_is_named_and_left_alone(ruhu: Shell, written: bytes | None) -> None:
    assert ruhu("staff", "list").code == 0
    assert ruhu("backup", "copy.db").code == 0
    key = ruhu.data / "data.key"
    key.unlink()
    if written is None:
        key.mkdir(mode=0o700)
    else:
        key.write_bytes(written)
        key.chmod(0o600)
    for command in ("staff list", "restore copy.db --force", "run"):
        done = ruhu(*command.split(), BOT_TOKEN="1:synthetic")
        assert (done.code, done.errors) == (2, [f"BOT_DATA_KEY: data/data.key: {BROKEN}"])
    assert "fail key: " in ruhu("doctor").out
    assert written is None or key.read_bytes() == written


def test_the_key_of_another_database_is_told(ruhu: Shell, tmp_path: Path) -> None:
    assert ruhu("staff", "list").code == 0
    (ruhu.data / "data.key").write_text("ab" * 32)
    done = ruhu("staff", "list")
    assert (done.code, done.errors) == (2, ["BOT_DATA_KEY: 不是写这个数据库时用的数据密钥,请放回原来的密钥。"])
    assert "fail database: 不是写这个数据库时用的数据密钥" in ruhu("doctor").out


def test_migrating_first_does_not_stand_in_the_way_of_the_first_key(ruhu: Shell) -> None:
    assert ruhu("migrate").code == 0
    assert ruhu("staff", "list").code == 0


def test_two_commands_that_start_at_once_in_an_empty_folder_make_one_key(ruhu: Shell) -> None:
    for _ in range(2):
        shutil.rmtree(ruhu.data, ignore_errors=True)
        command = [sys.executable, "-m", "bot", "staff", "list"]
        env = ruhu.environment()
        both = [subprocess.Popen(command, cwd=ruhu.folder, env=env, stderr=subprocess.PIPE) for _ in range(3)]
        assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0)] * 3
        assert {path.name for path in ruhu.data.glob("*key*")} == {"data.key"}
        assert ruhu("staff", "list").code == 0
