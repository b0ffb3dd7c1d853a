"""Policy packs: every number cited, periods, inheritance, problems named."""

import tomllib
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.households import Category
from bot.domain.income_kinds import Kind
from bot.domain.policy import Pack, Policies, PolicyError, build
from bot.policies import SHIPPED, load, read

SECOND = Path(__file__).parent / "packs" / "made-up-2026-2028.toml"
NAME = "lufeng-2022-2024"
ONE = load(NAME)
BOTH = load(f"{NAME}, {SECOND}")
PACK = ONE.packs[0]


def uncited(table: dict[str, Any], path: str = "") -> Iterator[str]:
    """Keys of numbers, hours and days in tables that have no citation of their own."""
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from uncited(value, here)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for index, row in enumerate(value):
                yield from uncited(row, f"{here}[{index}]")
        elif _is_number(value) and not str(table.get("cite", "")).strip():
            yield here


def _is_number(value: object) -> bool:
    many = value if isinstance(value, list) else [value]
    return any(isinstance(one, int | float | date | time) and not isinstance(one, bool) for one in many)


@pytest.mark.parametrize("file", [*SHIPPED.glob("*.toml"), SECOND], ids=lambda file: file.stem)
def test_every_number_of_a_pack_has_a_citation_beside_it(file: Path) -> None:
    assert list(uncited(tomllib.loads(file.read_text("utf-8")))) == []


def test_the_citation_test_finds_a_number_without_one() -> None:
    table = {"a": {"b": 1}, "c": [{"d": time(8, 30)}, {"d": 2, "cite": "x"}], "e": [1, 2], "f": True, "g": "1"}
    assert list(uncited(table)) == ["a.b", "c[0].d", "e"]


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


def test_a_day_uses_the_pack_that_covers_it_else_the_latest_before_else_the_first() -> None:
    names = [BOTH.on(date(year, 6, 1)).name for year in (2020, 2022, 2024, 2025, 2026, 2030)]
    first, second = NAME, "made-up-2026-2028"
    assert names == [first, first, first, first, second, second]


def test_a_new_pack_brings_its_own_numbers_without_a_change_of_code() -> None:
    assert BOTH.target(2026, "lifted") == 26_000_00
    assert BOTH.growth_percent(2026) == Decimal("8.5")
    assert BOTH.key_line(2026) == 12_500_50
    assert BOTH.on(date(2026, 6, 1)).cadence.active == 21
    assert BOTH.dibao(2024) == 5_364_00
    assert BOTH.dibao(2026) == 6_100_00


def test_a_new_pack_answers_unset_about_what_it_leaves_out() -> None:
    assert BOTH.target(2027, "lifted") is None
    assert BOTH.key_village_percent(2026) is None
    assert BOTH.monitoring_line(2026) is None
    assert BOTH.target(2025, "lifted") is None


def test_a_later_pack_inherits_what_it_leaves_out_and_nothing_that_is_bound_to_a_year() -> None:
    later = BOTH.on(date(2027, 1, 1))
    assert (later.items, later.reminders, later.risks) == (PACK.items, PACK.reminders, PACK.risks)
    assert later.cohort is None
    assert later.measures == ()


def test_the_order_in_which_packs_are_named_does_not_matter() -> None:
    swapped = load(f"{SECOND},{NAME}")
    assert [pack.name for pack in swapped.packs] == [pack.name for pack in BOTH.packs]
    assert swapped.on(date(2027, 1, 1)).items == PACK.items


def test_overrides_of_working_days_are_collected_by_date() -> None:
    assert BOTH.overrides() == {date(2027, 2, 13): True, date(2026, 5, 6): False}


def test_figures_of_a_statistical_year_use_the_pack_of_its_last_day() -> None:
    assert BOTH.counting(2024).name == NAME
    assert BOTH.counting(2026).name == "made-up-2026-2028"


def test_an_item_that_is_not_listed_counts_and_a_switched_off_one_does_not() -> None:
    raw = {**read(NAME), "items": [{"name": "慰问金", "kind": "transfer", "counted": False}]}
    pack = build([("a.toml", raw)]).packs[0]
    assert [pack.counted(item) for item in ("慰问金", "谁也没听过", None)] == [False, True, True]


def test_cost_ratios_follow_the_group_of_the_item() -> None:
    raw = {**read(NAME), "items": [{"name": "烤烟", "kind": "business", "cost_group": "tobacco"}]}
    pack = build([("a.toml", raw)]).packs[0]
    assert [pack.cost_percent(item) for item in ("烤烟", "别的", None)] == [45, 40, 40]


def problems(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as caught:
        build([("a.toml", {**read(NAME), **changes})])
    return caught.value.problems


def test_each_problem_is_one_line_that_names_file_key_and_what_is_expected() -> None:
    cadence = {**read(NAME)["cadence"], "problem": 0, "holiday": 3}
    del cadence["key"]
    found = problems(cadence=cadence, growth={"percent": "a lot", "cite": "x"})
    assert len(found) == 4
    assert all(line.startswith("a.toml: ") and "\n" not in line for line in found)
    assert {line.split(": ")[1] for line in found} == {
        "cadence.problem",
        "cadence.key",
        "cadence.holiday",
        "growth.percent",
    }


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"key_household": {"yuan": Decimal("0.001"), "cite": "x"}}, "key_household.yuan"),
        ({"key_household": {"yuan": True, "cite": "x"}}, "key_household.yuan"),
        ({"key_household": {"yuan": 10_000}}, "key_household.cite"),
        ({"validity": {"from": date(2022, 1, 1), "until": date(2021, 1, 1), "cite": "x"}}, "validity.until"),
        ({"group_means": [{"year": 2030, "lifted_yuan": 1, "monitored_yuan": 1, "cite": "x"}]}, "group_means"),
        ({"items": [{"name": "工资", "kind": "wage"}] * 2}, "items"),
        ({"measures": [*read(NAME)["measures"], read(NAME)["measures"][0]]}, "measures"),
        ({"reminders": {**read(NAME)["reminders"], "digest_at": time(7)}}, "reminders.digest_at"),
        ({"reminders": {**read(NAME)["reminders"], "snooze_max_days": 0}}, "reminders.snooze_max_days"),
        ({"reminders": {**read(NAME)["reminders"], "quiet_from": time(19)}}, "reminders.quiet_from"),
    ],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, Any], key: str) -> None:
    assert any(line.startswith(f"a.toml: {key}: ") for line in problems(**changes))


def test_a_first_pack_must_have_every_standing_section() -> None:
    raw = {key: value for key, value in read(NAME).items() if key != "cadence"}
    with pytest.raises(PolicyError, match=r"b\.toml: cadence: Field required"):
        build([("b.toml", raw)])


def test_a_pack_that_cannot_be_found_or_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ", "utf-8")
    with pytest.raises(PolicyError) as caught:
        load(f"nowhere,{broken},{tmp_path}/none.toml")
    assert len(caught.value.problems) == 3
    assert NAME in caught.value.problems[0]
    with pytest.raises(PolicyError):
        load("  ,")


def test_a_pack_is_frozen() -> None:
    assert isinstance(ONE, Policies)
    assert isinstance(PACK, Pack)
    with pytest.raises(ValueError, match="frozen"):
        PACK.cadence.problem = 1
