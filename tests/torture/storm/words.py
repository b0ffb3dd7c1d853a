"""What people type in a storm: sentences, commands, quick forms, the parser's own words over and over, odd text."""

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.torture.storm.cast import House

CORPUS = Path(__file__).resolve().parents[2] / "understanding" / "corpus"
LONGEST = 4096
HANGS = (
    "2024-03-01 2024-03-08 2024-03-15 走访",
    "2023年10月 2023年11月 2023年12月 2024年1月 养老金",
    "看看" * 30,
    "谢谢" * 40 + "x",
    "3月1号、3月8号、3月15号、3月22号" * 8,
    "一二三四五六七八九十百千万" * 60 + "元",
    "打工收入3000元" * 200,
    "10月到12月" * 120,
)
"""Messages that a parser which goes back and tries again never gets through."""
PIECES = (
    "2024-03-01 2024年3月 3月5号 上周三 昨天 今早 去年 月底 3000 三千五 1万2 一亿二 半 块 元 斤 头 亩 每月 一个月 共 各 "
    "看看 谢谢 谢 了 的 家 走访 记账 查 去了 没去 不在家 打工 工资 养老金 低保 卖猪 卖了 买了 开支 住院 报销 学费 水 房子 漏雨 "
    "吃饭 上学 医保 都好 一切正常 没问题 有问题 改成 不是 应该是 撤销 和 、 , 。 : ( ) - / . ~ 到 至 × % 组 一组 户 口人 婆娘"
).split()
ODD = (
    "\x00", "查 王\x00五", "\ud800", "走访 \udfff\ud83d", "\u202e反过来写的字", "\u200b\u200d\ufeff", "👨‍👩‍👧‍👦" * 40, "🏳️‍🌈", "  \n\t ",
    "。。。", "?", "<b>粗", "&amp;&lt;", "</a><script>", "{ $name }", "{{x}}", "%s %d %(name)s", "'; DROP TABLE staff; --", "\\u0000",
    "a" * LONGEST, "好" * LONGEST, "1" * LONGEST, "é" * 2000, "\U0001f600" * 2000, "\r\n" * 500, "#", "/", "/@", "/ ", "//", "/todo/todo",
    "-0", "1e309", "NaN", "∞", "٣٤٥元", "〇", "壹万", "0", "00000000000000000000", "12345678901234567890", "-1", "1/0", "᠎", "ﷺ", "ㅤ",
)  # fmt: skip
ANSWERS = (
    "1",
    "2",
    "是",
    "对",
    "不是",
    "今天",
    "昨天",
    "上周三",
    "10号",
    "3000",
    "三千五",
    "保存",
    "算了",
    "都好",
    "漏雨",
    "不知道",
    "没有",
    "下个月",
)
COMMANDS = "start todo visit income find case stats export settings undo cancel help nosuch".split()
KEYS = ("待办", "走访", "记账", "查询", "线索", "统计", "撤销", "帮助", "继续")


@cache
def sentences() -> tuple[str, ...]:
    """Every message of the corpora that is public in this repository."""
    lines = (line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    found = (json.loads(line).get("text") for line in lines if line.strip())
    return tuple(text for text in found if isinstance(text, str) and text.strip())


class Words:
    """Draws what somebody types; `houses` are those they may name."""

    def __init__(self, rng: random.Random, codes: Sequence[str]) -> None:
        self._rng, self._codes = rng, codes
        self._ways = (
            (self._sentence, 26), (self._record, 18), (self._quick, 14), (self._command, 10), (self._key, 6),
            (self._answer, 10), (self._repeated, 6), (self._hang, 2), (self._odd, 5), (self._code, 2), (self._mixed, 1),
        )  # fmt: skip

    def text(self, houses: Sequence[House]) -> str:
        """One message of at most 4,096 characters."""
        ways, weights = zip(*self._ways, strict=True)
        text: str = self._rng.choices(ways, weights)[0](houses)
        return text[:LONGEST] or "好"

    def name(self, houses: Sequence[House]) -> str:
        """A name, a part of one or a code."""
        house = self._rng.choice(houses)
        return self._rng.choice((house.head, house.head, house.head, self._rng.choice(house.names), house.code))

    def _sentence(self, _: Sequence[House]) -> str:
        return self._rng.choice(sentences())

    def _record(self, houses: Sequence[House]) -> str:
        rng, name, yuan = self._rng, self.name(houses), self._rng.randrange(10**5)
        return rng.choice((
            f"今天去{name}家了,一切正常", f"今天去{name}家了,一切正常,打工收入{yuan}元", f"{name}家房子漏雨", f"{name} 低保 {yuan}",
            f"昨天去{name}家,卖猪{yuan}元,买饲料{yuan // 3}", f"{name}没在家", f"{name}家水管修好了", f"不是{yuan}是{yuan + 7}",
        ))  # fmt: skip

    def _quick(self, houses: Sequence[House]) -> str:
        verb = self._rng.choice(("走访", "记账", "查", "查询", "/find", "/visit", "/income", "find"))
        rest = self._rng.choice(("", " 3000", " 工资 3500", " 养老金 120 每月", " 今天", " " * 50))
        return f"{verb}{self._rng.choice((' ', ' ', ':', '  '))}{self.name(houses)}{rest}"

    def _command(self, houses: Sequence[House]) -> str:
        end = self._rng.choice(
            ("", "", "@ruhu_demo_bot", "@other_bot", " ", " 1", f" {self.name(houses)}", " " + "9" * 40, "\n")
        )
        return f"/{self._rng.choice(COMMANDS)}{end}"

    def _key(self, _: Sequence[House]) -> str:
        return self._rng.choice(KEYS)

    def _answer(self, _: Sequence[House]) -> str:
        return self._rng.choice(ANSWERS)

    def _repeated(self, _: Sequence[House]) -> str:
        pieces = self._rng.choices(PIECES, k=self._rng.randrange(1, 5))
        text = self._rng.choice(("", " ", "、", ",")).join(pieces)
        return text * self._rng.choice((2, 5, 20, 80, 500)) + self._rng.choice(("", "x", "元", "走访"))

    def _hang(self, _: Sequence[House]) -> str:
        return self._rng.choice(HANGS)

    def _odd(self, _: Sequence[House]) -> str:
        return self._rng.choice(ODD)

    def _code(self, _: Sequence[House]) -> str:
        code = self._rng.choice((*self._codes, "ABCDEFGHJK", "2222222222"))
        return self._rng.choice((code, f"/start {code}", code.lower(), f" {code} "))

    def _mixed(self, houses: Sequence[House]) -> str:
        return "\n".join(self.text(houses) for _ in range(self._rng.randrange(2, 6)))
