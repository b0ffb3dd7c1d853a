"""One job, each minute, in the civil zone."""

from datetime import tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.reminders.tick import Ticker

JOB = "tick"


class MinuteScheduler:
    """Calls the tick at each full minute; one that is late is made up once, and two never overlap."""

    def __init__(self, ticker: Ticker, zone: tzinfo) -> None:
        """`zone`: BOT_TIMEZONE."""
        self._ticker = ticker
        self._scheduler = AsyncIOScheduler(
            timezone=zone, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.add_job(ticker.tick_now, "cron", id=JOB, second=0)

    async def start(self) -> None:
        """Tick once, so that nothing waits for the full minute, then each minute. Needs a running event loop."""
        await self._ticker.tick_now()
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks; one that is running ends by itself."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
