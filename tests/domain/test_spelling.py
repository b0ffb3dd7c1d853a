"""A name is one name however its dots and blanks are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import spelling
from tests.support.spellings import of_parts, spelt

NAMES = of_parts().flatmap(lambda parts: st.tuples(st.just(parts), spelt(parts), spelt(parts)))


@given(NAMES)
def test_every_way_of_writing_is_the_same_name_and_is_kept_in_a_settled_way(
    name: tuple[tuple[str, ...], str, str],
) -> None:
    parts, one, other = name
    assert spelling.key(one) == spelling.key(other) == "".join(parts)
    kept = spelling.written(one)
    assert spelling.written(kept) == kept
    assert kept.replace(spelling.DOT, "") == "".join(parts)


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        ("张  三", "张三"), ("阿依•古丽", "阿依·古丽"), ("阿依. 古丽", "阿依·古丽"), ("阿依・古丽", "阿依·古丽"),
        ("𠮷 田", "𠮷田"), ("𠮷.田", "𠮷·田"), ("John Smith", "John Smith"), ("J. Smith", "J. Smith"),
        ("Ānanda Rao", "Ānanda Rao"), (" 李\u200b四 ", "李四"), ("王A", "王A"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_it_is_read(given_as: str, kept: str) -> None:
    assert spelling.written(given_as) == kept


def test_two_names_stay_two() -> None:
    assert not spelling.same("张三", "张三丰")
    assert not spelling.same("阿依·古丽", "古丽·阿依")
