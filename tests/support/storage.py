"""Fixtures of a real database: `from tests.support.storage import *` in a conftest.

`db` is an open, migrated SQLite file; `any_db` is `db` on SQLite and again on PostgreSQL; `database_url` and
`postgres_url` are addresses of fresh, migrated databases. `world(tx)` fills in a small township.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.access import Scope
from bot.domain.households import Category, Household
from bot.domain.people import HEAD, Person
from bot.domain.staff import Assignment, Role, Staff
from bot.storage import households, people, staff, villages
from bot.storage.database import Database, Transaction
from bot.storage.migrate import migrate
from bot.storage.secrets import Secrets
from tests.support import prepared
from tests.support.postgres import PostgresServer

__all__ = [
    "EVERYTHING", "NOW", "SECRETS", "TODAY", "World", "any_db", "any_url", "database_file", "database_url", "db",
    "migrated_file", "migrated_postgres", "postgres_server", "postgres_url", "world",
]  # fmt: skip

NOW = datetime(2024, 3, 15, 1, 0, tzinfo=UTC)  # nine in the morning in Lufeng
TODAY = date(2024, 3, 15)
SECRETS = Secrets(bytes(range(32)))
EVERYTHING = Scope(everything=True, villages=frozenset(), groups=frozenset(), helper_names=frozenset())


@pytest.fixture(scope="session")
def migrated_file() -> Path:
    """A migrated, empty database file to copy from."""
    return prepared.migrated()


@pytest.fixture
def database_file(tmp_path: Path, migrated_file: Path) -> Path:
    """A fresh, migrated database file."""
    return shutil.copy(migrated_file, tmp_path / "ruhu.db")


@pytest.fixture
def database_url(database_file: Path) -> str:
    """The address of a fresh, migrated database file."""
    return f"sqlite:///{database_file}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A private PostgreSQL server; its absence is a failure, never a skip."""
    try:
        server = PostgresServer.start()
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """The name of a migrated, empty PostgreSQL database to copy from."""
    url = postgres_server.database()
    migrate(url, backup_dir=None, now=NOW)
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, migrated_postgres: str) -> str:
    """The address of a fresh, migrated PostgreSQL database."""
    return postgres_server.database(migrated_postgres)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database of each kind."""
    url: str = request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest_asyncio.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database in a file."""
    async with await Database.open(database_url, SECRETS) as database:
        yield database


@pytest_asyncio.fixture
async def any_db(any_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database: a file, and again a PostgreSQL server."""
    async with await Database.open(any_url, SECRETS) as database:
        yield database


@dataclass(frozen=True)
class World:
    """A village with two groups, a household in each, and a monitor of the first group."""

    village_id: int
    fifth: int
    sixth: int
    wang: int  # 王老五, his wife and his son, in 五组
    zhao: int  # 赵 in 六组, alone
    monitor: Staff


def world(tx: Transaction) -> World:
    """Fill in a small township; no real person's data."""
    village = villages.ensure(tx, "大石村")
    fifth, sixth = (villages.ensure_group(tx, village.id, name).id for name in ("5组", "6组"))
    wang = household(tx, "H0001", village.id, fifth, helper_name="李帮扶")
    for name, relation in (("王老五", HEAD), ("李桂花", "配偶"), ("王小明", "之子")):
        people.insert(tx, Person(0, wang, name, relation))
    zhao = household(tx, "H0002", village.id, sixth)
    people.insert(tx, Person(0, zhao, "赵单", HEAD))
    monitor_id = staff.insert(tx, "张网格")
    staff.add_assignment(tx, monitor_id, Assignment(Role.MONITOR, group_id=fifth), NOW)
    monitor = staff.get(tx, monitor_id)
    assert monitor is not None
    return World(village.id, fifth, sixth, wang, zhao, monitor)


def household(tx: Transaction, code: str, village_id: int, group_id: int, *, helper_name: str | None = None) -> int:
    """Store an empty household of the class 脱贫户."""
    return households.insert(
        tx,
        Household(0, code, village_id, "", group_id, "", Category.LIFTED, head="", members=0, helper_name=helper_name),
    )
