"""Income of a household: sums, per head, growth, goal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import income
from bot.domain.income import GoalSource, Source, Sums, YearIncome, sums, year_income
from bot.domain.income_kinds import Kind
from bot.domain.people import Span
from bot.domain.records import Entry
from bot.domain.statyear import months, rolling_window, window

from .factories import TODAY, entry

AFTER = date(2024, 10, 1)
"""The statistical year 2024 is closed."""


def counted(item: str | None) -> bool:
    return item != "慰问金"


WORKED = [
    entry(Kind.WAGE, 31_500),
    entry(Kind.WAGE, 6_000),
    entry(Kind.BUSINESS, 32_600, item="烤烟"),
    entry(Kind.BUSINESS_COST, 14_000),
    entry(Kind.PROPERTY, 2_560),
    entry(Kind.TRANSFER, 4_960, item="低保"),
    entry(Kind.RIGID, 8_000),
    entry(Kind.CLAIM, 5_000),
    entry(Kind.TRANSFER, 500, item="慰问金"),
]
ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(Kind),
        st.integers(1, 500_000),
        st.sampled_from(months(2024) + months(2025)),
        st.sampled_from([None, "烤烟", "慰问金"]),
    ),
    max_size=20,
)


def total_of(*entries: Entry, year: int = 2024) -> Sums:
    return sums(entries, counted, window(year))


def closed(net_yuan: int, members: int, year: int = 2024) -> YearIncome:
    return year_income(year, date(year, 10, 1), members, Sums(wage=net_yuan * 100))


def test_the_worked_example_of_the_specification_comes_out() -> None:
    total = total_of(*WORKED)
    assert (total.net, total.reference) == (63_620_00, 60_620_00)
    assert total.uncounted == 500_00
    year = year_income(2024, AFTER, 4, total)
    assert (year.per_capita_fen, year.reference_fen) == (15_905_00, 15_155_00)
    assert (year.source, year.running) == (Source.LEDGER, False)


@given(ENTRIES, st.sampled_from(Kind), st.integers(1, 10**7), st.sampled_from(["烤烟", "慰问金", None]))
def test_an_entry_followed_by_its_reversal_leaves_every_sum(
    before: list[Entry], kind: Kind, fen: int, item: str | None
) -> None:
    new = Entry(901, 1, kind, item, fen, "2024-02")
    undone = replace(new, id=902, amount_fen=-fen, reverses=901)
    assert total_of(*before, new, undone) == total_of(*before)
    assert total_of(*before, new, undone).known == total_of(*before).known


@given(ENTRIES)
def test_counted_and_uncounted_money_together_is_all_the_money(entries: list[Entry]) -> None:
    every, some = sums(entries, lambda _: True, window(2024)), total_of(*entries)
    spent = sum(e.amount_fen for e in entries if e.month in months(2024))
    parts = (some.wage, some.business, some.business_cost, some.property, some.transfer, some.rigid, some.claim)
    assert sum(parts) + some.uncounted == spent
    assert every.uncounted == 0


@given(ENTRIES, ENTRIES)
def test_sums_of_two_ledgers_add_up(one: list[Entry], two: list[Entry]) -> None:
    assert total_of(*one) + total_of(*two) == total_of(*one, *two)


def test_switching_an_item_in_the_pack_recomputes_and_nothing_is_entered_again() -> None:
    assert sums(WORKED, lambda _: True, window(2024)).net == 64_120_00


def test_an_entry_counts_in_the_year_of_its_month() -> None:
    september, october = entry(Kind.WAGE, 100, "2023-09"), entry(Kind.WAGE, 7, "2023-10")
    assert total_of(september, october).wage == 7_00
    assert total_of(september, october, year=2023).wage == 100_00


def test_the_rolling_sums_use_the_last_twelve_full_months() -> None:
    ledger = [entry(Kind.WAGE, 1, "2023-02"), entry(Kind.WAGE, 10, "2023-03"), entry(Kind.WAGE, 100, "2024-02")]
    this_month = entry(Kind.WAGE, 1000, "2024-03")
    assert sums([*ledger, this_month], counted, rolling_window(TODAY)).wage == 110_00


def test_an_official_figure_wins_for_a_closed_year_and_not_while_it_runs() -> None:
    total = total_of(*WORKED)
    official = year_income(2024, AFTER, 4, total, official_fen=14_000_00)
    assert (official.per_capita_fen, official.source, official.net_fen) == (14_000_00, Source.OFFICIAL, 56_000_00)
    running = year_income(2024, TODAY, 4, total, official_fen=14_000_00)
    assert (running.per_capita_fen, running.source, running.running) == (15_905_00, Source.LEDGER, True)


@pytest.mark.parametrize("total", [Sums(), Sums(rigid=100, claim=50), Sums(uncounted=500_00)])
def test_a_closed_year_without_counted_entries_is_unknown_and_never_below_a_line(total: Sums) -> None:
    year = year_income(2024, AFTER, 4, total)
    assert (year.per_capita_fen, year.source) == (None, Source.NONE)
    assert not year.below(10_000_00)
    assert income.goal(None, year, Decimal("19.2"), 0) is None


def test_a_running_year_without_entries_is_not_known() -> None:
    """Nothing recorded is nothing known, never a nought; a loss is a figure."""
    assert year_income(2024, TODAY, 4, Sums()).per_capita_fen is None
    assert year_income(2024, TODAY, 4, Sums(rigid=100)).per_capita_fen is None
    assert year_income(2024, TODAY, 4, Sums(business_cost=400)).per_capita_fen == -100


def test_without_members_the_year_is_unknown() -> None:
    assert year_income(2024, AFTER, 0, total_of(*WORKED)).per_capita_fen is None
    assert year_income(2024, TODAY, 0, total_of(*WORKED)).per_capita_fen is None


def test_a_year_that_has_not_begun_is_unknown() -> None:
    assert year_income(2025, TODAY, 4, Sums()).source is Source.NONE


def test_members_are_those_whose_membership_covers_the_day() -> None:
    spans = [
        Span(None, None),
        Span(date(2024, 3, 1), None),
        Span(None, date(2024, 9, 30)),
        Span(None, date(2024, 9, 29)),
        Span(date(2024, 10, 1), None),
    ]
    assert income.members_on(spans, date(2024, 9, 30)) == 3


@pytest.mark.parametrize(
    ("fen", "yuan"),
    [(149, 1), (150, 2), (250, 3), (-149, -1), (-150, -2), (-250, -3), (0, 0), (49, 0), (-50, -1), (1_000_050, 10_001)],
)
def test_yuan_are_rounded_half_away_from_zero(fen: int, yuan: int) -> None:
    assert income.round_yuan(fen) == yuan


@given(st.integers(-(10**9), 10**9), st.integers(1, 15), st.integers(1, 10**8))
def test_figures_cut_to_the_fen_round_and_compare_as_the_exact_ones(net: int, members: int, line: int) -> None:
    exact, shown = Fraction(net, members), income.per_head(net, members)
    assert shown is not None
    assert income.round_yuan(shown) == income.half_away(exact / 100)
    assert (shown < line) == (exact < line)


def test_a_household_one_fen_short_of_the_line_is_below_it() -> None:
    year = year_income(2024, AFTER, 4, Sums(wage=39_999_99))
    assert year.below(10_000_00)
    assert not year_income(2024, AFTER, 4, Sums(wage=40_000_00)).below(10_000_00)
    assert not year.below(None)


def test_growth_is_a_test_of_its_own_beside_the_group_mean() -> None:
    rate = income.growth(closed(18_700, 1), closed(15_700, 1, 2023))
    assert rate is not None
    assert income.tenths(rate) == Decimal("19.1")
    assert income.reaches(rate, Decimal("19.2")) is False
    assert income.reaches(income.growth(closed(11_920, 1), closed(10_000, 1, 2023)), Decimal("19.2")) is True


def test_growth_is_unknown_while_the_year_runs_or_a_year_is_unknown_or_not_above_zero() -> None:
    running = year_income(2024, TODAY, 1, Sums(wage=100))
    unknown, loss = year_income(2023, AFTER, 1, Sums()), year_income(2023, AFTER, 1, Sums(business_cost=100))
    assert income.growth(running, closed(1, 1, 2023)) is None
    assert income.growth(closed(1, 1), unknown) is None
    assert income.growth(closed(1, 1), loss) is None
    assert income.reaches(None, Decimal("19.2")) is None


def test_the_goal_is_last_year_with_the_growth_unless_the_plan_sets_one() -> None:
    last = closed(9_480, 1, 2023)
    by_growth = income.goal(None, last, Decimal("19.2"), 5_230_00)
    assert by_growth is not None
    assert (by_growth.fen, by_growth.missing_fen, by_growth.source) == (11_300_16, 6_070_16, GoalSource.GROWTH)
    by_plan = income.goal(12_000_00, last, Decimal("19.2"), 12_500_00)
    assert by_plan is not None
    assert (by_plan.fen, by_plan.missing_fen, by_plan.source) == (12_000_00, 0, GoalSource.PLAN)


def test_without_a_rate_for_the_year_there_is_no_goal() -> None:
    assert income.goal(None, closed(9_480, 1, 2023), None, 0) is None
    assert income.goal(None, None, Decimal("19.2"), 0) is None


def test_a_group_mean_divides_all_income_by_all_members_and_prints_its_coverage() -> None:
    group = [closed(63_620, 4), closed(10_000, 1), year_income(2024, AFTER, 3, Sums())]
    mean = income.mean(group)
    assert (mean.net_fen, mean.members, mean.known, mean.total) == (73_620_00, 5, 2, 3)
    assert mean.per_capita_fen == 14_724_00
    assert income.mean([group[2]]).per_capita_fen is None


def test_the_growth_of_a_mean_compares_means() -> None:
    this, last = income.mean([closed(30_000, 2)]), income.mean([closed(12_500, 1, 2023)])
    assert this.growth(last) == Fraction(1, 5)
    assert this.growth(income.mean([])) is None


def test_a_mean_uses_official_figures_with_the_members_of_the_last_day() -> None:
    official = year_income(2024, AFTER, 3, Sums(), official_fen=12_000_00)
    assert income.mean([official]).per_capita_fen == 12_000_00


def test_costs_are_estimated_only_where_none_is_recorded_and_only_for_gross_sales() -> None:
    sale, net = entry(Kind.BUSINESS, 10_000, item="烤烟"), entry(Kind.BUSINESS, 2_000, net=True)
    cost = entry(Kind.BUSINESS_COST, 3_000)

    def ratio(item: str | None) -> Decimal:
        return Decimal(45 if item == "烤烟" else 40)

    assert income.cost_estimate([sale, net], counted, window(2024), ratio) == 4_500_00
    assert income.cost_estimate([sale, net, cost], counted, window(2024), ratio) == 0
    year = year_income(2024, AFTER, 1, total_of(sale, net), estimated_cost_fen=4_500_00)
    assert (year.net_fen, year.source) == (7_500_00, Source.ESTIMATE)
