"""A migration that fails in the middle: the database is as it was, the copy is there, the next start tries again."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, text

from bot.storage import migrate as module
from bot.storage import villages
from bot.storage.backup import check_copy
from bot.storage.database import Database
from bot.storage.errors import MigrationFailed
from bot.storage.migrate import current, migrate
from bot.storage.migrations import HEAD
from bot.storage.urls import parse_url
from tests.support.storage import NOW, SECRETS

STEP = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE villages SET name = 'changed'")
    op.add_column("villages", sa.Column("extra", sa.Text))
    {then}
"""


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's migrations and one more, which `write` fills."""
    folder = tmp_path / "migrations"
    shutil.copytree(module.MIGRATIONS, folder)
    monkeypatch.setattr(module, "MIGRATIONS", folder)
    monkeypatch.setattr(module, "HEAD", "9999")
    return folder


def write(steps: Path, then: str) -> None:
    (steps / "versions" / "9999_next.py").write_text(STEP.format(head=HEAD, then=then))


def looks(url: str) -> tuple[object, ...]:
    """Tables with their columns, and the rows of one of them."""
    engine = create_engine(parse_url(url))
    with engine.connect() as conn:
        found = MetaData()
        found.reflect(conn)
        rows = conn.execute(text("SELECT * FROM villages")).all()
    engine.dispose()
    return sorted((name, tuple(table.c.keys())) for name, table in found.tables.items()), rows


@pytest.mark.parametrize("then", ["raise RuntimeError('x')", "op.execute('SELECT nonsense FROM nowhere')", "1 / 0"])
async def test_a_failing_step_changes_nothing_and_is_tried_again(
    any_url: str, steps: Path, tmp_path: Path, then: str
) -> None:
    async with await Database.open(any_url, SECRETS) as db:
        await db.write(lambda tx: villages.ensure(tx, "大石村"))
    before, copies = looks(any_url), tmp_path / "copies"
    write(steps, then)
    for minute in range(5):
        with pytest.raises(MigrationFailed):
            migrate(any_url, backup_dir=copies, now=NOW.replace(minute=minute))
        assert (looks(any_url), current(any_url)) == (before, HEAD)
    if any_url.startswith("sqlite"):
        assert [path.name[14:18] for path in sorted(copies.iterdir())] == ["0102", "0103", "0104"]
        assert all(check_copy(path, SECRETS) == HEAD for path in copies.iterdir())
    write(steps, "pass")
    assert migrate(any_url, backup_dir=copies, now=NOW)
    assert current(any_url) == "9999"
    assert looks(any_url)[1][0][1] == "changed"  # type: ignore[index]


def test_a_first_migration_that_fails_leaves_no_tables(
    tmp_path: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(steps, "1 / 0")
    url = f"sqlite:///{tmp_path}/ruhu.db"
    with pytest.raises(MigrationFailed):
        migrate(url, backup_dir=None, now=NOW)
    assert current(url) is None
    write(steps, "pass")
    assert migrate(url, backup_dir=None, now=NOW)
