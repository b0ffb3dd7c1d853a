"""`ruhu understand`: JSON lines in and out."""

import json

import pytest

from bot.understanding.jsonlines import convert
from tests.understanding.pack import lexicon

LINE = {
    "id": "7",
    "today": "2024-03-15",
    "text": "今天走访了王老五家，一切正常",
    "roster": [{"head": "王老五", "members": [], "group": "五组", "alias": []}],
}


def test_each_line_is_answered_in_order() -> None:
    """Every line has its answer; blank lines have none."""
    lines = [json.dumps(LINE | {"id": str(number)}, ensure_ascii=False) for number in range(3)]
    answers = [json.loads(answer) for answer in convert([lines[0], "\n", *lines[1:]], lexicon())]
    assert [answer["id"] for answer in answers] == ["0", "1", "2"]
    assert answers[0] == {
        "id": "0",
        "intent": "record",
        "household": "王老五",
        "candidates": [],
        "visited_on": "2024-03-15",
        "mode": "home",
        "checks": {},
        "all_ok": True,
        "entries": [],
        "ask": [],
        "group": "五组",
    }


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "{}",
        '{"id": "1", "today": "gestern", "text": "", "roster": []}',
        '{"id": "1", "today": "2024-03-15", "text": 5}',
    ],
)
def test_bad_line_is_named(bad: str) -> None:
    """A line that is not what the contract describes is named by its number."""
    with pytest.raises(ValueError, match="line 2"):
        list(convert([json.dumps(LINE), bad], lexicon()))
