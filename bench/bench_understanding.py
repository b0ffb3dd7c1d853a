"""How long one message takes to read, next to a bare pass of a regular expression over the same text."""

import json
import random
import re
import statistics
import time
import tomllib
from datetime import date
from pathlib import Path

from bot.domain.income_kinds import Kind
from bot.understanding import Item, Lexicon, Roster, RosterHousehold, understand
from tests.support.understanding_score import score

ROOT = Path(__file__).parents[1]
HOUSEHOLDS = 800
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡余杜叶程苏魏吕丁任沈姚卢"
_GIVEN = "家富国华学兵世荣文开朝阳永贵正才正发光明志强春生有福天喜德云万仓桂芳红英小燕晓梅秀兰丽萍海涛建平成林"
_AGAIN = (
    "一天200,做了3天,",
    "每斤12元30斤",
    "壹贰叁",
    "房子漏雨,水停了,没医保,",
    "停水",
    "去了王老五家",
    "去看了看",
    "看 ",
    "好,",
    "明天去,",
    "卖了猪",
    "初四",
    "刚才写错了,不是300是500,",
    "老人昨天也都已经医院里走",
    "五组",
    "谢谢",
    " ",
)
_REFERENCE = re.compile(r"[\u4e00-\u9fff]+|\d+(?:\.\d+)?")


def _roster() -> tuple[RosterHousehold, ...]:
    """So many made-up households of four, spread over 50 groups."""
    names = [
        _SURNAMES[n % len(_SURNAMES)] + _GIVEN[n * 7 % len(_GIVEN)] + _GIVEN[n * 11 % len(_GIVEN)]
        for n in range(HOUSEHOLDS * 4)
    ]
    return tuple(
        RosterHousehold(names[n * 4], tuple(names[n * 4 + 1 : n * 4 + 4]), f"{n % 50 + 1}组", (), f"H{n:04}")
        for n in range(HOUSEHOLDS)
    )


def _lexicon() -> Lexicon:
    pack = tomllib.loads((ROOT / "bot/policies/lufeng-2022-2024.toml").read_text(encoding="utf-8"))
    return Lexicon.of(
        Item(row["name"], Kind(row["kind"]), tuple(row["words"]), row.get("sector")) for row in pack["items"]
    )


def _messages() -> list[tuple[str, date]]:
    rows = []
    for path in sorted((ROOT / "tests/understanding/corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.append((row["text"], date.fromisoformat(row["today"])))
    return rows


def _long(messages: list[tuple[str, date]]) -> list[str]:
    """Texts of 4,096 characters, the most that Telegram sends: the corpora in a row, and one thing over and over."""
    row = ",".join(text for text, _ in messages)
    words = ("一", "家", "一千", "每", "王老五家卖了3头猪得1万2,", "3点20", "打电话", "没水", "李", "12月3号")
    long = [row[at : at + 4096] for at in range(0, len(row) - 4096, 4096)] + [(word * 4096)[:4096] for word in words]
    return long + [text[:4096] for text in _dense()]


def _dense() -> list[str]:
    """Nothing but names, dates, amounts, troubles, or characters by chance; and words that once took for ever."""
    rng = random.Random(8)  # the same texts at each run
    heads = [household.head for household in rng.choices(_roster(), k=1500)]
    return [
        "".join(heads),
        ",".join(heads),
        "".join(f"{name}家卖猪得{rng.randrange(100, 9999)}元," for name in heads),
        " ".join(f"{rng.randrange(1, 13)}月{rng.randrange(1, 29)}号" for _ in heads),
        " ".join(f"2024-0{rng.randrange(1, 10)}-1{rng.randrange(10)}" for _ in heads),
        "".join(f"{rng.randrange(10, 9999)}元" for _ in heads),
        "".join(rng.choices("一二三四五六七八九十百千万", k=4096)),
        "".join(rng.choices("王李张刘陈杨家老小", k=4096)),
        "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(4096)),
        *(word * (4096 // len(word)) for word in _AGAIN),
    ]


def _once(text: str, today: date, roster: Roster, lexicon: Lexicon) -> float:
    """Milliseconds of one reading; the best of three leaves out pauses of the machine."""
    started = time.perf_counter()
    understand(text, today, roster, lexicon)
    return (time.perf_counter() - started) * 1000


def run() -> dict[str, float]:
    """Median and worst milliseconds a message over the corpora with 800 households; the ratio to the reference."""
    started = time.perf_counter()
    roster, lexicon = Roster.of(_roster()), _lexicon()
    index_ms = (time.perf_counter() - started) * 1000
    took, bare = [], []
    messages = _messages()
    for text, today in messages[:50]:
        understand(text, today, roster, lexicon)
    for text, today in messages:
        took.append(min(_once(text, today, roster, lexicon) for _ in range(3)))
        started = time.perf_counter()
        _REFERENCE.findall(text)
        bare.append((time.perf_counter() - started) * 1000)
    long = [min(_once(text, date(2024, 3, 15), roster, lexicon) for _ in range(3)) for text in _long(messages)]
    median, reference = statistics.median(took), statistics.median(bare)
    return {
        "messages": float(len(messages)),
        "index_ms": round(index_ms, 2),
        "median_ms": round(median, 3),
        "worst_ms": round(max(took), 3),
        "worst_4096_ms": round(max(long), 3),
        "reference_median_ms": round(reference, 5),
        "ratio": round(median / reference, 1),
        **_unseen(lexicon),
    }


def _unseen(lexicon: Lexicon) -> dict[str, float]:
    """How much of the held-out messages is read exactly, and F1 of their entries."""
    found = {}
    for path in sorted((ROOT / "tests/understanding/heldout").glob("*.jsonl")):
        result = score(path, lexicon)
        found |= {f"{path.stem}_exact": round(result.exact_share, 3), f"{path.stem}_f1": round(result.f1, 3)}
    return found


if __name__ == "__main__":
    print(json.dumps(run()))
