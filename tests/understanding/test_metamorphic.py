"""Changes that leave what a message says as it is leave its reading; changes of what it says change just that.

The sample is fixed: every fourth message of the project's own corpora. Each change has a floor, the share that holds.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.domain.checks import Check, CheckState
from bot.domain.income_kinds import Kind
from bot.understanding import Intent, Reading, Roster, RosterHousehold, understand
from bot.understanding.jsonlines import household
from tests.understanding.pack import CORPUS, lexicon

STEP = 4
MONEY = re.compile(r"(?<![\d./\-年月号组])(?<!第)[1-9]\d{3,4}(?=元|块(?!五)|$|[,。;\uff0c\uff1b ])")
CN = "零一二三四五六七八九"


@dataclass(frozen=True)
class Said:
    """A message of the corpora with those it may mean."""

    text: str
    today: date
    homes: tuple[RosterHousehold, ...]

    def read(self) -> Reading:
        """What it means."""
        return understand(self.text, self.today, Roster.of(self.homes), lexicon())


@cache
def sample(step: int = STEP) -> tuple[Said, ...]:
    """Every fourth message, in the order of the files."""
    rows = [
        json.loads(line)
        for path in sorted(CORPUS.glob("*.jsonl"))
        if not path.stem.startswith("unseen")
        for line in path.read_text("utf-8").splitlines()
    ]
    return tuple(
        Said(row["text"], date.fromisoformat(row["today"]), tuple(map(household, row["roster"])))
        for row in rows[::step]
    )


def facts(reading: Reading) -> tuple[Any, ...]:
    """All that would be stored or asked."""
    entries = sorted(
        (str(entry.kind), entry.amount_fen or 0, entry.month or "", entry.estimate, entry.net)
        for entry in reading.entries
    )
    checks = sorted((check.value, state.value) for check, state in reading.checks.items())
    return (
        *(reading.intent, reading.household, reading.visited_on, reading.mode),
        *(reading.all_ok, tuple(checks), tuple(entries), reading.ask),
    )


def _between(filler: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=[\u4e00-\u9fff])[,\uff0c](?=[\u4e00-\u9fff])", filler, text)


def _went(verb: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<![过回出进上下])去(?=[\u4e00-\u9fff]{1,4}家)(?!不|人家)", verb, text, count=1)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in ",;:!?()" else char for char in text)


def _spoken(value: int) -> str:
    out, pending = "", False
    for unit, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if pending else "") + CN[digit] + name
        pending = not digit and bool(out)
    return out


def _figures(form: Callable[[int], str]) -> Callable[[str], str]:
    return lambda text: MONEY.sub(lambda found: form(int(found.group())), text)


SAME: dict[str, tuple[Callable[[str], str], float]] = {
    "嘛 between clauses": (_between("嘛,"), 0.98),
    "噶 between clauses": (_between("噶,"), 0.98),
    "那个 between clauses": (_between(",那个,"), 0.98),
    "呢 between clauses": (_between("呢,"), 0.98),
    "克 for 去": (_went("克"), 0.98),
    "到 for 去": (_went("到"), 0.98),
    "full-width signs": (_wide, 0.98),
    "no full stop": (lambda text: re.sub(r"[\u3002\uff01! ]+$", "", text), 0.98),
    "a full stop": (lambda text: text if text[-1] in "\u3002!?\uff01\uff1f" else text + "。", 0.98),
    "blanks for commas": (_between(" "), 0.98),
    "a picture at the end": (lambda text: text + "😊", 0.98),
    "3,500": (_figures(lambda value: f"{value:,}"), 0.98),
    "三千五百": (_figures(_spoken), 0.98),
    "3.5千": (_figures(lambda value: f"{value / 1000:g}千"), 0.98),
}


def _pairs(change: Callable[[str], str]) -> Iterator[tuple[Said, Said]]:
    for said in sample():
        text = change(said.text)
        if text != said.text:
            yield said, replace(said, text=text)


def _held(name: str, wrong: list[str], count: int, floor: float, capsys: pytest.CaptureFixture[str]) -> None:
    share = 1 - len(wrong) / count
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {share:.3f} of {count}")
    assert count >= 10
    assert share >= floor, "\n".join(wrong)


@pytest.mark.parametrize("name", SAME)
def test_what_says_the_same_is_read_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Fillers, dialect, signs and forms of figures change nothing."""
    change, floor = SAME[name]
    pairs = list(_pairs(change))
    wrong = [after.text for before, after in pairs if facts(before.read()) != facts(after.read())]
    _held(name, wrong, len(pairs), floor, capsys)


