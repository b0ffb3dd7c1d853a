"""How often the doubt at amounts asks: over the synthetic three years as they came, and over slips made in them.

Each entry is looked at with nothing but what came before it; each is then spoiled in every way that people spoil one.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from bot.domain.amounts import BY_SIZE, Usual, doubt, usual
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry
from bot.policies import load
from bot.sandbox.township import DEFAULT_SEED, build

DAY = date(2024, 3, 15)
SLIPS = {
    "times_10": Fraction(10),
    "by_10": Fraction(1, 10),
    "yuan_for_ten_thousand": Fraction(10_000),
    "ten_thousand_for_yuan": Fraction(1, 10_000),
    "year_for_month": Fraction(12),
    "month_for_year": Fraction(1, 12),
}
WINDOW, RENEWED = 2_000, 200
"""As many of the newest entries say what is usual (as in the bot), here looked at anew after so many."""

Case = tuple[Entry, list[Entry], dict[frozenset[Kind], Usual]]


def entries(seed: int) -> list[Entry]:
    """Every entry of the township in the order of its months."""
    found, people = [], {}
    for number, home in enumerate(build(seed, DAY, load("lufeng-2022-2024")).homes):
        for money in home.money:
            who = people.setdefault(id(money.who), len(people) + 1) if money.who else None
            found.append(
                Entry(0, number, money.kind, money.item, money.fen, money.month, person_id=who, months=money.months)
            )
    return sorted(found, key=lambda entry: (entry.month, entry.household_id))


def cases(every: Iterable[Entry]) -> Iterator[Case]:
    """Each entry with its household's earlier ones, newest first, and what was usual in the township by then."""
    own: dict[int, list[Entry]] = defaultdict(list)
    before: list[Entry] = []
    common: dict[frozenset[Kind], Usual] = {}
    for number, entry in enumerate(every):
        if number % RENEWED == 0:
            common = {}
        yield entry, own[entry.household_id], _known(before, common, entry)
        own[entry.household_id].insert(0, entry)
        before.append(entry)


def _known(before: list[Entry], common: dict[frozenset[Kind], Usual], entry: Entry) -> dict[frozenset[Kind], Usual]:
    kinds = BY_SIZE | {entry.kind}
    if kinds not in common:
        newest = [each for each in reversed(before) if each.kind in kinds][:WINDOW]
        common[kinds] = usual((each.kind, each.item, each.amount_fen / each.months) for each in newest)
    return common


def run(seed: int = DEFAULT_SEED, step: int = 1) -> dict[str, float]:
    """The share of true entries that ask, and of slips that do, all and each kind of slip; every `step`-th entry."""
    asked, found, count = 0, dict.fromkeys(SLIPS, 0), 0
    for number, (entry, own, common) in enumerate(cases(entries(seed))):
        if number % step:
            continue
        count += 1
        asked += doubt(entry, own, common.__getitem__) is not None
        for name, factor in SLIPS.items():
            spoiled = replace(entry, amount_fen=int(entry.amount_fen * factor))
            found[name] += doubt(spoiled, own, common.__getitem__) is not None
    shares = {f"slips_{name}": round(hits / count, 4) for name, hits in found.items()}
    slips = round(sum(found.values()) / count / len(SLIPS), 4)
    return {
        "entries": float(count),
        "true_entries_that_ask": round(asked / count, 4),
        "slips_that_ask": slips,
        **shares,
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=2))
