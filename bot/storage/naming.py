"""Search keys of names: normalised characters, pinyin and initials (architecture.md, "Storage").

Pinyin and initials are kept as every tail that starts at a syllable (` wanglaowu laowu wu`, ` wlw lw w`), so that
`LIKE '% laowu%'` finds a part of a name, and only from a syllable on.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

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
DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"), "宰父": ("zai", "fu"), "欧阳": ("ou", "yang"), "上官": ("shang", "guan"),
    "令狐": ("ling", "hu"),
}  # fmt: skip
_PUNCTUATION = re.compile(r"[\s·•.,,。、'’\-_]+")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The three search columns of a person."""

    name_key: str
    pinyin: str
    initials: str


def normal(text: str) -> str:
    """NFKC, lower case, no spaces and no dots between names."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).lower())


def latin(text: str) -> str:
    """How typed pinyin is compared: `ü`, `u:` and the passport's `yu` after l and n become `v`."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("u:", "v").replace("ü", "v")
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return re.sub(r"(?<=[ln])yu", "v", _PUNCTUATION.sub("", plain))


def keys_of(name: str, alias: tuple[str, ...] = ()) -> NameKeys:
    """The search columns for a name and its aliases."""
    names = [key for key in (normal(each) for each in (name, *alias)) if key]
    readings = [reading for key in names for reading in _readings(key)]
    return NameKeys(
        name_key=" ".join(names),
        pinyin="".join(_tails(reading) for reading in readings),
        initials="".join(_tails(tuple(syllable[0] for syllable in reading)) for reading in readings),
    )


def _tails(parts: tuple[str, ...]) -> str:
    return "".join(" " + "".join(parts[start:]) for start in range(len(parts)))


@lru_cache(maxsize=65536)
def _readings(key: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a normalised name: as a surname is read, and plainly where that differs."""
    plain = tuple(reading for character in key for reading in _syllable(character))
    double = DOUBLE_SURNAMES.get(key[:2]) if len(key) > 2 else None
    if double:
        named = (*double, *plain[2:])
    elif key[:1] in SURNAMES and len(key) > 1:
        named = (SURNAMES[key[0]], *plain[1:])
    else:
        named = plain
    return (named,) if named == plain else (named, plain)


@lru_cache(maxsize=32768)
def _syllable(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, v_to_u=False, errors="default")
    return tuple(each[0] for each in found if each and each[0])
