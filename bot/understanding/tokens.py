"""Numbers in a text with what they count: money, heads, months, mu, people (domain.md section 10)."""

import re
from decimal import Decimal
from typing import NamedTuple

from bot.understanding.numerals import DIGITS, Number, read_number
from bot.understanding.units import UNIT, canonical

_CURRENCY = re.compile(
    r"(?:人民币)?(?:块大洋|块钱|元钱|块(?!(?:坡|山|荒|旱|水|菜|好|大|小|自留|承包)?(?:地|田)|石|砖|瓦|布|肉|板|坝)|元|圆)(?:整)?"
)
_DIME = re.compile(
    r"(?:([一二两三四五六七八九]|\d)(?:毛|角)(?:([一二三四五六七八九]|\d)分?)?|"
    r"([一二三四五六七八九]|\d)(?![\d.万千百十零元块二三四五六七八九]|一(?![斤公个头只亩天包袋月人棵吨条瓶件把])))"
)
_ROUGH_INSIDE = re.compile(
    r"多点|多|来(?=[块元个天斤头亩万千]|$)|把(?=[块元个天斤头亩,。 ]|$)|好几|几|余|\+(?! ?[\d\u4e00-\u9fff])|出头"
)
_BIG = {"万": 10_000, "千": 1_000, "百": 100}  # behind 十来, 二十多
_ROUGH_AFTER = re.compile(
    r"(?:块钱?|元)? ?(?:多点?|来块|把块|左右|上下|出头|差不多|的?样子|光景|不到点?|开外|以上|大概|"
    r"\+(?! ?[\d\u4e00-\u9fff])|往上|上下浮动)"
)
_ROUGH_BEFORE = re.compile(
    r"差不多|大概|大约|约|估计|估摸|将近|接近|大致|大体|约莫|约摸|大约摸|少说|怕有|"
    r"可能|毛估|应该有|也就|不到|(?<![最附就])近(?=[\d一二两三四五六七八九十百千万]|"
    r"$)|上(?=[万千百]$)|左右|快(?:有|到)?$"
)
_VAGUE = re.compile(r"(?:好|十|[二三四五六七八九]十|百|千|万)?几[十百千万]*(?:亿)?(?:多|来|把)?")
_COUPLE = re.compile(
    r"老?两口子?|两老|老俩口?|夫妻俩|两夫妻|两公婆|老两|俩(?:人|个|老)?(?:口子?)?|两个老的|两娘母|两爷[父子]+"
)
_TRIPLE = re.compile(r"仨(?:人|个)?")
_CLAUSE = re.compile(r"[,。;!?\n]")
_EACH = re.compile(r"个?(?P<m>月|户|家|工)")
_ORDINAL = re.compile(r"[头第上这那前后下另]一[次批回茬趟轮笔]")
_HALF = re.compile(r"个?月|年|亩|天|斤|公斤|吨")
_AND_HALF = re.compile(r"半(?![天年个])")
_TENTHS = re.compile(r"([一二两三四五六七八九]|\d)分?")
_COIN = re.compile(r"块(?:([一二三四五六七八九])(?:毛)?(?![十百千万天个斤头])|把钱?)")
_DIMES = re.compile(
    r"(?:毛|角(?=[钱\d]|一[斤个公包])|(?<=\d)角|(?<=斤[一二三四五六七八九])角)(?:钱)?(?:([一二三四五六七八九]|"
    r"\d)(?![\d十百千万天个斤株棵公头只亩包袋块]))?"
)
_STARTS = re.compile(r"上(?=[百千万])|[\d一二两三四五六七八九十百千万廿卅几半块毛每俩仨好夫老单]")


