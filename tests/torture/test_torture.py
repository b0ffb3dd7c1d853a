"""The short form of the torture test; the long one is `make torture`."""

from pathlib import Path

import pytest

from tests.torture.run import Plan, show, torture


@pytest.mark.parametrize(
    "wanted",
    [
        Plan(seed=2403, kills=4, entries=32, fault_rate=0.1, patience=90),
        Plan(seed=2404, kills=2, entries=16, fault_rate=0.1, patience=90, webhook=True),
    ],
    ids=["polling", "webhook"],
)
async def test_nothing_is_lost_and_nothing_doubled(wanted: Plan, tmp_path: Path) -> None:
    """Kills at random moments while a tenth of all calls fails each way: one record, one receipt for each message."""
    report = await torture(wanted, tmp_path / "data")
    show(wanted, report)
    assert report.problems == []
    assert report.figures["kills"] == wanted.kills