STRANGERS = ("钱守义", "冯秀兰", "蒋立业", "韩国栋", "邵玉珍", "方志远", "范长青", "贺春生")


def _renamed(said: Said) -> Said | None:
    """Another name for the one household that is named in full, in text and roster."""
    named = [home for home in said.homes if len(home.head) == 3 and home.head in said.text]
    free = [name for name in STRANGERS if all(name[0] not in home.head for home in said.homes)]
    if len(named) != 1 or not free or any(named[0].head in member for home in said.homes for member in home.members):
        return None
    new = replace(named[0], head=free[0], alias=())
    homes = tuple(new if home is named[0] else home for home in said.homes)
    return Said(said.text.replace(named[0].head, free[0]), said.today, homes)


def test_another_name_changes_the_household_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Who is named matters to the household, to nothing else."""
    pairs = [(said, other) for said in sample() if (other := _renamed(said))]
    wrong = []
    for said, other in pairs:
        before, after = facts(said.read()), facts(other.read())
        heads = dict(zip((home.head for home in said.homes), (home.head for home in other.homes), strict=True))
        if after != (before[0], heads.get(before[1], before[1]), *before[2:]):
            wrong.append(other.text)
    _held("names", wrong, len(pairs), 0.98, capsys)


def test_another_household_of_the_roster_is_another_household(capsys: pytest.CaptureFixture[str]) -> None:
    """The same words with the name of a neighbour are the neighbour's."""
    pairs = []
    for said in sample():
        named = [home.head for home in said.homes if home.head in said.text]
        heads = [home.head for home in said.homes]
        other = next((head for head in heads if head not in named and heads.count(head) == 1 and len(head) == 3), None)
        if (
            len(named) == 1
            and other
            and said.read().household == named[0]
            and not re.search("[二三四五六一\\d]组", said.text)
        ):
            pairs.append((said, replace(said, text=said.text.replace(named[0], other)), other))
    wrong = [after.text for before, after, other in pairs if after.read().household != other]
    _held("another household", wrong, len(pairs), 0.98, capsys)


def test_money_that_has_not_come_is_no_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """还没拿到 behind the only amount takes the entry away."""
    income = {Kind.WAGE, Kind.BUSINESS, Kind.TRANSFER, Kind.PROPERTY}
    pairs = []
    for said in sample():
        read = said.read()
        found = list(MONEY.finditer(said.text))
        if read.intent is Intent.RECORD and len(read.entries) == len(found) == 1 and read.entries[0].kind in income:
            end = found[0].end() + len(re.match(r"(?:元|块钱?)?", said.text[found[0].end() :])[0])
            pairs.append(replace(said, text=said.text[:end] + "还没拿到" + said.text[end:]))
    wrong = [after.text for after in pairs if after.read().entries]
    _held("还没拿到", wrong, len(pairs), 0.98, capsys)


TURNED = (
    ("漏雨", "没漏雨", Check.HOUSING),
    ("开裂", "没开裂", Check.HOUSING),
    ("断水", "没断水", Check.WATER),
    ("停水", "没停水", Check.WATER),
    ("辍学", "没辍学", Check.EDUCATION),
)
MORE_TROUBLE = re.compile("瓦|掀|[没不未无现见修好]|解决|了|隐患|危房")


def test_a_denied_trouble_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """没 before the only trouble turns the finding."""
    pairs = []
    for said in sample(1):
        read = said.read() if any(word in said.text for word, _, _ in TURNED) else Reading(Intent.OTHER)
        for word, denied, check in TURNED:
            alone = said.text.count(word) == 1 and not MORE_TROUBLE.search(said.text.replace(word, ""))
            if alone and read.checks.get(check) is CheckState.PROBLEM:
                pairs.append((replace(said, text=said.text.replace(word, denied)), check))
    wrong = [after.text for after, check in pairs if after.read().checks.get(check) is CheckState.PROBLEM]
    _held("没", wrong, len(pairs), 0.98, capsys)
