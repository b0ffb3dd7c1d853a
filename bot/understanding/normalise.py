"""One writing of the same characters, so that the rules need not know widths; every index stays valid."""

import re

LIMIT = 4096  # characters that are read: the most that Telegram sends in one message

ANSWER_LIMIT = 80
"""Characters of a short answer (an amount, a day, a month) to a form's question; a longer text is none."""

_WIDTHS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME = {
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
    "\r": "\n",
    "×": "*",
    "✕": "*",
    "✖": "*",
    "╳": "*",
    "—": "-",
    "–": "-",
    "－": "-",
    "~": "-",
    "～": "-",
    "壹": "一",
    "贰": "二",
    "叁": "三",
    "肆": "四",
    "伍": "五",
    "陆": "六",
    "柒": "七",
    "捌": "八",
    "玖": "九",
    "拾": "十",
    "佰": "百",
    "仟": "千",
    "萬": "万",
    "圆": "元",
    "〇": "零",
    "“": "'",
    "”": "'",
    '"': "'",
    "「": "'",
    "」": "'",
    "[": "(",
    "]": ")",
    "【": "(",
    "】": ")",
}
_TABLE = {**_WIDTHS, **{ord(key): value for key, value in _SAME.items()}}
# financial numerals are also surnames and given names (陆, 伍, 圆):
# they change only where another numeral or a unit stands beside them
_FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬圆"
_FINANCIAL_RUN = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟萬万零整元圆角分]{2,}")
_PLAIN_TABLE = {code: value for code, value in _TABLE.items() if chr(code) not in _FINANCIAL}


def normalise(text: str) -> str:
    """The first `LIMIT` characters in one width and lower case; as long as what it was made from."""
    cut = text[:LIMIT]
    plain = _FINANCIAL_RUN.sub(lambda run: run.group().translate(_TABLE), cut).translate(_PLAIN_TABLE)
    plain = _PICTURE.sub(" ", plain)
    plain = _TWO.sub("两", plain)
    plain = re.sub(r"(?<!\d)元月", "一月", plain)
    plain = _A_MONTH.sub("每月", plain)
    plain = _DIALECT.sub(lambda match: DIALECT[match.group()], plain)
    plain = _NEVER.sub(r"\1\2\4\3", plain)
    low = plain.lower()
    if len(low) == len(plain):
        return low
    return "".join(low if len(low := char.lower()) == 1 else char for char in plain)


# ✓ √ ✔ say that something is done
_PICTURE = re.compile(r"[\u2600-\u2712\u2715-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")
_TWO = re.compile(r"俩(?=个?月|天|头|只|斤|亩|年|娃|姑娘|儿子|老)")


# 一月1500,看了一年 is no January
_A_MONTH = re.compile(
    r"一月(?=[\d一二两三四五六七八九十千百万.]{1,12}(?:块|元)?钱?[, ][^,。]{0,5}(?:了|满)"
    r"(?:\d{1,3}|[一二两三四五六七八九十半])个?(?:半?月|年))"
)
# 没断过水 says what 没断水 says
_NEVER = re.compile(
    r"(没有|没得|没|未|不曾)([断停缺漏裂少差渗漏挨愁塌垮])(过)(水|粮食?|雨|缝|口|吃的?|穿的?|衣服?|饿|"
    r"冻|保|药|米|学)"
)

# dialect by words of the same length, so that the rules need not know both
DIALECT = {
    "嘞": "的",
    "啥子": "什么",
    "哪样": "什么",
    "莫得": "没得",
    "么得": "没得",
    "毛得": "没得",
    "冇得": "没得",
    "屋头": "家里",
    "屋里头": "家里面",
    "晓得": "知道",
    "咋个": "怎么",
    "婆娘": "老婆",
    "囡囡": "姑娘",
    "崽崽": "娃娃",
    "今朝": "今天",
    "今儿": "今天",
    "昨儿": "昨天",
    "差不离": "差不多",
}
_DIALECT = re.compile("|".join(sorted(DIALECT, key=len, reverse=True)))
_THOUSAND = re.compile(r"\d{3}(?!\d)")
_NUMERIC = re.compile(r"[\d()]")
_GAP = re.compile(r"[,。;!?:\n]+| +")


def clauses(text: str) -> list[tuple[int, int]]:
    """Where each clause of a normalised text begins and ends; 、 joins, spaces between words part."""
    found, start = [], 0
    for gap in _GAP.finditer(text):
        if not _parts(text, gap):
            continue
        if gap.start() > start and not _inside_number(text, gap):
            found.append((start, gap.start()))
            start = gap.end()
        elif gap.start() == start:
            start = gap.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


_LABEL = re.compile(
    r"(?:家庭)?(?:收入|经济|吃饭|吃的|饮食|粮食|吃穿|穿衣|穿的|衣服|教育|上学|读书|就学|医疗|医保|看病|就医|住房|房子|房屋|住的|饮水|用水|吃水|"
    r"水)(?:情况|方面|状况|保障|安全|条件)?[: ]*"
)


def labelled(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clauses in which a label (收入: 饮水:) stands together with what is said of it."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and _says_of(text, *found[-1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _says_of(text: str, start: int, end: int, following: int) -> bool:
    return ":" in text[end:following] and "\n" not in text[end:following] and bool(_LABEL.fullmatch(text, start, end))


def _parts(text: str, gap: re.Match[str]) -> bool:
    """Spaces part words and numbers, but not Latin words."""
    if gap.group()[0] != " ":
        return True
    before, after = text[max(0, gap.start() - 1) : gap.start()], text[gap.end() : gap.end() + 1]
    return not (before + after).isascii() or bool(_NUMERIC.match(before) and _NUMERIC.match(after))


def _inside_number(text: str, gap: re.Match[str]) -> bool:
    return (
        gap.group() in ",:"
        and text[gap.start() - 1].isdigit()
        and text[gap.end() : gap.end() + 1].isdigit()
        and (gap.group() == ":" or bool(_THOUSAND.match(text, gap.end())))
    )
