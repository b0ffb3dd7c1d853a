"""The parser against the corpora: every slot of every message counts."""

import sys
from pathlib import Path

import pytest

from tests.support.understanding_score import score
from tests.understanding.pack import CORPUS, VOICES, lexicon

OWN = sorted(path for path in CORPUS.glob("*.jsonl") if path.name != "dev.jsonl")


def test_development_corpus_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """Exact match 0.99, entries 0.99 and no silent record on the development corpus."""
    result = score(CORPUS / "dev.jsonl", lexicon())
    with capsys.disabled():
        sys.stdout.write(f"\ndev: {result}\n")
    assert result.exact_share >= 0.99, "\n".join(result.misses)
    assert result.f1 >= 0.99
    assert result.silent == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_own_corpus_is_understood(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exact match 0.97, entries 0.97 and no silent record on each voice of the project's own corpus."""
    result = score(path, lexicon())
    with capsys.disabled():
        sys.stdout.write(f"\n{path.stem}: {result}\n")
    assert result.exact_share >= 0.97, "\n".join(result.misses)
    assert result.f1 >= 0.97, "\n".join(result.misses)
    assert result.silent == []


@pytest.mark.parametrize("path", sorted(VOICES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_voices_are_mostly_understood(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was read later: exact match 0.70 on each voice."""
    result = score(path, lexicon())
    with capsys.disabled():
        sys.stdout.write(f"\n{path.stem}: {result}\n")
    assert result.exact_share >= 0.70, "\n".join(result.misses)
