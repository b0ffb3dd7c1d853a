"""The short form of the storm; the long one is `make torture`."""

from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer
from tests.support.storage import postgres_server
from tests.torture.run import show
from tests.torture.storm.run import Plan, storm

__all__ = ["postgres_server"]
BUSY = 10.0
"""The machine runs other tests beside this one."""


async def test_a_storm_of_every_kind_of_update_is_answered_by_the_rules(tmp_path: Path) -> None:
    """No crash, no hang, no leak, nothing unanswered, on a database file."""
    await _hold(Plan(seed=2405, updates=600, slack=BUSY), tmp_path)


@pytest.mark.postgres
async def test_a_storm_over_webhook_and_postgresql_is_answered_by_the_rules(
    tmp_path: Path,
    postgres_server: PostgresServer,
) -> None:
    await _hold(Plan(seed=2406, updates=300, url=postgres_server.database(), webhook=True, slack=BUSY), tmp_path)


async def _hold(wanted: Plan, folder: Path) -> None:
    report = await storm(wanted, folder)
    show(wanted, report)
    assert report.problems == []
    assert report.figures["updates"] >= wanted.updates
