"""Names of several parts, also beyond the basic plane, and the ways in which people write one of them; all invented."""

from itertools import pairwise

from hypothesis import strategies as st

from bot.domain.spelling import SEPARATORS

PARTS = ("阿依", "古丽", "买买提", "帕提", "海涛", "尔古", "玛薇", "𠮷光", "𡈽娜", "约布", "达瓦")
GAPS = ("", " ", "  ", "\u3000", " · ", *SEPARATORS)
IN_MESSAGES = ("", "·", "•", "‧", "・", ".", "·")
"""A full stop 。 ends a sentence in a message, and a blank may part two names: see the tests of blanks."""


def of_parts(least: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """The parts of one name."""
    return st.lists(st.sampled_from(PARTS), min_size=least, max_size=3, unique=True).map(tuple)


@st.composite
def spelt(draw: st.DrawFn, parts: tuple[str, ...], gaps: tuple[str, ...] = GAPS) -> str:
    """One way of writing the name."""
    chars = "".join(parts)
    ends = {len("".join(parts[: at + 1])) for at in range(len(parts) - 1)}
    blanks = tuple(gap for gap in gaps if gap == "" or gap.isspace())
    written = chars[0]
    for at, (_, after) in enumerate(pairwise(chars), 1):
        written += draw(st.sampled_from(gaps if at in ends else blanks or ("",))) + after
    return written
