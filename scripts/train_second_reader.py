"""Trains the second reader on the corpora and writes its weights: `python scripts/train_second_reader.py`.

Needs scikit-learn. Deterministic: the same corpora give the same file. `--check` prints, from a cross-check in which no
voice is read by a model that has seen it, how often each slot is right.
"""

import base64
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.svm import LinearSVC

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.domain.checks import Check  # noqa: E402
from bot.understanding import second  # noqa: E402
from bot.understanding.entries import amounts_in  # noqa: E402
from bot.understanding.jsonlines import household  # noqa: E402
from bot.understanding.model import Intent  # noqa: E402
from bot.understanding.parts import Parts, parts_of, put_right, without_plans  # noqa: E402
from bot.understanding.roster import Roster, RosterHousehold  # noqa: E402
from bot.understanding.totals import Sum  # noqa: E402
from tests.understanding.pack import CORPORA, MARKED, corpora_digest, lexicon  # noqa: E402

TARGET = ROOT / "bot" / "understanding" / "second_weights.py"
MARK = re.compile(r"\{(\w+):([^}]+)\}")
DAY = date(2026, 11, 27)
WIDTH = 100
SHORT, ROUNDS, SURE = 2, 4, 0.3
CHECKS = [check.value for check in Check]
SEED, SOFTNESS, FOLDS, RAREST = 20261127, 0.1, 6, 2
LEAST = {"message": 10, "clause": 15, "amount": 12}
"""Weights below this, in thousandths, are left out of the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is seen and what is right: of a message one answer a slot, of an amount one answer."""

    voice: str
    seen: frozenset[str]
    right: tuple[str, ...]
    clauses: tuple[str, ...] = ()


def rows() -> tuple[list[Row], list[Row]]:
    """Messages and amounts of every corpus, in order."""
    messages: list[Row] = []
    amounts: list[Row] = []
    for path in CORPORA:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            roster = Roster.of(map(household, row["roster"]))
            parts = put_right(row["text"], date.fromisoformat(row["today"]), roster)
            seen = frozenset(second.pieces(second.shape(parts.text)))
            clauses = tuple(second.clauses_of(parts.text))
            messages.append(Row(path.stem, seen, answers(row["expect"]), clauses))
            if row["expect"]["intent"] in {Intent.RECORD, Intent.OTHER}:
                amounts += [Row(path.stem, *each) for each in amounts_of(parts, row["expect"])]
    return messages, [*amounts, *marked_amounts()]


def marked_amounts() -> list[Row]:
    """The amounts of `MARKED`, where every entry is marked; other figures are none."""
    people = Roster.of(RosterHousehold(name, (), "", (), name) for name in ("张三", "李四", "王五"))
    found = []
    for line in MARKED.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        said = [MARK.sub(r"\2", line[: mark.start()]) for mark in MARK.finditer(line)]
        marks = {len(ahead): mark[1] for ahead, mark in zip(said, MARK.finditer(line), strict=True)}
        parts = parts_of(MARK.sub(r"\2", line), DAY, people)
        rows = [Row("marked", frozenset(seen), (marks.pop(each.start, second.NO),)) for each, seen in _seen(parts)]
        if marks:
            raise SystemExit(f"{MARKED.name}: no amount is read at a mark of: {line}")
        found += rows
    return found


def _seen(parts: Parts) -> Iterator[tuple[Sum, set[str]]]:
    """Each amount of a message with what is seen of it."""
    text, floor = without_plans(parts), 0
    for each in amounts_in(text, parts.dates):
        yield each, second.amount_pieces(text, each, floor, lexicon())
        floor = each.end


def answers(expect: dict[str, Any]) -> tuple[str, ...]:
    """What a perfect reader says of the slots, in the order of `second.SLOTS`."""
    said = {
        "intent": expect["intent"],
        "visit": expect["mode"] or ("home" if expect["visited_on"] else second.NO),
        "all_ok": second.YES if expect["all_ok"] else second.NO,
    }
    return tuple(said.get(slot) or expect["checks"].get(slot, second.NO) for slot in second.SLOTS)


def amounts_of(parts: Parts, expect: dict[str, Any]) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """Each amount of a message with the kind that it should have."""
    wanted = Counter(
        (round(float(entry["amount"]) * 100), entry["kind"] or second.ASKED)
        for entry in expect["entries"]
        if entry["amount"]
    )
    found = []
    sums = [fen for fen, _ in wanted.elements()]
    for each, seen in _seen(parts):
        kinds = [key for key in wanted if key[0] == each.fen and wanted[key]]
        if kinds:
            wanted[kinds[0]] -= 1
        if not kinds and _said_twice(each.fen, sums):
            continue
        unheard = second.ASKED if each.fen is None and "amount" in expect["ask"] else second.NO
        found.append((frozenset(seen), (kinds[0][1] if kinds else unheard,)))
    return found


def _said_twice(fen: int | None, sums: list[int]) -> bool:
    """A sum of the entries, or what is left of them: no entry, but not because of its words."""
    runs = {sum(sums[low:high]) for low in range(len(sums)) for high in range(low + 1, len(sums) + 1)}
    return fen in runs or fen in {one - other for one in runs for other in runs}


