"""A second reader beside the rules: a linear model over pieces of the masked text, trained on the project's corpora.

Alone it is worse than the rules, but it errs elsewhere: where the two differ on something that would be stored, the
slot is doubtful and the draft says so. `scripts/train_second_reader.py` makes the weights.
"""

import re
from collections.abc import Iterator

from bot.domain.checks import CheckState
from bot.domain.income_kinds import Kind
from bot.understanding.model import Intent, Reading
from bot.understanding.names import DATE, GROUP, NAME
from bot.understanding.second_weights import BIAS, MARGIN, WEIGHTS

LONGEST = 4
"""Characters of the longest piece."""
MOST = 600
"""Characters that are looked at; the longer a text, the less its pieces say about the whole."""
CLAIMS = ("record", "visit", "money", "all_ok", "problem", *(kind.value for kind in Kind))
"""What the second reader says yes or no to; weights come in this order."""
DOUBTFUL = ("intent", "visited_on", "checks", "entries")
"""Slots that may be doubtful, in the order in which they are told."""
_SLOT = {"record": "intent", "visit": "visited_on", "all_ok": "checks", "problem": "checks"}

_RUN = re.compile(r"[\ue000-\uf8ff]+")
_FIGURE = re.compile(r"[\d.]+|[一二两三四五六七八九十百千万零半几]{2,}")
_BLANK = re.compile(r"\s+")
_LETTERS = {NAME: "N", GROUP: "G", DATE: "T"}


def shape(masked: str) -> str:
    """The text as the second reader sees it: names, groups, times and figures are one letter each."""
    text = _RUN.sub(lambda run: "".join(_LETTERS.get(char, "") for char in run.group()), masked[:MOST])
    return f"^{_BLANK.sub(' ', _FIGURE.sub('D', text))}$"


def pieces(text: str) -> Iterator[str]:
    """Every piece of one to four characters, each once."""
    yield from {text[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(text) - size + 1)}


def votes(masked: str) -> dict[str, int]:
    """For each claim how strongly it is held (above 0) or denied, in thousandths."""
    sums = list(BIAS)
    for piece in pieces(shape(masked)):
        weights = WEIGHTS.get(piece)
        if weights is not None:
            for index, weight in zip(weights[::2], weights[1::2], strict=True):
                sums[index] += weight
    return dict(zip(CLAIMS, sums, strict=True))


def said(reading: Reading) -> dict[str, bool]:
    """What a reading claims."""
    kinds = {entry.kind for entry in reading.entries}
    return {
        "record": reading.intent is Intent.RECORD,
        "visit": bool(reading.mode or reading.visited_on),
        "money": bool(reading.entries),
        "all_ok": reading.all_ok,
        "problem": CheckState.PROBLEM in reading.checks.values(),
        **{kind.value: kind in kinds for kind in Kind},
    }


def doubts(masked: str, reading: Reading) -> tuple[str, ...]:
    """The slots of a record on which the second reader differs by more than its margin; what is asked is no doubt."""
    if reading.intent is not Intent.RECORD:
        return ()
    held, claimed = votes(masked), said(reading)
    slots = {
        _SLOT.get(claim, "entries")
        for claim, margin in zip(CLAIMS, MARGIN, strict=True)
        if (held[claim] < -margin if claimed[claim] else held[claim] > margin)
    }
    if {"direction", "amount"} & set(reading.ask):
        slots -= {"entries"}
    return tuple(slot for slot in DOUBTFUL if slot in slots)
