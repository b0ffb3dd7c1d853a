"""How amounts, days and months are written in the two languages."""

from datetime import date

WEEKDAYS_ZH = "一二三四五六日"
MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def yuan(fen: int, language: str = "zh") -> str:
    """An amount with thousands separators; fen only when there are any: `3,500元`, `860.50元`, `-3,500元`."""
    sign, rest = ("-" if fen < 0 else ""), abs(fen)
    whole = f"{rest // 100:,}" + (f".{rest % 100:02d}" if rest % 100 else "")
    return f"{sign}{whole}元" if language == "zh" else f"{sign}¥{whole}"


def per_head(fen: int, language: str = "zh") -> str:
    """A figure per head, to the yuan, half away from zero."""
    rounded = (abs(fen) + 50) // 100 * 100
    return yuan(-rounded if fen < 0 else rounded, language)


def short_day(day: date, language: str = "zh") -> str:
    """`3月14日` or `14 Mar`."""
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {MONTHS_EN[day.month - 1]}"


def weekday(day: date, language: str = "zh") -> str:
    """`周五` or `Fri`."""
    if language == "zh":
        return "周" + WEEKDAYS_ZH[day.weekday()]
    return "Mon Tue Wed Thu Fri Sat Sun".split()[day.weekday()]


def month(text: str, language: str = "zh") -> str:
    """`2024-03` as `2024年3月` or `Mar 2024`."""
    year, number = text.split("-")
    return f"{year}年{int(number)}月" if language == "zh" else f"{MONTHS_EN[int(number) - 1]} {year}"
