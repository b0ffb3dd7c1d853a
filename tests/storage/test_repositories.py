"""Repositories give back as domain objects what they were given, on both databases."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TypeVar

import pytest
import pytest_asyncio

from bot.domain.access import Scope, scope_of
from bot.domain.checks import Check, CheckState, Mode
from bot.domain.households import Category, Household, Monitoring
from bot.domain.income_kinds import Kind
from bot.domain.people import HEAD, Person, Span
from bot.domain.records import Clue, Entry, Visit
from bot.domain.staff import Assignment, Role
from bot.storage import (
    attachments,
    chats,
    clues,
    drafts,
    entries,
    households,
    invitations,
    people,
    records,
    snoozes,
    staff,
    villages,
    visits,
)
from bot.storage.database import Database, Transaction
from bot.storage.errors import Conflict
from bot.storage.invitations import Invitation
from tests.support.storage import EVERYTHING, NOW, TODAY, World, household, world

T = TypeVar("T")
DAY = timedelta(days=1)
NOTHING = Scope(everything=False, villages=frozenset(), groups=frozenset(), helper_names=frozenset())
FIELDS = {
    "birth": date(1980, 1, 1), "health": ("长期慢性病", "残疾"), "education": "小学", "labour": "普通劳动力",
    "willing": True, "works_where": "in_county", "work_months": 7, "public_post": "护林员", "certificate": True,
    "trained": True, "insured": False, "pension": True, "dibao": True, "tekun": True, "coop": True,
    "alias": ("老五", "五哥"),
}  # fmt: skip


@pytest_asyncio.fixture
async def there(any_db: Database) -> AsyncIterator[tuple[Database, World]]:
    yield any_db, await any_db.write(world)


def _record(tx: Transaction, w: World, prefix: str = "V", draft_id: int | None = None) -> int:
    number = records.next_number(tx, prefix, TODAY)  # type: ignore[arg-type]
    return records.insert(tx, number=number, household_id=w.wang, author_id=w.monitor.id, at=NOW, draft_id=draft_id)


def _heads(found: list[Household]) -> list[str]:
    return [each.head for each in found]


async def test_villages_and_groups_come_to_exist_once(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        assert villages.ensure(tx, "大石村").id == w.village_id
        for written in ("5组", "五组", "第五村民小组", "5"):
            assert villages.ensure_group(tx, w.village_id, written).id == w.fifth
        assert [group.name for group in villages.groups_of(tx, w.village_id)] == ["五组", "六组"]
        assert villages.set_facts(tx, w.village_id, rural_population=1520, lifted=True)
        assert not villages.set_facts(tx, w.village_id, rural_population=1520, lifted=True)
        village = villages.village(tx, w.village_id)
        assert village is not None
        assert (village.rural_population, village.lifted) == (1520, True)
        assert villages.by_name(tx, "没有") is villages.group(tx, 99) is villages.find_group(tx, 1, "9组") is None

    await db.write(work)


async def test_a_household_comes_back_with_head_members_and_places(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        found = households.get(tx, w.wang)
        assert found is not None
        assert (found.head, found.members, found.village, found.group) == ("王老五", 3, "大石村", "五组")
        assert found == households.by_code(tx, "H0001")
        changes = {
            "category": Category.SUDDEN,
            "monitoring": Monitoring.ACTIVE,
            "goal_fen": 1_200_000,
            "last_visit": TODAY,
        }
        households.update(tx, w.wang, **changes)
        assert households.get(tx, w.wang) == replace(found, **changes)  # type: ignore[arg-type]
        assert households.get(tx, 99) is households.by_code(tx, "H9") is None

    await db.write(work)


async def test_a_household_without_a_head_shows_another_member_and_then_the_last_head(
    there: tuple[Database, World],
) -> None:
    db, w = there

    def head(tx: Transaction) -> str:
        found = households.get(tx, w.wang)
        assert found is not None
        return f"{found.head} {found.members}"

    def work(tx: Transaction) -> None:
        members = people.of_household(tx, w.wang)
        people.leave(tx, members[0].id, TODAY, "death")
        assert head(tx) == "李桂花 2"
        for member in members[1:]:
            people.leave(tx, member.id, TODAY, "moved")
        assert head(tx) == "王老五 0"

    await db.write(work)


async def test_a_scope_bounds_every_list(there: tuple[Database, World]) -> None:
    db, w = there

    def heads(scope: Scope) -> Callable[[Transaction], list[str]]:
        return lambda tx: _heads(households.list_for(tx, scope))

    assert await db.read(heads(EVERYTHING)) == ["王老五", "赵单"]
    assert await db.read(heads(scope_of(w.monitor))) == ["王老五"]
    assert await db.read(heads(replace(NOTHING, villages=frozenset({w.village_id})))) == ["王老五", "赵单"]
    assert await db.read(heads(replace(NOTHING, helper_names=frozenset({"李帮扶"})))) == ["王老五"]
    assert await db.read(heads(NOTHING)) == []
    await db.write(lambda tx: households.update(tx, w.zhao, left_on=TODAY))
    assert await db.read(heads(EVERYTHING)) == ["王老五"]
    assert len(await db.read(lambda tx: households.list_for(tx, EVERYTHING, include_left=True))) == 2


async def test_a_move_changes_the_group_at_once_and_keeps_the_history(there: tuple[Database, World]) -> None:
    db, w = there
    await db.write(lambda tx: households.move_group(tx, w.wang, w.sixth, TODAY))
    found = await db.read(lambda tx: households.get(tx, w.wang))
    assert found is not None
    assert found.group == "六组"
    assert await db.read(lambda tx: _heads(households.list_for(tx, scope_of(w.monitor)))) == []
    history = [(w.fifth, None, TODAY - DAY), (w.sixth, TODAY, None)]
    assert await db.read(lambda tx: households.groups_over_time(tx, w.wang)) == history


async def test_due_households_come_earliest_first_without_muted_and_left_ones(there: tuple[Database, World]) -> None:
    db, w = there

    def due(tx: Transaction, day: date) -> list[str]:
        return _heads(households.due(tx, EVERYTHING, day))

    await db.write(lambda tx: households.set_due(tx, w.wang, TODAY, "active"))
    await db.write(lambda tx: households.set_due_many(tx, [(w.zhao, TODAY - DAY, "lifted")]))
    assert await db.read(lambda tx: due(tx, TODAY)) == ["赵单", "王老五"]
    assert await db.read(lambda tx: due(tx, TODAY - DAY)) == ["赵单"]
    await db.write(lambda tx: households.update(tx, w.zhao, muted_until=TODAY + DAY))
    assert await db.read(lambda tx: due(tx, TODAY)) == ["王老五"]
    assert await db.read(lambda tx: due(tx, TODAY + DAY)) == ["赵单", "王老五"]
    await db.write(lambda tx: households.update(tx, w.wang, left_on=TODAY))
    assert await db.read(lambda tx: due(tx, TODAY + DAY)) == ["赵单"]


async def test_fields_that_have_their_own_way_are_not_set_by_update(there: tuple[Database, World]) -> None:
    db, w = there
    for field in ("group_id", "village_id", "head", "nonsense"):
        with pytest.raises(ValueError, match=field):
            await db.write(lambda tx, field=field: households.update(tx, w.wang, **{field: 1}))  # type: ignore[misc]
    with pytest.raises(ValueError, match="joined_on"):
        await db.write(lambda tx: people.update(tx, 1, joined_on=TODAY))


async def test_a_person_comes_back_whole_and_sealed_fields_only_when_asked_for(there: tuple[Database, World]) -> None:
    db, w = there
    person = Person(
        0,
        w.wang,
        "王小花",
        "之女",
        id_number="53233120100101002X",
        phone="138 0000 1234",
        joined_on=TODAY,
        **FIELDS,  # type: ignore[arg-type]
    )

    def work(tx: Transaction) -> None:
        id_ = people.insert(tx, person, health_note="冬天咳嗽")
        stored = replace(person, id=id_)
        assert people.get(tx, id_, opened=True) == stored
        assert people.get(tx, id_) == replace(stored, id_number=None, phone=None)
        assert people.open_phone(tx, id_) == "138 0000 1234"
        assert people.open_id_number(tx, id_) == "53233120100101002X"
        assert people.health_note(tx, id_) == "冬天咳嗽"
        found = people.by_id_number(tx, " 53233120100101002x")
        assert found is not None
        assert found.id == id_
        people.update(tx, id_, phone=None, alias=(), name="王晓花", willing=False)
        assert people.get(tx, id_, opened=True) == replace(stored, phone=None, alias=(), name="王晓花", willing=False)
        assert people.open_phone(tx, id_) is people.by_id_number(tx, "1") is people.get(tx, 99) is None

    await db.write(work)


async def test_one_id_number_belongs_to_one_person_with_or_without_a_disability_suffix(
    there: tuple[Database, World],
) -> None:
    db, w = there
    first = Person(0, w.wang, "甲", "其他", id_number="532331198001010012")
    await db.write(lambda tx: people.insert(tx, first))
    for number in ("532331198001010012", "53233119800101001243"):
        with pytest.raises(Conflict):
            await db.write(lambda tx, number=number: people.insert(tx, replace(first, name="乙", id_number=number)))  # type: ignore[misc]
    await db.write(lambda tx: people.insert_many(tx, [replace(first, name=n, id_number=None) for n in "丙丁"]))


async def test_who_belongs_is_asked_by_the_day(there: tuple[Database, World]) -> None:
    """A birth, a marriage into another household and a death; nobody is deleted."""
    db, w = there

    def names(tx: Transaction, household_id: int, on: date | None = None) -> list[str]:
        return [person.name for person in people.of_household(tx, household_id, on=on)]

    def work(tx: Transaction) -> None:
        _, wife, son = people.of_household(tx, w.wang)
        people.insert(tx, Person(0, w.wang, "王宝宝", "之孙子", joined_on=TODAY))
        assert people.leave(tx, son.id, TODAY - DAY, "marriage")
        people.join(tx, son.id, w.zhao, "之女婿", TODAY)
        people.leave(tx, wife.id, TODAY + DAY, "death")
        assert not people.leave(tx, wife.id, TODAY + DAY, "death")
        assert names(tx, w.wang) == ["王老五", "王宝宝"]
        assert names(tx, w.wang, TODAY - DAY) == ["王老五", "李桂花", "王小明"]
        assert names(tx, w.wang, TODAY + DAY) == ["王老五", "李桂花", "王宝宝"]
        assert names(tx, w.zhao) == ["赵单", "王小明"]
        assert people.spans(tx, w.wang) == [
            Span(None, None), Span(None, TODAY + DAY), Span(None, TODAY - DAY), Span(TODAY, None)
        ]  # fmt: skip
        moved = people.get(tx, son.id)
        assert moved is not None
        assert (moved.household_id, moved.relation) == (w.zhao, "之女婿")

    await db.write(work)


async def test_nobody_belongs_to_two_households_at_once(there: tuple[Database, World]) -> None:
    db, w = there
    with pytest.raises(Conflict):
        await db.write(lambda tx: people.join(tx, people.of_household(tx, w.wang)[0].id, w.zhao, "其他", TODAY))


async def test_the_parser_gets_the_names_of_a_scope(there: tuple[Database, World]) -> None:
    db, w = there
    await db.write(lambda tx: people.update(tx, people.of_household(tx, w.wang)[0].id, alias=("老五", "五哥")))
    rows = await db.read(lambda tx: people.roster_rows(tx, scope_of(w.monitor)))
    assert rows == [("H0001", "王老五", ["李桂花", "王小明"], "五组", ["老五", "五哥"])]
    members = await db.read(lambda tx: people.of_households(tx, EVERYTHING))
    assert {key: [p.name for p in value] for key, value in members.items()} == {
        w.wang: ["王老五", "李桂花", "王小明"],
        w.zhao: ["赵单"],
    }


async def test_a_staff_member_comes_back_with_settings_and_roles(there: tuple[Database, World]) -> None:
    db, w = there
    id_ = w.monitor.id

    def work(tx: Transaction) -> None:
        staff.bind(tx, id_, 5_000_000_000, NOW)
        staff.set_language(tx, id_, "en")
        staff.set_digest_at(tx, id_, time(9, 5))
        staff.set_leave(tx, id_, TODAY, TODAY + DAY)
        staff.set_reachable(tx, id_, False)
        assert not staff.add_assignment(tx, id_, Assignment(Role.MONITOR, group_id=w.fifth), NOW)
        assert staff.add_assignment(tx, id_, Assignment(Role.LIAISON, unit="农业办"), NOW)
        found = staff.by_telegram(tx, 5_000_000_000)
        assert found is not None
        assert found == staff.get(tx, id_) == staff.by_name(tx, "张网格")
        assert (found.language, found.digest_at, found.reachable) == ("en", time(9, 5), False)
        assert (found.leave_from, found.leave_until) == (TODAY, TODAY + DAY)
        assert found.roles == {Role.MONITOR, Role.LIAISON}
        assert staff.close_assignments(tx, id_, NOW, [found.assignments[1].id or 0]) == 1

    await db.write(work)
    await db.write(lambda tx: staff.revoke(tx, id_, NOW))
    gone = await db.read(lambda tx: staff.get(tx, id_))
    assert gone is not None
    assert (gone.revoked, gone.assignments, gone.telegram_id) == (True, (), None)
    assert await db.read(staff.all_staff) == []
    assert await db.read(lambda tx: len(staff.all_staff(tx, revoked=True))) == 1


async def test_names_and_accounts_belong_to_one_staff_member(there: tuple[Database, World]) -> None:
    db, w = there
    with pytest.raises(Conflict):
        await db.write(lambda tx: staff.insert(tx, "张网格"))
    other = await db.write(lambda tx: staff.insert(tx, "李帮扶"))
    await db.write(lambda tx: staff.bind(tx, w.monitor.id, 7, NOW))
    with pytest.raises(Conflict):
        await db.write(lambda tx: staff.bind(tx, other, 7, NOW))


async def test_the_lead_of_a_staff_member_is_found_through_every_kind_of_role(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        for name, assignment in (
            ("李帮扶", Assignment(Role.HELPER)),
            ("村网格长", Assignment(Role.VILLAGE, village_id=w.village_id)),
            ("镇管理员", Assignment(Role.TOWN)),
            ("联络员", Assignment(Role.LIAISON, unit="农业办")),
        ):
            staff.add_assignment(tx, staff.insert(tx, name), assignment, NOW)

        def leads(name: str) -> list[str]:
            person = staff.by_name(tx, name)
            assert person is not None
            return [lead.name for lead in staff.leads_of(tx, person)]

        assert leads("张网格") == leads("李帮扶") == ["村网格长"]
        assert leads("村网格长") == leads("联络员") == ["镇管理员"]
        assert leads("镇管理员") == []
        assert [each.name for each in staff.monitors_of_group(tx, w.fifth)] == ["张网格"]
        assert staff.monitors_of_group(tx, w.sixth) == []
        assert [each.name for each in staff.with_role(tx, Role.TOWN)] == ["镇管理员"]
        assert [each.name for each in staff.leads_of_village(tx, w.village_id)] == ["村网格长"]

    await db.write(work)


async def test_handing_over_moves_roles_and_drafts(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        other = staff.insert(tx, "新网格")
        draft = drafts.insert(tx, w.monitor.id, 5, "visit", {}, NOW)
        assert staff.hand_over(tx, w.monitor.id, other, NOW) == 1
        assert drafts.hand_over(tx, w.monitor.id, other, 6) == 1
        assert [each.name for each in staff.monitors_of_group(tx, w.fifth)] == ["新网格"]
        assert [each.id for each in drafts.open_of(tx, 6)] == [draft]

    await db.write(work)


async def test_an_invitation_is_used_once_and_in_time(there: tuple[Database, World]) -> None:
    db, w = there
    new = Invitation(0, Role.MONITOR, "新网格", NOW, NOW + DAY, w.village_id, (w.fifth, w.sixth), None)

    def work(tx: Transaction) -> None:
        first = invitations.insert_invitation(tx, "ABC", new)
        invitations.insert_invitation(tx, "DEF", replace(new, name="别人"))
        assert invitations.find(tx, "XYZ", NOW) is None
        assert invitations.find(tx, "ABC", NOW + DAY) is None
        assert invitations.find(tx, "ABC", NOW) == replace(new, id=first)
        invitations.use(tx, first, w.monitor.id, NOW)
        assert invitations.find(tx, "ABC", NOW) is None
        assert invitations.used_under(tx, "新 网格") == [w.monitor.id]
        assert [each.name for each in invitations.open_invitations(tx, NOW)] == ["别人"]
        assert invitations.revoke_invitations(tx, ["别 人"], None, NOW) == 1
        assert invitations.find(tx, "DEF", NOW) is None

    await db.write(work)


async def test_records_are_numbered_by_prefix_and_day_without_gaps(there: tuple[Database, World]) -> None:
    db, _ = there

    def number(prefix: str, day: date = TODAY) -> Callable[[Transaction], str]:
        return lambda tx: records.next_number(tx, prefix, day)  # type: ignore[arg-type]

    def fails(tx: Transaction) -> None:
        number("V")(tx)
        raise LookupError

    assert [await db.write(number("V")) for _ in range(2)] == ["V240315-01", "V240315-02"]
    with pytest.raises(LookupError):
        await db.write(fails)
    assert await db.write(number("V")) == "V240315-03"
    assert await db.write(number("J")) == "J240315-01"
    assert await db.write(number("V", TODAY + DAY)) == "V240316-01"

    def hundred(tx: Transaction) -> str:
        return [number("V")(tx) for _ in range(98)][-1]

    assert await db.write(hundred) == "V240315-101"


async def test_a_draft_is_recorded_once(there: tuple[Database, World]) -> None:
    db, w = there
    first = await db.write(lambda tx: _record(tx, w, draft_id=7))
    with pytest.raises(Conflict):
        await db.write(lambda tx: _record(tx, w, draft_id=7))
    found = await db.read(lambda tx: records.by_draft(tx, 7))
    assert found is not None
    assert (found.id, found.number) == (first, "V240315-01")
    assert await db.write(lambda tx: records.next_number(tx, "V", TODAY)) == "V240315-02"


async def test_undo_takes_the_newest_own_record_that_stands_then_the_one_before(there: tuple[Database, World]) -> None:
    db, w = there

    def newest(tx: Transaction) -> int | None:
        (found, *_) = records.standing_of(tx, w.monitor.id, NOW - DAY)
        return found.id if found else None

    def work(tx: Transaction) -> None:
        first, second = _record(tx, w), _record(tx, w, "J")
        assert newest(tx) == second
        assert records.mark_undone(tx, second, NOW)
        assert not records.mark_undone(tx, second, NOW)
        assert newest(tx) == first
        assert records.restore(tx, second)
        assert not records.restore(tx, second)
        assert newest(tx) == second
        assert records.standing_of(tx, w.monitor.id, NOW + DAY) == []
        found = records.by_number(tx, "V240315-01")
        assert found is not None
        assert found == records.get(tx, first)
        assert found.at == NOW

    await db.write(work)


async def test_visits_count_unless_undone_and_tries_never_do(there: tuple[Database, World]) -> None:
    db, w = there

    def visit(tx: Transaction, day: date, *, counted: bool = True) -> Visit:
        record = _record(tx, w)
        new = Visit(
            0, record, w.wang, day, Mode.HOME, w.monitor.id, counted=counted, note="漏雨",
            checks={Check.HOUSING: CheckState.PROBLEM, Check.WATER: CheckState.OK},
        )  # fmt: skip
        return replace(new, id=visits.insert(tx, new))

    def work(tx: Transaction) -> None:
        first, attempt, last = visit(tx, TODAY - 3 * DAY), visit(tx, TODAY, counted=False), visit(tx, TODAY - DAY)
        found = visits.of_household(tx, w.wang)
        assert [each.id for each in found] == [attempt.id, last.id, first.id]
        assert found[2] == replace(first, number="V240315-01", author="张网格")
        assert [each.id for each in visits.of_household(tx, w.wang, 1)] == [attempt.id]
        assert visits.last_counted(tx, w.wang) == TODAY - DAY
        assert [each.id for each in visits.tries_since(tx, w.wang, TODAY - DAY)] == [attempt.id]
        assert visits.tries_since(tx, w.wang, TODAY) == []
        visits.mark_undone(tx, last.record_id, NOW)
        assert visits.last_counted(tx, w.wang) == TODAY - 3 * DAY
        assert len(visits.of_household(tx, w.wang)) == 2
        assert len(visits.of_household(tx, w.wang, include_undone=True)) == 3
        undone = visits.of_record(tx, last.record_id)
        assert undone is not None
        assert undone.undone_at == NOW
        between = [each.id for each in visits.visits_between(tx, scope_of(w.monitor), TODAY - 3 * DAY, TODAY)]
        assert between == [first.id, attempt.id]
        assert visits.visits_between(tx, NOTHING, TODAY - 3 * DAY, TODAY) == []
        visits.mark_undone(tx, last.record_id, None)
        assert visits.last_counted(tx, w.wang) == TODAY - DAY
        assert visits.last_counted(tx, w.zhao) is None

    await db.write(work)


async def test_the_ledger_only_grows_and_a_reversal_takes_off_once(there: tuple[Database, World]) -> None:
    db, w = there
    wage = Entry(0, w.wang, Kind.WAGE, None, 3_150_000, "2024-02", months=7, estimate=True, note="在广东", at=NOW)

    def work(tx: Transaction) -> Entry:
        record = _record(tx, w, "J")
        new = replace(wage, record_id=record, author_id=w.monitor.id)
        id_ = entries.insert(tx, new)
        entries.insert(tx, replace(new, kind=Kind.BUSINESS, item="tobacco", amount_fen=50, month="2023-10"))
        stored = entries.get(tx, id_)
        assert stored == replace(new, id=id_)
        window = ("2023-10", "2024-09")
        rows = entries.sums_by_household(tx, EVERYTHING, *window)
        assert {key: set(value) for key, value in rows.items()} == {
            w.wang: {(Kind.WAGE, None, 3_150_000), (Kind.BUSINESS, "tobacco", 50)}
        }
        entries.reverse(tx, stored, record_id=record, author_id=w.monitor.id, at=NOW)
        assert entries.sums_by_household(tx, EVERYTHING, *window) == {w.wang: [(Kind.BUSINESS, "tobacco", 50)]}
        assert [e.amount_fen for e in entries.of_household(tx, w.wang, "2024-01", "2024-02")] == [3_150_000, -3_150_000]
        assert entries.of_household(tx, w.wang, "2024-01")[1].reverses == id_
        assert [each.amount_fen for each in entries.standing_of_record(tx, record)] == [50]
        assert len(entries.of_record(tx, record)) == len(entries.ledger(tx, EVERYTHING, None, None)) == 3
        assert entries.sums_by_household(tx, NOTHING, *window) == {}
        return stored

    stored = await db.write(work)
    with pytest.raises(Conflict):
        await db.write(lambda tx: entries.reverse(tx, stored, record_id=None, author_id=None, at=NOW))


async def test_an_income_workbook_adds_its_rows_once(there: tuple[Database, World]) -> None:
    db, w = there
    entry = Entry(0, w.wang, Kind.WAGE, None, 100, "2024-02", at=NOW)
    rows = [(entry, f"H0001|2024-02|wage||100|{n}") for n in range(3)]
    assert await db.write(lambda tx: entries.insert_imported(tx, rows)) == 3
    assert await db.write(lambda tx: entries.insert_imported(tx, [*rows, (entry, "new"), (entry, "new")])) == 1
    assert len(await db.read(lambda tx: entries.of_household(tx, w.wang))) == 4


async def test_official_figures_are_kept_by_year(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        assert entries.set_annual(tx, w.wang, 2023, 1_234_500, "official")
        assert not entries.set_annual(tx, w.wang, 2023, 1_234_500, "official")
        assert entries.set_annual(tx, w.wang, 2023, 1_300_000, "official")
        assert entries.annual_figure(tx, w.wang, 2023) == 1_300_000
        assert entries.annual_figure(tx, w.wang, 2022) is None
        assert entries.annual_figures(tx, EVERYTHING, 2023) == {w.wang: 1_300_000}
        assert entries.annual_figures(tx, NOTHING, 2023) == {}
        assert entries.annual_figures_of(tx, w.wang) == {2023: 1_300_000}

    await db.write(work)


async def test_a_clue_stays_open_until_closed_or_withdrawn_with_its_record(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        record = _record(tx, w)
        new = Clue(0, w.wang, Check.HOUSING, TODAY, "东墙裂了", record)
        first = clues.insert(tx, new)
        second = clues.insert(tx, replace(new, check=Check.WATER, record_id=None))
        assert clues.open_of(tx, w.wang)[0] == replace(new, id=first)
        assert clues.withdraw_by_record(tx, record) == 1
        assert [clue.id for clue in clues.open_for(tx, scope_of(w.monitor))] == [second]
        assert clues.close(tx, second, on=TODAY, by=w.monitor.id, note="修好了")
        assert not clues.close(tx, second, on=TODAY, by=w.monitor.id, note=None)
        assert clues.open_of(tx, w.wang) == clues.open_for(tx, NOTHING) == []
        closed = clues.get(tx, second)
        assert closed is not None
        assert (closed.closed_on, closed.closed_note) == (TODAY, "修好了")
        assert clues.reopen_by_record(tx, record) == 1
        assert [clue.id for clue in clues.of_household(tx, w.wang)] == [first, second]

    await db.write(work)


async def test_a_draft_keeps_raw_answers_until_it_is_closed(there: tuple[Database, World]) -> None:
    db, w = there
    answers = {"household": "王老五", "amount": "三千五", "list": [1, {"a": None}]}

    def work(tx: Transaction) -> None:
        first = drafts.insert(tx, w.monitor.id, 5, "income", answers, NOW)
        second = drafts.insert(tx, w.monitor.id, 5, "visit", {}, NOW + DAY)
        stored = drafts.get(tx, first)
        assert stored is not None
        assert (stored.answers, stored.revision, stored.closed) == (answers, 1, None)
        assert [each.id for each in drafts.open_of(tx, 5)] == [second, first]
        drafts.save(tx, first, {"amount": "4000"}, 2, NOW + 2 * DAY)
        assert [each.id for each in drafts.open_of(tx, 5)] == [first, second]
        assert drafts.close(tx, first, "saved", _record(tx, w))
        assert not drafts.close(tx, first, "cancelled")
        drafts.save(tx, first, answers, 3, NOW)
        closed = drafts.get(tx, first)
        assert closed is not None
        assert (closed.answers, closed.revision, closed.closed) == ({}, 2, "saved")
        assert drafts.expire(tx, NOW + DAY) == []
        assert drafts.expire(tx, NOW + 2 * DAY) == [second]
        assert drafts.open_of(tx, 5) == []

    await db.write(work)


async def test_a_chat_remembers_its_current_draft_and_that_a_group_was_told(there: tuple[Database, World]) -> None:
    db, _ = there

    def work(tx: Transaction) -> None:
        assert chats.current(tx, -5) is None
        assert not chats.group_told(tx, -5)
        chats.set_current(tx, -5, 3)
        chats.mark_group_told(tx, -5, NOW)
        assert chats.current(tx, -5) == 3
        assert chats.group_told(tx, -5)
        chats.set_current(tx, -5, None)
        assert chats.current(tx, -5) is None

    await db.write(work)


async def test_snoozes_are_counted_from_the_last_visit_on(there: tuple[Database, World]) -> None:
    db, w = there
    me = w.monitor.id

    def work(tx: Transaction) -> None:
        assert snoozes.last(tx, w.wang, me) is None
        for days in (0, 3):
            day = TODAY + days * DAY
            snoozes.insert(tx, household_id=w.wang, staff_id=me, on_day=day, until=day + 3 * DAY, reason="away")
        newest = snoozes.last(tx, w.wang, me)
        assert newest is not None
        assert (newest.until, newest.reason) == (TODAY + 6 * DAY, "away")
        assert snoozes.in_a_row(tx, w.wang, me) == 2
        assert snoozes.asleep(tx, me, TODAY + 5 * DAY) == {w.wang: TODAY + 6 * DAY}
        assert snoozes.asleep(tx, me, TODAY + 6 * DAY) == {}
        households.update(tx, w.wang, last_visit=TODAY + DAY)
        assert snoozes.in_a_row(tx, w.wang, me) == 1

    await db.write(work)


async def test_attachments_come_back_in_order(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        record = _record(tx, w)
        attachments.insert(tx, record, "photo", "file-id", NOW)
        attachments.insert(tx, record, "location", "25.1,102.1", NOW)
        assert [each.content for each in attachments.of_record(tx, record)] == ["file-id", "25.1,102.1"]

    await db.write(work)


async def test_a_household_needs_a_village_and_a_group_that_exist(there: tuple[Database, World]) -> None:
    db, w = there
    with pytest.raises(Conflict):
        await db.write(lambda tx: household(tx, "H0009", w.village_id, 999))
    with pytest.raises(Conflict):
        await db.write(lambda tx: people.insert(tx, Person(0, 999, "甲", HEAD)))
