"""Data doubts are hints of one household."""

from datetime import date
from typing import Any

import pytest

from bot.domain.checks import Check
from bot.domain.doubts import Doubt, Known, duplicate_ids, household_doubts
from bot.domain.households import Category, Monitoring
from bot.domain.income import Sums
from bot.domain.people import Person

from .factories import TODAY, household, person
from .test_idnumber import GOOD

ADULT, CHILD = date(1980, 1, 1), date(2012, 1, 1)
HEAD = person(birth=ADULT, labour="普通劳动力", health=("健康",), insured=True)
EARNED = Sums(wage=1, transfer=1)
ACTIVE = household(category=Category.MARGINAL, monitoring=Monitoring.ACTIVE)


def doubts(*members: Person, **known: Any) -> set[Doubt]:
    given: dict[str, Any] = {"household": household(), "members": members, "today": TODAY}
    return {found.doubt for found in household_doubts(Known(**{**given, **known}))}


def other(**changes: Any) -> Person:
    return person(**{"id": 2, "relation": "之子", **changes})


def test_a_consistent_household_raises_no_doubt() -> None:
    wife = other(relation="配偶", birth=ADULT, labour="普通劳动力", health=("健康",), work_months=7)
    son = other(id=3, birth=CHILD, schooling="小学", health=("健康",), id_number=None)
    assert doubts(HEAD, wife, son, sums=EARNED) == set()


@pytest.mark.parametrize("relations", [[], ["配偶"], ["户主", "户主"]])
def test_not_exactly_one_head_is_a_doubt(relations: list[str]) -> None:
    assert Doubt.HEADS in doubts(*(person(id=n, relation=one) for n, one in enumerate(relations)))


def test_over_one_spouse_is_a_doubt() -> None:
    assert doubts(HEAD, other(relation="配偶"), other(id=3, relation="配偶")) == {Doubt.SPOUSES}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"birth": CHILD, "labour": "普通劳动力", "schooling": "小学"}, {Doubt.CHILD_LABOUR}),
        ({"birth": ADULT, "labour": "无劳动力", "health": ("健康",)}, {Doubt.ADULT_WITHOUT_LABOUR}),
        ({"birth": ADULT, "labour": "无劳动力", "health": ("残疾",)}, set()),
        ({"birth": ADULT, "labour": "无劳动力"}, set()),
        ({"birth": date(1950, 1, 1), "labour": "无劳动力", "health": ("健康",)}, set()),
        ({"labour": "丧失劳动力", "work_months": 3}, {Doubt.WORKING_WITHOUT_LABOUR}),
        ({"labour": "丧失劳动力", "works_where": "none"}, set()),
        ({"id_number": GOOD[:-1]}, {Doubt.ID_LENGTH}),
        ({"id_number": GOOD}, set()),
    ],
)
def test_a_members_own_data_raise_doubts(changes: dict[str, Any], expected: set[Doubt]) -> None:
    assert doubts(HEAD, other(**changes)) == expected


def test_a_doubt_about_a_person_names_the_person() -> None:
    known = Known(household(), [HEAD, other(labour="无劳动力", work_months=3)], TODAY)
    assert [(found.doubt, found.person_id) for found in household_doubts(known)] == [(Doubt.WORKING_WITHOUT_LABOUR, 2)]


@pytest.mark.parametrize(
    ("changes", "sums", "expected"),
    [
        ({"work_months": 5}, Sums(transfer=1), {Doubt.MONTHS_WITHOUT_WAGES}),
        ({"public_post": "护林员"}, Sums(transfer=1), {Doubt.POST_WITHOUT_WAGE}),
        ({"dibao": True}, Sums(wage=1), {Doubt.BENEFIT_WITHOUT_TRANSFER}),
        ({"tekun": True}, Sums(wage=1), {Doubt.BENEFIT_WITHOUT_TRANSFER}),
        ({"dibao": True, "work_months": 5}, EARNED, set()),
        ({"dibao": True, "work_months": 5}, None, set()),
    ],
)
def test_marks_are_held_against_the_ledger_of_a_known_year(
    changes: dict[str, Any], sums: Sums | None, expected: set[Doubt]
) -> None:
    assert doubts(HEAD, other(**changes), sums=sums) == expected


@pytest.mark.parametrize(
    ("member", "problems", "expected"),
    [
        ({}, {Check.HOUSING}, {Doubt.UNSAFE_UNMONITORED}),
        ({}, {Check.WATER, Check.FOOD}, {Doubt.UNSAFE_UNMONITORED}),
        ({"birth": CHILD}, set(), {Doubt.DROPOUT_UNMONITORED}),
        ({"insured": False, "health": ("患有大病",)}, set(), {Doubt.UNINSURED_UNMONITORED}),
        ({"insured": False, "health": ("健康",)}, set(), set()),
        ({"insured": None, "health": ("患有大病",)}, set(), set()),
    ],
)
def test_signs_of_need_are_a_doubt_only_where_nobody_monitors(
    member: dict[str, Any], problems: set[Check], expected: set[Doubt]
) -> None:
    assert doubts(HEAD, other(**member), problems=problems) == expected
    assert doubts(HEAD, other(**member), problems=problems, household=ACTIVE) == set()


def test_a_work_risk_without_any_labour_is_a_doubt() -> None:
    old = {"birth": date(1950, 1, 1), "labour": "无劳动力"}
    both = (person(**old), other(**old))
    assert doubts(*both, risks={"employment"}) == {Doubt.WORK_RISK_WITHOUT_LABOUR}
    assert doubts(HEAD, other(**old), risks={"employment"}) == set()


def test_unresolved_with_labour_needs_a_development_measure() -> None:
    development = {"industry", "employment", "finance", "public_post"}

    def found(measures: set[str] | None, *members: Person) -> set[Doubt]:
        return doubts(*(members or (HEAD,)), household=ACTIVE, measures=measures, development=development)

    assert found({"health"}) == {Doubt.NO_DEVELOPMENT}
    assert found(set()) == {Doubt.NO_DEVELOPMENT}
    assert found({"health", "industry"}) == set()
    assert found(None) == set()
    assert found({"health"}, person(labour="无劳动力")) == set()


def test_one_number_of_two_persons_is_a_duplicate_whatever_its_suffix() -> None:
    assert duplicate_ids([(1, GOOD), (2, GOOD + "43"), (3, GOOD[:-1] + "0")]) == {1, 2}
