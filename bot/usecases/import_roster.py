"""Take a roster workbook over, whole, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import access
from bot.domain.access import EVERYTHING, Action
from bot.domain.cadence import Facts, Newcomer, Reason, spread_first_round, standing_reason
from bot.domain.households import Category, Household, village_key
from bot.domain.policy import Policies
from bot.domain.priority import must_visit_rank, must_visits
from bot.domain.staff import Staff
from bot.domain.statyear import last_closed
from bot.domain.workbooks.problems import Problem, RosterSummary, WorkbookRefused, in_order
from bot.storage import entries, households, people, planning, rosters, villages
from bot.storage.transaction import Transaction
from bot.usecases import imports
from bot.usecases.replan import replan
from bot.usecases.workbooks.match_roster import (
    HouseholdPlan,
    Known,
    RosterPlan,
    differing,
    match_roster,
    new_person,
    rows_of,
)
from bot.usecases.workbooks.places import Villages, settle_villages
from bot.usecases.workbooks.read_roster import Progress, RosterBook, VillageLine

SOURCE = "roster"
MOVED = "moved"
CHUNK = 500
"""Households written between two reports of progress."""


def import_roster(
    tx: Transaction,
    actor: Staff | None,
    book: RosterBook,
    *,
    today: date,
    now: datetime,
    policies: Policies,
    progress: Progress = lambda _done, _total: None,
    dry_run: bool = False,
) -> RosterSummary:
    """Write what the file adds or changes; with `dry_run` only say it. Unchanged writes nothing.

    Raises Refused (`not-allowed`) and WorkbookRefused: a village in 村情 that nobody knows, a question that
    `book.answered` does not answer.
    """
    if actor is not None:
        access.require(actor, Action.IMPORT)
    settled = settle_villages(book, [village.name for village in villages.all_villages(tx)])
    plan = match_roster(book, _known(tx, today, settled))
    facts = _village_facts(tx, book, settled)
    expected = _summary(book, plan, len(facts), settled.new)
    if dry_run:
        return expected
    if expected.questions:
        raise WorkbookRefused((*expected.questions, *expected.hints))
    replanned = _write(tx, plan, facts, today, policies, progress)
    summary = replace(expected, replanned=replanned)
    if not summary.nothing:
        imports.note_roster(tx, actor, plan, summary, now)
    return summary


def _known(tx: Transaction, today: date, settled: Villages) -> Known:
    stored = households.list_for(tx, EVERYTHING, include_left=True)
    figures = planning.official(tx, None, last_closed(today))
    return Known({household.code: household for household in stored}, rosters.everybody(tx), figures, settled)


def _village_facts(tx: Transaction, book: RosterBook, settled: Villages) -> list[VillageLine]:
    """The rows of 村情 that say something new; a village that neither file nor program has is an error."""
    stored = {village_key(village.name): village for village in villages.all_villages(tx)}
    in_file = {village_key(name) for name in settled.named}
    unknown = [row for row in book.villages if village_key(row.name) not in stored.keys() | in_file]
    if unknown:
        raise WorkbookRefused((*(row.line.problem("village", "village-unknown") for row in unknown), *book.hints))

    def said(row: VillageLine) -> bool:
        village = stored.get(village_key(row.name))
        return village is not None and (village.rural_population, village.lifted) == (row.rural_population, row.lifted)

    return [row for row in book.villages if not said(row)]


def _summary(book: RosterBook, plan: RosterPlan, facts: int, new_villages: Sequence[str]) -> RosterSummary:
    updated = len(plan.updated)
    return RosterSummary(
        new=len(plan.new),
        new_people=sum(len(each.joining) for each in plan.households),
        updated=updated,
        unchanged=len(plan.households) - len(plan.new) - updated,
        absent=plan.absent,
        absent_people=sum(each.absent for each in plan.households),
        moved_people=sum(len(each.moving) for each in plan.households),
        villages=facts,
        new_villages=tuple(new_villages),
        questions=tuple(each for each in in_order(plan.questions) if each.answer not in book.answered),
        hints=tuple(in_order((*book.hints, *plan.hints, *_answered(plan.questions, book.answered)))),
    )


def _answered(questions: Sequence[Problem], answered: Collection[str]) -> list[Problem]:
    """Questions that were answered with yes are told like hints, so that nothing is done in silence."""
    return [replace(each, hint=True) for each in questions if each.answer in answered]


class _Places:
    """Villages and groups by name, created when first named."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[str, str], tuple[int, int]] = {}

    def ids(self, place: tuple[str, str]) -> tuple[int, int]:
        """Ids of village and group."""
        if place not in self._known:
            village = villages.ensure(self._tx, place[0])
            self._known[place] = village.id, villages.ensure_group(self._tx, village.id, place[1]).id
        return self._known[place]


