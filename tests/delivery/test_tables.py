"""The two tables do the same on both databases."""

from datetime import timedelta

from bot.domain.access import Scope
from bot.domain.staff import Role
from bot.storage import inbox, outbox, reach, staff
from bot.storage.database import Database
from bot.storage.inbox import Incoming, Why
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.savepoint import attempt
from bot.storage.transaction import Transaction
from tests.support.storage import (
    EVERYTHING,
    NOW,
    any_db,
    any_url,
    database_file,
    database_url,
    migrated_file,
    migrated_postgres,
    postgres_server,
    postgres_url,
    world,
)

__all__ = [
    "any_db", "any_url", "database_file", "database_url", "migrated_file", "migrated_postgres", "postgres_server",
    "postgres_url",
]  # fmt: skip

LATER = NOW + timedelta(minutes=5)


def message(chat_id: int, kind: OutKind, **more: object) -> Outgoing:
    """A message of which only the row matters."""
    return Outgoing(chat_id, "sendMessage", {"chat_id": chat_id, "text": "话"}, kind, **more)  # type: ignore[arg-type]


async def test_updates_are_kept_once_and_taken_in_order(any_db: Database) -> None:
    """Known numbers are dropped, new ones told; the oldest of a chat comes first."""
    first = [Incoming(7, 1, '{"a": 1}'), Incoming(8, 2, "{}"), Incoming(9, 1, "{}")]
    assert sorted(await any_db.write(lambda tx: inbox.store(tx, first, NOW))) == [1, 1, 2]
    assert await any_db.write(lambda tx: inbox.store(tx, [*first, Incoming(3, 1, "{}")], LATER)) == [1]
    assert sorted(await any_db.read(inbox.waiting_chats)) == [1, 2]

    def work(tx: Transaction) -> list[int]:
        order = []
        while (stored := inbox.first_of(tx, 1)) is not None:
            order.append(stored.update_id)
            inbox.finish(tx, stored.update_id, LATER)
        return order

    assert await any_db.write(work) == [7, 9, 3]
    assert await any_db.read(inbox.depth) == (1, NOW)
    assert await any_db.write(lambda tx: inbox.set_aside(tx, 8, "E-4f2a", LATER, Why.FAILED))
    assert not await any_db.write(lambda tx: inbox.set_aside(tx, 8, "E-4f2b", LATER, Why.FAILED))
    assert [one.reference for one in await any_db.read(lambda tx: inbox.asides(tx, NOW))] == ["E-4f2a"]
    assert await any_db.write(lambda tx: inbox.erase(tx, LATER + timedelta(days=1))) == 4


async def test_a_message_goes_to_one_claim_only_and_lanes_have_one_head(any_db: Database) -> None:
    """Answers to taps have a lane of their own; a second claim gets nothing."""
    wanted = [
        message(1, OutKind.SCREEN, dedupe="a"),
        message(1, OutKind.RECEIPT),
        message(1, OutKind.ANSWER),
        message(2, OutKind.REMINDER),
    ]
    ids = await any_db.write(lambda tx: [outbox.put(tx, one, NOW) for one in wanted])
    assert await any_db.write(lambda tx: outbox.put(tx, wanted[0], NOW)) is None
    assert all(isinstance(one, int) for one in ids)
    heads = await any_db.read(outbox.heads)
    assert {head.id for head in heads} == {ids[0], ids[2], ids[3]}
    assert [head.id for head in await any_db.read(lambda tx: outbox.heads(tx, [ids[1]]))] == [ids[1]]
    numbers = [head.id for head in heads]
    taken = await any_db.write(lambda tx: outbox.claim(tx, numbers, NOW, LATER))
    assert sorted(one.id for one in taken) == sorted(numbers)
    assert await any_db.write(lambda tx: outbox.claim(tx, numbers, NOW, LATER)) == []


async def test_a_start_settles_what_was_on_its_way(any_db: Database) -> None:
    """Reminders become unknown, all else is sent again; a running lease is left alone when asked."""
    kinds = list(OutKind)
    ids = await any_db.write(lambda tx: [outbox.put(tx, message(1, kind), NOW) or 0 for kind in kinds])
    await any_db.write(lambda tx: outbox.claim(tx, ids, NOW, LATER))
    assert await any_db.write(lambda tx: outbox.recover(tx, NOW, expired_only=True)) == 0
    assert await any_db.write(lambda tx: outbox.recover(tx, NOW, mine=ids[:1])) == 3
    states = await any_db.read(lambda tx: outbox.states(tx, ids))
    by_kind = {kind: states[number] for kind, number in zip(kinds, ids, strict=True)}
    assert by_kind == {
        OutKind.SCREEN: "sending",
        OutKind.RECEIPT: "new",
        OutKind.REMINDER: "unknown",
        OutKind.ANSWER: "new",
    }


async def test_whoever_is_lost_is_news_once_until_they_write(any_db: Database) -> None:
    """The lead is told once; coming back makes the next loss news again."""
    monitor = (await any_db.write(world)).monitor
    await any_db.write(lambda tx: staff.bind(tx, monitor.id, 77, NOW))
    assert await any_db.write(lambda tx: reach.lost(tx, 77, None)) == monitor.id
    assert await any_db.write(lambda tx: reach.lost(tx, 77, monitor.id)) is None
    listed = await any_db.read(lambda tx: reach.not_reached(tx, EVERYTHING, NOW))
    assert [(one.name, one.blocked) for one in listed] == [("张网格", True)]
    assert await any_db.read(lambda tx: reach.not_reached(tx, Scope(groups=frozenset({999})), NOW)) == []
    assert monitor.roles == {Role.MONITOR}
    assert await any_db.write(lambda tx: reach.heard_from(tx, 77))
    assert not await any_db.write(lambda tx: reach.heard_from(tx, 77))


async def test_a_part_that_fails_is_undone_alone(any_db: Database) -> None:
    """An apology that cannot be written does not undo that the update was set aside."""

    def work(tx: Transaction) -> Exception | None:
        outbox.put(tx, message(1, OutKind.SCREEN), NOW)

        def part() -> None:
            outbox.put(tx, message(2, OutKind.SCREEN), NOW)
            raise LookupError

        return attempt(tx, part)

    assert isinstance(await any_db.write(work), LookupError)
    assert [head.chat_id for head in await any_db.read(outbox.heads)] == [1]
