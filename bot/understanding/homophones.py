"""Key words typed or dictated by sound (一切政常, 低报, 报肖): each is read as what it was meant to be.

A run of characters is a key word when it sounds like it, shares at least half of its characters with it, and is no word
of its own. Names are masked before, so that nobody's name is changed.
"""

import re
from collections import defaultdict
from functools import lru_cache

from bot.understanding.roster import sound

KEY_WORDS = (
    "正常 走访 入户 联系 一切 "  # visits
    "低保 五保 医保 社保 参保 报销 养老金 补贴 补助 分红 公益岗 护林员 合作医疗 "  # support
    "工资 务工 打工 收入 流转 "  # work
    "住院 看病 买药 上学 读书 学费 辍学 保障 稳定 "
    "安全 住房 房子 房屋 房顶 屋顶 漏雨 裂缝 危房 饮水 吃水 自来水 水管 停水 断水 牢固 干净 "
    "烤烟 玉米 洋芋 核桃 花椒 化肥 饲料 农药"
).split()

OWN_WORDS = frozenset(
    "公子 工子 大工 误工 雾工 正长 方子 引水 银水 按全 上雪 商学 看并 报小 抱小 包销 报效 地包 底包 低包 医包 一包 "
    "一保 "
    "补铁 读熟 输入 手入 主房 花交 话费 化费 塑料 四料 死料 听水 挺水 短水 段水 水关 刘转 五包 五顶 一且 宝藏 保藏 "
    "裂风 喂房 未房 房无 房务 无顶 人户 分洪 固牢 老固 干劲 干经 甘净 吃睡 回放 一起 补住 "
    "保涨 寿入 住远 主院 练习 药水".split()
)
"""What sounds like a key word and is another: 引水, 误工, 一包."""


def _index() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in sorted(set(KEY_WORDS), key=len, reverse=True):
        for at, char in enumerate(word):
            found[char].append((at, word))
    return dict(found)


_BY_CHARACTER = _index()
_WORDS = frozenset(KEY_WORDS)


_GOING = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万半毫巧坦扑夹马])克(?=[\ue000\ue002了的过看瞧]|[\u4e00-\u9fff]{1,4}[家户])(?!力|服|扣|隆|难)"
)  # 克 for 去, as it is said here; a gram stands behind a figure


def meant(text: str) -> str:
    """The text with key words written by sound as they are meant; as long as it was."""
    text = _GOING.sub("去", text)
    chars, taken = list(text), bytearray(len(text))
    for word in _WORDS:
        at = text.find(word)
        while at >= 0:
            taken[at : at + len(word)] = b"\x01" * len(word)
            at = text.find(word, at + 1)
    for at, char in enumerate(text):
        for offset, word in _BY_CHARACTER.get(char, ()):
            start, end = at - offset, at - offset + len(word)
            if start >= 0 and 1 not in taken[start:end] and _sounds_like(text[start:end], word):
                chars[start:end] = word
                taken[start:end] = b"\x01" * len(word)
    return "".join(chars)


@lru_cache(maxsize=20_000)
def _sounds_like(said: str, word: str) -> bool:
    if len(said) != len(word) or said in OWN_WORDS:
        return False
    pairs = list(zip(said, word, strict=True))
    same = sum(one == other for one, other in pairs)
    return 2 * same >= len(word) and all(one == other or _alike(one, other) for one, other in pairs)


def _alike(one: str, other: str) -> bool:
    return "\u4e00" <= one <= "\u9fff" and sound(one) == sound(other)
