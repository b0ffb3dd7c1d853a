"""What is said of the seven checks: subject, predicate, denial, mending, whose it is; and the word lists."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checks import Check, CheckState
from bot.understanding.checks import find_checks
from bot.understanding.finding_grammar import read_clause
from bot.understanding.finding_scope import Carried
from bot.understanding.finding_tokens import TABLE, Role
from bot.understanding.finding_words import NOT_LACKED, SUBJECTS
from bot.understanding.normalise import clauses


def findings(text: str) -> str:
    """What the rules alone read of a text without names: `food housing!`."""
    found = find_checks(text, text, clauses(text))
    return " ".join(check.value + ("!" if found.states[check] is CheckState.PROBLEM else "") for check in found.states)


DENIED = [
    ("房子没裂没斜", "housing"),
    ("房子不漏不潮", "housing"),
    ("墙没裂,瓦没掉", "housing"),
    ("水从来没断过", "water"),
    ("水不是没有,是浑", "water!"),
    ("没发现裂缝、漏雨", "housing"),
    ("缺水缺粮倒不至于", "food water"),
    ("吃的缺不了", "food"),
    ("不是危房了", "housing"),
    ("收入没有减少", "income"),
    ("娃没辍学", "education"),
    ("医保没断过", "medical"),
    ("厚衣裳没得一件", "clothing!"),
    ("鞋都没得", "clothing!"),
    ("米没了", "food!"),
    ("没医保", "medical!"),
]
MENDED = [
    ("后墙那道裂缝,施工队补完了", "housing"),
    ("水管冻爆,修到半夜通了", "water"),
    ("房子重新盖过,不是危房了", "housing"),
    ("漏雨的房顶修好了", "housing"),
    ("上次没水的问题解决了", "water"),
    ("退学的娃劝返了", "education"),
    ("以前没水吃,现在接到灶房了", "water"),
    ("屋顶漏,还没修好", "housing!"),
    ("水管坏了没人修", "water!"),
    ("漏雨补了一半", "housing!"),
    ("修好了又漏了,房子", ""),
    ("房顶修好了又漏了", "housing!"),
    ("打算修房子", ""),
    ("等着把墙修好", ""),
]
OTHERS_THINGS = [
    ("猪圈塌了一角", ""),
    ("猪圈塌了一角,人住的房子好好的", "housing"),
    ("鸡棚漏雨", ""),
    ("菜地缺水", ""),
    ("秧田缺水栽不下去,人吃的水够", "water"),
    ("路垮了", ""),
    ("电视坏了", ""),
    ("手机坏了,房子没裂", "housing"),
    ("牛棚的墙裂了", ""),
    ("隔壁家房子塌了", ""),
    ("邻居的墙倒了", ""),
    ("我家停水了", ""),
    ("水费交了", ""),
    ("买水泥花了三百", ""),
    ("做泥水小工", ""),
    ("在学校门口摆摊", ""),
    ("在学校食堂煮饭", ""),
    ("去打水", ""),
    ("老房子不住人,塌了就塌了", ""),
]
SHARED = [
    ("米油都够", "food"),
    ("房子、吃水都没麻达", "housing water"),
    ("吃穿住都没问题", "food clothing housing"),
    ("房子和水都正常", "housing water"),
    ("吃不愁,穿也不愁", "food clothing"),
    ("粮食、衣物、娃娃读书都不消操心", "food clothing education"),
    ("房子没问题,成问题的就是医保", "medical! housing"),
    ("三保障都没问题", "education medical housing"),
    ("两不愁三保障达标", "food clothing education medical housing"),
]
FINE = [
    ("墙硬邦邦的", "housing"),
    ("水清亮", "water"),
    ("自来水一拧就来", "water"),
    ("米面油都齐", "food"),
    ("房子住得安稳", "housing"),
    ("吃不完", "food"),
    ("水哗哗的", "water"),
    ("收入过得去", "income"),
    ("在县一中读书", "education"),
    ("天天去上学", "education"),
    ("医保一个不落", "medical"),
    ("书念得好", "education"),
]
WORSE = [
    ("只有一个人买了医保", "medical!"),
    ("工钱老板压着没给", "income!"),
    ("工钱6000块没拿到", ""),
    ("屋里滴水", "housing!"),
    ("被褥破旧", "clothing!"),
    ("学费凑不齐", "education!"),
    ("没得钱去医", "medical!"),
    ("两个星期没进学校", "education!"),
    ("不想读了", "education!"),
    ("水停了五天", "water!"),
    ("瓦掉了几片", "housing!"),
    ("读大专花了八千", ""),
]


@pytest.mark.parametrize(("text", "found"), [*DENIED, *MENDED, *OTHERS_THINGS, *SHARED, *FINE, *WORSE])
def test_what_is_said_of_the_checks_is_found(text: str, found: str) -> None:
    """Denied, mended, another thing's, shared by several subjects, in other words."""
    assert findings(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漏雨那间修了没?没修。", "housing!"),
        ("漏雨那间修了没?修了。", "housing"),
        ("还漏?不漏了。", ""),
        ("房子还漏?不漏了。", "housing"),
        ("外头传他家房顶要塌,哪有这回事,瓦好好的", "housing"),
        ("漏水漏得厉害,不是房子,是水管漏", "water!"),
    ],
)
def test_questions_and_rumours_are_no_findings(text: str, found: str) -> None:
    """What is asked is not said; the short answer is; a rumour that is denied is gone."""
    assert findings(text) == found


