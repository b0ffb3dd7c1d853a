"""Planning the morning's digests and all next visits for a large township, against the bare query for due households.

The database is a real file with 12,000 households, 60 monitors, a year of ledger entries and visits; a third of the
households is due. The ratio to the bare query, timed in the same run, says something on any machine.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import text

from bot.domain.access import EVERYTHING
from bot.domain.households import Category, Household, Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.people import HEAD, Person
from bot.domain.staff import Assignment, Role
from bot.policies import load
from bot.reminders.plan import candidates, plan
from bot.storage import households, people, records, staff, villages
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.schema import entries, visits
from bot.storage.secrets import Secrets
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan, replan_all

HOUSEHOLDS, GROUPS, VILLAGES = 12_000, 60, 10
TODAY = date(2024, 3, 15)
NOW = datetime(2024, 3, 15, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
EARLY = NOW.replace(hour=8, minute=0)
POLICIES = load("lufeng-2022-2024")
CLASSES = [
    {"category": Category.LIFTED},
    {"category": Category.LIFTED},
    {"category": Category.MARGINAL, "monitoring": Monitoring.ACTIVE},
    {"category": Category.ORDINARY},
]


def fill(tx: Transaction) -> None:
    """The township: a monitor for each group, a lead for each village, the town."""
    places = _staff(tx)
    new = [_house(number, *places[number % GROUPS]) for number in range(HOUSEHOLDS)]
    ids = households.insert_many(tx, new)
    people.insert_many(tx, [Person(0, id_, f"王{id_}", HEAD) for id_ in ids])
    people.insert_many(
        tx, [Person(0, id_, f"李{id_}", "配偶", health=("残疾",) if id_ % 9 == 0 else ()) for id_ in ids]
    )
    _records(tx, ids)
    replan_all(tx, TODAY, POLICIES)


def _staff(tx: Transaction) -> list[tuple[int, int]]:
    places = []
    for number in range(GROUPS):
        village = villages.ensure(tx, f"村{number % VILLAGES}").id
        group = villages.ensure_group(tx, village, f"{number // VILLAGES + 1}组").id
        places.append((village, group))
        _bound(tx, f"员{number}", number + 1, Assignment(Role.MONITOR, village, group))
        if number < VILLAGES:
            _bound(tx, f"长{number}", 1000 + number, Assignment(Role.VILLAGE, village))
    _bound(tx, "镇", 2000, Assignment(Role.TOWN))
    return places


def _bound(tx: Transaction, name: str, account: int, held: Assignment) -> None:
    id_ = staff.insert(tx, name)
    staff.bind(tx, id_, account, NOW)
    staff.add_assignment(tx, id_, held, NOW)


def _house(number: int, village: int, group: int) -> Household:
    values: dict[str, Any] = {"monitoring": Monitoring.NONE, **CLASSES[number % len(CLASSES)]}
    return Household(
        0, f"H{number:05d}", village, "", group, "", head="", members=0, imported_on=date(2023, 1, 1), **values
    )


def _records(tx: Transaction, ids: list[int]) -> None:
    record = records.insert(tx, number="V1", household_id=ids[0], author_id=1, at=NOW)
    tx.conn.execute(
        visits.insert(),
        [
            {
                "record_id": record,
                "household_id": id_,
                "visited_on": TODAY - timedelta(id_ * 7 % 120),
                "mode": "home",
                "author_id": 1,
            }
            for id_ in ids
        ],
    )
    months = [f"2023-{month:02d}" for month in range(1, 13)]
    common = {"kind": Kind.WAGE, "item": None, "at": NOW.astimezone(UTC)}
    tx.conn.execute(
        entries.insert(),
        [
            {**common, "household_id": id_, "month": month, "amount_fen": 50_000 + id_}
            for id_ in ids
            for month in months
        ],
    )


async def _timed(work: Callable[[], Awaitable[Any]], times: int) -> float:
    """The median of some runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


async def measure(url: str) -> dict[str, float]:
    """Times in milliseconds, and their ratios to the bare query in the same run."""
    bare = text("SELECT id FROM households WHERE left_on IS NULL AND next_due <= :day ORDER BY next_due")
    async with await Database.open(url, Secrets(bytes(32))) as db:
        await db.write(fill)
        day = {"day": TODAY.isoformat()}
        result = {
            "due": float(len(await db.read(lambda tx: households.due(tx, EVERYTHING, TODAY)))),
            "digests": float(len(await db.read(lambda tx: plan(tx, NOW, POLICIES)))),
            "bare_ms": await _timed(lambda: db.read(lambda tx: tx.conn.execute(bare, day).all()), 20),
            "idle_tick_ms": await _timed(lambda: db.read(lambda tx: candidates(tx, EARLY, POLICIES)), 20),
            "plan_ms": await _timed(lambda: db.read(lambda tx: plan(tx, NOW, POLICIES)), 3),
            "replan_one_ms": await _timed(lambda: db.write(lambda tx: replan(tx, [77], TODAY, POLICIES)), 20),
            "replan_all_ms": await _timed(lambda: db.write(lambda tx: replan_all(tx, TODAY, POLICIES)), 3),
        }
    result["plan_a_person_ms"] = result["plan_ms"] / result["digests"]
    result["plan_per_bare"] = result["plan_ms"] / result["bare_ms"]
    result["replan_all_per_bare"] = result["replan_all_ms"] / result["bare_ms"]
    return result


def main() -> None:
    """Print the figures; `--json` writes them to a file as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ruhu.db"
        migrate(url, backup_dir=None, now=NOW)
        result = asyncio.run(measure(url))
    for name, value in result.items():
        print(f"{name:22} {value:10.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
