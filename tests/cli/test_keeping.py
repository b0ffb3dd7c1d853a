"""backup, restore, audit verify, migrate, doctor, and one running bot a database."""

import asyncio
import shutil
import signal
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from bot.storage import villages
from bot.storage.lock import run_lock
from bot.storage.transaction import Transaction
from tests.cli.conftest import Shell
from tests.delivery.rig import until
from tests.support import workbooks as books
from tests.support.postgres import PostgresServer


@pytest.fixture
def filled(ruhu: Shell, migrated_file: Path) -> Shell:
    """A database with one household."""
    ruhu.begin_with(migrated_file)
    (ruhu.folder / "r.xlsx").write_bytes(books.roster([books.person()]))
    assert ruhu("import", "roster", "r.xlsx").code == 0
    return ruhu


def people_in(shell: Shell) -> str:
    done = shell("export", "roster", "--out", "out.xlsx")
    assert done.code == 0, done.err
    return done.out.rpartition(",")[2].strip()


def test_a_copy_brings_the_data_back_and_nothing_is_replaced_without_force(filled: Shell) -> None:
    assert filled("backup", "copy.db").code == 0
    assert (filled.folder / "copy.db").stat().st_mode & 0o777 == 0o600
    assert filled("backup", "copy.db").errors == ["文件已经存在;确定要覆盖就加 --force。"]
    more = books.roster([books.person(), books.person("H002", "赵单")])
    (filled.folder / "r.xlsx").write_bytes(more)
    filled("import", "roster", "r.xlsx")
    assert people_in(filled) == "2 行"
    refused = filled("restore", "copy.db")
    assert (refused.code, people_in(filled)) == (1, "2 行")
    assert filled("restore", "copy.db", "--force").code == 0
    assert people_in(filled) == "1 行"
    (filled.folder / "copies").mkdir()
    assert filled("backup", "copies").code == 0
    assert len(list((filled.folder / "copies").glob("ruhu-*-manual.db"))) == 1


