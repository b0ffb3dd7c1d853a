"""The shipped policy pack's items as a lexicon, and a small roster that the tables share."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from bot.domain.income_kinds import Kind
from bot.understanding import Item, Lexicon, Roster, RosterHousehold

CORPUS = Path(__file__).parent / "corpus"
VOICES = Path(__file__).parent / "voices"
CORPORA = (*sorted(CORPUS.glob("*.jsonl")), *sorted(VOICES.glob("*.jsonl")))
"""Every corpus that may be looked at: those that the rules are held to, and the voices that were read later."""
MARKED = Path(__file__).parent / "amounts.txt"
"""Figures in messages, of which those that are entries are marked."""
PACK = Path(__file__).parents[2] / "bot" / "policies" / "lufeng-2022-2024.toml"


def corpora_digest() -> str:
    """Changes whenever a message or a label of the corpora changes."""
    said = b"".join(path.name.encode() + path.read_bytes() for path in (*CORPORA, MARKED))
    return hashlib.sha256(said).hexdigest()[:16]


@cache
def lexicon() -> Lexicon:
    """Items of the shipped pack."""
    items = tomllib.loads(PACK.read_text(encoding="utf-8"))["items"]
    return Lexicon.of(Item(row["name"], Kind(row["kind"]), tuple(row["words"]), row.get("sector")) for row in items)


@cache
def roster() -> Roster:
    """A handful of made-up households, two of one name."""
    return Roster.of(
        [
            RosterHousehold("王老五", ("王小明", "李桂花"), "五组", ("老五",), "H1"),
            RosterHousehold("赵国才", ("赵云飞",), "5组", (), "H2"),
            RosterHousehold("李红英", ("周建华",), "三组", (), "H3"),
            RosterHousehold("李红英", ("杨光福",), "第五村民小组", ("英子",), "H4"),
            RosterHousehold("杨文学", ("杨海涛",), "二组", (), "H5"),
            RosterHousehold("杨发财", (), "一组", (), "H6"),
        ]
    )
