"""Money that is spoken of without its amount: it is asked, of the kind that the words name."""

import re

from bot.domain.income_kinds import Kind
from bot.understanding import entry_words as words
from bot.understanding.context import has_topic, read_context
from bot.understanding.kinds import kind_of
from bot.understanding.lexicon import Lexicon

_SENTENCE = 30
"""Characters before words like 没听清 in which the money is named."""


def not_heard(text: str, lexicon: Lexicon) -> bool:
    """工资没听清, 卖牛的钱他不肯说: there was money, and nobody knows how much."""
    for unheard in words.UNHEARD.finditer(text):
        sentence = re.split(r"[。;!?\n]", text[: unheard.start()])[-1]
        said = sentence[-_SENTENCE:]
        if (has_topic(said, lexicon) or words.SELL.search(said)) and not words.OF_DAYS.search(said):
            return True
    return False


def sold_without_amount(text: str) -> bool:
    """卖了两头猪 without a number: something was earned, the amount is open."""
    return words.SOLD.search(text) is not None and words.NOT_SOLD.search(text) is None


def kind_without_amount(text: str, lexicon: Lexicon) -> Kind | None:
    """The kind of money whose amount is not said: 卖了两头猪,多少钱没说 is business; None when it could be several."""
    plain = words.NO_AMOUNT.sub(" ", text)
    said: Kind | None = None
    for clause in dict.fromkeys(re.split(r"[,。;!?:\n ]+", plain)):
        kind = kind_of(read_context(clause, "", "", lexicon, None))
        if kind is not None and said not in {None, kind}:
            return None
        said = said or kind
    return said
