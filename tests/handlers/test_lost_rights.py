"""Rights end at once: whoever has lost a household is shown nothing of it, and changes nothing of it, in any way."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import opened
from bot.handlers.routing import front_door
from bot.reading.asked import Asked, Missing
from bot.reminders.plan import enqueue, plan
from bot.storage import inbox, outbox
from bot.storage.transaction import Transaction
from tests.delivery.rig import until
from tests.support import losing
from tests.support.grid import at
from tests.support.losing import REPLIES, WAYS, Material, Way, leaks, rows_to
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import HELPER, MONITOR, OTHER_MONITOR, READERS, Town, serving

KINDS = [
    way for way in WAYS if way.name in {"revoked", "handed over", "moved to another group by import", "leave over"}
]
EACH_KIND = pytest.mark.parametrize("way", KINDS, ids=[way.name for way in KINDS])
"""One way of each kind: the account, the grid, the household, the day. Each walk takes half a minute."""
SILENT = {"hours", "hour", "language", "missed", "export", "listbelow", "listfalling", "listuninsured", "leave", "away"}
SILENT |= {"back", "noattach", "snoozeall", "saveall", "agree", "decline"}
"""Verbs whose answers say nothing of this household, whoever taps."""


@asynccontextmanager
async def having(folder: Path, way: Way, url: str | None = None) -> AsyncIterator[tuple[Town, Material]]:
    """A town in which somebody has the household and has done everything with it."""
    async with serving(folder / "data", url) as town:
        await town.write(lambda tx: (losing.settle(tx), way.give(tx, town)))
        yield town, await losing.lived(town, town.person(way.loser))


async def drained(town: Town) -> None:
    """Everything received is handled, everything written is settled."""
    await until(lambda: not len(town.server.world.updates), 30)
    depth = lambda tx: inbox.depth(tx)[0] + outbox.depth(tx)[0]  # noqa: E731 - read twice

    async def quiet() -> bool:
        return await town.ruhu.db.read(depth) == 0

    await until(quiet, 60)


def update(user_id: int, number: int, **content: Any) -> dict[str, Any]:
    """A raw message or tap of somebody."""
    sender, chat = {"id": user_id, "first_name": "某人"}, {"id": user_id, "type": "private"}
    if "data" in content:
        shown = {"message_id": 1, "chat": chat, "date": 0}
        return {"callback_query": {"id": str(number), "from": sender, "message": shown, **content}}
    moment = int(at(9).timestamp())
    return {"message": {"message_id": 9000 + number, "from": sender, "chat": chat, "date": moment, **content}}


def asked(material: Material, user_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Every update about the household with a name for it: taps, texts, replies, pictures."""
    photo = {"photo": [{"file_id": "abc"}]}
    replies = [(f"reply {text}", {"text": text, "reply_to_message": {"message_id": receipt.id}})
               for receipt in material.receipts for text in REPLIES]  # fmt: skip
    found = [(f"tap {data}", {"data": data}) for data in losing.taps(material)]
    found += [(f"say {text}", {"text": text}) for text in losing.texts()]
    found += [("photo", photo), ("place", {"location": {"latitude": 25.1, "longitude": 102.1}}), *replies]
    found += [("caption", photo | {"caption": f"今天去{losing.HEAD}家,一切正常"})]
    return [(name, update(user_id, number, **content)) for number, (name, content) in enumerate(found)]


async def written(town: Town, material: Material, way: Way) -> dict[str, list[int]]:
    """Handle every update while nothing is sent, plan the digest too; the outbox rows of each."""
    handle = front_door(town.ruhu.shop)

    def digests(tx: Transaction) -> list[int]:
        moment = at(9, 0)
        found = [enqueue(tx, each, moment) for each in plan(tx, moment, town.ruhu.policies)]
        return [row for row in found if row is not None]

    rows = {"digest": await town.write(digests)}

    def work(tx: Transaction, raw: dict[str, Any], readings: dict[Asked, Any]) -> list[int]:
        first = outbox.last_id(tx)
        handle(tx, raw, town.clock.now(), readings)
        return list(range(first + 1, outbox.last_id(tx) + 1))

    for name, raw in asked(material, way.loser):
        rows[name] = await _handled(town, lambda tx, readings, raw=raw: work(tx, raw, readings))
    return rows