class Trained:
    """One linear model for each answer."""

    def __init__(self, data: list[Row], index: int) -> None:
        counts = Counter(piece for row in data for piece in row.seen)
        self.vectoriser = DictVectorizer()
        kept = [dict.fromkeys((piece for piece in row.seen if counts[piece] >= RAREST), 1) for row in data]
        self.model = LinearSVC(C=SOFTNESS, random_state=SEED)
        self.model.fit(_small(self.vectoriser.fit_transform(kept)), [row.right[index] for row in data])

    def scores(self, data: list[Row], names: tuple[str, ...]) -> Any:
        """A row of scores for each row of data, in the order of `names`; an answer never seen is denied."""
        return self.weighed(self.vectoriser.transform([dict.fromkeys(row.seen, 1) for row in data]), names)

    def weighed(self, vectors: Any, names: tuple[str, ...]) -> Any:
        """The same for vectors."""
        decided = self.model.decision_function(_small(vectors))
        known = [str(each) for each in self.model.classes_]
        decided = np.stack([-decided, decided], 1) if decided.ndim == 1 else decided
        return np.stack([decided[:, known.index(n)] if n in known else np.full(len(decided), -9.0) for n in names], 1)

    def lines(self, names: tuple[str, ...]) -> tuple[list[int], dict[str, list[int]]]:
        """Bias of each answer, and the weights of each piece, in thousandths."""
        size = len(self.vectoriser.feature_names_)
        bias = self.weighed(csr_matrix((1, size)), names)[0]
        known = [str(each) for each in self.model.classes_]
        coefs = self.model.coef_ if len(known) > 2 else np.stack([-self.model.coef_[0], self.model.coef_[0]])
        dense = np.stack([coefs[known.index(n)] if n in known else np.zeros(size) for n in names])
        weights = {
            piece: [round(1000 * float(each)) for each in dense[:, at]]
            for at, piece in enumerate(self.vectoriser.feature_names_)
        }
        return [round(1000 * float(each)) for each in bias], weights


class Clauses:
    """One model a check over clauses. Only the message is labelled: which of its clauses says it is found in rounds."""

    def __init__(self, data: list[Row], check: str) -> None:
        self.place = list(second.SLOTS).index(check)
        self.said = [[Row("", frozenset(second.clause_pieces(each)), ()) for each in row.clauses] for row in data]
        wanted = [row.right[self.place] for row in data]
        short = [
            (clause, right) for row, right in zip(self.said, wanted, strict=True) if len(row) <= SHORT for clause in row
        ]
        self.model = Trained([replace(clause, right=(right,)) for clause, right in short], 0)
        for _ in range(ROUNDS):
            self.model = Trained(self._labelled(wanted), 0)

    def _labelled(self, wanted: list[str]) -> list[Row]:
        """Every clause; of a message that says something, the clause that says it most and those that surely do."""
        rows = [clause for said in self.said for clause in said]
        scores = self.model.scores(rows, second.FINDING)
        labelled, at = [], 0
        for said, right in zip(self.said, wanted, strict=True):
            ahead = scores[at : at + len(said), second.FINDING.index(right)] - scores[at : at + len(said), 0]
            most = int(ahead.argmax())
            for place, clause in enumerate(said):
                says = right != second.NO and (place == most or ahead[place] > SURE)
                labelled.append(replace(clause, right=(right if says else second.NO,)))
            at += len(said)
        return labelled


def _small(vectors: Any) -> Any:
    """The matrix with indexes of the width that liblinear takes."""
    matrix = csr_matrix(vectors)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    return matrix


def merged(parts: list[tuple[list[int], dict[str, list[int]]]], least: int) -> dict[str, Any]:
    """Several models over the same pieces as one table without its small weights."""
    bias = [each for one, _ in parts for each in one]
    weights: dict[str, list[int]] = {}
    for piece in sorted({piece for _, table in parts for piece in table}):
        row = [each for one, table in parts for each in table.get(piece, [0] * len(one))]
        kept = [value for at, each in enumerate(row) if abs(each) >= least for value in (at, each)]
        if kept:
            weights[piece] = kept
    return {"bias": bias, "weights": weights}


def check(messages: list[Row], amounts: list[Row]) -> None:
    """Cross-check by voice."""
    for data, slots in ((messages, second.SLOTS), (amounts, {"amount": second.AMOUNT})):
        for index, (slot, names) in enumerate(slots.items()):
            right = 0
            voices = sorted({row.voice for row in data})
            for fold in range(FOLDS):
                test = [row for row in data if voices.index(row.voice) % FOLDS == fold]
                train = [row for row in data if voices.index(row.voice) % FOLDS != fold]
                decided = Trained(train, index).scores(test, names).argmax(axis=1)
                right += sum(names[at] == row.right[index] for at, row in zip(decided, test, strict=True))
            print(f"{slot:10} right {right / len(data):.4f} of {len(data)}")


def packed(text: str) -> str:
    """The text as a module: compressed, in lines of a width that an editor shows."""
    said = base64.b85encode(gzip.compress(text.encode(), mtime=0)).decode()
    lines = [f"    {said[at : at + WIDTH]!r},\n" for at in range(0, len(said), WIDTH)]
    head = '"""Weights of the second reader; made by scripts/train_second_reader.py, not by hand."""\n\n'
    return f"{head}PACKED = (\n{''.join(lines)})\n"


def main(arguments: list[str]) -> None:
    """Train on everything and write."""
    messages, amounts = rows()
    if "--check" in arguments:
        check(messages, amounts)
        return
    table = [Trained(messages, index).lines(names) for index, names in enumerate(second.SLOTS.values())]
    made = {
        "digest": corpora_digest(),
        "message": merged(table, LEAST["message"]),
        "clause": merged([Clauses(messages, check).model.lines(second.FINDING) for check in CHECKS], LEAST["clause"]),
        "amount": merged([Trained(amounts, 0).lines(second.AMOUNT)], LEAST["amount"]),
    }
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(packed(text), "utf-8")
    print(f"{len(messages)} messages, {len(amounts)} amounts, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
