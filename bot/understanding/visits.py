"""Whether a message reports a visit, how it was made, and on which day."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.checks import Mode
from bot.understanding.dates import DateToken, When
from bot.understanding.names import DATE

_D = rf"[{DATE} ]*"
_N = r"(?:\ue002{1,9})?(?:\ue000\ue001{0,9})(?:[(][^)]{0,8}[)])?(?:(?:和|、|跟|与)?\ue000\ue001{0,9}){0,4}"
_DONE = r"(?:[了过的完]|一?[趟下转圈回眼次]){0,8}"
_STRONG = re.compile(
    r"\ue003 ?(?:我|我们)?去(?:看|瞧|走访)?(?:的|过)(?=$|[,。!])|打卡(?=(?:了|完|过)?\ue000)|(?<=[\ue000"
    r"\ue001家户])(?:已)?打卡(?:$|[,。 !了])|\ue000\ue001*[家户]?(?"
    r":get|√|✓|✔)|走访|入户(?!率)|家访|回访|探访|遍访|访问了|访了|访过|访视|登门|上门(?!女婿)|"
    r"下户|探望|看望|拜访|慰问了|摸排|排查|核查|核实|串(?:了|个|一|过)*(?:下|门|"
    r"户)|(?:跑|走|访|看|转)完(?:了|$)|"
    r"[\ue003家户个]都(?:去|跑|走|到)(?:看|瞧|访)?(?:了|过)(?=$|[,。;! ])|"
    r"走(?:了|过)?一(?:趟|圈|转|遭|遍)|(?:看|瞅|瞧|望|转|坐|逛|绕|走|跑)(?:了|"
    r"过)(?:一?[下眼圈趟转遭遍]|一?会儿?|半天|几圈)|进(?:了)?家(?:门)?看"
)
_GO = re.compile(
    rf"(?:去|到|跑|看|瞧|瞅|克|来|进|转|串|逛|走|访|在|上|望|绕|溜|拐)(?:去|到|看|"
    rf"瞧|瞅|望|家)?{_DONE}(?:一?下)? ?(?:看看|瞧瞧|看|瞧)?{_D}{_N}(?:[两二三四几])?(?:家|户|屋|那|"
    rf"$|[,。 ]|看|走|入|坐|转|了)|"
    rf"{_N}(?:他|那|这|一)?(?:家|户|屋头|屋里|那里|那边|那儿|处)?(?:里)?(?:,| )?{_D}(?:(?:我|"
    rf"我们|也|都|又|刚|才|已经|早上|上午|下午|晚上){DATE}*){{0,8}}(?:去了?|到了?|跑了?|"
    rf"看完|看了|看过|走了?|转了?|来了?|瞧了?|克了?|访了?|串了?)(?:去|看|瞧)?(?:过|"
    rf"了|的|完|一?趟|一?下|一?转|一?圈|看|瞧|一?遍){{0,8}}(?=$|[,。 !;]|都|房|"
    rf"水|没|样|一切|情况|正|娃|不|医|收|家|老|\ue004)|"
    rf"(?:从|刚){_N}(?:家|户)?(?:里)?(?:那边)?(?:出来|回来|回|走访)|"
    rf"(?:在|到){_N}家(?:里)?(?:看|了解|坐|查)"
)
_UNKNOWN = re.compile(
    rf"(?:去|到|跑|看|瞧|克|串)(?:去|看)?{_DONE}(?:一?下)?{_D}(?!(?:老|大|国|人|"
    rf"搬|回|全|自|我|你|他|她|谁|哪|各|每|别)家)(?:[\u4e00-\u9fff]{{2,4}}|[一二两三四五六七八九十\d]+)(?:家|"
    rf"户)(?!长|里蹲|具|电)"
)
_LOOSE = re.compile(
    r"(?:今天|昨天)?(?:(?<![手进出回上下过])去了|去过|去看|去的|跑了|跑的|看过|去瞧|去劝|去帮|(?:去|"
    r"到|跑|进|在)(?:了|到)?(?:他|她|这|那)家(?:里)?(?:看|坐|走|了|去|核|问|搭|帮|闲|聊|玩|$|,)|"
    r"到了|瞧过|克了|转了|到访|下村|过了一遍)(?!医院|学校|打工|外|县|镇|街|省|城|"
    r"昆|[\u4e00-\u9fff]{1,3}(?:打工|上班|读书|做))"
)
_ELSEWHERE = re.compile(
    rf"{_N}.{{0,4}}(?:去|到|在)(?:了|过)?[\u4e00-\u9fff]{{0,5}}(?:打工|务工|上班|"
    rf"医院|学校|读书|上学|赶街|卖|做工|干活|昆明|广东|浙江|福建|外地|外面|城里|"
    rf"县城|镇上)"
)
_NOT_DONE = re.compile(
    r"(?:没|没有|没得|还没|未|不|没能)(?:去|到|跑|走访|入户|看|访|克)(?:成|得|着)?|去不(?:成|了)|跑不(?:成|了)|没走成"
)
_PHONE = re.compile(
    rf"打(?:了|过|个|的|给|通)*.{{0,3}}电话|打(?:了|个|过)*(?:微信)?(?:语音|视频)|"
    rf"电话(?:里|上|中|里面)?(?:{DATE}|也|又|再|去)*(?:联系|问|说|沟通|回访|了解|"
    rf"核实|走访|询问|访|打|讲|聊|交流|确认|入户|摸排|慰问|告知|过了|里|上)|通(?:了|"
    rf"过|个|的)*(?:一?次|个)?(?:电)?话|"
    rf"(?:微信|视频|语音|qq)(?:上|里|电话|通话|里面)?(?:{DATE}|也|又)*(?:问|联系|"
    rf"说|聊|视频|语音|回|了解|沟通|看|讲|走访|核实|访|连线|了|过|$|,| |平|一切|"
    rf"都|上)|(?:发|通过|用|和.{{1,4}}|跟.{{1,4}})(?:了|个)?(?:微信|视频|信息|短信|"
    rf"消息|语音)|(?<![没不未通])打通(?:了|过)?(?:$|[,。; ]|\ue000|他|她|说|问|家)|(?:去|回|拨|挂)(?:了|过)"
    rf"?(?:一?[个通次])?(?:电话|视频|语音)(?!费)|(?:视频|语音|微信)(?:了|过)?(?:一?[下次会]|通话)|连线|电联"
    rf"|致电|去电|电访|联系(?:上|了|过|的|到)(?!方式)|打(?:了|"
    rf"过)?(?:好几|[两二三四五六七八九十几\d]{1, 2})?个?电话|(?:和|跟|同)\ue000\ue001*.{{0,4}}(?:通话|视频|"
    rf"通了)|打(?:的|过去)(?=$|[,。 !;\ue000-\ue003])|电话(?:$|,| )"
)
# calling in words that else tell of going: 去了个电话, 电访, 视频走访
_CALL = re.compile(
    r"(?:去|回|来|拨|挂)(?:了|过)?(?:一?[个通次])?(?:电话|视频|语音)(?!费)|电话?(?:回)?访|(?:微信|视频|语"
    r"音|云|线上|网上)(?:上|里)?(?:走访|回访|家访|探访|入户|探望|慰问|看望)"
)
_BY_PHONE = re.compile(
    r"(?:方式|形式)(?:为|是)?[: ]{0,2}(?:打)?(?:电话|微信|视频|语音|线上|电访)|"
    r"(?:通过|采取|采用|以)(?:电话|微信|视频|语音)(?:的)?(?:方式|形式)?"
)
_RATHER_CALLED = re.compile(r"(?:不对|错了?|不是)[,。! ]{1,3}(?:我|应该|其实)*是?(?:打的?|通过|用)?(?:电话|微信|视频)")
_FAILED = re.compile(
    r"(?:电话|打|手机|微信)[^,。;]{0,6}(?:没接|没人接|不接|打不通|没打通|关机|停机|"
    r"无人接|没接通|联系不上|不通|空号|没回|没通)|联系不上|打不通|无人接听|没人接"
)
_INCOMING = re.compile(
    r"\ue001(?:家|本人|他|她)?[\ue003 ]*(?:打|来)(?:了|个)*电话(?:来|过来|反映|"
    r"说|讲|给我)|给我打(?:了|个)*电话|打电话(?:来|给我|过来)|来电"
)
_NO_PHONE = re.compile(
    r"电话(?:号码|尾号|是|: ?(?=\d)|\d|换|费|号)|手机号|尾号|加(?:了)?微信|"
    r"微信(?:群|号|收款|转|支付|红包|发)|换(?:了)?电话"
)
_AWAY = re.compile(
    r"没(?:有|得)?人(?:在家|在|$|[,。 !])|不在家|没在家|锁着?门|门(?:是|都|也|还)*(?:锁|"
    r"关)|大门.{0,2}锁|没(?:碰|遇|见|找|看|逢)(?:着|到|见)?(?:人|他|她|本人)?|家里?没(?:有|"
    r"得)?人|未遇|未见到?(?:人|户主|本人)|扑(?:了个)?空|铁将军|人不在|都不在|一个人(?:也|都)(?:没|不)|没人(?:应|"
    r"开门)|敲门没|空跑|白跑|家里无人|无人在家|一?家(?:人)?(?:都)?不在"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as reported; the day is null when it could be several."""

    day: date | None
    mode: Mode
    unclear: bool = False
    tried: bool = False
    token: DateToken | None = None