def test_a_copy_is_checked_before_it_is_restored(filled: Shell) -> None:
    filled("backup", "copy.db")
    whole = (filled.folder / "copy.db").read_bytes()
    (filled.folder / "text.db").write_bytes(b"no database at all")
    (filled.folder / "torn.db").write_bytes(whole[: len(whole) // 2])
    for name in ("text.db", "torn.db"):
        assert filled("restore", name, "--force").errors == [f"{name}:不是完好的备份,没有恢复。"]
    gone = filled("restore", "nowhere.db", "--force")
    assert (gone.code, gone.errors) == (1, ["nowhere.db:找不到这个备份文件。"])
    other = filled("restore", "copy.db", "--force", BOT_DATA_KEY="11" * 32)
    assert (other.code, other.errors) == (1, ["copy.db:是用另一个数据密钥写的,没有恢复。"])
    (filled.data / "data.key").rename(filled.folder / "kept.key")
    keyless = filled("restore", "copy.db", "--force")
    assert keyless.code == 1
    assert "data.key" in keyless.err
    assert not (filled.data / "data.key").exists()
    assert "fail key" in filled("doctor").out
    lost = filled("staff", "list")
    assert (lost.code, lost.err.partition(":")[0]) == (2, "BOT_DATA_KEY")
    shutil.move(filled.folder / "kept.key", filled.data / "data.key")
    assert people_in(filled) == "1 行"


def test_a_wrong_key_a_broken_file_and_a_newer_schema_are_told_without_a_traceback(filled: Shell) -> None:
    wrong = filled("staff", "list", BOT_DATA_KEY="11" * 32)
    assert (wrong.code, len(wrong.errors), wrong.err.partition(":")[0]) == (2, 1, "BOT_DATA_KEY")
    path = filled.data / "ruhu.db"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = filled("staff", "list")
    assert (newer.code, newer.errors) == (1, ["数据库是更新版本的程序写的,请升级程序。"])
    path.write_bytes(b"garbage" * 1000)
    broken = filled("staff", "list")
    assert (broken.code, broken.errors) == (1, ["数据库文件坏了,或者不是数据库。请用备份恢复。"])
    assert filled("doctor").code == 1


def test_the_doctor_names_a_household_that_cannot_be_read_by_its_code_only(filled: Shell) -> None:
    assert "ok households: 每户的资料都读得出来" in filled("doctor").lines
    with closing(sqlite3.connect(filled.data / "ruhu.db")) as conn, conn:
        conn.execute("UPDATE households SET category = 'nonsense', registered_on = 'gestern'")
    named = next(line for line in filled("doctor").lines if line.startswith("fail households: "))
    assert named.endswith(":H001")
    assert "王老五" not in named
    assert people_in(filled) == "1 行"


def test_the_audit_chain_names_the_first_entry_that_was_changed(filled: Shell) -> None:
    whole = filled("audit", "verify")
    assert (whole.code, whole.out) == (0, "操作记录链完好\n")
    with closing(sqlite3.connect(filled.data / "ruhu.db")) as conn, conn:
        conn.execute("UPDATE audit SET actor = 'staff:9' WHERE id = 1")
    broken = filled("audit", "verify")
    assert (broken.code, broken.errors) == (1, ["操作记录链从第 1 条起被改动过"])
    assert "fail audit: " in filled("doctor").out


def test_restoring_under_a_running_bot_and_a_second_bot_are_refused(filled: Shell) -> None:
    filled("backup", "copy.db")
    with run_lock(filled.database):
        for args in (("run",), ("restore", "copy.db", "--force")):
            done = filled(*args, BOT_TOKEN="1:synthetic", BOT_API_URL="http://127.0.0.1:9")
            assert (done.code, done.errors) == (1, ["机器人已经在这个数据库上运行了。"])
        assert people_in(filled) == "1 行"
        assert filled("backup", "beside.db").code == 0


async def test_a_restore_is_refused_while_another_command_writes(filled: Shell) -> None:
    """An import takes a minute; what it is writing must neither be lost nor land in the restored database unseen."""
    filled("backup", "copy.db")
    entered, leave = threading.Event(), threading.Event()

    def long(tx: Transaction) -> None:
        villages.ensure(tx, "小石村")
        entered.set()
        leave.wait(60)

    writing = asyncio.create_task(filled.write(long))
    await asyncio.to_thread(entered.wait)
    refused = await filled.beside("restore", "copy.db", "--force")
    english = await filled.beside("restore", "copy.db", "--force", BOT_LANGUAGE="en")
    leave.set()
    await writing
    assert (refused.code, refused.errors) == (1, ["还有命令正在写这个数据库,等它做完再试。"])
    assert english.errors == ["A command is writing to this database; try again when it is done."]
    assert await filled.write(lambda tx: len(villages.all_villages(tx))) == 2
    assert (await filled.beside("restore", "copy.db", "--force")).code == 0
    assert await filled.write(lambda tx: len(villages.all_villages(tx))) == 1


async def test_the_bot_runs_until_it_is_told_to_stop(ruhu: Shell, server: SandboxServer) -> None:
    env = ruhu.environment(BOT_TOKEN=server.token, BOT_API_URL=server.root)
    command = (sys.executable, "-m", "bot", "run")
    bot = await asyncio.create_subprocess_exec(*command, cwd=ruhu.folder, env=env, stderr=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(30):
            await until(lambda: bool(server.transcript.counts["getUpdates"]), 30)
            second = await ruhu.beside("run", BOT_TOKEN=server.token, BOT_API_URL=server.root)
            assert (second.code, second.errors) == (1, ["机器人已经在这个数据库上运行了。"])
            bot.send_signal(signal.SIGTERM)
            _, said = await bot.communicate()
        assert bot.returncode == 0, said.decode()
        assert server.token.encode() not in said
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


async def test_a_token_that_telegram_does_not_know_stops_the_start(ruhu: Shell, server: SandboxServer) -> None:
    done = await ruhu.beside("run", BOT_TOKEN="1:unknown", BOT_API_URL=server.root)
    assert done.code == 2
    assert done.errors[-1].startswith("BOT_TOKEN: ")
    assert "1:unknown" not in done.err


async def test_the_doctor_says_ok_or_what_to_do_one_line_a_check_and_changes_nothing(
    filled: Shell, server: SandboxServer, tmp_path: Path
) -> None:
    env = {"BOT_TOKEN": server.token, "BOT_API_URL": server.root}
    done = await filled.beside("doctor", **env)
    assert done.code == 0
    assert done.err == ""
    found = {line.partition(":")[0] for line in done.lines}
    assert {"ok settings", "ok data", "ok key", "ok database", "ok api", "ok people", "ok audit"} <= found
    assert all(line.split()[0] in ("ok", "warn", "fail") for line in done.lines)
    (filled.data / "data.key").chmod(0o644)
    bare = filled("doctor")
    assert {"warn key", "warn api"} <= {line.partition(":")[0] for line in bare.lines}
    assert (filled.data / "data.key").stat().st_mode & 0o777 == 0o644
    away = await filled.beside("doctor", BOT_TOKEN=server.token, BOT_API_URL="http://127.0.0.1:9")
    assert away.code == 1
    assert [line.partition(":")[0] for line in away.lines if line.startswith("fail")] == ["fail api"]
    empty = filled("doctor", BOT_DATA_DIR=str(tmp_path / "fresh"))
    assert (empty.code, (tmp_path / "fresh").exists()) == (0, False)


def test_migrate_says_whether_there_was_something_to_do(ruhu: Shell) -> None:
    first, second = ruhu("migrate"), ruhu("migrate")
    assert (first.code, second.code) == (0, 0)
    assert first.out != second.out


@pytest.mark.postgres
def test_a_shared_database_wants_migrate_first_and_its_own_tools_for_copies(
    ruhu: Shell, postgres_server: PostgresServer
) -> None:
    url = postgres_server.database()
    early = ruhu("staff", "list", BOT_DATABASE_URL=url)
    assert (early.code, early.errors) == (1, ["共享数据库的结构不是这个版本的,请先运行 ruhu migrate。"])
    assert ruhu("migrate", BOT_DATABASE_URL=url).code == 0
    assert ruhu("staff", "list", BOT_DATABASE_URL=url).code == 0
    assert ruhu("backup", "x.db", BOT_DATABASE_URL=url).code == 1
    assert "ok database" in ruhu("doctor", BOT_DATABASE_URL=url).out
