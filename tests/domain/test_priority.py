"""Which due household comes first."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.households import Category, Monitoring
from bot.domain.income import Sums
from bot.domain.people import Person
from bot.domain.priority import DueItem, Risk, due_item, must_visit_rank, must_visits, risk, walking_order
from bot.policies import load

from .factories import TODAY, household, person

RULES = load("lufeng-2022-2024").on(TODAY).must_visit
ITEMS = st.lists(
    st.builds(
        DueItem,
        st.integers(1, 999),
        st.integers(1, 4),
        st.text("0123456789", min_size=3, max_size=3),
        st.dates(TODAY - timedelta(40), TODAY),
        st.sampled_from(Risk),
        st.integers(0, 8),
    ),
    unique_by=lambda item: item.household_id,
    max_size=30,
)


def item(household_id: int, group_id: int, late: int, level: Risk = Risk.OTHER, rank: int = 8) -> DueItem:
    return DueItem(household_id, group_id, f"{household_id:03d}", TODAY - timedelta(late), level, rank)


def test_risk_comes_before_days_overdue_and_those_before_the_eight_musts() -> None:
    items = [item(1, 1, 0, rank=0), item(2, 1, 9, rank=5), item(3, 1, 9, rank=2), item(4, 1, 0, Risk.PROBLEM)]
    assert [one.household_id for one in walking_order(items, TODAY)] == [4, 3, 2, 1]


def test_a_village_group_follows_its_most_urgent_household_so_that_one_walk_serves_several() -> None:
    items = [item(1, 5, 2, Risk.PROBLEM), item(2, 2, 8, Risk.KEY), item(3, 5, 0), item(4, 2, 0)]
    assert [one.household_id for one in walking_order(items, TODAY)] == [1, 3, 2, 4]


@given(ITEMS)
def test_the_order_is_complete_keeps_groups_together_and_begins_with_the_most_urgent(items: list[DueItem]) -> None:
    ordered = walking_order(items, TODAY)
    assert sorted(ordered, key=repr) == sorted(items, key=repr)
    groups = [one.group_id for one in ordered]
    changes = 1 + sum(a != b for a, b in itertools.pairwise(groups))
    assert not items or changes == len(set(groups))
    assert not items or ordered[0].urgency(TODAY) == min(one.urgency(TODAY) for one in items)


@pytest.mark.parametrize(
    ("category", "monitoring", "key", "problem", "level"),
    [
        (Category.ORDINARY, Monitoring.NONE, False, True, Risk.PROBLEM),
        (Category.MARGINAL, Monitoring.ACTIVE, True, False, Risk.ACTIVE),
        (Category.MARGINAL, Monitoring.REMOVED, True, False, Risk.KEY),
        (Category.LIFTED, Monitoring.NONE, False, False, Risk.OTHER),
    ],
)
def test_the_most_pressing_of_what_applies_is_the_risk(
    category: Category, monitoring: Monitoring, key: bool, problem: bool, level: Risk
) -> None:
    assert risk(category, monitoring, key=key, problem=problem) is level
    one = due_item(household(category=category, monitoring=monitoring), TODAY, key=key, problem=problem, rank=3)
    assert (one.risk, one.rank, one.group_id) == (level, 3, 11)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([person(), person()], set()),
        ([person(health=("长期慢性病",)), person()], {"illness"}),
        ([person(health=("残疾",)), person()], {"disability"}),
        ([person()], {"alone"}),
        ([person(tekun=True), person()], {"alone"}),
        ([person(dibao=True), person()], {"dibao"}),
        ([person(schooling="小学"), person(schooling="初中")], {"schoolchildren"}),
        ([person(schooling="小学"), person()], set()),
    ],
)
def test_members_show_which_of_the_eight_musts_apply(members: list[Person], expected: set[str]) -> None:
    assert must_visits(members, RULES, low_or_falling=False) == expected


def test_income_and_disaster_are_among_the_eight_musts() -> None:
    two = [person(), person()]
    assert must_visits(two, RULES, low_or_falling=True) == {"income"}
    assert must_visits(two, RULES, low_or_falling=False, risks={"natural_disaster"}) == {"disaster"}


def test_a_high_wage_share_counts_only_when_the_work_is_unstable() -> None:
    mostly = Sums(wage=6_000, business=4_000)
    steady, short = [person(work_months=10), person()], [person(work_months=4), person()]
    assert must_visits(steady, RULES, low_or_falling=False, sums=mostly) == set()
    assert must_visits(short, RULES, low_or_falling=False, sums=mostly) == {"wage"}
    assert must_visits(steady, RULES, low_or_falling=False, sums=mostly, risks={"employment"}) == {"wage"}
    assert must_visits(short, RULES, low_or_falling=False, sums=Sums(wage=4_000, business=6_000)) == set()
    assert must_visits(short, RULES, low_or_falling=False, sums=Sums()) == set()


def test_the_first_of_the_eight_musts_that_applies_gives_the_rank() -> None:
    assert must_visit_rank({"dibao", "illness"}, RULES) == 1
    assert must_visit_rank(set(), RULES) == 8
