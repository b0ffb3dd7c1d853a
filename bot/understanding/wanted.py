"""What a message wants, as both readers have it."""

import re

from bot.understanding import intents, members
from bot.understanding.dates import When
from bot.understanding.model import Intent
from bot.understanding.names import NAME
from bot.understanding.parts import Parts, without_plans
from bot.understanding.second import NO, Scores
from bot.understanding.settle import Settled

_READABLE = re.compile(r"[\u4e00-\u9fff\ue000]")


def settled_intent(parts: Parts, scores: dict[str, Scores], settled: Settled) -> Intent:
    """What both readers make of the message; what tells of a visit is never nothing."""
    said = _intent(parts)
    if said is Intent.OTHER and not _READABLE.search(parts.text):
        return said
    intent = Intent(settled.take("intent", said, scores["intent"]))
    visits = max(scores["visit"], key=lambda answer: scores["visit"][answer]) != NO
    return said if intent is Intent.OTHER and visits else intent


def _intent(parts: Parts) -> Intent:
    text = parts.text.strip()
    if not _READABLE.search(text) or intents.is_chat(text):
        return Intent.OTHER
    if intents.is_correction(text):
        return Intent.CORRECT
    named = bool(parts.mentions)
    if intents.is_list(text) and (not named or intents.is_list(text.replace(NAME, ""))) and not parts.who.said:
        return Intent.LIST
    if intents.is_question(text) or (named and intents.is_status(text)):
        return _question(parts)
    return _statement(parts)


def _question(parts: Parts) -> Intent:
    text = parts.text
    home = parts.who.said or re.search(
        r"[\u4e00-\u9fff]{2,4}(?:家|户)(?:的)?(?:情况|咋样|怎么样|怎样|如何|什么情况|人均|上次|下次|还差|收入|今年|有)",
        text,
    )
    later = any(token.when is When.PLAN for token in parts.dates)
    planned = later and NAME not in without_plans(parts)  # 明天去张三家,谁一起去
    if home and intents.is_status(text) and not planned:
        return Intent.QUERY
    return Intent.OTHER


def _statement(parts: Parts) -> Intent:
    kept = without_plans(parts)
    if not re.search(r"[\u4e00-\u9fff\ue000]", kept):
        return Intent.OTHER
    if re.fullmatch(r"\ue002{0,20}\ue000\ue001*(?:家|户)?", kept.lstrip(" \n,。").rstrip(" \n,。!?")):
        return Intent.QUERY
    if members.is_member_change(kept) and not _money(kept):
        return Intent.MEMBER_CHANGE
    return Intent.RECORD


def _money(text: str) -> bool:
    return re.search(
        r"(?:花|得|收|卖|领|挣|赚)(?:了|掉)?[^,。]{0,4}[\d一二两三四五六七八九十百千万]+(?:块|元|万|千|百)?", text
    ) is not None and not re.search(r"户口|去世|过世|病故", text)
