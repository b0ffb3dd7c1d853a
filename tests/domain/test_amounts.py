"""The doubt at amounts: like with like, few true entries, most slips."""

import pytest

from bench import bench_amounts
from bot.domain.amounts import doubt, like, usual
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry

WAGES = [(Kind.WAGE, "务工", 300_000.0 + 1_000 * n) for n in range(20)]
SALES = [(Kind.BUSINESS, "烤烟", 800_000.0 + 10_000 * n) for n in range(20)]


def _entry(kind: Kind, yuan: float, month: str = "2024-03", *, item: str | None = None, **more: int) -> Entry:
    return Entry(0, 1, kind, item, round(yuan * 100), month, **more)


def _asks(entry: Entry, *own: Entry) -> bool:
    return doubt(entry, own, lambda _: usual([*WAGES, *SALES])) is not None


def test_one_household_sells_much_of_one_thing_and_little_of_another() -> None:
    """30,000 of tobacco, then 2,600 of walnuts: two things, and nobody else sells walnuts here."""
    tobacco = _entry(Kind.BUSINESS, 30_000, "2023-10", item="烤烟")
    assert not _asks(_entry(Kind.BUSINESS, 2_600, item="核桃"), tobacco)
    assert _asks(_entry(Kind.BUSINESS, 300_000, item="烤烟"), tobacco)


@pytest.mark.parametrize("yuan", [80, 800, 8_000, 23_000])
def test_an_ordinary_reimbursement_is_never_too_small(yuan: int) -> None:
    own = [_entry(Kind.CLAIM, 16_000, "2023-11", item="报销")]
    assert not _asks(_entry(Kind.CLAIM, yuan, item="报销"), *own)


def test_a_large_bill_may_follow_a_small_one() -> None:
    """What one illness cost says nothing of the next; the impossible asks all the same."""
    own = [_entry(Kind.CLAIM, 800, "2024-02", item="报销")]
    assert not _asks(_entry(Kind.CLAIM, 16_000, item="报销"), *own)
    assert _asks(_entry(Kind.CLAIM, 1_600_000, item="报销"), *own)


@pytest.mark.parametrize("yuan", [35_000, 350, 0.35, 35_000_000, 42_000, 291])
def test_slips_ask_where_there_is_a_like_entry(yuan: float) -> None:
    """A nought more or less, 元 for 万元, a year for a month; the amount that was meant is offered."""
    own = [_entry(Kind.WAGE, 3_500, "2024-02", item="务工")]
    found = doubt(_entry(Kind.WAGE, yuan, item="务工"), own, lambda _: {})
    assert found is not None
    assert found.last_fen == 350_000
    assert 300_000 <= found.likely_fen <= 420_000


@pytest.mark.parametrize(("kind", "yuan"), [(Kind.WAGE, 350_000), (Kind.TRANSFER, 86_000_000), (Kind.BUSINESS, 1.3)])
def test_with_nothing_to_compare_the_impossible_asks(kind: Kind, yuan: float) -> None:
    assert doubt(_entry(kind, yuan), [], lambda _: {}) is not None


def test_a_total_is_compared_by_the_month() -> None:
    """31,500 for seven months is no slip of 4,500 a month."""
    own = [_entry(Kind.WAGE, 4_500, "2023-08", item="务工")]
    assert not _asks(_entry(Kind.WAGE, 31_500, item="务工", months=7), *own)
    assert _asks(_entry(Kind.WAGE, 31_500, item="务工"), *own)


def test_last_autumn_is_compared_with_autumn() -> None:
    """A small sale of spring does not make autumn's look wrong."""
    spring = [_entry(Kind.BUSINESS, 900, f"2024-0{month}", item="蔬菜") for month in (5, 4, 3, 2)]
    autumn = _entry(Kind.BUSINESS, 9_000, "2023-10", item="蔬菜")
    assert not _asks(_entry(Kind.BUSINESS, 9_500, "2024-10", item="蔬菜"), *spring, autumn)
    assert _asks(_entry(Kind.BUSINESS, 9_500, "2024-10", item="蔬菜"), *spring)


def test_each_earner_is_compared_with_themselves() -> None:
    """Of two earners, each has a wage of their own; of a third nothing is known, so all are like."""
    own = [_entry(Kind.WAGE, 6_000, person_id=1), _entry(Kind.WAGE, 800, person_id=2)]
    assert [each.person_id for each in like(_entry(Kind.WAGE, 900, person_id=2), own)] == [2]
    assert len(like(_entry(Kind.WAGE, 900, person_id=3), own)) == 2


def test_true_entries_seldom_ask_and_slips_mostly_do() -> None:
    """A small sample of the township's three years; `make bench` prints the figures of all."""
    found = bench_amounts.run(step=4)
    assert found["true_entries_that_ask"] <= 0.01
    assert found["slips_that_ask"] >= 0.95
