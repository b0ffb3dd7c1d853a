"""Everything the bot asked of the server, kept for independent checks."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Call:
    """One request.

    `applied`: the server acted on it; `answered`: the caller got the answer (a dropped or hanging call did not).
    `at` is sandbox time and `real` the machine's monotonic time, both in seconds.
    """

    number: int
    at: float
    real: float
    method: str
    params: Json
    files: tuple[str, ...] = ()
    fault: str | None = None
    applied: bool = False
    answered: bool = False
    status: int = 0
    error: str | None = None
    message_id: int | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat it speaks of."""
        try:
            return int(self.params["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None


class Transcript:
    """All calls in order of arrival, and per method."""

    def __init__(self, *, keep_polls: bool = False) -> None:
        self.calls: list[Call] = []
        self.counts: dict[str, int] = defaultdict(int)
        self._by_method: dict[str, list[Call]] = defaultdict(list)
        self._keep_polls = keep_polls
        self._number = 0

    def add(self, call: Call) -> None:
        """Keep a call; getUpdates is only counted unless `keep_polls` was asked for."""
        self._number += 1
        call.number = self._number
        self.counts[call.method] += 1
        if self._keep_polls or call.method != "getUpdates":
            self.calls.append(call)
            self._by_method[call.method].append(call)

    def of(self, method: str, chat_id: int | None = None, *, applied: bool | None = None) -> list[Call]:
        """Return the calls of one method, of one chat, that were (not) applied."""
        return [
            call
            for call in self._by_method.get(method, ())
            if (chat_id is None or call.chat_id == chat_id) and (applied is None or call.applied == applied)
        ]
