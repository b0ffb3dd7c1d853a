"""Days and months as people write them; weeks begin on Monday, 初八 and the like are lunar."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from bot.understanding.named_days import (
    LUNAR_FEASTS,
    SOLAR_FEASTS,
    cn_number,
    feast,
    latest_day_of_month,
    latest_lunar,
    latest_lunar_day,
    latest_solar,
    lunar_year,
    previous_month,
    solar,
)
from bot.understanding.normalise import normalise


class When(Enum):
    """How exactly a phrase says a time."""

    DAY = auto()
    MONTH = auto()
    VAGUE = auto()  # could be several days
    PLAN = auto()  # in the future
    YEAR = auto()  # only a year, or a part of it: no month
    RANGE = auto()  # several months


@dataclass(frozen=True, slots=True)
class DateToken:
    """A phrase of time in the text; `month` is "YYYY-MM" where it says one."""

    start: int
    end: int
    when: When
    day: date | None = None
    month: str | None = None
    months: int = 0


_Made = tuple[When, date | None, str | None, int]
_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = r"(?:(?P<y>去年|前年|今年|上年|(?:19|20)\d\d年?|[2-3]\d年)(?:的)?)?"


def _year(word: str | None, today: date) -> int | None:
    if not word:
        return None
    named = {"去年": 1, "上年": 1, "前年": 2, "今年": 0}
    if word in named:
        return today.year - named[word]
    number = int(word.rstrip("年"))
    return number if number > 1000 else 2000 + number


def _day(found: date | None, today: date) -> _Made | None:
    if found is None:
        return None
    when = When.DAY if found <= today else When.PLAN
    return when, found, f"{found:%Y-%m}", 0


def _month(year: int, month: int, today: date, when: When = When.MONTH) -> _Made | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    if (year, month) > (today.year, today.month):
        return When.PLAN, None, None, 0
    return when, None, f"{year:04d}-{month:02d}", 0


def _iso(match: re.Match[str], today: date) -> _Made | None:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    return _day(solar(year, int(match["m"]), int(match["d"])), today)


def _month_day(match: re.Match[str], today: date) -> _Made | None:
    month, day = cn_number(match["m"]), cn_number(match["d"])
    if not 1 <= month <= 12:
        return None
    if not re.search(r"[\d号日]", match.group()):
        return When.VAGUE, None, None, 0  # 十月十五: of which calendar?
    found = latest_solar(today, month, day, _year(match["y"], today))
    return _day(found, today) or (When.VAGUE, None, None, 0)  # 2月30号 is no day: ask


def _past_month_day(match: re.Match[str], today: date) -> _Made | None:
    back = 2 if match["m"].startswith("上上") else 1 if match["m"].startswith("上") else 0
    year, month = previous_month(today, back)
    return _day(solar(year, month, cn_number(match["d"])), today)


def _lunar_day(match: re.Match[str], today: date) -> _Made | None:
    month = cn_number(match["m"]) or {"正": 1, "冬": 11, "腊": 12}.get(match["m"], 0)
    year = _lunar_year(match["y"], today)
    day = cn_number(match["d"].removeprefix("初"))
    found = latest_lunar(today, month, day, year) if month else None
    if found is not None and found > today and year is not None:
        found = latest_lunar(today, month, day, year - 1)
    return _day(found, today)


def _lunar_year(word: str | None, today: date) -> int | None:
    if word in {"去年", "上年"}:
        return lunar_year(today) - 1
    return _year(word, today) if word and word not in {"今年", "前年"} else None


def _first_days(match: re.Match[str], today: date) -> _Made | None:
    day = cn_number(match["d"])
    if match["p"]:
        return _day(latest_lunar(today, 1, day), today)
    return _day(latest_lunar_day(today, day), today)


_RELATIVE = {"大大前": 4, "大前": 3, "上前": 3, "前": 2, "昨": 1, "今": 0, "当": 0}


def _relative(match: re.Match[str], today: date) -> _Made | None:
    back = _RELATIVE.get(match["r"] or "今", 0)
    return _day(today - timedelta(days=back), today)


def _ago(match: re.Match[str], today: date) -> _Made | None:
    word = match["n"].replace("两", "二")
    number = cn_number(word)
    if not number or number > 99:
        return When.VAGUE, None, None, 0
    return _day(today - timedelta(days=number), today)


def _weekday(match: re.Match[str], today: date) -> _Made | None:
    prefix, name = match["p"] or "", match["d"]
    if prefix.startswith("下"):
        return When.PLAN, None, None, 0
    if name == "末":
        return When.VAGUE, None, None, 0
    index = "一二三四五六日天".find(name) if not name.isdigit() else int(name) - 1
    index = 6 if name in "天" else index
    monday = today - timedelta(days=today.weekday())
    found = monday + timedelta(days=index) - timedelta(weeks=len(re.findall("上", prefix)))
    if not prefix and found > today:
        found -= timedelta(weeks=1)
    return _day(found, today)


def _bare_week(match: re.Match[str], today: date) -> _Made | None:
    if match["p"].startswith("下"):
        return When.PLAN, None, None, 0
    monday = today - timedelta(days=today.weekday()) - timedelta(weeks=len(re.findall("上", match["p"])))
    last = min(monday + timedelta(days=6), today)
    month = f"{monday:%Y-%m}" if monday.month == last.month else None
    return When.VAGUE, None, month, 0


def _feast(match: re.Match[str], today: date) -> _Made | None:
    found = feast(match["f"], today, _year(match["y"], today))
    if match["v"]:
        month = f"{found:%Y-%m}" if found and match["f"] in {"国庆", "十一"} else None
        return When.VAGUE, None, month, 0
    return _day(found, today)


def _day_number(match: re.Match[str], today: date) -> _Made | None:
    if match["dead"]:
        return When.PLAN, None, None, 0
    return _day(latest_day_of_month(today, cn_number(match["d"])), today)


def _numeric(match: re.Match[str], today: date) -> _Made | None:
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _day(latest_solar(today, month, day), today)


def _named_month(match: re.Match[str], today: date) -> _Made | None:
    month, year = cn_number(match["m"]), _year(match["y"], today)
    if not 1 <= month <= 12:
        return None
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    return _month(year, month, today, When.VAGUE if match["v"] else When.MONTH)


def _relative_month(match: re.Match[str], today: date) -> _Made | None:
    word = match["m"]
    if word.startswith("下"):
        return When.PLAN, None, None, 0
    back = 2 if word.startswith(("上上", "大上")) else 1 if word.startswith("上") else 0
    return _month(*previous_month(today, back), today, When.VAGUE if match["v"] else When.MONTH)


def _lunar_month(match: re.Match[str], today: date) -> _Made | None:
    """A lunar month lies in two civil ones: the one that has its fifteenth day."""
    found = latest_lunar(today, {"正": 1, "冬": 11, "腊": 12}[match["m"]], 15, _lunar_year(match["y"], today))
    return _month(found.year, found.month, today) if found else None


def _range(match: re.Match[str], today: date) -> _Made | None:
    first, last = cn_number(match["a"]), cn_number(match["b"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return When.RANGE, None, None, (last - first) % 12 + 1


def _fixed(when: When) -> Callable[[re.Match[str], date], _Made | None]:
    return lambda _match, _today: (when, None, None, 0)


def _early(match: re.Match[str], today: date) -> _Made | None:
    return (
        _month(today.year, today.month, today, When.VAGUE)
        if match.group() in {"月初", "月头", "月中"}
        else (When.VAGUE, None, None, 0)
    )


_FEASTS = "|".join(sorted([*SOLAR_FEASTS, *LUNAR_FEASTS, "清明", "冬至"], key=len, reverse=True))
_SPAN = r"(?:放假)?(?:期间|假期|长假|放假|前后|那几天|那段时间|那个?(?:星期|礼拜|周)|的?时候|几天|过后|以后|之后|后(?!山|面|院)|前(?!天|面))"
_GOES = r"(?= ?(?:去|到|走|入|跑|看|在|访|电话|回访|打|补|我|那天|上午|下午|早|晚|的|日|号|\ue000|和|跟|,? ?(?:走访|入户|去|到)|[\u4e00-\u9fff]{2,3}家))"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Made | None]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"(?<!\d)(?P<y>20\d\d|(?<!\d)[2-3]\d(?=年))[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)[日号]?", _iso),
        (rf"(?:从)?(?P<a>{_N})(?:月份?)?(?:份)?(?:到|至|-)(?P<b>{_N})月份?(?![{{一二三四五六七八九十\d]*[日号])", _range),
        (rf"从?(?P<a>{_N})月份?(?:[做干打苦上]+了?)?(?:到|至)(?P<b>{_N})月份?", _range),
        (rf"{_YEAR}(?:农历|阴历|老历)?(?P<m>正|冬|腊|[二三四五六七八九十])月(?P<d>初[一二三四五六七八九十])", _lunar_day),
        (rf"{_YEAR}(?:农历|阴历|老历)?(?P<m>正|冬|腊)月(?P<d>(?:二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|\d{{1,2}}))(?![个月])", _lunar_day),
        (rf"{_YEAR}(?:农历|阴历|老历)(?P<m>{_N})月(?P<d>(?:初)?{_N})", _lunar_day),
        (rf"{_YEAR}(?P<f>{_FEASTS})(?![个天头斤亩人只块元月万千百])节?(?P<v>{_SPAN})?(?:那[天日]|当[天日])?", _feast),
        (rf"(?:(?P<y>去年|前年|今年|上年|20\d\d年|[2-3]\d年)的?)?(?P<m>{_N})月份?(?P<d>{_N})(?:[日号]|(?=去|到|走|入户|跑|那天|[在的上下晚]|\ue000))(?!前|之前|以前|截止)", _month_day),
        (rf"(?P<m>上上个?月|上个?月|这个?月|本月|当月)(?:的)?(?P<d>{_N})[日号]", _past_month_day),
        (r"(?<![读上升念在是考\d月])(?P<p>大年|正月|过年|春节|年)?初(?P<d>[一二三四五六七八九十])(?![中期级步])(?!(?:年级|学生|在校|了|班|毕业|学期|读))(?:那天)?", _first_days),
        (r"(?P<r>大大前|大前|上前|前|昨|今)(?:天|日|儿个?|个儿?(?!月)|晚|早|夜|晨)(?!气)(?:早上|上午|下午|晚上|中午|早晨|一早|傍晚)?", _relative),
        (r"(?P<r>今|昨)(?:上午|下午)", _relative),
        (r"(?P<n>[一二三四五六七八九十两]{1,3}|\d{1,2})(?:天|日)(?:以|之)?前", _ago),
        (r"(?P<p>上上个?|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末1-7])(?![个年岁\d])(?:早上|上午|下午|晚上)?", _weekday),
        (r"(?P<p>上上个?|上个?|这个?|本|下个?)(?:周|星期|礼拜)", _bare_week),
        (r"大后天|后天|明天|明日|明早|明晚|明后天|明儿|改天|过两天|过几天|过些天|等几天|等两天|待会|等会儿?|等下(?!午)|等一下|一会儿?|回头|过会儿?|晚点|晚些", _fixed(When.PLAN)),
        (r"(?:好)?几天(?:以|之)?前|前(?:几|些|两|一两|两三|三四|三)天|前一?久|前阵子?|前一阵子?|前段时间|前一段(?:时间)?|前些(?:日子|时候)|前不久|不久前|头几天|早几天|有[一]?天|忘了(?:是)?哪天|记不得(?:是)?哪天|不记得(?:是)?哪天|记不清(?:是)?哪天|不知道(?:是)?哪天|哪天(?:去的)?(?:忘|记不|不记得)|日期(?:忘|记不)|那几天|这几天(?=去|到|走访|跑|入户|看|打)|这两天(?=去|到|走访|跑|入户|看|打)|最近(?=去|到|走访|跑|入户)|年前|年后|过年(?:那几天|的?时候|期间)?|春节(?:期间|那几天|前后|前|后|的?时候|放假|假期)?|(?:去年|今年)?年底|(?:去年|今年)?年初|年中|年头|年尾|寒假|暑假|农忙(?:时|的时候)?", _fixed(When.VAGUE)),
        (r"月(?:初|底|中旬|上旬|下旬|末|头|尾|中(?!学))", _early),
        (rf"(?<![第编尾月\d.])(?P<d>{_N})(?:号|日)(?!楼|院|房|门|线|机|文件|户|码|子)(?P<dead>之前|以前|前|截止)?", _day_number),
        (rf"(?<![\d.*/])(?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?![\d.万千百元块毛斤亩公吨/wk%个])[日号]?{_GOES}", _numeric),
        (rf"{_YEAR}(?<![\d.])(?P<m>{_N})月份?(?P<v>底|初|末|中旬|上旬|下旬|中(?!学))?(?![日号])", _named_month),
        (r"(?P<m>大上个?月|上上个?月|上个?月|这个?月|本月|当月|下个?月|这月)份?(?P<v>底|初|末|中旬|上旬|下旬|中(?!学)|头|尾|里头)?", _relative_month),
        (rf"{_YEAR}(?P<m>正|冬|腊)月(?:间|里|份)?", _lunar_month),
        (r"(?:19|20)\d\d年?度?(?!\d)(?<=年|度)|去年|前年|今年|本年度?|上年度?|上半年|下半年|(?:第?[一二三四]|1|2|3|4)季度(?=收入|工资|养老|低保)|往年|常年|历年", _fixed(When.YEAR)),
    )
)  # fmt: skip
_HINT = re.compile(
    r"[\d天日月年周号早晚儿]|星期|礼拜|初|节|五一|十一|国庆|中秋|端午|元旦|清明|前久|阵|时间|回头|会|晚|等下|假|农忙|三八|六一|七一|八一|冬至|七夕|除夕|中元|重阳|腊八|元宵|个"
)


def find_dates(text: str, today: date) -> list[DateToken]:
    """Every phrase of time in a normalised text, in order; the first rule that matches a place has it."""
    if not _HINT.search(text):
        return []
    found: list[DateToken] = []
    taken = bytearray(len(text))
    for pattern, make in _RULES:
        for match in pattern.finditer(text):
            if match.end() == match.start() or any(taken[match.start() : match.end()]):
                continue
            if (made := make(match, today)) is None:
                continue
            found.append(DateToken(match.start(), match.end(), *made))
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return sorted(found, key=lambda token: token.start)


def parse_day(text: str, today: date) -> date | None:
    """The one day that `text` means ("昨天", "上周三", "10号", "初八"); None when unclear; never in the future."""
    return _sole_day(normalise(text).strip(), today)


def _sole_day(text: str, today: date) -> date | None:
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        text = "-".join(match.groups())
    if re.fullmatch(rf"{_N}|\d{{1,2}}[./-]\d{{1,2}}", text):
        text += "号"
    days = {token.day for token in find_dates(text, today) if token.when is When.DAY}
    unclear = any(token.when in {When.VAGUE, When.PLAN} for token in find_dates(text, today))
    if len(days) == 1 and not unclear:
        return days.pop()
    return today if re.fullmatch(r"刚才?|刚刚|现在|今", text) else None


def parse_month(text: str, today: date) -> str | None:
    """The month that `text` means ("2月", "上个月", "去年腊月") as "YYYY-MM"; None when unclear or in the future."""
    plain = normalise(text).strip()
    if match := re.fullmatch(r"(20\d\d)[-/. 年]?(\d\d?)月?", plain):
        made = _month(int(match[1]), int(match[2]), today)
        return made[2] if made else None
    if re.fullmatch(_N, plain):
        plain += "月"
    months = {token.month for token in find_dates(plain, today) if token.when is not When.PLAN and token.month}
    return months.pop() if len(months) == 1 else None
