"""What a visit looks at: 两不愁三保障, drinking water, income."""

from enum import StrEnum


class Check(StrEnum):
    """One of the seven things a visit looks at, in the order in which they are shown."""

    INCOME = "income"
    FOOD = "food"
    CLOTHING = "clothing"
    EDUCATION = "education"
    MEDICAL = "medical"
    HOUSING = "housing"
    WATER = "water"


class CheckState(StrEnum):
    """Staff report signs; they do not grade houses."""

    OK = "ok"
    PROBLEM = "problem"


class Mode(StrEnum):
    """How a visit was made; a phone visit counts for a household that is away."""

    HOME = "home"
    PHONE = "phone"