def _write(
    tx: Transaction,
    plan: RosterPlan,
    facts: Sequence[VillageLine],
    today: date,
    policies: Policies,
    progress: Progress,
) -> int:
    """Write the plan; how many known households got another next visit."""
    places, year = _Places(tx), last_closed(today)
    total, done = rows_of(plan.households), 0
    fresh = _newcomers(plan.new, places, today, policies)
    touched: list[int] = []
    for at in range(0, len(fresh), CHUNK):
        chunk = fresh[at : at + CHUNK]
        touched += _insert(tx, chunk, today, year)
        done += rows_of(each for each, _ in chunk)
        progress(done, total)
    known = [_update(tx, each, places, today, year) for each in plan.updated]
    for row in facts:
        village = villages.ensure(tx, row.name)
        villages.set_facts(tx, village.id, rural_population=row.rural_population, lifted=row.lifted)
    moved = replan(tx, [*touched, *known], today, policies)
    progress(total, total)
    return sum(change.household_id in set(known) for change in moved)


def _newcomers(
    plans: Sequence[HouseholdPlan], places: _Places, today: date, policies: Policies
) -> list[tuple[HouseholdPlan, Household]]:
    """New households with the day of their first visit, spread over the cadence in each group."""
    made = [(plan, _household(plan, number, places, today)) for number, plan in enumerate(plans)]
    cadence = policies.on(today).cadence
    newcomers = [_newcomer(plan, household, today, policies) for plan, household in made]
    days = spread_first_round(newcomers, today, cadence)
    return [(plan, _dated(household, days[household.id])) for plan, household in made]


def _household(plan: HouseholdPlan, number: int, places: _Places, today: date) -> Household:
    assert plan.place is not None
    village_id, group_id = places.ids(plan.place)
    return Household(
        id=number,
        code=plan.lines.code,
        village_id=village_id,
        village=plan.place[0],
        group_id=group_id,
        group=plan.place[1],
        head=plan.lines.head.shown("name"),
        members=len(plan.lines.people),
        imported_on=today,
        **plan.fields,
    )


def _dated(household: Household, day: date) -> Household:
    return replace(household, first_due=day, next_due=day, due_reason=Reason.FIRST.value)


def _newcomer(plan: HouseholdPlan, household: Household, today: date, policies: Policies) -> Newcomer:
    pack, line = policies.on(today), policies.key_line(last_closed(today))
    low = line is not None and plan.figure is not None and plan.figure < line
    key = low and household.category is not Category.ORDINARY
    reason = standing_reason(Facts(household.category, household.monitoring, key=key), pack.cadence)
    members = [new_person(person.values, 0) for person in plan.lines.people]
    rank = must_visit_rank(must_visits(members, pack.must_visit, low_or_falling=low), pack.must_visit)
    return Newcomer(household.id, household.group_id, household.code, reason, rank)


def _insert(tx: Transaction, chunk: Sequence[tuple[HouseholdPlan, Household]], today: date, year: int) -> list[int]:
    ids = households.insert_many(tx, [household for _, household in chunk])
    both = list(zip(ids, (plan for plan, _ in chunk), strict=True))
    people.insert_many(tx, [new_person(line.values, id_) for id_, plan in both for line in plan.joining])
    for id_, plan in both:
        _move_in(tx, plan, id_, today)
    rosters.insert_figures(tx, year, [(id_, plan.figure) for id_, plan in both if plan.figure is not None], SOURCE)
    return ids


def _update(tx: Transaction, plan: HouseholdPlan, places: _Places, today: date, year: int) -> int:
    assert plan.household is not None
    household_id = plan.household.id
    households.update(tx, household_id, **plan.fields)
    if plan.place is not None:
        households.move_group(tx, household_id, places.ids(plan.place)[1], today)
    for person, values in plan.updates:
        rest = {key: value for key, value in values.items() if key != "relation"}
        people.update(tx, person.id, **rest)
        if "relation" in values:
            people.set_relation(tx, person.id, values["relation"])
    new = [replace(new_person(line.values, household_id), joined_on=today) for line in plan.joining]
    people.insert_many(tx, new)
    _move_in(tx, plan, household_id, today)
    if plan.figure is not None:
        entries.set_annual(tx, household_id, year, plan.figure, SOURCE)
    return household_id


def _move_in(tx: Transaction, plan: HouseholdPlan, household_id: int, today: date) -> None:
    """Persons who come from another household; the last day there is the day before the first here."""
    for person, line in plan.moving:
        people.leave(tx, person.id, today - timedelta(days=1), MOVED)
        people.join(tx, person.id, household_id, line.values["relation"], today)
        changes = {key: value for key, value in differing(person, line.values).items() if key != "relation"}
        people.update(tx, person.id, **changes)
