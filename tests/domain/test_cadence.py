"""When a household is due."""

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    Facts,
    Newcomer,
    Reason,
    days,
    facts_of,
    is_due,
    next_due,
    overdue_days,
    spread_first_round,
)
from bot.domain.households import Category, Monitoring
from bot.policies import load

from .factories import TODAY, household

CADENCE = load("lufeng-2022-2024").on(TODAY).cadence
VISITED = date(2024, 3, 1)
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
FACTS = st.builds(
    Facts,
    st.sampled_from(Category),
    st.sampled_from(Monitoring),
    st.booleans(),
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    DAYS,
)
NEWCOMERS = st.lists(
    st.builds(
        Newcomer,
        st.integers(1, 10_000),
        st.integers(1, 5),
        st.text("0123456789", min_size=1, max_size=4),
        st.sampled_from([Reason.ACTIVE, Reason.REMOVED, Reason.LIFTED, Reason.ORDINARY]),
        st.integers(0, 8),
    ),
    unique_by=lambda newcomer: newcomer.id,
    max_size=60,
)


@pytest.mark.parametrize(
    ("category", "monitoring", "key", "problem", "after", "reason"),
    [
        (Category.LIFTED, Monitoring.NONE, False, False, 90, Reason.LIFTED),
        (Category.LIFTED, Monitoring.NONE, True, False, 30, Reason.KEY),
        (Category.MARGINAL, Monitoring.ACTIVE, False, False, 30, Reason.ACTIVE),
        (Category.MARGINAL, Monitoring.REMOVED, False, False, 90, Reason.REMOVED),
        (Category.UNSTABLE, Monitoring.REMOVED, True, False, 30, Reason.KEY),
        (Category.SUDDEN, Monitoring.NONE, False, False, 30, Reason.ACTIVE),
        (Category.ORDINARY, Monitoring.NONE, False, False, 180, Reason.ORDINARY),
        (Category.ORDINARY, Monitoring.NONE, False, True, 7, Reason.PROBLEM),
        (Category.MARGINAL, Monitoring.ACTIVE, True, True, 7, Reason.PROBLEM),
    ],
)
def test_the_shortest_rule_that_applies_counts_from_the_last_visit(
    category: Category, monitoring: Monitoring, key: bool, problem: bool, after: int, reason: Reason
) -> None:
    facts = Facts(category, monitoring, key, VISITED if problem else None, last_visit=VISITED)
    due = next_due(facts, CADENCE)
    assert due is not None
    assert (due.on - VISITED, due.reason) == (timedelta(after), reason)


def test_a_problem_that_became_known_later_counts_from_that_day() -> None:
    facts = Facts(Category.LIFTED, Monitoring.NONE, problem_since=date(2024, 3, 20), last_visit=VISITED)
    due = next_due(facts, CADENCE)
    assert due is not None
    assert (due.on, due.reason) == (date(2024, 3, 27), Reason.PROBLEM)


def test_a_problem_never_postpones_a_visit_that_was_due_sooner() -> None:
    facts = Facts(Category.MARGINAL, Monitoring.ACTIVE, problem_since=date(2024, 3, 29), last_visit=VISITED)
    due = next_due(facts, CADENCE)
    assert due is not None
    assert (due.on, due.reason) == (date(2024, 3, 31), Reason.ACTIVE)


def test_never_visited_waits_for_its_day_of_the_first_round() -> None:
    facts = Facts(Category.LIFTED, Monitoring.NONE, first_due=date(2024, 4, 20), imported_on=VISITED)
    due = next_due(facts, CADENCE)
    assert due is not None
    assert (due.on, due.reason) == (date(2024, 4, 20), Reason.FIRST)


def test_never_visited_and_now_active_comes_within_the_shorter_cadence() -> None:
    facts = Facts(Category.MARGINAL, Monitoring.ACTIVE, first_due=date(2024, 5, 20), imported_on=VISITED)
    due = next_due(facts, CADENCE)
    assert due is not None
    assert due.on == VISITED + timedelta(30)


def test_a_change_of_class_moves_the_day_and_says_which_rule_did_it() -> None:
    before = facts_of(household(last_visit=VISITED), key=False, problem_since=None)
    after = facts_of(
        household(last_visit=VISITED, category=Category.UNSTABLE, monitoring=Monitoring.ACTIVE),
        key=False,
        problem_since=None,
    )
    then, now = next_due(before, CADENCE), next_due(after, CADENCE)
    assert then is not None
    assert now is not None
    assert (then.reason, now.reason) == (Reason.LIFTED, Reason.ACTIVE)
    assert now.on < then.on


def test_nothing_known_gives_no_day() -> None:
    assert next_due(Facts(Category.LIFTED, Monitoring.NONE), CADENCE) is None


@given(FACTS)
def test_the_next_visit_is_never_before_the_last(facts: Facts) -> None:
    due = next_due(facts, CADENCE)
    assert due is not None
    if facts.last_visit is not None:
        assert due.on > facts.last_visit


@given(FACTS)
def test_the_next_visit_is_never_later_than_the_longest_cadence_allows(facts: Facts) -> None:
    due = next_due(facts, CADENCE)
    start = facts.last_visit or facts.imported_on
    assert due is not None
    assert start is not None
    assert due.on <= start + timedelta(CADENCE.ordinary)


@given(NEWCOMERS)
def test_the_first_round_is_complete_and_within_one_cadence(newcomers: list[Newcomer]) -> None:
    spread = spread_first_round(newcomers, VISITED, CADENCE)
    assert spread.keys() == {newcomer.id for newcomer in newcomers}
    for newcomer in newcomers:
        assert VISITED <= spread[newcomer.id] < VISITED + timedelta(days(newcomer.reason, CADENCE))


@given(NEWCOMERS)
def test_the_first_round_is_even_within_each_group_and_in_the_order_of_the_eight_musts(
    newcomers: list[Newcomer],
) -> None:
    spread = spread_first_round(newcomers, VISITED, CADENCE)
    buckets = {(newcomer.group_id, newcomer.reason) for newcomer in newcomers}
    for group_id, reason in buckets:
        mine = [n for n in newcomers if (n.group_id, n.reason) == (group_id, reason)]
        ordered = [spread[n.id] for n in sorted(mine, key=lambda n: (n.rank, n.code, n.id))]
        assert ordered == sorted(ordered)
        gaps = [(later - earlier).days for earlier, later in itertools.pairwise(ordered)]
        assert not gaps or max(gaps) - min(gaps) <= 1


@given(NEWCOMERS, st.randoms())
def test_the_first_round_does_not_depend_on_the_order_of_the_file(newcomers: list[Newcomer], random: object) -> None:
    shuffled = list(newcomers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread_first_round(shuffled, VISITED, CADENCE) == spread_first_round(newcomers, VISITED, CADENCE)


def test_an_import_of_723_households_in_31_groups_makes_few_due_on_any_day() -> None:
    town = [Newcomer(n, n % 31, f"{n:04d}", Reason.ACTIVE if n % 9 == 0 else Reason.LIFTED, n % 8) for n in range(723)]
    a_day = Counter(spread_first_round(town, VISITED, CADENCE).values())
    assert max(a_day.values()) <= 20


def test_due_begins_on_the_day_and_overdue_the_day_after() -> None:
    assert is_due(TODAY, TODAY)
    assert not is_due(TODAY + timedelta(1), TODAY)
    assert not is_due(None, TODAY)
    assert [overdue_days(TODAY - timedelta(n), TODAY) for n in (-3, 0, 1, 9)] == [0, 0, 1, 9]
    assert overdue_days(None, TODAY) == 0
