"""INSERT … ON CONFLICT DO NOTHING in the dialect of the open connection."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(conn: Connection, table: Table) -> Any:
    """An insert that leaves out rows whose key is known; add `.values()` and `.returning()`."""
    if conn.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
