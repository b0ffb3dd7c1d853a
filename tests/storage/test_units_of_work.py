"""Units of work: all or nothing, one writer, readers that see whole states."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import meta, villages
from bot.storage.database import Database, Transaction
from bot.storage.errors import Broken, Busy, Conflict, Full, ReadOnly, Unreachable, WrongKey
from bot.storage.schema import villages as table
from bot.storage.secrets import Secrets
from tests.support.storage import SECRETS


def _names(tx: Transaction) -> list[str]:
    return [village.name for village in villages.all_villages(tx)]


async def test_what_a_work_wrote_is_there_when_it_returns(any_db: Database) -> None:
    village = await any_db.write(lambda tx: villages.ensure(tx, "大石村"))
    assert village.name == "大石村"
    assert await any_db.read(_names) == ["大石村"]


async def test_what_a_work_wrote_is_gone_when_it_raises(any_db: Database) -> None:
    def work(tx: Transaction) -> None:
        villages.ensure(tx, "大石村")
        raise LookupError("no")

    with pytest.raises(LookupError):
        await any_db.write(work)
    assert await any_db.read(_names) == []
    await any_db.write(lambda tx: villages.ensure(tx, "小石村"))
    assert await any_db.read(_names) == ["小石村"]


async def test_callbacks_run_on_the_loop_after_the_commit_and_not_after_a_rollback(any_db: Database) -> None:
    seen: list[tuple[str, bool]] = []

    def note(name: str) -> None:
        seen.append((name, threading.current_thread() is threading.main_thread()))

    def good(tx: Transaction) -> None:
        tx.on_commit.append(lambda: note("good"))
        assert threading.current_thread() is not threading.main_thread()

    def bad(tx: Transaction) -> None:
        tx.on_commit.append(lambda: note("bad"))
        raise LookupError

    await any_db.write(good)
    with pytest.raises(LookupError):
        await any_db.write(bad)
    assert seen == [("good", True)]


async def test_a_cancelled_caller_neither_stops_the_work_nor_its_callbacks(db: Database) -> None:
    started, go = threading.Event(), threading.Event()
    woken: list[bool] = []

    def work(tx: Transaction) -> None:
        started.set()
        go.wait(5)
        villages.ensure(tx, "大石村")
        tx.on_commit.append(lambda: woken.append(True))

    task = asyncio.create_task(db.write(work))
    await asyncio.to_thread(started.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    await db.write(lambda tx: None)
    assert await db.read(_names) == ["大石村"]
    assert woken == [True]


async def test_read_modify_write_is_safe_beside_others(any_db: Database, any_url: str) -> None:
    """Forty increments by two connections lose none."""
    async with await Database.open(any_url, SECRETS) as other:
        work = [each.write(lambda tx: meta.count_up(tx, "n")) for each in (any_db, other) * 20]
        numbers = await asyncio.gather(*work)
    assert sorted(numbers) == list(range(1, 41))


async def test_a_reader_never_sees_half_a_write(any_db: Database) -> None:
    """Two rows are always written together; no reader finds them apart, even between two of its own queries."""
    stop = asyncio.Event()

    def write(tx: Transaction) -> None:
        meta.put(tx, "left", str(int(meta.get(tx, "left") or "0") + 1))
        meta.put(tx, "right", str(int(meta.get(tx, "right") or "0") + 1))

    async def writing() -> None:
        for _ in range(60):
            await any_db.write(write)
        stop.set()

    async def reading() -> int:
        seen = 0
        while not stop.is_set():
            left, right = await any_db.read(lambda tx: (meta.get(tx, "left"), meta.get(tx, "right")))
            assert left == right
            seen += 1
        return seen

    _, *counts = await asyncio.gather(writing(), reading(), reading())
    assert sum(counts) > 0


async def test_a_reader_cannot_write(any_db: Database) -> None:
    with pytest.raises(ReadOnly):
        await any_db.read(lambda tx: villages.ensure(tx, "大石村"))
    assert await any_db.read(_names) == []


async def test_a_rule_of_the_database_is_told_as_a_conflict(any_db: Database) -> None:
    await any_db.write(lambda tx: villages.ensure(tx, "大石村"))
    with pytest.raises(Conflict) as caught:
        await any_db.write(lambda tx: tx.conn.execute(table.insert().values(name="大石村")))
    assert "大石村" not in str(caught.value)


async def test_a_reference_to_nothing_is_refused(any_db: Database) -> None:
    with pytest.raises(Conflict):
        await any_db.write(lambda tx: villages.ensure_group(tx, 99, "5组"))


async def test_a_writer_in_another_process_makes_us_wait_and_then_busy(database_url: str, database_file: Path) -> None:
    other = sqlite3.connect(database_file, isolation_level=None)
    async with await Database.open(database_url, SECRETS, busy_seconds=0.05) as db:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            await db.write(lambda tx: villages.ensure(tx, "大石村"))
        assert await db.read(_names) == []
        other.execute("COMMIT")
        await db.write(lambda tx: villages.ensure(tx, "大石村"))
    other.close()


async def test_a_full_disk_is_told_and_nothing_is_lost(db: Database) -> None:
    """SQLite's own page limit stands for the disk's."""
    await db.write(lambda tx: villages.ensure(tx, "大石村"))

    def fill(tx: Transaction) -> None:
        tx.conn.execute(text("CREATE TABLE filler (x BLOB)"))
        tx.conn.execute(text("INSERT INTO filler VALUES (zeroblob(4000000))"))

    async def limit(pages: int) -> None:
        await db.write(lambda tx: tx.conn.execute(text(f"PRAGMA max_page_count = {pages}")).all())

    await limit(200)
    with pytest.raises(Full):
        await db.write(fill)
    await limit(1_000_000)
    assert await db.read(_names) == ["大石村"]
    await db.write(lambda tx: villages.ensure(tx, "小石村"))


async def test_a_file_that_is_no_database_is_broken(tmp_path: Path) -> None:
    (tmp_path / "ruhu.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Broken):
        await Database.open(f"sqlite:///{tmp_path}/ruhu.db", SECRETS)


async def test_a_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        await Database.open(f"sqlite:///{tmp_path}/nowhere/ruhu.db", SECRETS)


async def test_a_server_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as caught:
        await Database.open(f"postgresql://somebody:secret@/ruhu?host={tmp_path}", SECRETS)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "no url", "sqlite://", "sqlite:///:memory:"])
async def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="database"):
        await Database.open(url, SECRETS)


async def test_the_wrong_key_is_told_when_the_database_is_opened(any_db: Database, any_url: str) -> None:
    with pytest.raises(WrongKey):
        await Database.open(any_url, Secrets(bytes(32)))
    async with await Database.open(any_url, SECRETS):
        pass


async def test_the_pragmas_are_set_on_every_connection(db: Database) -> None:
    def pragmas(tx: Transaction) -> tuple[object, ...]:
        names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout", "query_only")
        return tuple(tx.conn.execute(text(f"PRAGMA {name}")).scalar() for name in names)

    assert await db.write(pragmas) == ("wal", 1, 2, 15000, 0)
    assert (await db.read(pragmas))[4] == 1


async def test_closing_ends_every_thread(any_url: str) -> None:
    before = set(threading.enumerate())
    database = await Database.open(any_url, SECRETS, readers=3)
    await database.read(_names)
    assert set(threading.enumerate()) - before
    await database.close()
    assert not {thread for thread in set(threading.enumerate()) - before if "asyncio" not in thread.name}
    with pytest.raises(Unreachable):
        await database.read(_names)


async def test_closing_waits_for_the_work_in_hand(db: Database, database_url: str) -> None:
    database = await Database.open(database_url, SECRETS, readers=1)
    reads = [asyncio.create_task(database.read(_names)) for _ in range(5)]
    written = asyncio.create_task(database.write(lambda tx: villages.ensure(tx, "大石村")))
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*reads)) == 5
    await written
    assert await db.read(_names) == ["大石村"]


async def test_a_failed_open_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(Unreachable):
        await Database.open(f"sqlite:///{tmp_path}/nowhere/ruhu.db", SECRETS)
    assert not {thread for thread in set(threading.enumerate()) - before if "asyncio" not in thread.name}
