"""Search keys of names: normalised characters, pinyin and initials.

Pinyin and initials are kept as every tail that starts at a syllable (` wanglaowu laowu wu`, ` wlw lw w`), so that
`LIKE '% laowu%'` finds a part of a name, and only from a syllable on.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain import spelling

SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao", "区": "ou",
    "任": "ren", "乐": "yue", "华": "hua", "覃": "qin", "尉": "wei", "员": "yun", "宓": "mi", "冼": "xian",
    "缪": "miao", "翟": "zhai", "牟": "mou", "佴": "nai", "訾": "zi", "郗": "xi", "谌": "chen", "逄": "pang",
    "晁": "chao", "隗": "wei", "郇": "xun", "燕": "yan", "应": "ying", "宁": "ning", "臧": "zang", "折": "she",
    "黑": "he", "洗": "xian", "车": "che", "种": "chong", "召": "shao", "卜": "bu", "石": "shi", "那": "na",
    "哈": "ha", "褚": "chu", "贾": "jia", "纪": "ji", "万": "wan", "柏": "bai", "鲍": "bao", "匡": "kuang",
    "沈": "shen", "盛": "sheng", "殷": "yin", "都": "du", "藏": "zang", "会": "kuai", "乜": "nie", "长": "zhang",
    "尹": "yin", "曲": "qu", "祭": "zhai", "能": "nai", "繁": "po", "秘": "bi", "幺": "yao", "句": "gou",
    "过": "guo", "朝": "chao", "重": "chong", "葛": "ge", "洪": "hong", "行": "xing", "率": "lv", "角": "jue",
    "甄": "zhen", "钭": "tou", "邵": "shao", "苻": "fu", "郝": "hao", "俞": "yu", "於": "yu", "仉": "zhang",
}  # fmt: skip
"""Readings of single surnames where the character has another common one, or is rare."""
SECOND = {
    "长": "chang", "朝": "zhao", "乐": "yue", "行": "hang", "重": "chong", "茜": "xi", "晟": "cheng", "莘": "shen",
    "柏": "bo", "单": "shan", "传": "zhuan", "盛": "cheng", "参": "shen", "藏": "zang", "曾": "ceng", "仔": "zai",
    "解": "xie", "缪": "miao", "繁": "po", "召": "shao",
}  # fmt: skip
"""A second reading of characters in given names."""
DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"), "宰父": ("zai", "fu"), "欧阳": ("ou", "yang"), "上官": ("shang", "guan"),
    "令狐": ("ling", "hu"),
}  # fmt: skip
TAIL = 12
"""Syllables of a tail: nobody types more, and a long name's keys stay short enough for an index."""


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The three search columns of a person."""

    name_key: str
    pinyin: str
    initials: str


def latin(text: str) -> str:
    """How typed pinyin is compared: `ü`, `u:` and the passport's `yu` after l and n become `v`."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("u:", "v").replace("ü", "v")
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return re.sub(r"(?<=[ln])yu", "v", spelling.key(plain))


def keys_of(name: str, alias: tuple[str, ...] = ()) -> NameKeys:
    """The search columns for a name and its aliases."""
    names = [key for key in (spelling.key(each) for each in (name, *alias)) if key]
    readings = [reading for key in names for reading in _readings(key)]
    return NameKeys(
        name_key=" ".join(names),
        pinyin="".join(_tails(reading) for reading in readings),
        initials="".join(_tails(tuple(syllable[0] for syllable in reading)) for reading in readings),
    )


def _tails(parts: tuple[str, ...]) -> str:
    return "".join(" " + "".join(parts[start : start + TAIL]) for start in range(len(parts)))


@lru_cache(maxsize=65536)
def _readings(key: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a normalised name: as surname and given name are read, and plainly; each other way once."""
    plain = _syllables(tuple(key))
    length = 2 if key[:2] in DOUBLE_SURNAMES and len(key) > 2 else 1
    surname = DOUBLE_SURNAMES.get(key[:2], ()) if length == 2 else tuple(SURNAMES.get(key[:1], plain[0]).split())
    if len(key) == 1:
        return (plain,)
    given = plain[length:]
    found = [(*surname, *_syllables((key[length:],))), (*surname, *given), plain]
    for place, character in enumerate(key[length:]):
        if character in SECOND and len(given) == len(key) - length:
            found.append((*surname, *given[:place], SECOND[character], *given[place + 1 :]))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def _syllables(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The syllables of each part, read as a phrase where it is one; what has no reading is spelt as it is."""
    from pypinyin import Style, lazy_pinyin

    options: dict[str, Any] = {"style": Style.NORMAL, "v_to_u": False, "errors": list}  # typed too narrowly there
    return tuple(syllable for part in parts for syllable in lazy_pinyin(part, **options) if syllable)