async def _handled(town: Town, work: Callable[[Transaction, dict[Asked, Any]], list[int]]) -> list[int]:
    """One update, with what it wants to have read."""
    readings: dict[Asked, Any] = {}
    while True:
        try:
            return await town.write(lambda tx: work(tx, readings))
        except Missing as missing:
            households = missing.households
            readings[missing.asked] = await town.ruhu.readers.read(missing, lambda: town.ruhu.db.read(households))  # noqa: B023 - used at once


async def _walk_what_waits(folder: Path, ways: list[Way], url: str | None = None) -> None:
    """Write everything once; then lose it in each of these ways, each over a copy of what was written."""
    async with having(folder, ways[0], url) as (town, material):
        await drained(town)
        await town.halt()
        async with opened(town.settings, town.clock, readers=READERS) as town.ruhu:
            rows = await written(town, material, ways[0])
            waiting = {row.id: row for row in await rows_to(town, ways[0].loser) if row.state == "new"}
        telling = {row.id for row in waiting.values() if leaks(row.shown, [])}
        shows = {name for name, ids in rows.items() if telling & set(ids)}
        quiet = {verb for verb in losing.VERBS if not any(name.startswith(f"tap {verb}.") for name in shows)}
        assert quiet <= SILENT, "the walk is blind to them"
        assert "digest" in shows or ways[0].loser == HELPER, "helpers are told of plans only"
        assert len([name for name in shows if name.startswith("say")]) > 20
        kept = shutil.copytree(town.settings.data_dir, folder / "written")
        for way in ways:
            if way is not ways[0]:
                await town.halt()
                shutil.rmtree(town.settings.data_dir)
                shutil.copytree(kept, town.settings.data_dir)
            await _none_arrives(town, way, telling, max(waiting))


async def _none_arrives(town: Town, way: Way, telling: set[int], last: int) -> None:
    async with opened(town.settings, town.clock, readers=READERS) as town.ruhu:
        await way.lose(town)
    await town.start()
    await drained(town)
    after = {row.id: row for row in await rows_to(town, way.loser)}
    assert {after[id_].state for id_ in telling} == {"withdrawn"}, way.name
    newer = [row for row in after.values() if row.id > last and row.state == "sent"]
    assert [row for row in newer if leaks(row.shown, losing.texts())] == [], way.name
    assert bool(newer) is (way.name != "revoked"), "who still has an account is told, once a question"


@pytest.mark.parametrize("loser", [MONITOR, HELPER, OTHER_MONITOR])
async def test_what_was_asked_before_the_loss_does_not_arrive_after_it(tmp_path: Path, loser: int) -> None:
    """Every verb, command, text, reply, picture and the digest, written while the sender stands still."""
    await _walk_what_waits(tmp_path, [way for way in WAYS if way.loser == loser])


@pytest.mark.postgres
async def test_nor_on_a_shared_database(tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    await _walk_what_waits(tmp_path, [WAYS[1]], postgres_url)


@EACH_KIND
async def test_nothing_of_a_lost_household_is_shown_or_changed(tmp_path: Path, way: Way) -> None:
    """The same asked after the loss, and every button of every message that stands in the chat."""
    async with having(tmp_path, way) as (town, material):
        me = town.person(way.loser)
        await drained(town)
        await way.lose(town)
        before, mark = await losing.facts(town), max(row.id for row in await rows_to(town, way.loser))
        chat = [seen for seen in me.messages() if seen.from_bot]
        for seen in chat:
            shown = [seen.message.content, *seen.message.earlier]
            every = {key["callback_data"] for content in shown for keys in content.inline for key in keys}
            for data in sorted(every):
                me.tap_data(data, seen)
        for data in losing.taps(material):
            me.tap_data(data, chat[-1])
        for text in losing.texts():
            me.say(text)
        for receipt in material.receipts:
            for text in REPLIES:
                me.reply_to(receipt, text)
        me.send_photo()
        me.send_location()
        me.send_photo(caption=f"今天去{losing.HEAD}家,一切正常")
        await drained(town)
        said = [row for row in await rows_to(town, way.loser, mark) if row.state != "withdrawn"]
        assert len(said) > len(losing.texts())
        told = [row.shown for row in said if leaks(row.shown, losing.texts())]
        assert told == []
        assert await losing.facts(town) == before
