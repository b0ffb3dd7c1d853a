"""remind and understand."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer
from bot.storage.database import Transaction
from tests.cli.conftest import ROOT, Shell
from tests.support.grid import TODAY, Grid, ago

MORNING = "2024-03-15T08:30"


@pytest.fixture
async def grid(ruhu: Shell, migrated_file: Path) -> Shell:
    """Two monitors, each with a household that was never visited."""
    ruhu.begin_with(migrated_file)

    def fill(tx: Transaction) -> None:
        grid = Grid(tx)
        for name, group in (("杨光明", "五组"), ("李网格", "六组")):
            grid.monitor(name, group)
            grid.house(f"{name[0]}老五", group, last_visit=None, imported_on=ago(90))

    await ruhu.write(fill)
    return ruhu


def said(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_dry_run_says_what_would_be_sent_and_needs_no_token(grid: Shell) -> None:
    for _ in range(2):
        dry = grid("remind", "--at", MORNING, "--dry-run")
        assert (dry.code, dry.err) == (0, "")
        first, second = said(dry.out)
        assert set(first) == {"person", "kind", "households", "text", "state"}
        assert (first["person"], first["kind"], first["households"]) == ("杨光明", "digest", ["H0001"])
        assert "今日待办" in first["text"]
        assert (first["state"], second["state"]) == ("planned", "planned")
    assert grid("remind", "--at", f"{TODAY + timedelta(1)}T08:30", "--dry-run").out == ""  # a Saturday
    assert said(grid("remind", "--at", "2024-03-15T00:30Z", "--dry-run").out) == [first, second]
    missing = grid("remind", "--at", MORNING)
    assert (missing.code, missing.err.partition(":")[0]) == (2, "BOT_TOKEN")


async def test_it_delivers_by_itself_once_and_knows_who_is_out_of_reach(grid: Shell, server: SandboxServer) -> None:
    here, gone = Person(server, 1001, "杨光明"), Person(server, 1002, "李网格")
    gone.block()
    grid.env |= {"BOT_TOKEN": server.token, "BOT_API_URL": server.root}
    sent = await grid.beside("remind", "--at", MORNING)
    assert [(line["person"], line["state"]) for line in said(sent.out)] == [
        ("杨光明", "sent"), ("李网格", "unreachable"),
    ]  # fmt: skip
    assert here.last is not None
    assert "今日待办" in here.last.text
    again = await grid.beside("remind", "--at", MORNING)
    assert (again.code, again.out) == (0, "")
    assert server.token not in sent.err
    assert "unreachable" in (await grid.beside("staff", "list", BOT_LANGUAGE="en")).out


def test_understanding_answers_line_by_line_and_stores_nothing(ruhu: Shell) -> None:
    corpus = (ROOT / "tests" / "understanding" / "corpus" / "dev.jsonl").read_text("utf-8").splitlines()[:20]
    done = ruhu.fresh("understand", feed="\ufeff" + "\n".join(corpus))
    assert (done.code, done.err) == (0, "")
    assert [line["id"] for line in said(done.out)] == [json.loads(line)["id"] for line in corpus]
    assert not ruhu.data.exists()


def test_a_line_that_cannot_be_read_is_named_and_what_came_before_is_answered(ruhu: Shell) -> None:
    line = json.dumps({"id": "1", "today": "2024-03-15", "text": "今天去王老五家,都好", "roster": [{"head": "王老五"}]})
    done = ruhu("understand", feed=f"{line}\nnot json\n")
    assert done.code == 1
    assert [(row["household"], row["visited_on"]) for row in said(done.out)] == [("王老五", "2024-03-15")]
    assert len(done.errors) == 1
    assert done.errors == ["输入第 2 行不对:不是 JSON"]
    english = ruhu("understand", feed=f"{line}\n{{}}\n", BOT_LANGUAGE="en")
    assert english.errors == ["Line 2 of the input is wrong: text is missing"]
    latin = ruhu("understand", feed="{é".encode("latin-1"))
    assert (latin.code, latin.errors) == (1, ["输入不是 UTF-8。"])


def test_the_parser_takes_texts_of_any_shape(ruhu: Shell) -> None:
    """Half characters, NUL, turned directions in every place; nesting without end is one line."""
    row = {"id": "\ud8001", "today": "2024-03-15", "text": "\ud800走访王\0五\u202e一切正常"}
    roster = [{"head": "王\u200b五", "members": ["\udfff"], "group": "\0五组", "alias": ["\ud83d"]}]
    done = ruhu("understand", feed=json.dumps({**row, "roster": roster}) + "\n")
    assert (done.code, done.err) == (0, "")
    assert (said(done.out)[0]["household"], said(done.out)[0]["all_ok"]) == ("王五", True)
    for broken in ("[" * 100_000, json.dumps({**row, "today": "\ud800"})):
        refused = ruhu("understand", feed=broken + "\n")
        assert (refused.code, len(refused.errors)) == (1, 1)
