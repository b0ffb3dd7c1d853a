"""A shared PostgreSQL: the same units of work on pooled psycopg connections, in threads.

Writers of all processes take one advisory lock for their transaction, so that a read-modify-write is as safe as under
SQLite's BEGIN IMMEDIATE (docs/database.md).
"""

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

WRITER_LOCK = 0x52754875  # "RuHu": transactions that write
RUN_LOCK = 0x52754876  # the one running bot
LOCK_TIMEOUT = "15s"
_CONNECT = {"connect_timeout": 10}


def writer_engine(url: URL) -> Engine:
    """One connection whose transactions are alone in writing."""
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=_CONNECT)
    event.listen(engine, "connect", _without_jit)

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
        connect_args=_CONNECT,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    event.listen(engine, "connect", _without_jit)
    return engine


def _without_jit(connection: DBAPIConnection, _: object) -> None:
    """Our queries are short: compiling a list of 10,000 households costs more than reading it."""
    connection.cursor().execute("SET jit = off")
    connection.commit()
