"""A correction of the last record: the right value only (interface.md section 5)."""

import re

from bot.domain.checks import Mode
from bot.understanding.amounts import Sum, sums
from bot.understanding.context import read_context
from bot.understanding.dates import DateToken, When
from bot.understanding.intents import is_deletion
from bot.understanding.kinds import kind_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Fix, Intent, ReadEntry, Reading
from bot.understanding.names import Mention
from bot.understanding.normalise import normalise

_OLD_BEFORE = re.compile(
    r"(?:不是|并非|不应该是|写成了?|记成了?|打成了?|发成了?|说成了?|看成了?|弄成了?|"
    r"输成了?|由|从|把|原来(?:的|是)?|之前(?:的|是)?|而不是|错的|当成了?|多打成)(?:(?!改|换|更正)[^,。\d是]){0,5}$"
)
_OLD_AFTER = re.compile(
    r"(?:块钱?|元)?(?:的)?(?:,| )?(?:改成|改为|应改|改|换成|更正为|错了|是错的|不对|写错|应为|应该是)"
)
_NEW_BEFORE = re.compile(r"(?:应[该当]?是|应为|改成|改为|改到|换成|更正为|是|为|:)[^,。]{0,6}$")


_WRONG = re.compile(
    r"(?:不是|并非|而不是|不应该是)[^,。;!]{1,16}?(?=[,。;! ]|而?是|应该?是|$)"
    r"|[^,。;!]{1,12}(?=(?:写错|记错|搞错|说错|打错|错了?|是错的|不对|有误)[,。;! ]|(?:改成|改为|换成|更正为))"
)
_PHONE = re.compile(r"电话|微信|视频|语音|手机")
_HOME = re.compile(r"入户|上门|登门|当面|到家|家里|面谈|现场|亲自")
_WENT = re.compile(r"去|到")
_THAT_ONE = re.compile(r"\ue001{0,9}(?:家|户)?[^,。;!是]{0,12}(?:错|不对|有误|改|应)")
_RIGHT_NAME = re.compile(r"(?:是|改成|改为|改到|换成|更正为|应为|记到|记成|给)[\ue002 ]*$")
_SAYS_WRONG = (
    r"(?:不对|错了?|错啦|不是|并非|改(?:成|为|到|一?下|(?=\d))|换成|更正|纠正|写错|记错|搞错|打错|说错)"
    r"|把[^,。;!]{1,16}改(?:成|为|到)|(?:写|记|搞|打|说|弄|填|报)错|[^,。;!]{1,12}(?:才对|[,。 ]不是)"
    r"|(?:日期|日子|金额|数字|月份|户主|名字|方式|类别|类型|时间|项目)(?:也|都)?(?:写|记|搞|打|说)?(?:不对|错|有误)"
)
_WRONG_CUE = re.compile(rf"[哦噢喔呃额唉哎啊诶,。! ]{{0,4}}(?:{_SAYS_WRONG})")
_RIGHT_CUE = re.compile(
    r"[哦噢喔呃额唉哎啊诶不,。! ]{0,4}(?:其实|实际上?|原来)?(?:应该?是|应为|应当是|是(?!不是|否|的$))"
)
_SLOTS = tuple(
    (slot, re.compile(words))
    for slot, words in (
        ("date", r"日期|日子|时间|那天|几号"),
        ("month", r"月份"),
        ("mode", r"方式"),
        ("kind", r"类别|类型|项目"),
        ("amount", r"金额|数字|钱数|多少"),
        ("household", r"户主|错户|户(?:名)?(?:不对|错)|名字|家名"),
    )
)
IS = "是"
"""What is right stands behind the last of these."""
AS_CORRECTION = "错了,"
"""Before words that say what is right, so that they are read as a correction."""
MOST = 60
"""Characters of a text that may be nothing but a correction."""


def says_wrong(text: str) -> bool:
    """Whether a short text says that something is wrong: 不是…, 错了, 改成…."""
    plain = normalise(text).strip()
    return len(plain) <= MOST and _WRONG_CUE.match(plain) is not None


def says_right(text: str) -> bool:
    """Whether a short text begins as a correction may, and other texts too: 是…, 应该是…."""
    plain = normalise(text).strip()
    return len(plain) <= MOST and _RIGHT_CUE.match(plain) is not None


def slot_of(text: str) -> str | None:
    """What is said to be wrong, where the right value is not said: 日期错了."""
    return next((slot for slot, words in _SLOTS if words.search(text)), None)


