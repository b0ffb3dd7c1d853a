"""A clock that flows like the real one and can be moved by hand."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

Jumped = Callable[[datetime], None]


class SandboxClock:
    """Real time plus an offset. Satisfies `bot.domain.clock.Clock`.

    `on_jump` callbacks are called with the new moment after each `set`, `advance` or `next_at`.
    With `flowing=False` time stands still between jumps.
    """

    def __init__(
        self,
        start: datetime | None = None,
        tz: tzinfo | str = "Asia/Shanghai",
        *,
        flowing: bool = True,
        real: Callable[[], float] = time.time,
    ) -> None:
        """Start at `start` (naive moments are in `tz`), or at the real present; `real` gives Unix seconds."""
        self.tz: tzinfo = ZoneInfo(tz) if isinstance(tz, str) else tz
        self.on_jump: list[Jumped] = []
        self.flowing = flowing
        self._real = real
        self._origin = real()
        self._base = self._origin if start is None else self._aware(start).timestamp()

    def now(self) -> datetime:
        """Return the sandbox's present moment in its own zone."""
        return datetime.fromtimestamp(self.seconds(), self.tz)

    def seconds(self) -> float:
        """Return the present moment as Unix seconds."""
        elapsed = self._real() - self._origin if self.flowing else 0.0
        return self._base + elapsed

    def unix(self) -> int:
        """Return the present moment as whole Unix seconds, as Telegram's `date` fields are."""
        return int(self.seconds())

    def set(self, moment: datetime) -> datetime:
        """Jump to `moment` (naive: in the clock's zone), forwards or back."""
        self._origin = self._real()
        self._base = self._aware(moment).timestamp()
        now = self.now()
        for callback in list(self.on_jump):
            callback(now)
        return now

    def advance(self, by: timedelta) -> datetime:
        """Jump by `by`."""
        return self.set(self.now() + by)

    def next_at(self, hour: int, minute: int = 0) -> datetime:
        """Jump to the next time that local clocks show `hour:minute`, always later than now."""
        now = self.now()
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return self.set(moment if moment > now else moment + timedelta(days=1))

    def _aware(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self.tz)
