"""One running bot to a database."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage import villages
from bot.storage.database import Database
from bot.storage.errors import Running
from bot.storage.lock import run_lock
from tests.support.storage import SECRETS

HOLD = """
import sys
from bot.storage.lock import run_lock
with run_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_of_the_first_and_may_follow_it(any_url: str) -> None:
    with run_lock(any_url), pytest.raises(Running), run_lock(any_url):
        pass
    with run_lock(any_url):
        pass


def test_the_lock_of_a_process_that_was_killed_is_free(any_url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, any_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(Running), run_lock(any_url):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    process.stdin.close()
    _retry(any_url)


def _retry(url: str) -> None:
    """A server takes a moment to see that its client has gone."""
    for _ in range(100):
        try:
            with run_lock(url):
                return
        except Running:
            continue
    raise AssertionError("the lock was never given back")


async def test_other_commands_work_beside_a_running_bot(any_url: str) -> None:
    with run_lock(any_url):
        async with await Database.open(any_url, SECRETS) as db:
            await db.write(lambda tx: villages.ensure(tx, "大石村"))
