"""How long it takes to import and export a roster of 10,000 households, again, and to mark errors.

Run `python bench/bench_import.py [households]`; prints one JSON object, seconds and counts.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.domain.access import EVERYTHING  # noqa: E402 -- the tests' builders are imported from the root folder
from bot.policies import load  # noqa: E402
from bot.reports.workbooks.annotate import annotate  # noqa: E402
from bot.reports.workbooks.exports import Request, export  # noqa: E402
from bot.reports.workbooks.sheet import write  # noqa: E402
from bot.storage.database import Database  # noqa: E402
from bot.storage.migrate import migrate  # noqa: E402
from bot.storage.secrets import Secrets  # noqa: E402
from bot.usecases.import_roster import import_roster  # noqa: E402
from bot.usecases.workbooks.read_roster import read_roster  # noqa: E402
from tests.support.workbooks import roster, township  # noqa: E402

NOW, TODAY = datetime(2024, 3, 15, 1, tzinfo=UTC), date(2024, 3, 15)
CHINA = timezone(timedelta(hours=8))


class Clocked:
    """Seconds by name."""

    def __init__(self) -> None:
        self.result: dict[str, Any] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        """Seconds since the last lap."""
        now = time.perf_counter()
        self.result[name], self._since = round(now - self._since, 2), now


async def measure(households: int) -> dict[str, Any]:
    """Import, import again, export, annotate."""
    content, policies, clocked = roster(township(households)), load("lufeng-2022-2024"), Clocked()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ruhu.db"
        migrate(url, backup_dir=None, now=NOW)
        async with await Database.open(url, Secrets(bytes(32))) as db:
            clocked.lap("prepare")
            for name in ("import", "import_again"):
                book = read_roster(content, TODAY)
                summary = await db.write(
                    lambda tx, book=book: import_roster(tx, None, book, today=TODAY, now=NOW, policies=policies)
                )
                clocked.lap(name)
                clocked.result[f"{name}_new"] = summary.new, summary.new_people
            ask = Request(EVERYTHING, TODAY, CHINA, policies, sensitive=True)
            sheets = await db.read(lambda tx: export(tx, "roster", ask))
            write(BytesIO(), sheets)
            clocked.lap("export")
    annotate(content, book.hints)
    clocked.lap("annotate")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return clocked.result | {"households": households, "peak_mib": peak}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))))
