"""What is known of a call that failed."""

from telegram.error import NetworkError, TimedOut


class NotConnected(NetworkError):
    """No connection to the Bot API came about: it certainly did not apply the call."""


class NoAnswer(TimedOut):
    """The call was sent and no whole answer came back: it is unknown whether it was applied."""