class Token(NamedTuple):
    """A number in the text. `unit` is "" for money and bare numbers; `each` for 每月, 一头 and the like."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    currency: bool = False
    rough: bool = False
    vague: bool = False
    each: bool = False
    strong: bool = False  # written with 万, 千, 百 or a currency
    word: str = ""


MOST_NUMBERS = 400
"""Numbers that are read in one message; nobody reports more."""


def scan(text: str) -> list[Token]:
    """Every number of a normalised text, in order, that can be money or a count; no more than `MOST_NUMBERS`."""
    found: list[Token] = []
    at = floor = 0
    while len(found) < MOST_NUMBERS and (start := _STARTS.search(text, at)) is not None:
        token = _at(text, start.start())
        if token is None:
            at = start.end()
            continue
        found.append(_roughened(text, token, floor))
        floor = floor if token.each else token.end
        at = token.end
    return found


def _roughened(text: str, token: Token, floor: int) -> Token:
    before = _CLAUSE.split(text[max(floor, token.start - 9) : token.start])[-1] if floor < token.start else ""
    if not token.unit and ((before and _ROUGH_BEFORE.search(before)) or _ROUGH_AFTER.match(text, token.end)):
        return token._replace(rough=True)
    if token.unit in {"month", "day", "year"} and re.search(r"一个$|大概|差不多|大约", before):
        return token._replace(rough=token.rough or token.value != 1)
    return token


def _at(text: str, start: int) -> Token | None:
    char = text[start]
    if char == "每":
        return _each(text, start)
    if char in "俩夫老仨" or text.startswith(("两口", "两老", "两公婆", "两夫妻", "两娘母"), start):
        return _people(text, start)
    if char == "半":
        return _half(text, start)
    if char == "上":
        return _above(text, start)
    if char in "块毛":
        return _coin(text, start)
    return _vague(text, start) or _number(text, start)


def _each(text: str, start: int) -> Token | None:
    match = UNIT.match(text, start + 1) or _EACH.match(text, start + 1)
    if match is None:
        return None
    unit = "month" if match.group().endswith("月") else canonical(match)[0]
    size = canonical(match)[1] if "m" not in match.groupdict() else "1"
    factor = Decimal(size) if size != "half" else Decimal(1)
    return Token(start, match.end(), factor, unit, each=True, word=match.group())


def _above(text: str, start: int) -> Token | None:
    """上万, 上千: nobody knows how much."""
    coin = _CURRENCY.match(text, start + 2)
    if text[start - 1 : start] in {"晚", "早", "以", "加", "马"} or UNIT.match(text, start + 2):
        return None
    return Token(start, coin.end() if coin else start + 2, Decimal(0), currency=bool(coin), vague=True, strong=True)


def _people(text: str, start: int) -> Token | None:
    if text[start] == "仨" and (unit := UNIT.match(text, start + 1)) and not unit.group().startswith(("人", "个人")):
        return Token(start, unit.end(), 3 * Decimal(canonical(unit)[1]), canonical(unit)[0], word=unit.group())
    for pattern, value in ((_COUPLE, 2), (_TRIPLE, 3)):
        if match := pattern.match(text, start):
            return Token(start, match.end(), Decimal(value), "person", word=match.group())
    return None


def _half(text: str, start: int) -> Token | None:
    match = _HALF.match(text, start + 1)
    if match is None:
        return None
    word = match.group()
    unit, value = {"年": ("month", "6"), "亩": ("mu", "0.5"), "天": ("day", "0.5"), "斤": ("jin", "0.5")}.get(
        word, ("month", "0.5")
    )
    if word in {"公斤", "吨"}:
        unit, value = "jin", "1" if word == "公斤" else "1000"
    return Token(start, match.end(), Decimal(value), unit, word=word)


def _coin(text: str, start: int) -> Token | None:
    """块五 is 1.5, 块把 about 1; 毛 alone is nothing."""
    match = _COIN.match(text, start)
    if match is None or (start and text[start - 1] in "一二两三四五六七八九十百千万多来把几那这整半0123456789"):
        return None
    tenths = DIGITS[match.group(1)] if match.group(1) else 0
    return Token(start, match.end(), 1 + Decimal(tenths) / 10, currency=True, rough=not tenths, strong=True)


def _vague(text: str, start: int) -> Token | None:
    said = _ROUND.match(text, start)
    if said and not text.startswith("百十五", start):
        return _roundly(text, start, said.group())
    match = _VAGUE.match(text, start)
    if match is None or text[start : match.end()] == "千几":
        return None
    coin = _CURRENCY.match(text, match.end())
    unit = None if coin else UNIT.match(text, match.end())
    if unit:
        return Token(start, unit.end(), Decimal(0), canonical(unit)[0], vague=True, word=unit.group())
    big = re.search(r"[十百千万]", match.group()) is not None
    end = coin.end() if coin else match.end()
    if (coin and coin.group() != "块") or big:
        return Token(start, end, Decimal(0), currency=bool(coin), vague=True, strong=True)
    return None


_ROUNDLY = {"百儿八十": 100, "千儿八百": 1000, "百十来": 100, "百十": 100, "千把": 1000, "百把": 100, "万把": 10000}


_ROUND = re.compile("|".join(_ROUNDLY))


def _roundly(text: str, start: int, word: str) -> Token:
    """百把, 千儿八百 and the like, of money or of what follows."""
    end = start + len(word)
    coin = _CURRENCY.match(text, end)
    unit = None if coin else UNIT.match(text, end)
    name, factor = canonical(unit) if unit else ("", "1")
    value = Decimal(_ROUNDLY[word]) * Decimal("1" if factor == "half" else factor)
    stop = coin.end() if coin else unit.end() if unit else end
    return Token(start, stop, value, name, bool(coin), rough=True, strong=True)


def _number(text: str, start: int) -> Token | None:
    number = read_number(text, start)
    if number is None or _idle(text, number):
        return None
    end = number.end
    rough = number.rough
    # 万把, 三千多: nothing but a rough word stands between the number and its unit
    if text.startswith("来", end) and UNIT.match(text, end + 1):
        rough, end = True, end + 1  # 二十来分钟
    elif (inside := _ROUGH_INSIDE.match(text, end)) and (
        not number.bare or inside.group() != "把" or number.value >= 10
    ):
        rough, end = True, inside.end()
        if inside.group() in {"来", "多"} and (big := _BIG.get(text[end : end + 1])) and number.value % 10 == 0:
            number = number._replace(value=number.value * big, bare=False)
            end += 1
    strong = not number.bare and number.value >= 100
    if coin := _CURRENCY.match(text, end):
        return _with_dimes(text, number, coin.end(), rough)
    if dime := _DIMES.match(text, end):
        cents = _digit(dime.group(1)) if dime.group(1) else 0
        return Token(
            start, dime.end(), number.value / 10 + Decimal(cents) / 100, currency=True, rough=rough, strong=True
        )
    if unit := UNIT.match(text, end):
        return _count(text, number, unit, rough)
    bare_end = end if rough else number.end
    if not number.bare and text[bare_end : bare_end + 1] in {"万", "千", "百", "亿"}:
        return Token(start, bare_end + 1, number.value, vague=True, strong=True)
    return Token(start, bare_end, number.value, rough=rough, vague=number.vague, strong=strong)


def _idle(text: str, number: Number) -> bool:
    """万一, 千万, 百 in 百货 and the like are words, not numbers."""
    said = text[number.start : number.end]
    return said in {"万一", "千万", "百万庄"} or (said in "百千万" and not _ROUGH_INSIDE.match(text, number.end))


def _digit(char: str) -> int:
    return int(char) if char.isdigit() and char.isascii() else DIGITS[char]


def _with_dimes(text: str, number: Number, end: int, rough: bool) -> Token:
    value = number.value
    dime = _DIME.match(text, end + 1 if text.startswith("零", end) else end)
    if dime and dime.group(1):
        value += Decimal(_digit(dime.group(1))) / 10 + Decimal(_digit(dime.group(2) or "0")) / 100
    elif dime and not UNIT.match(text, dime.end()) and text[end - 1] == "块":
        value += Decimal(_digit(dime.group(3))) / 10
    else:
        dime = None
    if after := _AND_HALF.match(text, end):
        return Token(number.start, after.end(), value + Decimal("0.5"), currency=True, rough=rough, strong=True)
    stop = dime.end() if dime else end
    return Token(number.start, stop, value, currency=True, rough=rough, vague=number.vague, strong=True)


def _count(text: str, number: Number, unit: re.Match[str], rough: bool) -> Token:
    name, factor = canonical(unit)
    value = number.value + Decimal("0.5") if factor == "half" else number.value * Decimal(factor)
    end = unit.end()
    if name == "mu" and (tail := _TENTHS.match(text, end)) and tail.group().endswith("分"):
        value, end = value + Decimal(_digit(tail.group(1))) / 10, tail.end()
    if name == "jin" and text.startswith("半", end):
        value, end = value + Decimal("0.5"), end + 1
    one = number.value == 1 and factor != "half" and not rough and not _ORDINAL.match(text, max(0, number.start - 1))
    return Token(number.start, end, value, name, rough=rough, vague=number.vague, each=one, word=unit.group())
