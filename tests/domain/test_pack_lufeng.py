"""The shipped pack says what the plan of 2022 to 2024 says."""

from datetime import time
from decimal import Decimal

import pytest

from bot.domain.checks import Check
from bot.domain.households import Category
from bot.domain.income_kinds import Kind
from bot.policies import load

ONE = load("lufeng-2022-2024")
PACK = ONE.packs[0]


@pytest.mark.parametrize(
    ("year", "lifted", "monitored"), [(2022, 15_700, 12_300), (2023, 18_700, 14_700), (2024, 22_300, 17_500)]
)
def test_the_group_means_of_the_plan_are_set_for_its_three_years(year: int, lifted: int, monitored: int) -> None:
    assert (ONE.target(year, "lifted"), ONE.target(year, "monitored")) == (lifted * 100, monitored * 100)
    assert ONE.growth_percent(year) == Decimal("19.2")
    assert ONE.key_line(year) == 10_000_00
    assert ONE.key_village_percent(year) == 3


@pytest.mark.parametrize("year", [2021, 2025, 2026])
def test_a_year_about_which_no_pack_says_anything_is_unset(year: int) -> None:
    assert ONE.target(year, "lifted") is None
    assert ONE.growth_percent(year) is None
    assert ONE.key_line(year) is None
    assert ONE.key_village_percent(year) is None
    assert ONE.dibao(year) is None


def test_the_monitoring_line_is_set_for_2025_only() -> None:
    assert [ONE.monitoring_line(year) for year in (2022, 2024, 2025, 2026)] == [None, None, 8_700_00, None]


def test_standards_follow_the_plan() -> None:
    assert [ONE.dibao(year) for year in (2022, 2023, 2024)] == [4_960_00, 5_158_00, 5_364_00]


def test_the_cohort_is_643_and_80_households_and_asks_4100_yuan_more() -> None:
    cohort = PACK.cohort
    assert cohort is not None
    assert (cohort.lifted_households, cohort.lifted_persons) == (643, 2354)
    assert (cohort.monitored_households, cohort.monitored_persons) == (80, 208)
    assert cohort.growth_fen == 4_100_00


def test_reminder_hours_and_limits_are_those_of_the_specification() -> None:
    one = PACK.reminders
    assert (one.digest_at, one.earliest, one.latest) == (time(8, 30), time(8, 0), time(19, 30))
    assert (one.quiet_from, one.quiet_until) == (time(20, 0), time(8, 0))
    assert (one.village_overdue_days, one.town_overdue_days, one.thin_year_days) == (7, 14, 15)
    assert (one.snooze_min_days, one.snooze_max_days, one.snoozes_in_a_row) == (1, 7, 2)


def test_all_sixteen_measures_have_a_lead_unit_and_partners() -> None:
    assert [measure.number for measure in PACK.measures] == list(range(1, 17))
    assert all(measure.lead and measure.partners for measure in (*PACK.tasks, *PACK.measures))


@pytest.mark.parametrize(
    ("code", "targets"),
    [
        ("industry_funds", {2022: 50, 2024: 65}),
        ("seed", {None: 98}),
        ("livestock_breeds", {None: 85}),
        ("machinery", {None: Decimal("54.4")}),
        ("double_bind_funds", {None: 10}),
        ("firms", {2024: 5}),
        ("firms_bound", {2022: 100}),
        ("coops_new", {2024: 10}),
        ("collective_50000", {2022: 90, 2023: 100}),
        ("collective_mean", {2023: 100_000}),
        ("trained", {None: 900}),
        ("trained_employed", {None: 90}),
        ("public_posts", {2024: 120}),
        ("rangers", {2024: 13}),
        ("transferred", {None: 1300}),
        ("out_of_province", {None: 180}),
        ("dibao_standard", {2022: 4960, 2023: 5158, 2024: 5364}),
        ("platform_closed", {None: 95}),
        ("insured", {None: 100}),
        ("hospital_share", {None: 80}),
        ("model_villages", {None: 5}),
    ],
)
def test_indicators_ask_what_the_plan_asks(code: str, targets: dict[int | None, Decimal]) -> None:
    rows = [one for task in (*PACK.tasks, *PACK.measures) for one in task.indicators if one.code == code]
    assert {row.year: row.target for row in rows} == targets


def test_risk_types_and_assistance_measures_are_complete() -> None:
    assert [risk.zh for risk in PACK.risks if risk.note_required] == ["其他"]
    assert (len(PACK.risks), len(PACK.assistance)) == (9, 15)
    assert {one.code for one in PACK.assistance if one.development} == {
        "industry",
        "employment",
        "finance",
        "public_post",
    }
    assert set(PACK.labels.categories) == set(Category)
    assert set(PACK.labels.kinds) == set(Kind)


def test_relief_and_gifts_stay_in_the_ledger_and_outside_the_sums() -> None:
    outside = {item.name for item in PACK.items if not item.counted}
    assert {"慰问金", "临时救助", "危房改造补助"} <= outside
    assert not PACK.counted("慰问金")
    assert PACK.counted("烤烟")


def test_every_check_has_a_hint_and_every_kind_an_item() -> None:
    assert [hint.check for hint in PACK.hints] == list(Check)
    assert {item.kind for item in PACK.items} == set(Kind)


def test_cost_ratios_are_those_of_the_specification() -> None:
    ratios = PACK.cost_ratios
    assert (ratios.grain, ratios.tobacco, ratios.livestock, ratios.fruit, ratios.other) == (40, 45, 40, 15, 40)
    assert PACK.cost_percent("烤烟") == 45


def test_case_deadlines_are_those_of_the_specification() -> None:
    one = PACK.case_deadlines
    assert (one.verify_start, one.verify_done, one.review, one.total) == (2, 3, 5, 15)
    assert (one.publicity, one.plan, one.remind_before) == (5, 10, 2)
    assert (one.removal_income_months, one.removal_listed_months) == (6, 6)
