"""Every clause of a record ends in a fact, a question, small talk, or in the words shown as not understood."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.understanding import Roster, understand
from bot.understanding.jsonlines import household
from bot.understanding.model import Intent
from tests.understanding.pack import lexicon

CORPORA = sorted((Path(__file__).parent / "corpus").glob("*.jsonl"))
ASIDES = ("他家新买了一只狗", "楼下的大黄追着我跑", "墙根底下晒着辣椒串", "隔壁杀羊请酒闹到半夜")
"""Clauses that tell of no check, no money, no visit and no change."""


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_an_aside_is_shown_as_said_and_changes_nothing_else(path: Path) -> None:
    """Put behind any record of the corpora, it stands in `unread`; the facts stay."""
    wrong = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        roster, today = Roster.of(map(household, row["roster"])), date.fromisoformat(row["today"])
        before = understand(row["text"], today, roster, lexicon())
        if before.intent is not Intent.RECORD or before.parts or before.unknown:
            continue
        aside = ASIDES[number % len(ASIDES)]
        after = understand(f"{row['text'].rstrip('。!?,; ')}。{aside}", today, roster, lexicon())
        kept = any(aside in said for said in after.unread)
        if not kept or (after.checks, after.all_ok) != (before.checks, before.all_ok):
            wrong.append((row["text"], after.unread, after.checks))
    assert wrong == []
