"""A shared PostgreSQL: the same units of work on pooled psycopg connections, in threads.

Writers of all processes take one advisory lock for their transaction, so that a read-modify-write is as safe as under
SQLite's BEGIN IMMEDIATE (docs/database.md).
"""

from datetime import date
from typing import Any

from psycopg import DataError
from psycopg.types.datetime import DateLoader
from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.storage.types import UNREADABLE_DAY

WRITER_LOCK = 0x52754875  # "RuHu": transactions that write
LOCK_TIMEOUT = "15s"
CONNECT = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that is gone without a word (power, failover) is noticed in half a minute, not in hours."""


def writer_engine(url: URL) -> Engine:
    """One connection whose transactions are alone in writing."""
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=CONNECT)
    event.listen(engine, "connect", _prepare)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


def reader_engine(url: URL, readers: int) -> Engine:
    """Connections that see one snapshot a transaction and cannot write."""
    engine = create_engine(
        url,
        pool_size=readers,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=CONNECT,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    event.listen(engine, "connect", _prepare)
    return engine


class _DayLoader(DateLoader):
    """PostgreSQL knows days that Python does not: `infinity`, and those before Christ."""

    def load(self, data: Any) -> date:
        try:
            return super().load(data)
        except DataError:
            return UNREADABLE_DAY


def _prepare(connection: Any, _: object) -> None:
    """Our queries are short: compiling a list of 10,000 households costs more than reading it."""
    connection.adapters.register_loader("date", _DayLoader)
    connection.cursor().execute("SET jit = off")
    connection.commit()
