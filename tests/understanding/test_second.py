"""The second reader: trained on the corpora, doubtful where it differs, quiet where the words are clear."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind
from bot.understanding import Intent, ReadEntry, Reading
from bot.understanding.second import CLAIMS, DOUBTFUL, LONGEST, doubts, pieces, shape, votes
from bot.understanding.second_weights import BIAS, MARGIN, WEIGHTS

ROOT = Path(__file__).parents[2]
NAME = "\ue000\ue001"
CLEAR = [
    (f"今天去{NAME}家走访,一切正常", {"record", "visit", "all_ok"}),
    (f"{NAME}家儿子打工挣了3500", {"record", "money", "wage"}),
    (f"{NAME}家房子漏雨", {"record", "problem"}),
    (f"{NAME}家卖了两头猪得12000", {"record", "money", "business"}),
    (f"{NAME}低保领了860", {"record", "money", "transfer"}),
    ("收到,谢谢", set()),
]


@pytest.mark.parametrize(("masked", "held"), CLEAR, ids=[row[0][-8:] for row in CLEAR])
def test_clear_words_are_read_alike(masked: str, held: set[str]) -> None:
    assert {claim for claim, vote in votes(masked).items() if vote > 0} == held


def test_a_reading_against_clear_words_is_doubtful() -> None:
    """The slot is named, so that the draft can mark its line."""
    sold = f"{NAME}家卖了两头猪得12000"
    wage = ReadEntry(Kind.WAGE, 1200000)
    assert doubts(sold, Reading(Intent.RECORD, entries=(wage,))) == ("entries",)
    assert doubts(sold, Reading(Intent.RECORD, entries=(ReadEntry(Kind.BUSINESS, 1200000),))) == ()
    leak = f"{NAME}家房子漏雨"
    assert doubts(leak, Reading(Intent.RECORD, all_ok=True)) == ("checks",)
    assert doubts(leak, Reading(Intent.RECORD, checks={Check.HOUSING: CheckState.PROBLEM})) == ()
    chat = "收到,谢谢"
    assert doubts(chat, Reading(Intent.RECORD, mode=Mode.HOME))[:2] == ("intent", "visited_on")


def test_what_is_asked_or_not_recorded_is_no_doubt() -> None:
    """A question about the amount looks at it already; from a chat nothing is stored."""
    sold = f"{NAME}家卖了两头猪得12000"
    assert doubts(sold, Reading(Intent.RECORD, entries=(ReadEntry(None, 1200000),), ask=("direction",))) == ()
    assert doubts(sold, Reading(Intent.OTHER)) == ()


def test_names_figures_and_times_are_one_letter_each() -> None:
    assert shape(f"\ue003\ue003去{NAME}家 卖猪得1万2") == "^TT去N家 卖猪得D万D$"
    assert shape("三万二千六") == "^D$"
    assert max(map(len, pieces("^今天$"))) == LONGEST
    assert set(CLAIMS) >= {kind.value for kind in Kind}
    assert set(DOUBTFUL) == {"intent", "visited_on", "checks", "entries"}


def test_the_weights_are_those_of_the_corpora(tmp_path: Path) -> None:
    """Whoever adds messages trains anew: `python scripts/train_second_reader.py`. Processors may round differently."""
    made = tmp_path / "weights.py"
    command = [sys.executable, str(ROOT / "scripts" / "train_second_reader.py"), "--quick", str(made)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True, timeout=300)
    found: dict[str, Any] = {}
    exec(made.read_text("utf-8"), found)
    assert found["MARGIN"] == MARGIN
    assert found["BIAS"] == pytest.approx(BIAS, abs=3)
    for piece in found["WEIGHTS"].keys() | WEIGHTS.keys():
        assert _dense(found["WEIGHTS"].get(piece, ())) == pytest.approx(_dense(WEIGHTS.get(piece, ())), abs=6), piece
    assert made.stat().st_size < 1_000_000


def _dense(weights: tuple[int, ...]) -> list[int]:
    """All weights of a piece; small ones are left out of the file."""
    known = dict(zip(weights[::2], weights[1::2], strict=True))
    return [known.get(index, 0) for index in range(len(CLAIMS))]
