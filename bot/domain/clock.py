"""The one way to learn the time: a clock that is handed in."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Whatever knows the present moment: the machine's clock in production, the sandbox's in a demo or test."""

    def now(self) -> datetime:
        """Return the present moment; always aware of its time zone."""
        ...
