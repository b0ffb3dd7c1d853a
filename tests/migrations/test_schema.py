"""The revisions and the tables that the program uses are one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, String, create_engine, text
from sqlalchemy.types import TypeEngine

from bot.storage.database import Database
from bot.storage.errors import Broken, NewerSchema
from bot.storage.migrate import MIGRATIONS, current, migrate
from bot.storage.migrations import HEAD
from bot.storage.schema import metadata
from bot.storage.types import Moment
from bot.storage.urls import parse_url
from tests.support.storage import NOW, SECRETS, PostgresServer

HERE = Path(__file__).parent


def _same_type(_: object, __: object, ___: object, inspected: TypeEngine, ours: TypeEngine) -> bool | None:
    """A moment is stored as text; everything else is compared by Alembic."""
    return not isinstance(inspected, String) if isinstance(ours, Moment) else None


def _differences(conn: Connection) -> list[object]:
    options = {"compare_type": _same_type, "compare_server_default": True}
    return compare_metadata(MigrationContext.configure(conn, opts=options), metadata)


def test_migrations_create_exactly_the_tables_of_the_schema(any_url: str) -> None:
    engine = create_engine(parse_url(any_url))
    with engine.connect() as conn:
        assert _differences(conn) == []
        found = MetaData()
        found.reflect(conn)
        assert set(found.tables) == {*metadata.tables, "alembic_version"}
        for name, table in metadata.tables.items():
            assert {c.name: c.nullable for c in table.c} == {c.name: c.nullable for c in found.tables[name].c}
            assert {i.name for i in table.indexes} == {i.name for i in found.tables[name].indexes}
    engine.dispose()


def test_the_known_head_is_the_newest_revision() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/ruhu.db"
    assert current(url) is None
    assert migrate(url, backup_dir=tmp_path / "backups", now=NOW)
    assert current(url) == HEAD
    assert not migrate(url, backup_dir=tmp_path / "backups", now=NOW)
    assert not (tmp_path / "backups").exists()


def test_the_file_and_its_folder_are_closed_to_others(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/data/ruhu.db", backup_dir=None, now=NOW)
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "ruhu.db").stat().st_mode & 0o777 == 0o600


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(any_url: str) -> None:
    engine = create_engine(parse_url(any_url))
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerSchema):
        migrate(any_url, backup_dir=None, now=NOW)
    assert current(any_url) == "9999"


def test_a_copy_is_taken_before_a_database_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older revision is a database without tables but with a version that is not the newest."""
    url, copies = f"sqlite:///{tmp_path}/ruhu.db", tmp_path / "backups"
    migrate(url, backup_dir=None, now=NOW)
    monkeypatch.setattr("bot.storage.migrate.HEAD", "9998")
    migrate(url, backup_dir=copies, now=datetime(2024, 3, 15, 8, 30, tzinfo=UTC))
    assert [path.name for path in copies.iterdir()] == ["ruhu-20240315-083000-before-9998.db"]


@pytest.mark.postgres
async def test_a_shared_database_opens_after_migrating(postgres_server: PostgresServer) -> None:
    url = postgres_server.database()
    assert current(url) is None
    assert migrate(url, backup_dir=None, now=NOW)
    assert not migrate(url, backup_dir=None, now=NOW)
    async with await Database.open(url, SECRETS) as database:
        assert await database.read(lambda tx: tx.conn.scalar(text("SELECT count(*) FROM households"))) == 0


def test_references_to_nothing_stop_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/ruhu.db"
    migrate(url, backup_dir=None, now=NOW)
    engine = create_engine(url)
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO groups (village_id, name) VALUES (99, 'x')"))
    engine.dispose()
    monkeypatch.setattr("bot.storage.migrate.HEAD", "9998")
    with pytest.raises(Broken):
        migrate(url, backup_dir=None, now=NOW)


def test_a_foreign_database_with_tables_of_our_names_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/other.db"
    engine = create_engine(url)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE people (id INTEGER)"))
    engine.dispose()
    with pytest.raises(Broken):
        migrate(url, backup_dir=None, now=NOW)
    assert current(url) is None
