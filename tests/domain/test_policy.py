"""Policy packs: every number cited, periods, inheritance, problems named."""

import tomllib
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

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
