"""What a number can count: months, days, heads, weights, mu, people, pieces (domain.md section 10)."""

import re

_UNITS: tuple[tuple[str, str, str], ...] = (  # pattern, canonical unit, factor
    (r"个半月", "month", "half"),
    (r"个(?:多|把|来)?月|月(?=[,。 )\d]|$|的)|月份?(?=工资)", "month", "1"),
    (r"个?季度|季(?![节])", "month", "3"),
    (r"(?:多|把|来)?年(?![级纪龄轻货猪前后底初头老关饭])", "year", "1"),
    (r"天|日(?!子)|个工(?:日|天)?|个白天|晚上?|夜", "day", "1"),
    (r"个?星期|个?礼拜|周(?![岁年边围])", "week", "1"),
    (
        (
            r"口人|口子|口(?!猪)|位|名|个人|个(?=老人|娃|学生|孩|小孩|姑娘|儿子|老的|工人|"
            r"小工|大人|子女|劳力|孙|病人|女儿|残疾)|人"
        ),
        "person",
        "1",
    ),
    (r"头|只|条|匹|口猪|羽", "head", "1"),
    (r"公斤|千克|kg", "jin", "2"),
    (r"吨", "jin", "2000"),
    (r"市?斤", "jin", "1"),
    (r"亩半", "mu", "half"),
    (r"亩|畝", "mu", "1"),
    (r"分(?:地|田)", "mu", "0.1"),
    (r"小时|钟头|个小时|个钟头?", "hour", "1"),
    (
        (
            r"年级|级|岁|周岁|公里|里路?(?!面)|平方米|平米|平方|平(?!均|时|安)|米(?!线|"
            r"面|油)|厘米|度|分钟|点(?!钱)|楼|层|届|组|社|队|号|期|项|%|"
            r"克|升|毫|代(?![课销购工驾缴])|门|科|排|户|家(?!里)|年代|座|处(?!理)|种(?![菜地烟烤苞玉洋水田"
            r"果树药花姜蒜豆核茶荞麦植])|类|步|届|遍|方面|样|成(?![本交了])|间(?!接)|"
            r"栋|套(?![种餐])|辆|部(?![分门])|院|分(?!红|了|得|到|别|成|家)"
        ),
        "other",
        "1",
    ),
    (r"包(?![谷括工地给山车活])|袋", "bag", "1"),
    (r"瓶|桶|盆|罐|壶", "bottle", "1"),
    (r"棵|株|蓬", "tree", "1"),
    (r"筐|篓|箩", "basket", "1"),
    (r"车(?![费子票油险贷补])|卡车|拖拉机", "load", "1"),
    (
        (
            r"箱|盒|件|捆|张|把(?=[^\d块元 ])|根(?![本据])|支(?![出付了])|台(?!账)|次|趟|回(?!家|来|去)|顿|枚|杯|碗|"
            r"份|笔|窝|盘|板|床|副|双|幅|担(?!任)|挑(?![水粪])|背(?!着|水|砖|部)|坨|朵|对(?![方面账了])|批|块(?=地|田|"
            r"石|砖|瓦|布|肉|板)|片|顶|场|桌|副|瓣|节(?![约省日])|提(?![成供前取])|框|堆|束|串|筒|"
            r"个(?!月|人)"
        ),
        "piece",
        "1",
    ),
)
_CANONICAL = {f"u{index}": (name, factor) for index, (_, name, factor) in enumerate(_UNITS)}
UNIT = re.compile("|".join(f"(?P<u{index}>{pattern})" for index, (pattern, _, _) in enumerate(_UNITS)))
SLASH = re.compile(
    r" ?(?:/|每|块?钱?/) ?(?P<w>个月|月|天|日|市斤|公斤|千克|kg|斤|亩|头|只|条|"
    r"个|人|吨|包|袋|年|季度|次|棵|株|箱|件|瓶)"
)
SLASH_UNITS = {
    "个月": "month",
    "月": "month",
    "天": "day",
    "日": "day",
    "亩": "mu",
    "头": "head",
    "只": "head",
    "条": "head",
    "人": "person",
    "包": "bag",
    "袋": "bag",
    "年": "year",
    "次": "piece",
    "个": "piece",
    "箱": "piece",
    "件": "piece",
    "棵": "tree",
    "株": "tree",
    "瓶": "bottle",
    "斤": "jin",
    "市斤": "jin",
}
SLASH_WEIGHTS = {"公斤": 2, "千克": 2, "kg": 2, "吨": 2000}


def canonical(match: re.Match[str]) -> tuple[str, str]:
    """The unit that a match names, and its size in that unit."""
    return _CANONICAL.get(match.lastgroup or "", ("other", "1"))
