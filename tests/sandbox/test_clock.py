"""The clock flows like the real one and can be moved by hand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.clock import Clock
from bot.sandbox.clock import SandboxClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2024, 3, 15, 8, 0, tzinfo=SHANGHAI)


class RealTime:
    """A stand-in for the machine's clock."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def test_it_is_a_clock_as_the_domain_wants_it() -> None:
    clock: Clock = SandboxClock(START)
    assert clock.now().tzinfo is not None


def test_it_flows_with_real_time_from_its_start() -> None:
    real = RealTime()
    clock = SandboxClock(START, real=real)
    real.seconds += 90
    assert clock.now() == START + timedelta(seconds=90)


def test_without_a_start_it_shows_the_real_present() -> None:
    real = RealTime()
    assert SandboxClock(real=real).unix() == 1_000_000


def test_a_start_without_zone_is_in_the_clocks_zone() -> None:
    assert SandboxClock(START.replace(tzinfo=None), "Asia/Shanghai", flowing=False).now() == START


def test_a_still_clock_moves_only_when_moved() -> None:
    real = RealTime()
    clock = SandboxClock(START, flowing=False, real=real)
    real.seconds += 3600
    assert clock.now() == START
    assert clock.advance(timedelta(days=1)) == START + timedelta(days=1)


def test_next_at_goes_to_today_when_the_hour_is_still_to_come() -> None:
    assert SandboxClock(START, flowing=False).next_at(8, 30) == START + timedelta(minutes=30)


def test_next_at_goes_to_tomorrow_when_the_hour_is_now_or_past() -> None:
    clock = SandboxClock(START + timedelta(minutes=30), flowing=False)
    assert clock.next_at(8, 30) == START + timedelta(days=1, minutes=30)


def test_jumps_are_told_to_those_who_asked() -> None:
    clock = SandboxClock(START, flowing=False)
    told: list[datetime] = []
    clock.on_jump.append(told.append)
    clock.advance(timedelta(days=1))
    clock.set(START)
    clock.next_at(8, 30)
    assert told == [START + timedelta(days=1), START, START + timedelta(minutes=30)]
