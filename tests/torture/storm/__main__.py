"""`python -m tests.torture.storm`: 100,000 updates of every kind from many accounts at once, on both databases."""

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import PostgresServer
from tests.torture.run import show
from tests.torture.storm.run import Plan, storm

DATABASES = ("sqlite", "postgres")


@contextmanager
def database(kind: str) -> Iterator[str | None]:
    """The address of a database of that kind; None: a file in the folder."""
    if kind == "sqlite":
        yield None
        return
    server = PostgresServer.start()
    try:
        yield server.database()
    finally:
        server.stop()


def main() -> int:
    """Run what was asked for and print figures and problems."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--webhook", action="store_true")
    parser.add_argument("--slack", type=float, default=1.0, help="so many times slower may this machine be")
    parser.add_argument("--keep", type=Path, help="a folder for database and log, kept for a look")
    given = parser.parse_args()
    problems = 0
    for kind in DATABASES if given.database == "both" else (given.database,):
        with database(kind) as url, tempfile.TemporaryDirectory() as folder:
            wanted = Plan(given.seed, given.updates, url, given.webhook, slack=given.slack)
            where = (given.keep or Path(folder)) / kind
            where.mkdir(parents=True, exist_ok=True)
            report = asyncio.run(storm(wanted, where))
        show(wanted, report)
        problems += len(report.problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
