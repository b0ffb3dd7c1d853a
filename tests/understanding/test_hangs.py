"""Messages that once took for ever: words that a pattern could divide in many ways, said again and again."""

import json
import subprocess
import sys
from datetime import date

import pytest

from bot.understanding import understand
from tests.understanding.pack import lexicon, roster

HANGING = [
    "2024-03-01 2024-03-08 2024-03-15 走访",
    "2023年10月 2023年11月 2023年12月 2024年1月 养老金",
    "看看" * 60,
    "看看" * 200 + "x",
    "谢谢" * 200 + "x",
    "收到好的谢谢" * 60 + "x",
    "辛苦了" * 100 + "x",
    "收到" + "马上就去照办整改" * 50 + "x",
    "哈" * 499 + "x",
    "家庭情况还算" * 60 + "坏",
    "收到无新增问题新增风险" * 40 + "x",
    "今天都还算" + "还算" * 100 + "x",
    "的户" * 200 + "x",
    "没有户" + "人家的户" * 100 + "x",
    "一共卖得了卖得了卖得了卖得了卖得了3000",
    "卖了3000块,嫌就嫌就嫌就嫌就嫌就嫌就嫌就嫌",
    "去" + "了一眼" * 150,
    "王老五家刚刚才" + "刚才刚刚" * 100 + "x",
    "王老五去看了" + "看了看" * 150 + "x",
]


def test_no_message_takes_for_ever() -> None:
    """All of them together are answered within seconds by the command line, each on its own line."""
    lines = [
        json.dumps({"id": str(at), "today": "2024-03-15", "text": text, "roster": [{"head": "王老五", "members": []}]})
        for at, text in enumerate(HANGING)
    ]
    try:
        done = subprocess.run(  # a hang cannot be broken off inside this process
            [sys.executable, "-m", "bot", "understand"],
            input="\n".join(lines),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        answered = (late.stdout or b"").count(b"\n")
        pytest.fail(f"this one hangs: {HANGING[answered][:40]}")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [str(at) for at in range(len(HANGING))]


def test_more_amounts_than_a_message_has_are_asked_for() -> None:
    """Hundreds of amounts in one text are no record of a household: nothing is guessed, the amount is asked."""
    text = "王老五家卖猪得" + ",".join(["3500元"] * 400)
    reading = understand(text, date(2024, 3, 15), roster(), lexicon())
    assert reading.entries == ()
    assert "amount" in reading.ask


def test_a_trouble_that_many_words_tell_of_is_noted_once() -> None:
    """One sentence with two words of trouble is one note."""
    reading = understand("王老五家水管坏了没水吃", date(2024, 3, 15), roster(), lexicon())
    assert reading.note == "王老五家水管坏了没水吃"


def test_a_text_is_read_to_its_end() -> None:
    """What stands behind 2,000 characters counts like the rest."""
    reading = understand(
        "去看了王老五家,一切正常," + "他说谢谢," * 500 + "卖猪得3500", date(2024, 3, 15), roster(), lexicon()
    )
    assert [entry.amount_fen for entry in reading.entries] == [350000]
