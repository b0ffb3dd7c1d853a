"""From what is due to the phone: the real outbox, transport and the sandbox's Telegram."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest_asyncio

from bot.reminders.remind import remind
from bot.reminders.tick import Ticker
from bot.sandbox.server import SandboxServer
from bot.storage import outbox, staff
from bot.storage.database import Transaction
from tests.delivery.rig import Rig, until
from tests.delivery.rig import rig as make_rig
from tests.support.grid import PACKS, Grid, ago, at
from tests.support.sandbox import clock, server

__all__ = ["clock", "server"]


@pytest_asyncio.fixture
async def rig(server: SandboxServer, tmp_path: Path) -> AsyncIterator[Rig]:
    """A bot to be started."""
    async with make_rig(server, tmp_path) as made:
        yield made


def village(tx: Transaction) -> None:
    grid = Grid(tx)
    for name, group in (("杨光明", "五组"), ("李秀兰", "二组")):
        grid.monitor(name, group)
        grid.house(f"{name}的户", group, last_visit=None, imported_on=ago(90))


async def lines_at(rig: Rig, moment: datetime) -> list[tuple[str, str]]:
    rig.server.clock.set(moment)
    async with rig.api() as api:
        delivery = rig.delivery(api)
        lines = await remind(rig.db, moment, dry_run=False, deliver=delivery.send_now, policies=PACKS)
    return [(line["person"], line["state"]) for line in lines]


async def test_remind_delivers_by_itself_and_says_who_could_not_be_reached(rig: Rig) -> None:
    await rig.db.write(village)
    first, second = rig.person(1001, "杨光明"), rig.person(1002, "李秀兰")
    second.block()
    assert await lines_at(rig, at(8, 30)) == [("杨光明", "sent"), ("李秀兰", "unreachable")]
    message = first.last
    assert message is not None
    assert "今日待办 3月15日 周五" in message.text
    assert "1 杨光明的户" in message.labels
    assert second.messages() == []
    assert not (await rig.db.read(lambda tx: staff.by_name(tx, "李秀兰"))).reachable  # type: ignore[union-attr]
    assert await lines_at(rig, at(8, 31)) == []


async def test_what_could_not_leave_before_the_quiet_hours_never_does_and_the_next_day_has_one_digest(rig: Rig) -> None:
    await rig.db.write(village)

    async def nothing_waits() -> bool:
        return not await rig.db.read(outbox.is_pending)

    person = rig.person(1001, "杨光明")
    rig.person(1002, "李秀兰")
    rig.server.clock.set(at(8, 30))
    ticker = Ticker(rig.db, rig.server.clock, PACKS)
    assert (await ticker.tick_now()).planned == 2
    rig.server.clock.set(at(21))  # the bot was down all day
    async with rig.running():
        await until(nothing_waits)
        assert person.messages() == []
    monday = at(8, 30, date(2024, 3, 18))
    assert await lines_at(rig, monday) == [("杨光明", "sent"), ("李秀兰", "sent")]
    assert [message.text.splitlines()[0] for message in person.messages()] == ["今日待办 3月18日 周一"]


async def test_a_played_moment_is_delivered_though_a_bot_beside_it_lives_in_another_time(rig: Rig) -> None:
    await rig.db.write(village)
    person = rig.person(1001, "杨光明")
    rig.person(1002, "李秀兰")
    rig.server.clock.set(at(9, day=date(2026, 3, 2)))
    async with rig.running() as delivery:
        lines = await remind(rig.db, at(8, 30), dry_run=False, deliver=delivery.send_now, policies=PACKS, played=True)
    assert [line["state"] for line in lines] == ["sent", "sent"]
    assert len(person.messages()) == 1