_SUBJECTS = {
    Check.HOUSING: ("房子", "住房", "屋顶", "墙"),
    Check.WATER: ("水", "自来水", "饮水", "吃水"),
    Check.FOOD: ("粮食", "吃的", "口粮"),
    Check.CLOTHING: ("衣服", "被子", "穿的"),
    Check.INCOME: ("收入", "家庭收入"),
    Check.MEDICAL: ("医保", "合作医疗"),
}
_GOOD = ("正常", "没问题", "都没麻达", "不错", "好着呢", "有保障", "稳当")
_BAD = ("不行", "有问题", "很差", "不好", "恼火")
_SAID = st.sampled_from(sorted(_SUBJECTS)).flatmap(
    lambda check: st.tuples(
        st.just(check),
        st.sampled_from(_SUBJECTS[check]),
        st.one_of(
            st.tuples(st.just(CheckState.OK), st.sampled_from(_GOOD)),
            st.tuples(st.just(CheckState.PROBLEM), st.sampled_from(_BAD)),
        ),
    )
)


@given(st.lists(_SAID, min_size=1, max_size=5, unique_by=lambda each: each[0]), st.sampled_from(",。;"))
def test_findings_are_those_that_were_said(said: list[tuple[Check, str, tuple[CheckState, str]]], mark: str) -> None:
    """Every subject gets what is said of it, whatever stands around it."""
    text = mark.join(subject + predicate for _, subject, (_, predicate) in said)
    found = find_checks(text, text, clauses(text))
    assert found.states == {check: state for check, _, (state, _) in said}


@given(st.lists(st.sampled_from(sorted(TABLE)), max_size=12))
def test_any_words_are_read_and_stand_where_they_are_said_to_stand(words: list[str]) -> None:
    """No order of words stops the reading; each finding lies inside its clause."""
    text = "".join(words)
    for said in read_clause(text, Carried()).said:
        assert 0 <= said.start < said.end <= len(text)


@pytest.mark.parametrize("word", ["缺粮不至于", "不是没有", "修好了漏了", "吃都", "有", "好", "房子水都", "没"])
def test_time_grows_with_the_length_of_a_clause(word: str) -> None:
    """Four times the words take about four times as long."""

    def taken(count: int) -> float:
        text, best = word * count, 9.0
        for _ in range(3):
            begun = time.process_time()
            read_clause(text, Carried(frozenset(Check), bare=True))
            best = min(best, time.process_time() - begun)
        return best

    taken(100)
    assert taken(2000) < 10 * taken(500) + 0.01


def test_no_word_is_both_a_subject_and_left_out() -> None:
    """A word that says nothing hides no subject of the same writing."""
    for each, word in TABLE.items():
        assert each == each.strip().lower()
        if word.role is Role.NOTHING:
            assert not word.subject, each


def test_words_that_cannot_be_lacking_are_subjects() -> None:
    """A list that names a word of another list names one that is there."""
    subjects = {each for row in SUBJECTS.values() for each in row.split()}
    assert set(NOT_LACKED.split()) <= subjects
