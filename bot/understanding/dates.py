"""Days and months as people write them; weeks begin on Monday, 初八 and the like are lunar."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.understanding.date_makers import (
    YEAR,
    Made,
    N,
    When,
    make_ago,
    make_bare_week,
    make_day_number,
    make_early,
    make_feast,
    make_first_days,
    make_fixed,
    make_iso,
    make_lunar_day,
    make_lunar_month,
    make_month_day,
    make_named_month,
    make_numeric,
    make_past_month_day,
    make_range,
    make_relative,
    make_relative_month,
    make_term,
    make_weekday,
    make_year,
)
from bot.understanding.named_days import LUNAR_FEASTS, SOLAR_FEASTS, TERMS

__all__ = ["DateToken", "When", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateToken:
    """A phrase of time in the text; `month` is "YYYY-MM" where it says one."""

    start: int
    end: int
    when: When
    day: date | None = None
    month: str | None = None
    months: int = 0  # of a RANGE; 12 for a YEAR that is over


_FEASTS = "|".join(sorted([*SOLAR_FEASTS, *LUNAR_FEASTS, "清明", "冬至"], key=len, reverse=True))
_TERMS = "|".join(TERMS)
_TERM_GOES = r"(?=[ ,]{0,2}(?:我|去|到|走|入|跑|看|在|访|电话|打|上午|下午|早|晚|\ue000)|$)"
_SPAN = (
    r"(?:放假)?(?:期间|假期|长假|放假|前后|那几天|那段时间|那个?(?:星期|礼拜|周)|"
    r"的?时候|几天|过后|以后|之后|后(?!山|面|院)|前(?!天|面))"
)
_GOES = (
    r"(?= ?(?:去|到|走|入|跑|看|在|访|电话|回访|打|补|我|那天|上午|下午|早|晚|的|"
    r"日|号|\ue000|和|跟|,? ?(?:走访|入户|去|到)|[\u4e00-\u9fff]{2,3}家))"
)
_MINUTES = (
    r"(?:[0-5]\d分?|[二三四五]?十[一二三四五六七八九]?分?|零[一二三四五六七八九\d]分?|[一二三四五六七"
    r"八九\d]分(?!钱|地|田))"
)
_NO_CLOCK = r"(?![\d万千百亿.,个块元毛角斤亩公吨头只/*%倍])"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Made | None]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (
            (
                rf"(?<![\d.一二两三四五六七八九十百千万]){N}点(?:过|差)?(?:{_MINUTES}|半|一刻|三刻|整|正)"
                rf"{_NO_CLOCK}(?:左右|的时候)?|"
                rf"(?<=[早午晚晨上夜里]){N}点(?:钟|多钟?|来钟|左右|过)?(?!钱|意见|建议)|"
                rf"(?<![\d.一二两三四五六七八九十百千万]){N}点(?:钟|多钟?(?=去|到|走|出|开|在|从|来|回|$|[,"
                rf"。])|来钟|(?=去的?|到的?|走的|出门|开始))|"
                r"(?<![\d.:*/-])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:.万千百元块/])"
            ),
            make_fixed(When.CLOCK),
        ),
        (
            r"(?<![\d.一二两三四五六七八九十])(?:[01]?\d|2[0-4])时(?:[0-5]?\d分|许|半|整|左右)",
            make_fixed(When.CLOCK),
        ),
        (r"(?<!\d)(?P<y>20\d\d|(?<!\d)[2-3]\d(?=年))[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)[日号]?", make_iso),
        (r"(?<![\d.])(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?![\d.万千百元块])", make_iso),
        (
            rf"(?:从)?(?P<a>{N})(?:月份?)?(?:份)?(?:到|至|-)(?P<b>{N})月份?(?![{{一二三四五六七八九十\d]{{0,4}}[日号])",
            make_range,
        ),
        (rf"闰[正一二三四五六七八九十冬腊]{{1,2}}月(?:初?{N}[日号]?)?", make_fixed(When.VAGUE)),
        (rf"从?(?P<a>{N})月份?(?:[做干打苦上]{{1,4}}了?)?(?:到|至)(?P<b>{N})月份?", make_range),
        (
            rf"{YEAR}(?:农历|阴历|老历)?(?P<m>正|冬|腊|[二三四五六七八九十])月(?P<d>初[一二三四五六七八九十])",
            make_lunar_day,
        ),
        (
            (
                rf"{YEAR}(?:农历|阴历|老历)?(?P<m>正|冬|腊)月(?P<d>(?:二?十[一二三四五六七八九]?|"
                rf"廿[一二三四五六七八九]?|三十|\d{{1,2}}))(?![个月])"
            ),
            make_lunar_day,
        ),
        (rf"{YEAR}(?:农历|阴历|老历)(?P<m>{N})月(?P<d>(?:初)?{N})", make_lunar_day),
        (
            rf"{YEAR}(?P<f>{_FEASTS})(?![个天头斤亩人只块元月万千百])节?(?P<v>{_SPAN})?(?:那[天日]|当[天日])?",
            make_feast,
        ),
        (
            (
                rf"(?:(?P<y>去年|前年|今年|上年|20\d\d年|[2-3]\d年)的?)?(?P<m>{N})月份?(?P<d>{N})(?:[日号]|"
                rf"(?=去|到|走|入户|跑|那天|[在的上下晚]|\ue000))(?!前|之前|以前|截止)"
            ),
            make_month_day,
        ),
        (rf"(?P<m>上上个?月|上个?月|这个?月|本月|当月)(?:的)?(?P<d>{N})[日号]", make_past_month_day),
        (
            (
                r"(?<![读上升念在是考\d月])(?P<p>大年|正月|过年|春节|年)?初(?P<d>[一二三四五六七八九十])(?"
                r"![中期级步])(?!(?:年级|"
                r"学生|在校|了|班|毕业|学期|读))(?:那天)?"
            ),
            make_first_days,
        ),
        (
            (
                r"(?P<r>大大前|大前|上前|前|昨|今)(?:天|日|儿个?|个儿?(?!月)|晚|早|夜|晨)(?!气)(?:早上|"
                r"上午|下午|晚上|中午|早晨|一早|傍晚)?"
            ),
            make_relative,
        ),
        (r"(?P<r>今|昨)(?:上午|下午|(?=[ ,]|\ue000|去|到|走访|入户|跑)(?<![\u4e00-\u9fff][今昨]))", make_relative),
        (rf"{YEAR}(?P<f>{_TERMS})(?:节气?)?(?P<v>{_SPAN})?(?:那[天日]|当[天日])?{_TERM_GOES}", make_term),
        (r"(?P<n>[一二三四五六七八九十两]{1,3}|\d{1,2})(?:天|日)(?:以|之)?前", make_ago),
        (
            (
                r"(?:半个?多?月|大半个?月|个把(?:多)?(?:月|星期|礼拜)|[一二两三四五六七八九十几\d]{1,3}个?多?(?:半月|月(?!份)|星期|礼拜|周))"
                r"(?:以|之)?前|[一二两三四五六七八九十几\d]{1,3}个?多?(?:月|星期|礼拜|周)(?:以|之)前|"
                r"(?:去年|前年|上年|上个?月)(?:的)?(?:这个?时候|这时候?|这个时间|这几天|这段时间|同期(?!比))|"
                r"(?:十来|十多|十几|[二三]十多|几十)天(?:以|之)?前|(?:多少|哪)[天日]前|"
                r"(?:那|有)一?[天日](?=,? ?(?:我|去|到|走|下午|上午|早|晚))|某[天日]|那次(?=去|到|走访)"
            ),
            make_fixed(When.VAGUE),
        ),
        (
            (
                r"(?P<p>上上个?|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天末1-7])(?![个"
                r"年岁\d])(?:早上|"
                r"上午|下午|晚上)?"
            ),
            make_weekday,
        ),
        (r"(?P<p>上上个?|上个?|这个?|本|下个?)(?:周|星期|礼拜)", make_bare_week),
        (
            (
                r"大后天|后天|明天|明日|明早|明晚|明后天|明儿|改天|过两天|过几天|过些天|等几天|"
                r"等两天|待会|等会儿?|等下(?!午)|等一下|(?<![了过上着聊坐等看待])一会儿?|回头|过会儿?|晚点|晚些"
            ),
            make_fixed(When.PLAN),
        ),
        (
            (
                r"(?:好)?几天(?:以|之)?前|前(?:几|些|两|一两|两三|三四|三)(?:天|日)|前一?久|前阵子?|"
                r"前一阵子?|前段时间|前一段(?:时间)?|前些(?:日子|时候)|前不久|不久前|头几天|"
                r"早几天|有[一]?天|那几天|"
                r"这几天(?=去|到|走访|跑|入户|看|打)|这两天(?=去|到|走访|跑|入户|看|打)|最近(?=去|"
                r"到|走访|跑|入户)|(?:上半年|下半年|去年|前年)(?=去|到|走访|跑|入户|走)|年前|年后|过年(?:"
                r"那几天|的?时候|期间)?|春节(?:期间|那几天|"
                r"前后|前|后|的?时候|放假|假期)?|(?:去年|今年)?年底|(?:去年|今年)?年初|年中|"
                r"年头|年尾|寒假(?!工)|暑假(?!工)|农忙(?:时|的时候)?"
            ),
            make_fixed(When.VAGUE),
        ),
        (r"(?<![上下这本当个])月(?:初|底|中旬|上旬|下旬|末|头|尾|中(?!学))", make_early),
        (
            (
                rf"(?<![第编尾月\d.])(?P<d>{N})(?:号|日)(?!楼|院|房|门|线|机|文件|户|码|子)(?P<dead>之前|"
                rf"以前|前|截止)?"
            ),
            make_day_number,
        ),
        (
            rf"(?<![\d.*/])(?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?![\d.万千百元块毛斤亩公吨/wk%个])[日号]?{_GOES}",
            make_numeric,
        ),
        (
            (r"(?<=[访期间户]:)(?P<s> ?)(?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?![\d.万千百元块毛斤亩公吨/wk%个])[日号]?"),
            make_numeric,
        ),
        (rf"{YEAR}(?<![\d.])(?P<m>{N})月份?(?P<v>底|初|末|中旬|上旬|下旬|中(?!学))?(?![日号])", make_named_month),
        (
            (
                r"(?P<m>大上个?月|上上个?月|上个?月|这个?月|本月|当月|下个?月|这月)份?(?P<v>底|"
                r"初|末|中旬|上旬|下旬|中(?!学)|头|尾|里头)?"
            ),
            make_relative_month,
        ),
        (rf"{YEAR}(?P<m>正|冬|腊)月(?:间|里|份)?", make_lunar_month),
        (
            (
                r"(?:19|20)\d\d年?度?(?!\d)(?<=年|度)|去年|前年|今年|本年度?|上年度?|上半年|"
                r"下半年|(?:第?[一二三四]|1|2|3|4)季度(?=收入|工资|养老|低保)|往年|常年|历年"
            ),
            make_year,
        ),
    )
)
_HINT = re.compile(
    r"[\d天日月年周号早晚儿点昨今]|星期|礼拜|初|节|五一|十一|国庆|中秋|端午|元旦|清明|"
    r"前久|阵|时间|回头|会|晚|等下|假|农忙|三八|六一|七一|八一|冬至|七夕|除夕|中元|"
    rf"重阳|腊八|元宵|个|{_TERMS}"
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
