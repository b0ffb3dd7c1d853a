"""Two readers, one answer: where the second reader is sure that the rules are wrong, its answer is taken.

Whatever they differ on is doubtful, so that the draft marks it. The margins come from messages of authors whom neither
reader had seen: beyond them the second reader was right far more often than the rules. What the rules were told in so
many words stands: a trouble that is denied, money that has not come, an amount that is asked.
"""

from dataclasses import dataclass, field
from typing import Final

from bot.understanding.second import ASKED, NO, YES, Scores

_NEVER: Final = 10**6
_ANY: Final = "*"
TAKEN: Final[dict[tuple[str, str, str], int]] = {
    ("intent", "record", "other"): 300,
    ("intent", "record", "query"): 150,
    ("intent", "record", "list"): 600,
    ("intent", "record", "correct"): 350,
    ("intent", "record", "member_change"): 300,
    ("intent", "query", "record"): 900,
    ("intent", "query", "member_change"): 500,
    ("intent", "query", _ANY): 250,
    ("intent", "other", "record"): 1300,
    ("intent", "other", "query"): 100,
    ("intent", "other", "list"): 150,
    ("intent", "other", _ANY): 700,
    ("intent", "member_change", "record"): 700,
    ("intent", "member_change", "other"): 500,
    ("intent", "list", "other"): 900,
    ("intent", "correct", "other"): 800,
    ("visit", "home", NO): 1500,
    ("visit", "home", "phone"): 2600,
    ("visit", "phone", NO): 450,
    ("visit", NO, "home"): 600,
    ("visit", NO, "phone"): 1200,
    ("all_ok", YES, NO): 800,
    ("all_ok", NO, YES): 1500,
    ("check", NO, "ok"): 600,
    ("check", NO, "problem"): 700,
    ("check", "ok", NO): 1900,
    ("check", "problem", NO): 1500,
    ("amount", NO, _ANY): _NEVER,
    ("amount", ASKED, NO): 200,
    ("amount", ASKED, _ANY): _NEVER,
    ("vague", ASKED, NO): 600,
    ("aside", ASKED, NO): 1300,
    ("amount", _ANY, NO): 500,
    ("amount", _ANY, _ANY): 700,
}
"""How far, in thousandths, the second reader must be ahead before its answer is taken; what is not here stands."""
MARKED: Final = {
    "intent": 250,
    "visit": 450,
    "all_ok": 500,
    "check": 450,
    "amount": 300,
    "vague": _NEVER,
    "aside": _NEVER,
}
"""The same before a slot is marked as doubtful."""
_FIELD: Final = {"intent": "intent", "visit": "visited_on", "amount": "entries", "vague": "entries", "aside": "entries"}
_FIELDS: Final = ("intent", "visited_on", "checks", "entries")


def margin(subject: str, said: str, other: str) -> int:
    """How far ahead the second reader must be with `other` where the rules `said` something else."""
    ways = ((subject, said, other), (subject, said, _ANY), (subject, _ANY, other), (subject, _ANY, _ANY))
    return next((TAKEN[way] for way in ways if way in TAKEN), _NEVER)


@dataclass(slots=True)
class Settled:
    """The answers of one message, and what the readers differed on."""

    doubtful: set[str] = field(default_factory=set)

    def take(self, subject: str, said: str, scores: Scores) -> str:
        """The answer to take for what the rules `said`; subjects are those of `MARKED`."""
        if not scores:
            return said  # a long list is read by the rules alone
        other = max(scores, key=lambda answer: scores[answer])
        ahead = scores[other] - scores[said]
        if ahead > MARKED[subject]:
            self.doubtful.add(_FIELD.get(subject, "checks"))
        return other if ahead > margin(subject, str(said), str(other)) else said

    def slots(self) -> tuple[str, ...]:
        """What should be looked at before saving, in a fixed order: names of fields of a Reading."""
        return tuple(each for each in _FIELDS if each in self.doubtful)
