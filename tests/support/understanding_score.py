"""Scores readings against a corpus: the slots of the corpus's README, each by exact match."""

import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.understanding.jsonlines import convert
from bot.understanding.lexicon import Lexicon

SLOTS = ("intent", "household", "visited_on", "mode", "checks", "entries", "ask")


@dataclass
class Score:
    """What came out: shares by slot, entries, silent records, and the messages that missed."""

    messages: int = 0
    exact: int = 0
    right: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    expected: int = 0
    got: int = 0
    silent: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def exact_share(self) -> float:
        """Messages in which every slot is right."""
        return self.exact / self.messages

    @property
    def f1(self) -> float:
        """F1 of the entries over the whole corpus."""
        return 2 * self.matched / (self.expected + self.got) if self.expected + self.got else 1.0

    def __str__(self) -> str:
        shares = " ".join(f"{slot} {self.right[slot] / self.messages:.3f}" for slot in SLOTS)
        head = f"{self.messages} messages: exact {self.exact_share:.3f}, entries F1 {self.f1:.3f}"
        return f"{head}, silent {self.silent}; {shares}"


def _entry(entry: dict[str, Any]) -> tuple[object, ...]:
    amount = None if entry["amount"] is None else Decimal(entry["amount"])
    return entry["kind"], amount, entry["month"], bool(entry["estimate"]), bool(entry["net"])


def slots(out: dict[str, Any]) -> dict[str, Any]:
    """The values that are compared."""
    return {
        **{key: out[key] for key in ("intent", "household", "visited_on", "mode")},
        "checks": (out["checks"], out["all_ok"]),
        "entries": Counter(map(_entry, out["entries"])),
        "ask": set(out["ask"]),
    }


def score(path: Path, lexicon: Lexicon) -> Score:
    """Read every message of a corpus file and compare."""
    result = Score()
    lines = path.read_text(encoding="utf-8").splitlines()
    for line, answer in zip(lines, convert(lines, lexicon), strict=True):
        _compare(json.loads(line), json.loads(answer), result)
    return result


def _compare(item: dict[str, Any], out: dict[str, Any], result: Score) -> None:
    expect = item["expect"]
    want, have = slots(expect), slots(out)
    missed = [slot for slot in SLOTS if want[slot] != have[slot]]
    result.messages += 1
    result.exact += not missed
    result.right.update(set(SLOTS) - set(missed))
    result.matched += (want["entries"] & have["entries"]).total()
    result.expected += want["entries"].total()
    result.got += have["entries"].total()
    if (expect["intent"] == "other" or expect["ask"]) and out["intent"] == "record" and not out["ask"]:
        result.silent.append(item["id"])
    if missed:
        told = "; ".join(f"{slot}: wanted {want[slot]}, got {have[slot]}" for slot in missed)
        result.misses.append(f"{item['id']} {item['today']} {item['text']}\n    {told}")
