"""Lists and counts that the plan wants."""

from datetime import date
from typing import Any

import pytest

from bot.domain import indicators
from bot.domain.households import Category, Monitoring, Village
from bot.domain.income import Sums, year_income
from bot.domain.people import Person
from bot.policies import load

from .factories import TODAY, household, person

OPTIONS = load("lufeng-2022-2024").on(TODAY).options
LINE = 10_000_00
AFTER = date(2023, 10, 1)


def income(yuan: int, members: int = 1, year: int = 2023) -> Any:
    return year_income(year, AFTER, members, Sums(wage=yuan * 100))


@pytest.mark.parametrize(
    ("category", "monitoring", "group"),
    [
        (Category.LIFTED, Monitoring.NONE, "lifted"),
        (Category.UNSTABLE, Monitoring.ACTIVE, "monitored"),
        (Category.MARGINAL, Monitoring.REMOVED, "monitored"),
        (Category.SUDDEN, Monitoring.NONE, "monitored"),
        (Category.ORDINARY, Monitoring.NONE, None),
    ],
)
def test_each_household_is_part_of_one_group_mean(
    category: Category, monitoring: Monitoring, group: str | None
) -> None:
    assert indicators.plan_group(household(category=category, monitoring=monitoring), OPTIONS) == group


def test_the_pack_may_count_unstable_households_as_lifted_and_leave_removed_ones_out() -> None:
    other = OPTIONS.model_copy(update={"unstable_counts_as": "lifted", "removed_stay_in_mean": False})
    unstable = household(category=Category.UNSTABLE, monitoring=Monitoring.ACTIVE)
    removed = household(category=Category.MARGINAL, monitoring=Monitoring.REMOVED)
    removed_unstable = household(category=Category.UNSTABLE, monitoring=Monitoring.REMOVED)
    groups = [indicators.plan_group(one, other) for one in (unstable, removed, removed_unstable)]
    assert groups == ["lifted", None, "lifted"]


def test_a_key_household_is_below_the_line_in_the_last_closed_year() -> None:
    assert indicators.is_key(household(), income(9_999), LINE)
    assert not indicators.is_key(household(), income(10_000), LINE)
    assert not indicators.is_key(household(), income(9_999), None)


def test_an_unknown_year_or_an_ordinary_household_is_never_key() -> None:
    assert not indicators.is_key(household(), income(0), LINE)
    assert not indicators.is_key(household(), None, LINE)
    assert not indicators.is_key(household(), income(100, year=2024), LINE)
    assert not indicators.is_key(household(category=Category.ORDINARY), income(100), LINE)


def test_a_key_household_needs_helper_plan_and_measures() -> None:
    assert indicators.key_household_lacks(household(), 0) == ("helper", "plan", "measures")
    assert indicators.key_household_lacks(household(helper_name="李雪梅", plan=True), 1) == ()


def test_a_key_village_is_a_lifted_one_with_over_three_percent_of_persons_monitored() -> None:
    lifted = Village(1, "东河村", rural_population=1_000, lifted=True)
    assert [indicators.is_key_village(lifted, persons, OPTIONS_PERCENT) for persons in (30, 31)] == [False, True]
    assert indicators.is_key_village(Village(2, "西河村", 1_000), 500, OPTIONS_PERCENT) is False
    assert indicators.is_key_village(Village(3, "南河村", None, lifted=True), 500, OPTIONS_PERCENT) is None
    assert indicators.is_key_village(lifted, 500, None) is None


OPTIONS_PERCENT = load("lufeng-2022-2024").key_village_percent(2024)


def test_a_removed_risk_is_no_longer_counted_in_the_village_share() -> None:
    assert indicators.is_monitored(household(category=Category.MARGINAL, monitoring=Monitoring.ACTIVE))
    assert not indicators.is_monitored(household(category=Category.MARGINAL, monitoring=Monitoring.REMOVED))
    assert not indicators.is_monitored(household())


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([person(labour="普通劳动力", willing=True)], True),
        ([person(labour="普通劳动力", willing=True), person(works_where="in_county", work_months=3)], False),
        ([person(labour="普通劳动力", willing=True, public_post="公益岗")], False),
        ([person(labour="普通劳动力", willing=False)], False),
        ([person(labour="普通劳动力")], False),
        ([person(labour="无劳动力", willing=True)], False),
        ([person(labour="弱劳动力或半劳动力", willing=True, works_where="none")], True),
    ],
)
def test_zero_employment_is_ability_and_will_and_nobody_working(members: list[Person], expected: bool) -> None:
    assert indicators.is_zero_employment(members) is expected


def test_low_income_persons_must_be_insured() -> None:
    members = [person(id=1, insured=False), person(id=2, insured=None), person(id=3, insured=True)]
    monitored = indicators.insurance_gaps(household(category=Category.SUDDEN), members)
    assert ([p.id for p in monitored.uninsured], [p.id for p in monitored.unknown]) == ([1], [2])
    assert indicators.insurance_gaps(household(), members).uninsured == ()
    dibao = [person(id=4, insured=False, dibao=True), person(id=5, insured=False, tekun=True)]
    assert [p.id for p in indicators.insurance_gaps(household(), dibao).uninsured] == [4, 5]


def test_a_relocated_household_needs_a_project() -> None:
    assert indicators.lacks_project(household(relocated=True), 0)
    assert not indicators.lacks_project(household(relocated=True), 1)
    assert not indicators.lacks_project(household(), 0)


def test_the_archive_is_plan_card_and_ledger() -> None:
    assert indicators.archive_lacks(household(), 0) == ("plan", "card", "ledger")
    assert indicators.archive_lacks(household(plan=True, card=True), 3) == ()
    assert indicators.archive_lacks(household(plan=True, ledger=True), 0) == ("card",)


def test_income_has_fallen_only_between_two_known_closed_years() -> None:
    assert indicators.has_fallen(income(9_000), income(9_001, year=2022))
    assert not indicators.has_fallen(income(9_001), income(9_001, year=2022))
    assert not indicators.has_fallen(income(0), income(9_001, year=2022))
    assert not indicators.has_fallen(income(100, year=2024), income(9_001))


def test_a_household_with_conditions_is_outside_the_co_op_until_a_member_joins() -> None:
    ready = household(has_conditions=True)
    assert indicators.outside_coop(ready, [person()])
    assert not indicators.outside_coop(ready, [person(coop=True)])
    assert not indicators.outside_coop(household(), [person()])


def test_members_are_counted_for_the_employment_measures() -> None:
    counted = indicators.employment(
        [
            person(works_where="out_of_province", trained=True),
            person(works_where="in_county"),
            person(works_where="none", public_post="公益岗"),
            person(public_post="护林员"),
        ]
    )
    assert counted == indicators.Employment(2, 1, 1, 1, 1)
