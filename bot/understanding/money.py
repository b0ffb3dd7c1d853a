"""Amounts of money as people write them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen; `estimate` when the words say that it is rough (百把块, 三千多)."""

    fen: int
    estimate: bool


def parse_amount(text: str) -> Amount | None:
    """An amount as people write it when asked for one; None when it is no amount."""
    return Amount(round(float(text) * 100), False) if text.strip().isdigit() else None
