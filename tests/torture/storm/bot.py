"""The bot as `ruhu run` runs it, but not at Telegram's pace: a storm of an hour fits into minutes."""

from bot import logs
from bot.bootstrap import run
from bot.delivery.limits import Limits
from bot.delivery.loop import run as run_loop
from bot.settings import load

UNPACED = Limits(per_second=1e6, burst=1e6, chat_per_second=1e6, chat_burst=1e6)


def main() -> None:
    """Serve until SIGTERM."""
    settings = load()
    logs.configure(settings.log_level)
    run_loop(run(settings, UNPACED))


if __name__ == "__main__":
    main()
