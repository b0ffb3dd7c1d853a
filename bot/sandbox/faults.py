"""Trouble on purpose: what goes wrong with which calls, counted or by chance."""

import random
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

Json = dict[str, Any]
KINDS = ("429", "500", "hang", "hang_after", "slow", "drop_before", "drop_after", "twice")


@dataclass(slots=True)
class Fault:
    """One rule.

    kind: `429` (with `retry_after`, seconds), `500`, `hang` (not applied, never answered), `hang_after` (applied,
    never answered), `slow` (answered after `seconds`), `drop_before` (not applied, connection closed),
    `drop_after` (applied, connection closed) or `twice` (confirmed updates are delivered once more).
    method: a pattern as of file names; `*` leaves out getUpdates unless `polling` is set.
    times: calls it still hits, None for any number; probability: chance for each call; chat_id: only this chat.
    """

    kind: str
    method: str = "*"
    times: int | None = None
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 0.5
    chat_id: int | None = None
    polling: bool = False
    hits: int = 0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether the rule speaks of this call at all."""
        if self.kind == "twice" or self.times == 0:
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if method == "getUpdates" and self.method != method and not self.polling:
            return False
        return fnmatchcase(method.lower(), self.method.lower())


@dataclass(slots=True)
class FloodLimit:
    """Telegram's limits on sending, when they are switched on: messages a second, overall and to one chat.

    Telegram names about 30 and 1 (https://core.telegram.org/bots/faq); short bursts to one chat pass there too.
    """

    overall: int
    per_chat: int
    _sent: dict[int | None, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def exceeded(self, method: str, chat_id: int | None, now: float) -> bool:
        """Count a call at `now` (seconds); return whether it is one too many."""
        if not method.startswith("send") or method == "sendChatAction":
            return False
        chosen = ((None, self.overall), (chat_id, self.per_chat))
        for key, _ in chosen:
            while self._sent[key] and now - self._sent[key][0] >= 1.0:
                self._sent[key].popleft()
        if any(len(self._sent[key]) >= most for key, most in chosen):
            return True
        for key, _ in chosen:
            self._sent[key].append(now)
        return False


class Faults:
    """The rules in force; the first that fits a call decides."""

    def __init__(self, seed: int = 0) -> None:
        self.rules: list[Fault] = []
        self.flood: FloodLimit | None = None
        self._random = random.Random(seed)

    def add(
        self,
        kind: str,
        method: str = "*",
        *,
        times: int | None = None,
        probability: float | None = None,
        **more: Any,
    ) -> Fault:
        """Add a rule; without `times` and `probability` it hits the next call only. See `Fault` for `more`."""
        if kind not in KINDS:
            raise ValueError(f"fault {kind!r} is none of {', '.join(KINDS)}")
        if times is None and probability is None:
            times = 1
        rule = Fault(kind, method, times, 1.0 if probability is None else probability, **more)
        self.rules.append(rule)
        return rule

    def limit_flood(self, overall: int = 30, per_chat: int = 1) -> None:
        """Answer 429 to more than so many messages a second, overall and to one chat."""
        self.flood = FloodLimit(overall, per_chat)

    def clear(self) -> None:
        """Make everything work again."""
        self.rules.clear()
        self.flood = None

    def pick(self, method: str, chat_id: int | None, now: float) -> Fault | None:
        """Return the rule that hits this call at `now` (machine seconds), counted, or None."""
        if self.flood is not None and self.flood.exceeded(method, chat_id, now):
            return Fault("429", method, retry_after=1)
        for rule in self.rules:
            if rule.fits(method, chat_id) and self._hits(rule):
                return rule
        return None

    def twice(self) -> bool:
        """Whether the update confirmed just now is to be delivered again."""
        return any(rule.kind == "twice" and rule.times != 0 and self._hits(rule) for rule in self.rules)

    def to_json(self) -> list[Json]:
        """Return the rules that can still hit."""
        return [asdict(rule) for rule in self.rules if rule.times != 0]

    def _hits(self, rule: Fault) -> bool:
        if rule.probability < 1.0 and self._random.random() >= rule.probability:
            return False
        rule.hits += 1
        if rule.times is not None:
            rule.times -= 1
        return True
