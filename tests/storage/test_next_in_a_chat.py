"""However much waits in one chat, what comes next is found at once."""

from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.transaction import Transaction
from tests.support.storage import *  # noqa: F403 - fixtures

NEXT = "SELECT update_id FROM inbox WHERE state = 'new' AND chat_id = 1 ORDER BY received_at, update_id LIMIT 1"


async def test_the_oldest_waiting_update_of_a_chat_is_found_without_sorting(db: Database) -> None:
    def plan(tx: Transaction) -> str:
        return " ".join(str(row) for row in tx.conn.execute(text(f"EXPLAIN QUERY PLAN {NEXT}")))

    found = await db.read(plan)
    assert "ix_inbox_open" in found
    assert "TEMP B-TREE" not in found
