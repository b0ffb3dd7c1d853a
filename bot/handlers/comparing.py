"""What a draft is compared with: amounts that are unusual, and what was recorded before and may be the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain import amounts, repeats
from bot.domain.amounts import Usual
from bot.domain.households import Household
from bot.domain.income_kinds import Kind
from bot.domain.records import Entry, Visit, standing
from bot.forms.engine import Answers
from bot.forms.record import DATE, booked_month, entry_count
from bot.forms.record_values import yuan_text
from bot.handlers.turn import Turn
from bot.storage import entries, records, staff, visits
from bot.texts.formats import yuan
from bot.understanding.money import parse_amount

FALLING = frozenset({Kind.WAGE, Kind.TRANSFER, Kind.PROPERTY, Kind.BUSINESS})
"""Kinds of which less than last time is worth a look."""
OFFERED = 3
"""How many earlier amounts a question offers."""


@dataclass(frozen=True, slots=True)
class Before:
    """Who recorded the same before, and on which day; nobody: it came with a workbook."""

    on: date
    who: str | None


def compared(turn: Turn, household: Household, answers: Answers, day: date) -> dict[str, Any]:
    """Facts for the form: earlier and unusual amounts, and by entry (None: the visit) what was recorded before."""
    facts: dict[str, Any] = {"repeats": {}}
    again = _visited(turn, household, answers, day)
    if again is not None:
        facts["repeats"][None] = again
    if entry_count(answers):
        facts |= _money(turn, household, answers, day, facts["repeats"])
    return facts


def _visited(turn: Turn, household: Household, answers: Answers, day: date) -> Before | None:
    """The visit of the same day; the one that is corrected is no other."""
    visited_on = DATE.parse(answers.get("date", ""), {"day": day}) if answers.get("visit") else None
    if visited_on is None or "findings" not in answers:
        return None
    others = [each for each in visits.on_day(turn.tx, household.id, visited_on) if not _corrected(answers, each)]
    found = repeats.same_visit(visited_on, counted=answers["findings"] != "away", earlier=others)
    record = records.get(turn.tx, found.record_id) if found is not None else None
    return _before(turn, record.at, found.author) if record is not None and found is not None else None


def _corrected(answers: Answers, one: Visit | Entry) -> bool:
    return str(one.record_id) == answers.get("_fixes")


def _before(turn: Turn, at: datetime | None, who: str | None) -> Before:
    assert at is not None
    return Before(at.astimezone(turn.shop.zone).date(), who)


def _money(
    turn: Turn, household: Household, answers: Answers, day: date, again: dict[int | None, Before]
) -> dict[str, Any]:
    every = standing(entries.of_household(turn.tx, household.id))
    others = [_specific(turn, each) for each in every if not _corrected(answers, each)]
    own = sorted(others, key=lambda each: (each.month, each.id), reverse=True)
    facts: dict[str, Any] = {"last_amounts": _last(own), "unusual": {}, "unusual_last": {}, "fell": {}}
    for index, said in _drafted(answers, household, day):
        entry = _specific(turn, said)
        _compare(turn, facts, index, entry, own)
        same = repeats.same_entry(entry, own)
        if same is not None and f"e{index}.month" in answers:
            author = staff.get(turn.tx, same.author_id) if same.author_id is not None else None
            again[index] = _before(turn, same.at, author.name if author is not None else None)
    return facts


def _specific(turn: Turn, entry: Entry) -> Entry:
    """工资 may mean any kind of wage: it is compared as one of which nothing more is said."""
    return replace(entry, item=turn.shop.policies.on(turn.day).specific(entry.item))


def _last(own: list[Entry]) -> dict[str, list[str]]:
    """The newest different amounts of each kind."""
    last: dict[str, list[str]] = {}
    for entry in own:
        shown = last.setdefault(entry.kind, [])
        if len(shown) < OFFERED and yuan_text(entry.amount_fen) not in shown:
            shown.append(yuan_text(entry.amount_fen))
    return last


def _drafted(answers: Answers, household: Household, day: date) -> Iterator[tuple[int, Entry]]:
    """The entries of the draft whose kind and amount are known."""
    for index in range(entry_count(answers)):
        part = f"e{index}."
        kind, amount = answers.get(part + "kind"), parse_amount(answers.get(part + "amount", ""))
        if amount is None or amount.fen <= 0 or kind not in set(Kind):
            continue
        month = booked_month(answers.get(part + "month", ""), {"day": day}) or f"{day:%Y-%m}"
        who, item = answers.get(part + "member", ""), answers.get(part + "item", "-")
        person, months = int(who) if who.isdecimal() else 0, int(answers.get(part + "months", "1"))
        yield (
            index,
            Entry(
                0, household.id, Kind(kind), None if item == "-" else item, amount.fen, month,
                person_id=person or None, months=months,
            ),
        )  # fmt: skip


def _compare(turn: Turn, facts: dict[str, Any], index: int, entry: Entry, own: list[Entry]) -> None:
    """Whether the amount asks, and whether it is less than last time."""

    def others(kinds: frozenset[Kind]) -> Usual:
        specific = turn.shop.policies.on(turn.day).specific
        shown = entries.lately(turn.tx, kinds)
        return amounts.usual((kind, specific(item), monthly) for kind, item, monthly in shown)

    doubt, alike = amounts.doubt(entry, own, others), amounts.like(entry, own)
    if doubt is not None:
        facts["unusual"][index] = (yuan_text(entry.amount_fen), yuan_text(doubt.likely_fen))
        facts["unusual_last"][index] = yuan(doubt.last_fen, turn.language) if doubt.last_fen is not None else ""
    elif alike and entry.kind in FALLING and _less(entry, alike[0]):
        facts["fell"][index] = alike[0].amount_fen


def _less(entry: Entry, last: Entry) -> bool:
    return entry.amount_fen < last.amount_fen and entry.amount_fen / entry.months < last.amount_fen / last.months
