"""Writes the synthetic township into a database: few statements, one transaction, the same rows for the same seed."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from bot.domain.households import Household
from bot.domain.policy import Policies
from bot.domain.records import Entry, Record, Visit
from bot.domain.staff import Assignment
from bot.sandbox import township_rows as rows
from bot.sandbox.township_model import Call, Home, Money, Township
from bot.sandbox.township_rows import Typed, numbered
from bot.storage import audit, bulk, entries, households, people, rosters, staff, villages, visits
from bot.storage.transaction import Transaction
from bot.usecases.replan import replan_all

FIRST_HOUR, LAST_HOUR = 9, 19


def seed(tx: Transaction, township: Township, today: date, now: datetime, policies: Policies) -> None:
    """Store the whole township and plan its next visits; the database must be empty of households and staff.

    `now` gives the civil time zone of every moment, `today` is the township's own day.
    """
    writer = _Writer(tx, township, now)
    writer.places()
    writer.staff()
    writer.homes()
    writer.records()
    replan_all(tx, today, policies)
    counts = {"households": len(township.homes), "records": writer.written}
    audit.append(tx, actor="system", action="sandbox.seed", subject="township", at=now, seed=township.seed, **counts)


class _Writer:
    """Holds the ids of what is already stored while the rest is written."""

    def __init__(self, tx: Transaction, township: Township, now: datetime) -> None:
        self.tx, self.township, self.now = tx, township, now
        self.rng = Random(township.seed + 1)
        self.village_ids: list[int] = []
        self.group_ids: dict[tuple[int, int], int] = {}
        self.staff_ids: dict[str, int] = {}
        self.home_ids: dict[str, int] = {}
        self.person_ids: dict[int, int] = {}
        self.written = 0

    def places(self) -> None:
        """Villages with their facts, and their groups."""
        for index, facts in enumerate(self.township.villages):
            village = villages.ensure(self.tx, facts.name)
            villages.set_facts(self.tx, village.id, rural_population=facts.rural_population, lifted=facts.lifted)
            self.village_ids.append(village.id)
            groups = {home.group: home.group_name for home in self.township.homes if home.village == index}
            for number, name in sorted(groups.items()):
                self.group_ids[index, number] = villages.ensure_group(self.tx, village.id, name).id

    def staff(self) -> None:
        """Staff with roles, bound to their Telegram accounts."""
        for one in self.township.staff:
            id_ = staff.insert(self.tx, one.name)
            self.staff_ids[one.name] = id_
            staff.bind(self.tx, id_, one.telegram_id, self.now)
            staff.set_language(self.tx, id_, one.language)
            village = None if one.village is None else self.village_ids[one.village]
            scopes = [Assignment(one.role, village, self.group_ids[one.village or 0, group]) for group in one.groups]
            for scope in scopes or [Assignment(one.role, village, None, one.unit)]:
                staff.add_assignment(self.tx, id_, scope, self.now)

    def homes(self) -> None:
        """Households, people and official figures."""
        homes = self.township.homes
        ids = households.insert_many(self.tx, [self._household(home) for home in homes])
        self.home_ids = {home.code: id_ for home, id_ in zip(homes, ids, strict=True)}
        everybody = [(home, one) for home in homes for one in home.residents]
        person_ids = people.insert_many(
            self.tx, [rows.person(one, self.home_ids[home.code]) for home, one in everybody]
        )
        self.person_ids = {id(one): id_ for (_, one), id_ in zip(everybody, person_ids, strict=True)}
        for year in sorted({year for home in homes for year in home.official}):
            figures = [(self.home_ids[home.code], home.official[year]) for home in homes if year in home.official]
            rosters.insert_figures(self.tx, year, figures, "official")

    def records(self) -> None:
        """Visits, ledger entries and clues, with the records that hold them together, in the order of time."""
        typed = sorted((one for home in self.township.homes for one in self._typed(home)), key=lambda one: one.at)
        record_ids = bulk.insert_records(self.tx, [self._record(one, n) for one, n in numbered(typed)])
        self.written = len(record_ids)
        pairs = list(zip(typed, record_ids, strict=True))
        visits.insert_many(self.tx, [self._visit(one, one.call, id_) for one, id_ in pairs if one.call])
        imported = [(home, entry) for home in self.township.homes for entry in home.money if entry.typed_on is None]
        new = [self._entry(home, entry, None, None, self._imported_at(home)) for home, entry in imported]
        new += [
            self._entry(one.home, entry, id_, self.staff_ids[one.author], one.at)
            for one, id_ in pairs
            for entry in one.money
        ]
        entries.insert_many(self.tx, new)
        self._reverse([(one, id_) for one, id_ in pairs if one.money and one.undone_at])
        self._clues({id(one.call): id_ for one, id_ in pairs if one.call})

    def _household(self, home: Home) -> Household:
        place = self.village_ids[home.village], self.group_ids[home.village, home.group]
        return rows.household(home, *place, self.township.monitor_of(home).name)

    def _typed(self, home: Home) -> list[Typed]:
        """Everything that was typed about a household: each visit, and each month's entries together."""
        monitor = self.township.monitor_of(home).name
        found = [
            Typed(home, (home.helper if call.by_helper else None) or monitor, self._moment(call.on), call=call)
            for call in home.calls
        ]
        months: dict[tuple[date, bool], list[Money]] = defaultdict(list)
        for entry in home.money:
            if entry.typed_on is not None:
                months[entry.typed_on, entry.undone].append(entry)
        for (day, undone), money in sorted(months.items(), key=lambda item: item[0]):
            at = self._moment(day)
            found.append(Typed(home, monitor, at - timedelta(hours=1) if undone else at, money=money))
        return found

    def _moment(self, day: date) -> datetime:
        """Some moment of a working day."""
        minutes = self.rng.randrange(FIRST_HOUR * 60, LAST_HOUR * 60)
        return datetime.combine(day, time(minutes // 60, minutes % 60), self.now.tzinfo)

    def _imported_at(self, home: Home) -> datetime:
        return datetime.combine(home.imported_on or self.township.today, time(9), self.now.tzinfo)

    def _record(self, one: Typed, number: str) -> Record:
        author_id = self.staff_ids[one.author]
        return Record(0, number, self.home_ids[one.home.code], author_id, one.at, one.undone_at)

    def _reverse(self, undone: list[tuple[Typed, int]]) -> None:
        """Reversing entries of the records that were taken back."""
        for one, record_id in undone:
            wrong = entries.of_record(self.tx, record_id)
            against = [replace(e, amount_fen=-e.amount_fen, at=one.undone_at, reverses=e.id, note=None) for e in wrong]
            entries.insert_many(self.tx, against)

    def _clues(self, record_of: dict[int, int]) -> None:
        """Open and closed clues, each with the record that reported it."""
        new = [
            (rows.clue(problem, self.home_ids[home.code], record_of.get(id(problem.call))), self._monitor_id(home))
            for home in self.township.homes
            for problem in home.problems
        ]
        bulk.insert_clues(self.tx, new)

    def _monitor_id(self, home: Home) -> int:
        return self.staff_ids[self.township.monitor_of(home).name]

    def _visit(self, one: Typed, call: Call, record_id: int) -> Visit:
        return rows.visit(one, call, self.home_ids[one.home.code], self.staff_ids[one.author], record_id)

    def _entry(self, home: Home, money: Money, record_id: int | None, author_id: int | None, at: datetime) -> Entry:
        person_id = None if money.who is None else self.person_ids[id(money.who)]
        return rows.entry(
            money, self.home_ids[home.code], person_id=person_id, record_id=record_id, author_id=author_id, at=at
        )
