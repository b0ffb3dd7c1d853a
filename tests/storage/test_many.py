"""Many at once: bulk inserts keep their order, numbers and the chain hold, hot queries use indexes."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.households import Category, Household
from bot.domain.income_kinds import Kind
from bot.domain.people import HEAD, Person
from bot.domain.records import Entry
from bot.storage import audit, entries, households, people, records, villages
from bot.storage.database import Database, Transaction
from tests.support.storage import EVERYTHING, NOW, SECRETS, TODAY

TOWNSHIP = 700


def _township(tx: Transaction) -> None:
    village = villages.ensure(tx, "大石村")
    group = villages.ensure_group(tx, village.id, "5组").id
    new = [
        Household(0, f"H{n:05d}", village.id, "", group, "", Category.LIFTED, head="", members=0)
        for n in range(TOWNSHIP)
    ]
    ids = households.insert_many(tx, new)
    persons = [
        Person(0, id_, f"户主{n}", HEAD, id_number=f"5323311980{n:08d}", phone=f"138{n:08d}")
        for n, id_ in enumerate(ids)
    ]
    people.insert_many(tx, persons)
    people.insert_many(tx, [Person(0, id_, f"成员{n}", "其他") for n, id_ in enumerate(ids)])
    entries.insert_many(tx, [Entry(0, id_, Kind.WAGE, None, id_, "2024-01", at=NOW) for id_ in ids])


async def test_bulk_inserts_keep_each_person_in_the_right_household(any_db: Database) -> None:
    await any_db.write(_township)
    found = await any_db.read(lambda tx: households.list_for(tx, EVERYTHING))
    assert [each.code for each in found] == [f"H{n:05d}" for n in range(TOWNSHIP)]
    assert all(each.head == f"户主{n}" and each.members == 2 for n, each in enumerate(found))
    opened = await any_db.read(lambda tx: people.of_household(tx, found[123].id, opened=True))
    assert (opened[0].id_number, opened[1].name) == ("532331198000000123", "成员123")
    sums = await any_db.read(lambda tx: entries.sums_by_household(tx, EVERYTHING, "2023-10", "2024-09"))
    assert sums == {each.id: [(Kind.WAGE, None, each.id)] for each in found}


async def test_nothing_at_all_can_be_inserted_in_bulk(any_db: Database) -> None:
    def work(tx: Transaction) -> None:
        assert households.insert_many(tx, []) == people.insert_many(tx, []) == []
        entries.insert_many(tx, [])
        assert entries.insert_imported(tx, []) == 0
        households.set_due_many(tx, [])

    await any_db.write(work)


async def test_two_programs_at_once_number_and_chain_without_gaps(any_db: Database, any_url: str) -> None:
    def work(tx: Transaction) -> str:
        number = records.next_number(tx, "V", TODAY)
        audit.append(tx, actor="system", action="visit", subject=f"record:{number}", at=NOW)
        return number

    async with await Database.open(any_url, SECRETS) as other:
        numbers = await asyncio.gather(*(each.write(work) for each in (any_db, other) * 15))
    assert sorted(numbers) == [f"V240315-{n:02d}" for n in range(1, 31)]
    assert await any_db.read(audit.verify) is None


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT id FROM households WHERE left_on IS NULL AND next_due <= '2024-03-15'", "ix_households_due"),
        ("SELECT id FROM people WHERE id_tail_mark = x'00'", "ix_people_id_tail_mark"),
        ("SELECT id FROM people WHERE phone_tail_mark = x'00'", "ix_people_phone_tail_mark"),
        ("SELECT id FROM people WHERE id_number_mark = x'00'", "sqlite_autoindex_people"),
        ("SELECT id FROM memberships WHERE person_id = 1 AND left_on IS NULL", "uq_memberships_open"),
        ("SELECT id FROM entries WHERE household_id = 1 AND month >= '2024-01'", "ix_entries_household"),
        ("SELECT max(visited_on) FROM visits WHERE household_id = 1", "ix_visits_household"),
        ("SELECT id FROM clues WHERE household_id = 1 AND closed_on IS NULL", "ix_clues_household"),
    ],
)
async def test_hot_queries_use_their_index(db: Database, statement: str, index: str) -> None:
    plan = await db.read(lambda tx: [row[3] for row in tx.conn.execute(text("EXPLAIN QUERY PLAN " + statement))])
    assert any(index in line for line in plan), plan
