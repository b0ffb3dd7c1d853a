"""The two forms of BOT_DATABASE_URL."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SCHEMES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def parse_url(url: str) -> URL:
    """The URL with its driver named; raises ValueError when it is neither sqlite nor postgresql."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("not a database URL") from error
    family = parsed.drivername.partition("+")[0]
    if family not in SCHEMES:
        raise ValueError("the database is sqlite or postgresql")
    if family == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise ValueError("the embedded database is a file")
    return parsed.set(drivername=SCHEMES[family])


def sqlite_path(url: str) -> Path | None:
    """The file of an embedded database; None when the database is shared."""
    parsed = parse_url(url)
    return Path(str(parsed.database)) if parsed.drivername == "sqlite" else None
