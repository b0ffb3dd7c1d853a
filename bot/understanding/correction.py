"""A correction of the last record: the right value only (interface.md section 5)."""

import re

from bot.understanding.amounts import Sum, sums
from bot.understanding.context import read_context
from bot.understanding.dates import DateToken
from bot.understanding.intents import is_deletion
from bot.understanding.kinds import kind_of
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Intent, ReadEntry, Reading
from bot.understanding.names import Mention

_OLD_BEFORE = re.compile(
    r"(?:不是|并非|不应该是|写成了?|记成了?|打成了?|发成了?|说成了?|看成了?|弄成了?|"
    r"输成了?|由|从|把|原来(?:的|是)?|之前(?:的|是)?|而不是|错的|当成了?|多打成)(?:(?!改|换|更正)[^,。\d是]){0,5}$"
)
_OLD_AFTER = re.compile(
    r"(?:块钱?|元)?(?:的)?(?:,| )?(?:改成|改为|应改|改|换成|更正为|错了|是错的|不对|写错|应为|应该是)"
)
_NEW_BEFORE = re.compile(r"(?:应[该当]?是|应为|改成|改为|改到|换成|更正为|是|为|:)[^,。]{0,6}$")


def read_correction(text: str, mentions: list[Mention], days: list[DateToken], lexicon: Lexicon) -> Reading:
    """What is right, as far as the words name it; nothing is asked, the last record tells the rest."""
    amounts = [each for each in sums(text) if each.fen]
    wrong = [_is_old(text, each) for each in amounts]
    old = [each for each, is_old in zip(amounts, wrong, strict=True) if is_old]
    new = _new(text, [each for each, is_old in zip(amounts, wrong, strict=True) if not is_old])
    reading = Reading(Intent.CORRECT, delete=is_deletion(text) and new is None)
    if new is not None:
        reading.entries = (_entry(text, new, amounts, lexicon),)
        reading.old_amount_fen = old[-1].fen if old else None
    right = [mention for mention in mentions if not _is_old_name(text, mention)]
    if right and len(right[-1].households) == 1:
        reading.candidate_keys = (str(next(iter(right[-1].households))),)
    true_days = [token for token in days if not _OLD_BEFORE.search(text[max(0, token.start - 8) : token.start])]
    if (
        true_days
        and new is None
        and re.search(r"日期|日子|时间|那天|去的|走访|号|天", text)
        and re.search(r"[应该]?是|改|日期", text)
    ):
        reading.visited_on = true_days[-1].day
    return reading


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
