"""A name in a message is looked up whole: dots and blanks inside make no difference, a part of it names nobody else."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Reading, Roster, RosterHousehold, understand
from tests.support.spellings import IN_MESSAGES, of_parts, spelt
from tests.understanding.pack import lexicon

TODAY = date(2024, 3, 15)
SAYINGS = ("{}家断水三天了", "{}打工3500", "今天去了{}家,都好", "电话问了{},一切正常", "记录{}低保860")


def read(text: str, *households: RosterHousehold) -> Reading:
    return understand(text, TODAY, Roster.of(households), lexicon())


def house(head: str, *members: str, alias: tuple[str, ...] = (), key: str = "H1") -> RosterHousehold:
    return RosterHousehold(head, members, "五组", alias, key)


@given(st.data(), of_parts(), st.sampled_from(SAYINGS))
@settings(deadline=None)
def test_the_person_is_found_however_dots_are_written(data: st.DataObject, parts: tuple[str, ...], said: str) -> None:
    """Roster and message may write the name in two ways."""
    listed, typed = data.draw(spelt(parts)), data.draw(spelt(parts, IN_MESSAGES))
    found = read(said.format(typed), house("王老五", key="H0"), house(listed, key="H1"))
    assert found.household_key == "H1"


@given(st.data(), of_parts(), st.sampled_from(SAYINGS))
@settings(deadline=None)
def test_a_part_of_a_longer_name_never_wins_over_the_whole_name(
    data: st.DataObject, parts: tuple[str, ...], said: str
) -> None:
    """Another family has the last part of the name as a given name, as a nickname or as a whole name."""
    last = parts[-1][-2:]
    families = [house("罗" + last, key="H2"), house("罗三", alias=(last,), key="H2"), house(last, key="H2")]
    other = data.draw(st.sampled_from(families))
    typed = data.draw(spelt(parts, IN_MESSAGES))
    whole = read(said.format(typed), other, house("".join(parts), key="H1"))
    assert whole.household_key == "H1"
    if other is not families[2] or f"·{parts[-1]}" in typed:  # 光阿依 may be two words, 光·阿依 is one name
        assert read(said.format(typed), other).household_key is None


@pytest.mark.parametrize("typed", ["阿依 古丽", "阿 依 古 丽", "阿依\u3000古丽", "买 𠮷", "𠮷 光", "张 三", "王 老五"])
def test_blanks_inside_a_name_are_read_over(typed: str) -> None:
    whole = "".join(typed.split())
    for said in ("{} 打工3500", "今天去了{}家,都好", "{}家断水三天了", "4500记给{}"):
        found = read(said.format(typed), house("罗阿三", key="H0"), house(whole, key="H1"))
        assert found.household_key == "H1", said


def test_a_blank_between_two_words_makes_no_name() -> None:
    """老王 小明 are two, 王小明 of another family is not named."""
    found = read("今天去了老王 小明在家,都好", house("王大有", key="H1"), house("王小明", key="H2"))
    assert found.household_key in {None, "H1"}


def test_who_earned_it_is_named_with_the_name_of_the_roster() -> None:
    found = read("买买提家的阿依.古丽打工3500", house("买买提", "阿依·古丽", key="H1"))
    assert [entry.member for entry in found.entries] == ["阿依·古丽"]


def test_a_sentence_ended_by_a_dot_still_names_the_next_household() -> None:
    found = read("张三家都好.李四打工3500", house("李四", key="H4"))
    assert "李四" in (found.household, *found.candidates)
