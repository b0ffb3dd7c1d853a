"""Copies: taken while the bot writes, checked before they are restored, rotated."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import meta, villages
from bot.storage.backup import backup, check_copy, copy_name, restore, rotate
from bot.storage.database import Database, Transaction
from bot.storage.errors import Broken, Exists, InUse, NewerSchema, StorageError, WrongKey
from bot.storage.migrations import HEAD
from bot.storage.secrets import Secrets
from tests.support.storage import NOW, SECRETS


def _names(tx: Transaction) -> list[str]:
    return [village.name for village in villages.all_villages(tx)]


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def _names_in(path: Path) -> list[str]:
    async with await Database.open(f"sqlite:///{path}", SECRETS) as database:
        return await database.read(_names)


@pytest.fixture
async def copy(db: Database, database_url: str, tmp_path: Path) -> Path:
    """A copy of a database with one village."""
    await db.write(lambda tx: villages.ensure(tx, "大石村"))
    return await asyncio.to_thread(backup, database_url, tmp_path / "copies" / "copy.db")


async def test_a_copy_taken_while_the_bot_writes_is_a_whole_state(
    db: Database, database_url: str, tmp_path: Path
) -> None:
    def write(tx: Transaction) -> None:
        for key in ("left", "right"):
            meta.put(tx, key, str(int(meta.get(tx, key) or "0") + 1))

    await db.write(write)
    writing = asyncio.create_task(_repeat(db, write, 30))
    copies = [await asyncio.to_thread(backup, database_url, tmp_path / f"{n}.db") for n in range(3)]
    await writing
    for path in copies:
        async with await Database.open(f"sqlite:///{path}", SECRETS) as database:
            assert await database.read(lambda tx: meta.get(tx, "left") == meta.get(tx, "right") is not None)


async def _repeat(db: Database, work: object, times: int) -> None:
    for _ in range(times):
        await db.write(work)  # type: ignore[arg-type]


def test_a_copy_is_one_file_closed_to_others(copy: Path) -> None:
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert check_copy(copy, SECRETS) == HEAD
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]


def test_a_copy_does_not_replace_a_file_without_force(copy: Path, database_url: str) -> None:
    before = copy.read_bytes()
    with pytest.raises(Exists):
        backup(database_url, copy)
    assert copy.read_bytes() == before
    backup(database_url, copy, force=True)


async def test_a_restored_copy_is_the_database_as_it_was(
    copy: Path, db: Database, database_url: str, database_file: Path
) -> None:
    """What was still in the log of the old database must not come back."""
    await db.write(lambda tx: villages.ensure(tx, "小石村"))
    await db.close()
    restore(copy, database_url, force=True, secrets=SECRETS)
    assert await _names_in(database_file) == ["大石村"]
    assert _mode(database_file) == 0o600


async def test_a_log_left_by_a_crash_is_not_replayed_into_the_restored_copy(
    copy: Path, db: Database, database_url: str, database_file: Path, tmp_path: Path
) -> None:
    await db.write(lambda tx: villages.ensure(tx, "小石村"))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{database_file}{ending}", crashed / f"ruhu.db{ending}")
    restore(copy, f"sqlite:///{crashed}/ruhu.db", force=True, secrets=SECRETS)
    assert await _names_in(crashed / "ruhu.db") == ["大石村"]


async def test_a_database_is_not_replaced_without_force(copy: Path, database_url: str, database_file: Path) -> None:
    with pytest.raises(Exists):
        restore(copy, database_url, secrets=SECRETS)
    assert await _names_in(database_file) == ["大石村"]


async def test_a_copy_is_restored_where_there_was_nothing(copy: Path, tmp_path: Path) -> None:
    restore(copy, f"sqlite:///{tmp_path}/new/ruhu.db", secrets=SECRETS)
    assert await _names_in(tmp_path / "new" / "ruhu.db") == ["大石村"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20000] = b"\x5a" * 20000
    path.write_bytes(data)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])


def _foreign(path: Path) -> None:
    path.unlink()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE somebody (elses INTEGER)")
    conn.close()


def _text(path: Path) -> None:
    path.write_text("not a database at all " * 100, encoding="utf-8")


@pytest.mark.parametrize("spoil", [_damaged, _truncated, _foreign, _text, Path.unlink])
async def test_a_damaged_copy_is_refused_even_with_force(
    spoil: object, copy: Path, database_url: str, database_file: Path
) -> None:
    spoil(copy)  # type: ignore[operator]
    with pytest.raises(Broken):
        restore(copy, database_url, force=True, secrets=SECRETS)
    assert await _names_in(database_file) == ["大石村"]


async def test_a_copy_of_a_newer_program_is_refused(copy: Path, database_url: str) -> None:
    conn = sqlite3.connect(copy)
    conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.commit()
    conn.close()
    with pytest.raises(NewerSchema):
        restore(copy, database_url, force=True, secrets=SECRETS)


async def test_a_copy_written_with_another_key_is_refused(copy: Path, database_url: str) -> None:
    with pytest.raises(WrongKey):
        restore(copy, database_url, force=True, secrets=Secrets(bytes(32)))


async def test_a_restore_is_refused_while_a_command_writes_and_reading_is_none_of_its_business(
    copy: Path, db: Database, database_url: str, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.backup.IN_USE_SECONDS", 0.1)
    entered, leave = threading.Event(), threading.Event()

    def long(tx: Transaction) -> None:
        villages.ensure(tx, "小石村")
        entered.set()
        leave.wait(20)

    writing = asyncio.create_task(db.write(long))
    await asyncio.to_thread(entered.wait)
    with pytest.raises(InUse):
        await asyncio.to_thread(restore, copy, database_url, force=True, secrets=SECRETS)
    leave.set()
    await writing
    assert await db.read(_names) == ["大石村", "小石村"]
    await asyncio.to_thread(restore, copy, database_url, force=True, secrets=SECRETS)
    assert await db.read(_names) == ["大石村"], "a connection that was open sees the restored database"
    await db.write(lambda tx: villages.ensure(tx, "新村"))
    await db.close()
    assert await _names_in(database_file) == ["大石村", "新村"]


RESTORE = """
import sys
from pathlib import Path
from bot.storage.backup import restore
print("ready", flush=True)
sys.stdin.readline()
restore(Path(sys.argv[1]), sys.argv[2], force=True)
print("done", flush=True)
"""


def _killed_after(seconds: float, arguments: list[str]) -> None:
    """Restore in a process that is killed so long after it began."""
    command = [sys.executable, "-c", RESTORE, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        time.sleep(seconds)
        process.kill()


async def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(
    copy: Path, db: Database, database_url: str, database_file: Path
) -> None:
    """Killed later and later, until one comes through; the copy is large enough to be caught in the middle."""
    await db.write(lambda tx: [meta.put(tx, f"filler-{n}", "x" * 2000) for n in range(5000)])
    large = backup(database_url, copy.parent / "large.db")
    seen = set()
    for wait in range(40):
        await db.write(lambda tx: villages.ensure(tx, "小石村"))
        await db.write(lambda tx: meta.put(tx, "filler-0", "old"))
        await asyncio.to_thread(_killed_after, wait * 0.02, [str(large), database_url])
        with closing(sqlite3.connect(database_file)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        state = await db.read(lambda tx: (tuple(_names(tx)), meta.get(tx, "filler-0") == "old"))
        assert state in {(("大石村", "小石村"), True), (("大石村",), False)}
        seen.add(state)
        if len(seen) == 2 and wait > 10:
            break
    assert len(seen) == 2


async def test_a_damaged_database_is_replaced_with_its_log(copy: Path, db: Database, database_file: Path) -> None:
    await db.write(lambda tx: villages.ensure(tx, "小石村"))
    await db.close()
    _text(database_file)
    _text(database_file.with_name("ruhu.db-wal"))
    restore(copy, f"sqlite:///{database_file}", force=True, secrets=SECRETS)
    assert await _names_in(database_file) == ["大石村"]


def test_a_shared_database_is_not_copied_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        backup("postgresql://somebody@somewhere/ruhu", tmp_path / "copy.db")


def test_rotation_keeps_the_newest_of_its_kind_and_leaves_other_files(tmp_path: Path) -> None:
    days = [NOW + timedelta(days=n) for n in range(5)]
    for day in days:
        (tmp_path / copy_name(day)).touch()
    others = [copy_name(NOW, "before-0002"), "notes.txt", "data.key"]
    for name in others:
        (tmp_path / name).touch()
    assert {path.name for path in rotate(tmp_path, keep=3)} == {copy_name(day) for day in days[:2]}
    assert {path.name for path in tmp_path.iterdir()} == {*others, *(copy_name(day) for day in days[2:])}


def test_the_name_of_a_copy_tells_its_moment() -> None:
    assert copy_name(datetime(2024, 3, 15, 8, 30)) == "ruhu-20240315-083000-daily.db"  # noqa: DTZ001 -- only printed