def read_correction(text: str, mentions: list[Mention], days: list[DateToken], lexicon: Lexicon) -> Reading:
    """What is right, as far as the words name it; nothing is asked, what is corrected tells the rest."""
    amounts = [each for each in sums(text) if each.fen]
    wrong = [_is_old(text, each) for each in amounts]
    old = [each for each, is_old in zip(amounts, wrong, strict=True) if is_old]
    new = _new(text, [each for each, is_old in zip(amounts, wrong, strict=True) if not is_old])
    reading = Reading(Intent.CORRECT, delete=is_deletion(text) and new is None)
    if new is not None:
        reading.entries = (_entry(text, new, amounts, lexicon),)
        reading.old_amount_fen = old[-1].fen if old else None
    right = [mention for mention in mentions if not _is_old_name(text, mention)]
    if right:
        reading.candidate_keys = tuple(str(index) for index in sorted(right[-1].households))
    reading.fix = _fix(text, reading, mentions, days, lexicon)
    if reading.fix.day is not None and new is None and re.search(r"日期|日子|时间|那天|去的|走访|号|天", text):
        reading.visited_on = reading.fix.day
    return reading


def _fix(text: str, reading: Reading, mentions: list[Mention], days: list[DateToken], lexicon: Lexicon) -> Fix:
    """The words that are right are those that are not said to be wrong."""
    wrong_names = [mention for mention in mentions if _is_old_name(text, mention)]
    right = [mention for mention in mentions if mention not in wrong_names]
    good = _WRONG.sub(lambda match: " " * len(match.group()), text)
    said = [token for token in days if good[token.start : token.end].strip()]
    true_days = [token.day for token in said if token.when is When.DAY and token.day]
    months = [token.month for token in said if token.when not in {When.DAY, When.PLAN} and token.month]
    entry = reading.entries[0] if reading.entries else _named(good, lexicon)
    bad = _named(" ".join(match.group() for match in _WRONG.finditer(text)), lexicon)
    mistaken = {index for each in wrong_names for index in each.households}
    return Fix(
        old_key=str(mistaken.pop()) if len(mistaken) == 1 else None,
        amount_fen=entry.amount_fen,
        estimate=entry.estimate,
        months=entry.months,
        kind=entry.kind,
        item=entry.item,
        month=months[-1] if months else None,
        day=true_days[-1] if true_days else None,
        mode=_mode(good, text),
        old_amount_fen=reading.old_amount_fen,
        old_kind=bad.kind,
        about=bool(right) and _tells_which(text, right[-1], says=entry.amount_fen is not None),
    )


def _mode(good: str, text: str) -> Mode | None:
    """How the visit was made: 是打电话问的, 是到家里去的; 去 alone only where a call is what was wrong."""
    if _PHONE.search(good):
        return Mode.PHONE
    called = _PHONE.search(text) is not None
    return Mode.HOME if _HOME.search(good) or (called and _WENT.search(good)) else None


def _tells_which(text: str, mention: Mention, *, says: bool) -> bool:
    """罗家那笔错了,是2700 names the record; 是罗家的 names the right household."""
    if _RIGHT_NAME.search(text[max(0, mention.start - 6) : mention.start]):
        return False
    return says or _THAT_ONE.match(text, mention.end) is not None


def _named(words: str, lexicon: Lexicon) -> ReadEntry:
    """Kind and item of money that is named without its amount: 是卖猪的."""
    bare = re.sub(r"不是|而是|应该是?|应为|改成|改为|是|记|写|打错|错了?|不对|的", " ", words)
    if not lexicon.find(bare):
        return ReadEntry(None, None)
    context = read_context(f"{bare.strip()}得", "", "", lexicon, None, per="")
    return ReadEntry(kind_of(context), None, item=context.item.name if context.item else None)


def _is_old(text: str, each: Sum) -> bool:
    before, after = text[max(0, each.start - 12) : each.start], text[each.end : each.end + 8]
    return _OLD_BEFORE.search(before) is not None or _OLD_AFTER.match(after) is not None


def _is_old_name(text: str, mention: Mention) -> bool:
    return (
        re.search(
            r"(?:不是|并非|而不是|写成了?|记成了?|记到了?|写到了?|把)[\ue002]*$",
            text[max(0, mention.start - 8) : mention.start],
        )
        is not None
    )


def _new(text: str, amounts: list[Sum]) -> Sum | None:
    marked = [each for each in amounts if _NEW_BEFORE.search(text[max(0, each.start - 10) : each.start])]
    choice = marked or amounts
    return choice[-1] if choice else None


def _entry(text: str, new: Sum, amounts: list[Sum], lexicon: Lexicon) -> ReadEntry:
    """Kind and item come from words like 工资 and 饲料钱 anywhere in the message."""
    chars = list(text)
    for each in amounts:
        chars[each.start : each.end] = "\ue005" * (each.end - each.start)
    bare = re.sub(r"不是|而是|应该是?|应为|改成|改为|是|记|写|打|错|删|收到|刚才|刚刚", " ", "".join(chars))
    if not lexicon.find(bare):
        return ReadEntry(None, new.fen, new.months, None, new.rough)
    context = read_context(bare.replace(" ", ""), "", "", lexicon, None, per="")
    item = context.item.name if context.item else None
    return ReadEntry(kind_of(context), new.fen, new.months, None, new.rough, item=item)
