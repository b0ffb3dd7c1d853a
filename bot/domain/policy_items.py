"""Items of the ledger as a policy pack lists them."""

from typing import Literal

from pydantic import Field

from bot.domain.income_kinds import Kind
from bot.domain.policy_base import Part


class ItemPolicy(Part):
    """One item 项目: its kind, whether it counts, and the words by which people name it."""

    name: str = Field(min_length=1)
    kind: Kind
    counted: bool = True
    words: tuple[str, ...] = ()
    general: bool = False  # a word for the whole kind: it may mean any of its items
    sector: str | None = None  # groups items for the parser of free text
    cost_group: Literal["grain", "tobacco", "livestock", "fruit", "other"] | None = None
    en: str | None = None
    cite: str | None = None
