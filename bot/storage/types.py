"""Column types of our own."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, Dialect, String
from sqlalchemy.types import TypeDecorator

UNREADABLE_DAY = date(1900, 1, 1)
"""This very object (compare with `is`) is read where a column holds no date: one row must not stop the others."""
UNREADABLE_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)


class Day(TypeDecorator[date]):
    """A column of dates. SQLite keeps any text in it; what PostgreSQL keeps and Python does not know (`infinity`) is
    read by storage/postgres.py.
    """

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None] | None:
        """Text to a date, `UNREADABLE_DAY` where it is none."""
        read: Any = self.impl_instance.dialect_impl(dialect).result_processor(dialect, coltype)
        if read is None:
            return None

        def day(value: Any) -> date | None:
            try:
                found: date | None = read(value)
            except (ValueError, TypeError):
                return UNREADABLE_DAY
            return found

        return day


class Moment(TypeDecorator[datetime]):
    """An aware moment kept as ISO 8601 text in UTC with microseconds, so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """To text; a naive moment is a defect."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Back to an aware moment in UTC."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (ValueError, TypeError):
            return UNREADABLE_MOMENT
