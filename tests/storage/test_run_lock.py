"""One running bot to a database, whatever happens to the server, the file or the holder."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.storage import lease, meta, villages
from bot.storage.database import Database
from bot.storage.errors import LostLock, Running, Unreachable
from bot.storage.lock import RENEW_SECONDS, lock_file, run_lock
from bot.storage.migrate import migrate
from bot.storage.urls import parse_url
from tests.support.postgres import PostgresServer
from tests.support.storage import NOW, SECRETS

HOLD = """
import sys
from bot.storage.lock import run_lock
with run_lock(sys.argv[1]) as lock:
    print("held", flush=True)
    lock.when_lost(lambda: print("lost", flush=True))
    sys.stdin.read()
"""


@contextmanager
def holder(url: str) -> "Iterator[subprocess.Popen[bytes]]":
    """Another process that runs the bot."""
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def refused(url: str) -> bool:
    """Whether a second start is refused."""
    try:
        with run_lock(url):
            return False
    except Running:
        return True


def test_a_second_run_is_told_of_the_first_and_may_follow_it(any_url: str) -> None:
    with run_lock(any_url):
        assert refused(any_url)
    with run_lock(any_url):
        pass


def test_the_lock_of_a_process_that_was_killed_is_free(any_url: str) -> None:
    with holder(any_url) as process:
        assert refused(any_url)
        process.kill()
        process.wait()
        began = time.monotonic()
        assert not refused(any_url)
        assert time.monotonic() - began < lease.WATCH_SECONDS / 2


async def test_other_commands_work_beside_a_running_bot(any_url: str) -> None:
    with run_lock(any_url):
        async with await Database.open(any_url, SECRETS) as db:
            await db.write(lambda tx: villages.ensure(tx, "大石村"))


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """A server that may be stopped and started."""
    server = PostgresServer.start()
    yield server
    server.stop()


@pytest.fixture
def own_url(own_server: PostgresServer) -> str:
    url = own_server.database()
    migrate(url, backup_dir=None, now=NOW)
    return url


@pytest.mark.postgres
def test_the_lock_outlives_a_restart_of_the_server(own_server: PostgresServer, own_url: str) -> None:
    """A second start at each moment: before, while the server is away, at once after it is back, and later."""
    with holder(own_url) as process:
        assert refused(own_url)
        for _ in range(2):
            own_server.down()
            with pytest.raises(Unreachable), run_lock(own_url):
                pass
            own_server.up()
            assert refused(own_url)
        time.sleep(RENEW_SECONDS)
        assert refused(own_url)
        assert process.poll() is None
        process.terminate()
        process.wait()
        assert not refused(own_url)


@pytest.mark.postgres
def test_the_lock_outlives_ended_sessions(own_server: PostgresServer, own_url: str) -> None:
    with holder(own_url):
        for _ in range(3):
            own_server.end_sessions()
            assert refused(own_url)


@pytest.mark.postgres
def test_a_holder_that_stood_still_too_long_is_replaced_and_never_writes_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "WATCH_SECONDS", 2 * RENEW_SECONDS)
    with holder(postgres_url) as process:
        process.send_signal(signal.SIGSTOP)
        with run_lock(postgres_url):
            process.send_signal(signal.SIGCONT)
            assert process.stdout is not None
            assert process.stdout.readline() == b"lost\n"
            time.sleep(RENEW_SECONDS)
            assert refused(postgres_url)


@pytest.mark.postgres
async def test_who_has_lost_the_lease_cannot_write_not_even_before_noticing(postgres_url: str) -> None:
    lost = asyncio.Event()
    loop = asyncio.get_running_loop()
    with run_lock(postgres_url) as lock:
        lock.when_lost(lambda: loop.call_soon_threadsafe(lost.set))
        async with await Database.open(postgres_url, SECRETS, fence=lock.check) as db:
            await db.write(lambda tx: villages.ensure(tx, "大石村"))
            engine = create_engine(parse_url(postgres_url))
            with engine.begin() as conn:
                conn.execute(text("UPDATE meta SET value = 'other elsewhere 7 0' WHERE key = 'run-lease'"))
            engine.dispose()
            with pytest.raises(LostLock):
                await db.write(lambda tx: villages.ensure(tx, "小石村"))
            assert [each.name for each in await db.read(villages.all_villages)] == ["大石村"]
            await asyncio.wait_for(lost.wait(), RENEW_SECONDS * 2)
            assert await db.read(lambda tx: meta.get(tx, "run-lease")) == "other elsewhere 7 0"
        with pytest.raises(LostLock):
            lock.require()
    async with await Database.open(postgres_url, SECRETS) as db:
        assert await db.read(lambda tx: meta.get(tx, "run-lease")) == "other elsewhere 7 0"


async def test_a_removed_lock_file_lets_no_second_bot_write(database_url: str, database_file: Path) -> None:
    with run_lock(database_url) as lock:
        async with await Database.open(database_url, SECRETS, fence=lock.check) as db:
            lock_file(database_file).unlink()
            await db.write(lambda tx: villages.ensure(tx, "大石村"))
            assert refused(database_url)
            lock_file(database_file).unlink()
            with run_lock(database_url), pytest.raises(LostLock):
                await db.write(lambda tx: villages.ensure(tx, "小石村"))


def test_a_lock_file_is_closed_to_others_and_a_planted_link_is_not_followed(
    database_url: str, database_file: Path, tmp_path: Path
) -> None:
    with run_lock(database_url):
        assert lock_file(database_file).stat().st_mode & 0o777 == 0o600
    lock_file(database_file).unlink()
    lock_file(database_file).symlink_to(tmp_path / "planted")
    with pytest.raises(OSError, match="symbolic"), run_lock(database_url):
        pass
    assert not (tmp_path / "planted").exists()