def find_visit(text: str, dates: list[DateToken], today: date, *, reported: bool) -> Visit | None:
    """The visit that a masked text reports; `reported` when it also says how the household is."""
    home = (
        None
        if (_RATHER_CALLED.search(text) or _BY_PHONE.search(text))
        else _home(_CALL.sub(lambda match: "\ue004" * len(match.group()), text), reported=reported)
    )
    failed = _FAILED.search(text) is not None
    phone = _phone(text, failed=failed)
    away = _AWAY.search(text) is not None
    span = home or phone
    if span is None:
        if not away or not re.search(r"\ue000", text):
            return None
        span = (0, 0)
        if re.search(r"[打务]工|上班|外地", text) and not dates:
            return None
    mode = Mode.PHONE if phone and (home is None or away) else Mode.HOME
    token = _of_visit(text, dates, span)
    day = today if token is None else token.day if token.when is When.DAY else None
    day = None if FORGOTTEN.search(text) else day
    return Visit(day, mode, day is None, away and mode is Mode.HOME and not reported, token)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where a masked text tells of going, calling or nobody at home."""
    for pattern in (_STRONG, _GO, _UNKNOWN, _LOOSE, _PHONE, _BY_PHONE, _CALL, _FAILED, _AWAY):
        yield from (match.span() for match in pattern.finditer(text))


def implied_visit(dates: list[DateToken], today: date) -> Visit | None:
    """今天王老五家一切正常: a day, or an hour, beside a household that is fine can only be that of a visit."""
    days = [token for token in dates if token.when is When.DAY]
    if not days and any(token.when is When.CLOCK for token in dates):
        return Visit(today, Mode.HOME)
    return Visit(days[0].day, Mode.HOME, token=days[0]) if len(days) == 1 else None


def _home(text: str, *, reported: bool) -> tuple[int, int] | None:
    strong = next((match for match in _STRONG.finditer(text) if not _denied(text, match.start())), None)
    if strong and not re.match(r"(?:电话|微信|视频)", text[max(0, strong.start() - 2) : strong.start()]):
        return strong.span()
    for gone in _GO.finditer(text):
        undone = re.match(r"不(?:成|了|得)", text[gone.end() : gone.end() + 2])  # 今天去不成
        if not undone and not _denied(text, gone.start()) and not _travel(text, gone):
            return gone.span()
    if (unknown := _UNKNOWN.search(text)) and not _denied(text, unknown.start()) and "\ue000" not in text:
        return unknown.span()
    if reported and (loose := _LOOSE.search(text)) and not _denied(text, loose.start()):
        begin = max(text.rfind(mark, 0, loose.start()) for mark in ",。;!?\n") + 1
        return None if _ELSEWHERE.search(text, begin, loose.end() + _CLOSE) else loose.span()
    return None


def _denied(text: str, start: int) -> bool:
    return re.search(
        r"(?:没|没有|没得|未|不|还没有?|没能|没有?(?:时间|空|工夫)|来不及|顾不上|准备|打算|要|想|(?:电话|微信|视频)(?:回|家|走|入|探)?)(?:再|能|来得及)?$",
        text[max(0, start - 5) : start],
    ) is not None or (_NOT_DONE.match(text, start) is not None)


def _travel(text: str, match: re.Match[str]) -> bool:
    """张三去昆明打工, 在李四家干活: somebody goes or works, nobody visits."""
    rest = text[match.end() : match.end() + 6]
    if re.match(r"家?(?:里)?(?:打工|干活|帮|做工|吃|喝|做客|借|当|摘|砍|务工|干|背|盖)", rest):
        return True
    return (
        match.group().startswith("\ue000")
        and re.match(r"[去到](?!了?$|过|的|看)", match.group().lstrip("\ue000\ue001家户 ,")) is not None
        and not re.search(r"(?:了|过|的|趟|看|下|圈|转)$", match.group())
        and bool(rest)
        and not re.match(r"[,。 !;]", rest)
    )


def _phone(text: str, *, failed: bool) -> tuple[int, int] | None:
    if _INCOMING.search(text):
        return None
    plain = _NO_PHONE.sub(lambda match: "\ue004" * len(match.group()), text)
    plain = _FAILED.sub(lambda match: "\ue004" * len(match.group()), plain) if failed else plain
    match = _PHONE.search(plain)
    match = match or _BY_PHONE.search(text)
    return match.span() if match else None


def _of_visit(text: str, dates: list[DateToken], span: tuple[int, int]) -> DateToken | None:
    """The phrase of time that belongs to the visit: in its clause, else in front of it, else beside 补记."""
    usable = [
        token
        for token in dates
        if token.when in {When.DAY, When.VAGUE, When.MONTH} and not _of_money(text, token, span)
    ]
    begin = max(text.rfind(mark, 0, span[0]) for mark in ",。;!?\n") + 1
    ends = [at for mark in ",。;!?\n" if (at := text.find(mark, span[1])) >= 0]
    end = min(ends, default=len(text))
    inside = [token for token in usable if begin <= token.start < end]
    exact = [token for token in inside if token.when is not When.MONTH]
    before = [token for token in usable if token.end <= begin]
    after = [
        token
        for token in usable
        if token.start >= end
        and token.when is not When.MONTH
        and _LATE.search(text[max(0, token.start - 6) : token.end + 6])
    ]
    if _two_days(text, exact):
        return replace(exact[0], when=When.VAGUE, day=None)
    for choice in (exact, inside, [token for token in before if token.when is not When.MONTH], after):
        if choice:
            return choice[0]
    return None


FORGOTTEN = re.compile(
    r"(?:日期|日子|哪一?天|几号|具体时间)[^,。;!\ue000]{0,4}(?:忘|记不|不记得|没有?记|不清|不确定|说不)|"
    r"(?:忘|记不|不记得|没有?记|不确定|不知道|不清楚)[^,。;!\ue000]{0,4}(?:日期|日子|哪一?天|几号)"
)
_CLOSE = 12  # characters behind 去了 in which the place may stand
_LATE = re.compile(r"补|[去访跑到看]的|的$|忘|日期|那天")


def _two_days(text: str, days: list[DateToken]) -> bool:
    """3月8号和今天都去了: one visit cannot have two days."""
    pairs = itertools.pairwise(days)
    joined = re.compile(r"[ ,]?(?:和|跟|、|与|及|到|至|-|还是|或者?是?|要么|要不) ?(?:是)?")
    return any(one.day != two.day and joined.fullmatch(text, one.end, two.start) for one, two in pairs)


def _of_money(text: str, token: DateToken, span: tuple[int, int]) -> bool:
    """上个月 before a wage is the wage's; before a verb of going it is the visit's."""
    if token.when is When.MONTH:
        rest = text[token.end : token.end + 12]
        return not re.match(
            r" ?(?:的)?(?:我)?(?:们)?(?:去|到|跑|走访|入户|看|访|打的?电话|电话|\ue000|克|瞧)", rest
        ) or bool(re.match(r" ?\ue000\ue001*(?!家)", rest) and not re.search(r"去|走访|访|跑", rest))
    return bool(
        re.match(
            r"[^,。;!?\n \ue000]{0,8}(?:卖|领|发了?工资|工资|到账|挣|赚|得|收了?[\d]|买|花|住院|结婚|交[了烟])",
            text[token.end : token.end + 20],
        )
    ) and not (token.start <= span[0] and span[0] - token.end <= 6)
