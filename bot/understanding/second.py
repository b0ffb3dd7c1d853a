"""A second reader beside the rules: linear models over pieces of the masked text, trained on the project's corpora.

It errs elsewhere than the rules. Where it stands far on the other side, its answer is taken; where it stands a little
on the other side, the slot is doubtful; either way the draft says so (`settle.py`). `scripts/train_second_reader.py`
makes the weights.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from bot.domain.checks import Check, CheckState
from bot.domain.income_kinds import Kind
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Intent
from bot.understanding.names import DATE, GROUP, NAME
from bot.understanding.second_weights import PACKED
from bot.understanding.totals import Sum

LONGEST = 4
"""Characters of the longest piece of a message."""
MOST = 600
"""Characters that are looked at; the longer a text, the less its pieces say about the whole."""
NO, YES, ASKED = "no", "yes", "ask"
SLOTS: dict[str, tuple[str, ...]] = {
    "intent": tuple(Intent),
    "visit": (NO, "home", "phone"),
    "all_ok": (NO, YES),
    **{check.value: (NO, *CheckState) for check in Check},
}
"""What the second reader decides about a message, with the possible answers; scores come in this order."""
FINDING = (NO, *CheckState)
"""What it decides about one clause and one check."""
AMOUNT = (NO, ASKED, *Kind)
"""What it decides about one amount: no entry, an entry whose direction is asked, or a kind."""

_RUN = re.compile(r"[\ue000-\uf8ff]+")
_FIGURE = re.compile(r"[\d.]+|[一二两三四五六七八九十百千万零半几]{2,}")
_DIGITS = re.compile(r"[\d一二两三四五六七八九]+")
_BLANK = re.compile(r"\s+")
_LETTERS = {NAME: "N", GROUP: "G", DATE: "T"}
_BREAK = re.compile(r"[,。;!?:\n]")
_SENTENCE_END = re.compile(r"[。!?\n]")
_NEAR, _AHEAD, _BEHIND, _BEFORE, _SENTENCE = 24, 12, 12, 40, 80

Scores = dict[str, int]


class _Model(NamedTuple):
    bias: list[int]
    weights: dict[str, list[int]]

    def scores(self, seen: Iterable[str]) -> list[int]:
        """For each answer how strongly it is held (above 0) or denied, in thousandths."""
        sums = list(self.bias)
        for piece in seen:
            weights = self.weights.get(piece)
            if weights is not None:
                for index, weight in zip(weights[::2], weights[1::2], strict=True):
                    sums[index] += weight
        return sums


def stored() -> dict[str, Any]:
    """The weights as they were written, with the digest of what they were trained on."""
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b85decode("".join(PACKED))))
    return found


@cache
def _models() -> dict[str, _Model]:
    found = stored()
    return {name: _Model(found[name]["bias"], found[name]["weights"]) for name in ("message", "clause", "amount")}


def shape(masked: str) -> str:
    """The text as the second reader sees it: names, groups, times and figures are one letter each."""
    return f"^{_plain(masked[:MOST])}$"


def _plain(masked: str) -> str:
    text = _RUN.sub(lambda run: "".join(_LETTERS.get(char, "") for char in run.group()), masked)
    return _BLANK.sub(" ", _FIGURE.sub("D", text))


def pieces(text: str, longest: int = LONGEST, mark: str = "") -> Iterator[str]:
    """Every piece of one to `longest` characters, each once, behind a mark."""
    yield from {mark + text[at : at + size] for size in range(1, longest + 1) for at in range(len(text) - size + 1)}


def amount_pieces(text: str, each: Sum, floor: int, lexicon: Lexicon) -> set[str]:
    """What is seen of one amount of a masked text: the words around it; `floor` is where the amount before ends."""
    start, end = each.start, each.end
    near = _BREAK.split(text[max(floor, start - _NEAR) : start])[-1]
    behind = text[end : end + _BEHIND]
    low = max((match.end() for match in _SENTENCE_END.finditer(text, max(0, start - _SENTENCE), start)), default=0)
    low = max(low, start - _SENTENCE)
    close = _SENTENCE_END.search(text, end, end + _SENTENCE)
    high = close.start() if close else min(len(text), end + _SENTENCE)
    seen = set(pieces(_plain(near) + "|", 3, "l"))
    seen.update(pieces(_plain(text[max(0, start - _AHEAD) : start]) + "|", 3, "w"))
    seen.update(pieces("|" + _plain(_BREAK.split(behind)[0]), 3, "r"))
    seen.update(pieces(_plain(behind), 3, "R"))
    seen.update(pieces(_plain(text[low:high]), 3, "S"))
    seen.update(pieces(_plain(text[max(0, low - _BEFORE) : low]), 2, "P"))
    seen.update(f"i{found.item.sector}" for found in lexicon.find(text[max(0, start - 30) : start]))
    seen.update(f"n{found.item.sector}" for found in lexicon.find(near)[-1:])
    seen.update(f"b{found.item.sector}" for found in lexicon.find(behind)[:1])
    seen.update({"f" + _DIGITS.sub("D", text[start:end]), f"s{each.strong}", f"u{each.per}", f"o{each.fen is None}"})
    return seen


def read_message(masked: str) -> dict[str, Scores]:
    """For each slot how strongly each answer is held."""
    scores = iter(_models()["message"].scores(pieces(shape(masked))))
    return {slot: {answer: next(scores) for answer in answers} for slot, answers in SLOTS.items()}


def clauses_of(masked: str) -> list[str]:
    """The shapes of the clauses of a masked text, each once; at least one."""
    found = [each for each in _BREAK.split(shape(masked)[1:-1]) if each.strip()]
    return list(dict.fromkeys(found)) or [""]


def clause_pieces(clause: str) -> Iterator[str]:
    """What is seen of one clause."""
    return pieces(f"^{clause}$")


def read_clauses(masked: str) -> dict[Check, Scores]:
    """For each check how far the clause that says it most is from saying nothing."""
    model = _models()["clause"]
    rows = [model.scores(clause_pieces(clause)) for clause in clauses_of(masked)]
    width = len(FINDING)
    found: dict[Check, Scores] = {}
    for place, check in enumerate(Check):
        own = [row[place * width : (place + 1) * width] for row in rows]
        found[check] = {answer: max(row[at] - row[0] for row in own) for at, answer in enumerate(FINDING)}
    return found


def read_amount(seen: Iterable[str]) -> Scores:
    """How strongly each answer about one amount is held."""
    return dict(zip(AMOUNT, _models()["amount"].scores(seen), strict=True))
