"""Logging: JSON lines on standard error; never a token, a name, an ID number, a phone number or message text."""

import logging
import sys

import structlog

log = structlog.get_logger("ruhu")

QUIET = ("httpx", "httpcore", "apscheduler", "aiohttp.access", "telegram", "alembic", "asyncio")
"""Libraries whose INFO lines print the token or nothing of use."""


def configure(level: str) -> None:
    """Set up logging once for the process; `level` is a name such as INFO."""
    number = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=number, stream=sys.stderr, format="%(message)s", force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
