"""A day or a month as an answer to a form's question."""

import re
from datetime import date

from bot.understanding.date_makers import N, make_month
from bot.understanding.dates import When, find_dates
from bot.understanding.normalise import ANSWER_LIMIT, normalise

_NUMBER_ALONE = re.compile(N)
_DAY_ALONE = re.compile(rf"{N}|\d{{1,2}}[./-]\d{{1,2}}")


def parse_day(text: str, today: date) -> date | None:
    """The one day that `text` means ("昨天", "上周三", "10号", "初八"); None when unclear; never in the future."""
    if len(text) > ANSWER_LIMIT:
        return None
    return _sole_day(normalise(text).strip(), today)


def _sole_day(text: str, today: date) -> date | None:
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        text = "-".join(match.groups())
    if _DAY_ALONE.fullmatch(text):
        text += "号"
    days = {token.day for token in find_dates(text, today) if token.when is When.DAY}
    unclear = any(token.when in {When.VAGUE, When.PLAN} for token in find_dates(text, today))
    if len(days) == 1 and not unclear:
        return days.pop()
    return today if re.fullmatch(r"刚才?|刚刚|现在|今", text) else None


def parse_month(text: str, today: date) -> str | None:
    """The month that `text` means ("2月", "上个月", "去年腊月") as "YYYY-MM"; None when unclear or in the future."""
    if len(text) > ANSWER_LIMIT:
        return None
    plain = normalise(text).strip()
    if match := re.fullmatch(r"(20\d\d)[-/. 年]?(\d\d?)月?", plain):
        made = make_month(int(match[1]), int(match[2]), today)
        return made[2] if made else None
    if _NUMBER_ALONE.fullmatch(plain):
        plain += "月"
    months = {token.month for token in find_dates(plain, today) if token.when is not When.PLAN and token.month}
    return months.pop() if len(months) == 1 else None
