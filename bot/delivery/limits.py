"""Numbers of delivery in one place; the defaults follow Telegram's published limits ("My bot is hitting limits")."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates are calls a second, times seconds, the rest counts.

    Telegram allows about 30 messages a second in all and one a second in a chat, short bursts apart; the burst lets an
    interactive answer go at once. Handling and sending back off from `backoff_first`, doubling up to `backoff_most`.
    """

    per_second: float = 28.0
    burst: float = 28.0
    chat_per_second: float = 1.0
    chat_burst: float = 15.0
    in_flight: int = 64
    backoff_first: float = 0.5
    backoff_most: float = 20.0
    receive_backoff_most: float = 10.0  # people wait while nothing is received
    unknown_attempts: int = 12
    refused_attempts: int = 1000  # with `backoff_most`, an outage of some hours
    answer_attempts: int = 5
    handled_beside: int = 2  # keeps the writer busy; receiver and sender wait behind no more than that
    waiting_most: int = 60  # answers of one chat: a minute at Telegram's pace; until then nothing more is handled there
    handling_attempts: int = 3
    lives: int = 2  # an update that was in hand when the process died so often is handled no more
    readings: int = 8  # of one update; a handler that wants more never ends
    handling_pauses: tuple[float, ...] = (0.5, 2.0)
    look_every: float = 1.0  # other processes write into the same tables
    poll_seconds: int = 10  # a poll that hangs is noticed 5 s later
    lease_seconds: float = 300.0
    shutdown_seconds: float = 7.0
    document_seconds: float = 60.0
