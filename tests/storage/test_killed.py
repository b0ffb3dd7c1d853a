"""What was committed is there after a kill; what was not is gone."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bot.storage import audit, meta
from bot.storage.database import Database
from tests.support.storage import SECRETS

WRITE = """
import asyncio, sys
from bot.storage import audit, meta
from bot.storage.database import Database
from tests.support.storage import NOW, SECRETS

def work(tx):
    number = meta.count_up(tx, "n")
    audit.append(tx, actor="system", action="x", subject=f"n:{number}", at=NOW)
    return number

async def main():
    async with await Database.open(sys.argv[1], SECRETS) as db:
        while True:
            print(await db.write(work), flush=True)

asyncio.run(main())
"""


def _killed_after(url: str, lines: int) -> int:
    """Start a writer, kill it -9 after some commits; the last number that it reported."""
    process = subprocess.Popen([sys.executable, "-c", WRITE, url], stdout=subprocess.PIPE, cwd=Path.cwd())
    with process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        seen += process.stdout.readlines()
    return int([line for line in seen if line.endswith(b"\n")][-1])


async def test_a_kill_loses_no_commit_and_leaves_no_half_one(database_url: str, database_file: Path) -> None:
    reported = _killed_after(database_url, 20)
    async with await Database.open(database_url, SECRETS) as db:
        counted = int(await db.read(lambda tx: meta.get(tx, "n")) or "0")
        rows = await db.read(lambda tx: audit.rows_of(tx, f"n:{counted}"))
        assert counted >= reported
        assert [row.id for row in rows] == [counted]
        assert await db.read(audit.verify) is None
    with closing(sqlite3.connect(database_file)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
