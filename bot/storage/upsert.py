"""INSERT … ON CONFLICT DO NOTHING in the dialect of the open connection."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(conn: Connection, table: Table) -> Any:
    """An insert that leaves out rows whose key is known; add `.values()` and `.returning()`."""
    return _insert(conn.dialect.name, table)


@cache
def _insert(dialect: str, table: Table) -> Any:
    maker: Any = postgresql if dialect == "postgresql" else sqlite
    return maker.insert(table).on_conflict_do_nothing()


@cache
def _returning(dialect: str, table: Table, key: str) -> Any:
    return _insert(dialect, table).returning(table.c[key])


def insert_new_returning(conn: Connection, table: Table, key: str) -> Any:
    """The same, built once, returning column `key`; its values are given when it is executed."""
    return _returning(conn.dialect.name, table, key)
