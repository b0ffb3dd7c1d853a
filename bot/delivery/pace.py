"""When the next message of a chat may go: rates, and waits that Telegram or the network asked for.

All times are seconds of a monotonic clock, handed in.
"""

from dataclasses import dataclass, field

from bot.delivery.limits import Limits
from bot.delivery.turns import Served
from bot.storage.outbox import Head, OutKind

Lane = tuple[int, bool]
"""A chat's messages, or its callback answers, which need no order."""


def lane_of(head: Head) -> Lane:
    """The lane in which `head` waits its turn."""
    return head.chat_id, head.kind is OutKind.ANSWER


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` tokens a second, at most `size`."""

    rate: float
    size: float
    tokens: float
    at: float

    def free_at(self, now: float) -> float:
        """The moment from which one token is there."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return now if self.tokens >= 1 else now + (1 - self.tokens) / self.rate

    def take(self) -> None:
        """Use one token; call `free_at` first."""
        self.tokens -= 1


@dataclass
class Pace:
    """Overall and per-chat rates; holds of one chat or of all."""

    limits: Limits
    _all: Bucket = field(init=False)
    _chats: dict[int, Bucket] = field(default_factory=dict)
    served: Served = field(default_factory=Served)
    _held: dict[Lane, float] = field(default_factory=dict)
    _flooded: dict[Lane, float] = field(default_factory=dict)
    _held_all: float = 0.0

    def __post_init__(self) -> None:
        self._all = Bucket(self.limits.per_second, self.limits.burst, self.limits.burst, 0.0)

    def ready_at(self, head: Head, now: float) -> float:
        """The earliest moment at which `head` may go."""
        ready = max(self._held_all, self._held.get(lane_of(head), 0.0), self._all.free_at(now))
        return ready if head.kind is OutKind.ANSWER else max(ready, self._chat(head.chat_id, now).free_at(now))

    def take(self, head: Head, now: float) -> None:
        """Count `head` as going now."""
        self._all.take()
        if head.kind is not OutKind.ANSWER:
            self._chats[head.chat_id].take()
        self.served.note(head.chat_id, now)

    def hold(self, lane: Lane, until: float) -> None:
        """Let nothing go in this lane before `until`."""
        self._held[lane] = max(until, self._held.get(lane, 0.0))

    def hold_all(self, until: float) -> None:
        """Let nothing go at all before `until`."""
        self._held_all = max(until, self._held_all)

    def flooded(self, lane: Lane, seconds: float, now: float) -> None:
        """Telegram said 429: hold that lane; when a second chat is told so meanwhile, the limit is about all."""
        self._flooded = {known: until for known, until in self._flooded.items() if until > now}
        if any(known[0] != lane[0] for known in self._flooded):
            self.hold_all(now + seconds)
        self._flooded[lane] = now + seconds
        self.hold(lane, now + seconds)

    def tidy(self, now: float) -> None:
        """Forget chats whose bucket is full again."""
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if not self._is_full(bucket, now)}
        self.served.tidy(now)
        self._held = {lane: until for lane, until in self._held.items() if until > now}

    def _chat(self, chat_id: int, now: float) -> Bucket:
        if chat_id not in self._chats:
            size = self.limits.chat_burst
            self._chats[chat_id] = Bucket(self.limits.chat_per_second, size, size, now)
        return self._chats[chat_id]

    @staticmethod
    def _is_full(bucket: Bucket, now: float) -> bool:
        bucket.free_at(now)
        return bucket.tokens >= bucket.size
