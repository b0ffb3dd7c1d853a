"""Doubt at an amount: far from what is usual for the same thing, in the same household, at the same time of year.

Amounts are compared by the month that they cover. What is expected of an entry is what the household's own like entries
show, and, where there are few, what others usually show for the thing, carried over to how far this household usually
lies from them. An amount several times away from that asks; a bill and what came back of it have no lower bound,
for a small one is as true as a large one. Pure.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain.income_kinds import Kind
from bot.domain.records import Entry

Thing = tuple[Kind, str | None]
"""A kind with its item; without one, all of the kind."""
Usual = Mapping[Thing, float]
"""The middle of what others show for a thing, as the logarithm of the amount a month."""
Others = Callable[[frozenset[Kind]], Usual]
"""What is usual for the things of these kinds in the township; asked only when it is needed."""

TOO_MUCH, TOO_LITTLE = 4.3, 3.8
"""How many times over or under what is expected an amount asks; a slip is at least ten-fold."""
NEAR_OWN, NEAR_OTHERS = 2.5, 2.0
"""An amount so near to an own like entry, or to what others usually show, never asks."""
NEWEST, SCALED_BY = 4, 12
"""Own like entries, and entries of other things, that are looked at: the newest."""
FEWEST = 8
"""Entries of others from which on their middle says something."""
BY_SIZE = frozenset({Kind.WAGE, Kind.BUSINESS, Kind.BUSINESS_COST, Kind.PROPERTY})
"""Kinds that are larger in a household that does more; benefits and bills are not."""
WITHOUT_LEAST = frozenset({Kind.RIGID, Kind.CLAIM})
LEAST_FEN = 1_000
"""Ten yuan: less than that was meant in ten thousands, where nothing else is compared."""
MOST_FEN = {
    Kind.WAGE: 3_000_000,
    Kind.BUSINESS: 20_000_000,
    Kind.BUSINESS_COST: 10_000_000,
    Kind.PROPERTY: 10_000_000,
    Kind.TRANSFER: 5_000_000,
    Kind.RIGID: 30_000_000,
    Kind.CLAIM: 30_000_000,
}
"""What asks a month, where there is nothing at all to compare with."""
SLIPS = ((1, 10), (10, 1), (1, 12), (12, 1), (1, 100), (100, 1), (1, 10_000), (10_000, 1))
"""What a slip is put right by, the likeliest first: a nought, a month for a year, two noughts, 元 for 万元."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An amount that should be looked at: what was meant more likely, and the newest own entry of the kind."""

    likely_fen: int
    last_fen: int | None


def doubt(entry: Entry, own: Sequence[Entry], others: Others) -> Doubt | None:
    """Whether the amount of an entry asks; `own` are the household's other entries that stand, newest first."""
    same = [each for each in own if each.kind == entry.kind and _one_thing(each.item, entry.item)]
    alike, said = _personal(entry, same), _monthly(entry)
    if any(abs(said - shown) < math.log(NEAR_OWN) for shown in _shown(entry, alike, same)):
        return None
    common = others(BY_SIZE | {entry.kind})
    expected = _expected(entry, alike, own, common)
    if not _asks(entry, said, expected, alike, common):
        return None
    last = next((each.amount_fen for each in alike), None)
    return Doubt(_likely(entry, expected), last)


def like(entry: Entry, own: Sequence[Entry]) -> list[Entry]:
    """The entries of the same thing, of the same person where there are any; a thing not named is any of its kind."""
    return _personal(entry, [each for each in own if each.kind == entry.kind and _one_thing(each.item, entry.item)])


def _personal(entry: Entry, same: list[Entry]) -> list[Entry]:
    personal = [each for each in same if entry.person_id is not None and each.person_id == entry.person_id]
    return personal or same


def _one_thing(one: str | None, other: str | None) -> bool:
    return one == other or one is None or other is None


def _monthly(entry: Entry) -> float:
    return math.log(max(1, entry.amount_fen) / max(1, entry.months))


def _shown(entry: Entry, alike: Sequence[Entry], same: Sequence[Entry]) -> list[float]:
    """The middle of the newest like entries, and each of about the same time of year: autumn's tobacco is autumn's."""
    newest = [_monthly(each) for each in alike[:NEWEST]]
    month = int(entry.month[5:])
    apart = ((each, abs(int(each.month[5:]) - month)) for each in same)
    season = [_monthly(each) for each, months in apart if min(months, 12 - months) <= 1][:NEWEST]
    return [*([median(newest)] if newest else []), *season]


def usual(shown: Iterable[tuple[Kind, str | None, float]]) -> Usual:
    """What is usual, from amounts a month in fen; of few entries nothing is."""
    groups: dict[Thing, list[float]] = {}
    for kind, item, monthly in shown:
        for key in {(kind, item), (kind, None)}:
            groups.setdefault(key, []).append(monthly)
    return {key: math.log(max(1.0, median(found))) for key, found in groups.items() if len(found) >= FEWEST}


def _of(entry: Entry, common: Usual) -> float | None:
    of_kind = common.get((entry.kind, None)) if entry.kind in BY_SIZE else None
    return common.get((entry.kind, entry.item), of_kind)


def _expected(entry: Entry, alike: Sequence[Entry], own: Sequence[Entry], common: Usual) -> float | None:
    shown = [_monthly(each) for each in alike[:NEWEST]]
    general = _of(entry, common)
    if entry.kind in WITHOUT_LEAST:
        return general  # one bill says nothing of the next
    if general is None:
        return median(shown) if shown else None
    if entry.kind in BY_SIZE:
        general += _scale(entry, own, common)
    return (general + median(shown) * len(shown)) / (1 + len(shown)) if shown else general


def _scale(entry: Entry, own: Sequence[Entry], common: Usual) -> float:
    """How far this household usually lies from others, by what it shows for other things."""
    other = [each for each in own if each.kind in BY_SIZE][:SCALED_BY]
    apart = [
        _monthly(each) - general
        for each in other
        if (each.kind, each.item) != (entry.kind, entry.item) and (general := _of(each, common)) is not None
    ]
    return median(apart) * len(apart) / (len(apart) + 0.5) if apart else 0.0


def _asks(entry: Entry, said: float, expected: float | None, alike: Sequence[Entry], common: Usual) -> bool:
    if expected is None or (entry.kind in WITHOUT_LEAST and said < expected):
        return entry.amount_fen < LEAST_FEN or said > math.log(MOST_FEN[entry.kind])
    general = _of(entry, common)
    least = expected
    if not alike and general is not None:
        if abs(said - general) < math.log(NEAR_OTHERS):
            return False
        least = min(expected, general)  # who sells much of one thing may sell little of another
    return said - expected > math.log(TOO_MUCH) or least - said > math.log(TOO_LITTLE)


def _likely(entry: Entry, expected: float | None) -> int:
    """The amount without the slip that explains it best, in whole yuan; with nothing expected the first that fits."""
    mended = [entry.amount_fen * up // down for up, down in SLIPS if entry.amount_fen * up % (100 * down) == 0]
    months = max(1, entry.months)
    if expected is not None:
        return min(mended or [entry.amount_fen], key=lambda fen: abs(math.log(max(1, fen) / months) - expected))
    fits = [fen for fen in mended if LEAST_FEN <= fen <= MOST_FEN[entry.kind] * months]
    return fits[0] if fits else entry.amount_fen
