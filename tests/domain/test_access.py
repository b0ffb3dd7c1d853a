"""Who sees and does what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import EVERYTHING, Action, Scope, may, may_undo, on_leave, require, scope_of, sees
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.domain.staff import Assignment, Role, Staff

from .factories import TODAY, grid, household, staff

IDS = st.integers(1, 4)
NAMES = st.sampled_from(["杨光明", "李雪梅", None])
HOUSEHOLDS = st.builds(
    lambda village, group, helper: household(village_id=village, group_id=group, helper_name=helper), IDS, IDS, NAMES
)
SCOPES = st.builds(
    Scope,
    st.booleans(),
    st.frozensets(IDS),
    st.frozensets(IDS),
    st.frozensets(st.sampled_from(["杨光明", "李雪梅"])),
)
ASSIGNMENTS = st.lists(
    st.builds(Assignment, st.sampled_from(Role), village_id=st.none() | IDS, group_id=st.none() | IDS), max_size=4
)
WRITING = [Action.VISIT, Action.INCOME, Action.CLUE]
ONE = household()
ELSEWHERE = household(village_id=2, group_id=21)


def village_lead(village_id: int = 1) -> Staff:
    return staff(Assignment(Role.VILLAGE, village_id=village_id))


TOWN = staff(Assignment(Role.TOWN))
VIEWER = staff(Assignment(Role.VIEWER))
LIAISON = staff(Assignment(Role.LIAISON, unit="镇财政所"))
HELPER = staff(Assignment(Role.HELPER), name="李雪梅")


@given(SCOPES, SCOPES, HOUSEHOLDS)
def test_a_union_covers_what_either_scope_covers(one: Scope, two: Scope, place: Household) -> None:
    assert (one | two).covers(place) == (one.covers(place) or two.covers(place))


@given(ASSIGNMENTS, HOUSEHOLDS, st.sampled_from(Action))
def test_a_person_may_what_any_of_the_roles_may(
    assignments: list[Assignment], place: Household, action: Action
) -> None:
    together = may(staff(*assignments), action, place)
    assert together == any(may(staff(each), action, place) for each in assignments)


@given(ASSIGNMENTS, HOUSEHOLDS, st.sampled_from(Action))
def test_an_empty_scope_covers_nothing(assignments: list[Assignment], place: Household, action: Action) -> None:
    person = staff(*assignments)
    assert not (scope_of(person, action).empty and may(person, action, place))


def test_a_monitor_sees_the_groups_of_the_invitations_and_no_other_group_of_the_village() -> None:
    both = grid(11, 12)
    assert scope_of(both) == Scope(groups=frozenset({11, 12}))
    assert sees(both, ONE)
    assert not sees(both, household(group_id=13))


def test_a_monitor_without_a_group_sees_nothing_even_with_a_village() -> None:
    assert scope_of(staff(Assignment(Role.MONITOR, village_id=1))).empty


def test_a_helper_sees_the_households_whose_column_has_the_own_name_anywhere() -> None:
    assert sees(HELPER, household(village_id=9, helper_name="李雪梅"))
    assert not sees(HELPER, household(helper_name="李雪"))
    assert not sees(HELPER, household(helper_name=None))


def test_a_village_lead_sees_the_village_and_the_town_everything() -> None:
    assert sees(village_lead(), ONE)
    assert not sees(village_lead(), ELSEWHERE)
    assert scope_of(TOWN) == EVERYTHING


def test_a_liaison_sees_no_household_and_types_figures() -> None:
    assert not sees(LIAISON, ONE)
    assert scope_of(LIAISON).empty
    assert may(LIAISON, Action.MEASURES)
    assert not may(LIAISON, Action.LIST)


def test_a_viewer_sees_lists_without_personal_data_and_does_nothing() -> None:
    assert may(VIEWER, Action.LIST)
    assert sees(VIEWER, ONE)
    allowed = {action for action in Action if may(VIEWER, action, ONE)}
    assert allowed == {Action.VIEW, Action.LIST, Action.SETTINGS}


def test_personal_data_need_a_role_that_reaches_the_household() -> None:
    both = staff(Assignment(Role.VIEWER), Assignment(Role.MONITOR, village_id=1, group_id=11))
    assert may(both, Action.PERSONAL, ONE)
    assert sees(both, ELSEWHERE)
    assert not may(both, Action.PERSONAL, ELSEWHERE)
    assert not may(both, Action.VISIT, ELSEWHERE)


@pytest.mark.parametrize("action", WRITING)
def test_monitor_helper_village_and_town_write_where_they_see(action: Action) -> None:
    assert may(grid(11), action, ONE)
    assert may(HELPER, action, household(helper_name="李雪梅"))
    assert may(village_lead(), action, ONE)
    assert may(TOWN, action, ONE)
    assert not may(LIAISON, action)
    assert not may(VIEWER, action)


@pytest.mark.parametrize(
    ("action", "who"),
    [
        (Action.PLAN, {"helper", "village", "town"}),
        (Action.REVIEW_VILLAGE, {"village", "town"}),
        (Action.PUBLICITY, {"village", "town"}),
        (Action.ASSIGN, {"village", "town"}),
        (Action.HANDOVER, {"village", "town"}),
        (Action.EXPORT, {"village", "town"}),
        (Action.IMPORT, {"town"}),
        (Action.INVITE, {"town"}),
        (Action.POLICY, {"town"}),
        (Action.REVIEW_TOWN, {"town"}),
        (Action.MEASURES, {"town", "liaison"}),
        (Action.SETTINGS, {"monitor", "helper", "village", "town", "liaison", "viewer"}),
    ],
)
def test_each_duty_belongs_to_its_roles(action: Action, who: set[str]) -> None:
    people = {
        "monitor": grid(11),
        "helper": HELPER,
        "village": village_lead(),
        "town": TOWN,
        "liaison": LIAISON,
        "viewer": VIEWER,
    }
    assert {role for role, person in people.items() if may(person, action)} == who


def test_a_refusal_has_one_code_whatever_the_reason() -> None:
    for person, action in ((LIAISON, Action.VISIT), (grid(12), Action.VISIT), (grid(11), Action.IMPORT)):
        with pytest.raises(Refused) as caught:
            require(person, action, ONE)
        assert (caught.value.code, caught.value.details) == ("not-allowed", {})
    require(grid(11), Action.VISIT, ONE)


def test_a_revoked_person_may_nothing() -> None:
    gone = staff(Assignment(Role.TOWN), revoked=True)
    assert not any(may(gone, action) or may(gone, action, ONE) for action in Action)
    assert scope_of(gone).empty


def test_an_author_undoes_for_a_day_and_the_village_lead_afterwards() -> None:
    day = timedelta(hours=24)
    author = grid(11)
    assert may_undo(author, ONE, author_id=1, age=day, own_for=day)
    assert not may_undo(author, ONE, author_id=1, age=day + timedelta(seconds=1), own_for=day)
    assert not may_undo(author, ONE, author_id=2, age=timedelta(0), own_for=day)
    assert may_undo(village_lead(), ONE, author_id=2, age=timedelta(days=400), own_for=day)
    assert not may_undo(village_lead(2), ONE, author_id=2, age=timedelta(0), own_for=day)


def test_leave_has_both_ends_and_may_stay_open() -> None:
    away = staff(leave_from=TODAY, leave_until=date(2024, 3, 17))
    assert [on_leave(away, TODAY + timedelta(n)) for n in (-1, 0, 2, 3)] == [False, True, True, False]
    assert on_leave(staff(leave_from=TODAY), date(2030, 1, 1))
    assert not on_leave(staff(), TODAY)
