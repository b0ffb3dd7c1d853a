"""The kinds of income and spending that the ledger knows."""

from enum import StrEnum


class Kind(StrEnum):
    """Direction and source of one ledger entry; `business` is gross, its cost is a kind of its own."""

    WAGE = "wage"  # 工资性收入
    BUSINESS = "business"  # 经营性收入, gross
    BUSINESS_COST = "business_cost"  # 经营性支出
    PROPERTY = "property"  # 财产性收入
    TRANSFER = "transfer"  # 转移性收入
    RIGID = "rigid"  # 合规自付支出
    CLAIM = "claim"  # 理赔收入
