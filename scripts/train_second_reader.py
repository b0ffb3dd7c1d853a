"""Trains the second reader on the corpora and writes its weights: `python scripts/train_second_reader.py`.

Needs scikit-learn. Deterministic: the same corpora give the same file. Prints, from a cross-check in which no voice is
read by a model that has seen it, how often each claim is right and how many records would be marked. `--quick FILE`
leaves the cross-check out and writes to FILE.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.understanding import second  # noqa: E402
from bot.understanding.jsonlines import household  # noqa: E402
from bot.understanding.parts import masked  # noqa: E402
from bot.understanding.roster import Roster  # noqa: E402

CORPUS = ROOT / "tests" / "understanding" / "corpus"
TARGET = ROOT / "bot" / "understanding" / "second_weights.py"
SEED, SOFTNESS, FOLDS, LEAST = 20261127, 0.1, 6, 0.004
MARGIN = {"record": 0.1, "visit": 0.1, "money": 0.2, "all_ok": 0.15, "problem": 0.45} | dict.fromkeys(
    ("wage", "business", "business_cost", "property", "transfer", "rigid", "claim"), 0.35
)
"""How far the second reader must stand on the other side before a slot is marked."""


def messages() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Voice (file), shape and expected reading of every message of the corpora."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            roster = Roster.of(map(household, row["roster"]))
            yield path.stem, second.shape(masked(row["text"], date.fromisoformat(row["today"]), roster)), row["expect"]


def claims(expect: dict[str, Any]) -> list[bool]:
    """What a perfect reader says, in the order of `second.CLAIMS`."""
    kinds = {entry["kind"] for entry in expect["entries"]}
    first = [
        expect["intent"] == "record",
        bool(expect["mode"] or expect["visited_on"]),
        bool(expect["entries"]),
        expect["all_ok"],
        "problem" in expect["checks"].values(),
    ]
    return first + [kind in kinds for kind in second.CLAIMS[len(first) :]]


def vectoriser() -> CountVectorizer:
    """The same pieces as `second.pieces`."""
    return CountVectorizer(analyzer=second.pieces, min_df=2, binary=True)


def fitted(vectors: Any, wanted: Any) -> LinearSVC:
    """One claim's model."""
    return LinearSVC(C=SOFTNESS, random_state=SEED).fit(vectors, wanted)


def cross_checked(voices: list[str], texts: list[str], truth: Any) -> Any:
    """Decision of each claim for each message by a model that has not seen its voice."""
    names = sorted(set(voices))
    decided = np.zeros(truth.shape)
    for fold in range(FOLDS):
        test = np.array([names.index(voice) % FOLDS == fold for voice in voices])
        counting = vectoriser()
        vectors = counting.fit_transform([text for text, held_out in zip(texts, test, strict=True) if not held_out])
        others = counting.transform([text for text, held_out in zip(texts, test, strict=True) if held_out])
        for index in range(truth.shape[1]):
            decided[test, index] = fitted(vectors, truth[~test, index]).decision_function(others)
    return decided


def report(decided: Any, truth: Any) -> None:
    """How good it is alone, and what it marks among records."""
    for index, claim in enumerate(second.CLAIMS):
        print(f"{claim:14} right {np.mean((decided[:, index] > 0) == truth[:, index]):.4f}")
    margins = np.array([MARGIN[claim] for claim in second.CLAIMS])
    marked = (np.where(truth, -decided, decided) > margins).any(axis=1)
    print(f"records marked although rightly read: {marked[truth[:, 0]].mean():.4f}")


def write(counting: CountVectorizer, models: list[LinearSVC], target: Path) -> None:
    """The weights as a module of literals, in thousandths, small ones left out."""
    rows = np.array([model.coef_[0] for model in models])
    lines = []
    for piece, column in sorted(counting.vocabulary_.items()):
        kept = [(index, round(1000 * value)) for index, value in enumerate(rows[:, column]) if abs(value) >= LEAST]
        if kept:
            lines.append(f"    {piece!r}: ({', '.join(f'{index}, {weight}' for index, weight in kept)}),\n")
    bias = tuple(round(1000 * float(model.intercept_[0])) for model in models)
    margin = tuple(round(1000 * MARGIN[claim]) for claim in second.CLAIMS)
    head = '"""Weights of the second reader; made by scripts/train_second_reader.py, not by hand."""\n\n'
    body = f"BIAS = {bias}\nMARGIN = {margin}\nWEIGHTS: dict[str, tuple[int, ...]] = {{\n{''.join(lines)}}}\n"
    target.write_text(head + body, "utf-8")
    print(f"{len(lines)} pieces, {target.stat().st_size} bytes")


def main(arguments: list[str]) -> None:
    """Cross-check, then train on everything and write."""
    quick = arguments[1:] if arguments[:1] == ["--quick"] else []
    voices, texts, expected = zip(*messages(), strict=True)
    truth = np.array([claims(each) for each in expected])
    if not quick:
        report(cross_checked(list(voices), list(texts), truth), truth)
    counting = vectoriser()
    vectors = counting.fit_transform(texts)
    write(
        counting,
        [fitted(vectors, truth[:, index]) for index in range(truth.shape[1])],
        Path(quick[0]) if quick else TARGET,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
