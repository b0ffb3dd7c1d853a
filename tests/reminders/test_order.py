"""Properties of the opening hours and of the pages of a list."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.priority import Risk, due_item
from bot.domain.staff import Assignment, Role, Staff
from bot.domain.workdays import is_workday
from bot.reminders.moments import hour_of, opening
from bot.usecases.crew import crew_of
from bot.usecases.todo import Todo, page
from tests.domain.factories import household
from tests.support.grid import PACKS, TODAY, ZONE

MINUTES = st.integers(0, 2 * 366 * 24 * 60)
MOMENTS = MINUTES.map(lambda minutes: datetime(2023, 1, 1, tzinfo=ZONE) + timedelta(minutes=minutes))
HOUSES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(list(Risk)), st.integers(0, 20), st.integers(0, 8)), max_size=20
)


@given(MOMENTS)
def test_nothing_goes_out_at_night_or_on_a_day_off(moment: datetime) -> None:
    open_now = opening(moment, PACKS)
    if open_now is None:
        assert not is_workday(moment.date()) or not 8 <= moment.hour < 20
        return
    assert is_workday(moment.date())
    assert 8 <= moment.hour < 20
    assert moment < open_now.closes
    assert open_now.closes.hour == 20


@given(st.none() | st.times())
def test_every_hour_that_somebody_chooses_lies_in_waking_hours(chosen) -> None:  # type: ignore[no-untyped-def]
    rules = PACKS.on(TODAY).reminders
    assert rules.earliest <= hour_of(Staff(1, "甲", digest_at=chosen), rules) <= rules.latest


def todos(rows: list[tuple[int, Risk, int, int]]) -> list[Todo]:
    found = []
    for number, (group, risk, overdue, rank) in enumerate(rows):
        house = household(id=number, code=f"H{number:03d}", group_id=group)
        on = TODAY - timedelta(overdue)
        item = due_item(house, on, key=False, problem=risk is Risk.PROBLEM, rank=rank)
        found.append(Todo(house, item, overdue))
    return sorted(found, key=lambda todo: todo.item.urgency(TODAY))


@given(HOUSES)
def test_pages_show_each_household_once_and_the_most_urgent_first(rows: list[tuple[int, Risk, int, int]]) -> None:
    every = todos(rows)
    pages = [page(every, offset, 5, TODAY) for offset in range(0, len(every), 5)]
    assert sorted(t.household.id for each in pages for t in each) == sorted(t.household.id for t in every)
    for number, shown in enumerate(pages):
        assert {t.household.id for t in shown} == {t.household.id for t in every[number * 5 : number * 5 + 5]}
        groups = [t.household.group_id for t in shown]
        assert [g for i, g in enumerate(groups) if i == 0 or groups[i - 1] != g] == list(dict.fromkeys(groups))


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), max_size=6))
def test_every_group_of_a_led_village_is_told_to_somebody(rows: list[tuple[int, bool, bool]]) -> None:
    people = [Staff(99, "村长", (Assignment(Role.VILLAGE, 1),), telegram_id=99)]
    for number, (group, bound, reachable) in enumerate(rows):
        held = (Assignment(Role.MONITOR, 1, group),)
        people.append(Staff(number, f"员{number}", held, telegram_id=number if bound else None, reachable=reachable))
    crew = crew_of(TODAY, people, dict.fromkeys((1, 2, 3, 4), 1))
    told = [crew.visits(person).groups for person in crew.present.values()]
    assert set().union(*told) == {1, 2, 3, 4}
    lead, others = crew.visits(people[0]).groups, [crew.visits(p).groups for p in crew.present.values() if p.id != 99]
    assert not any(lead & other for other in others)
