"""What becomes of a message that its reader may not see any more: a document, a digest, a word about a colleague."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.bootstrap import opened
from bot.domain.staff import Assignment, Role
from bot.handlers.notices import tell_lead
from bot.handlers.routing import front_door
from bot.reminders.plan import enqueue, plan
from bot.reminders.planned import Planned
from bot.storage import households, outbox, staff
from bot.storage.schema import outbox as table
from bot.storage.transaction import Transaction
from tests.delivery.rig import until
from tests.support.grid import Grid, at
from tests.support.town import LEAD, MONITOR, Town

Work = Callable[[Transaction], Any]


async def _between(town: Town, before: Work, loss: Work) -> None:
    """Write `before` while nothing is sent, then commit the loss, then send."""
    await town.halt()
    async with opened(town.settings, town.clock) as ruhu:
        await ruhu.db.write(before)
        await ruhu.db.write(loss)
    await town.start()
    await until(lambda: town.ruhu.db.read(lambda tx: outbox.depth(tx)[0] == 0), 20)


async def _states(town: Town, chat_id: int) -> list[str]:
    query = select(table.c.state).where(table.c.chat_id == chat_id, table.c.kind != "answer").order_by(table.c.id)
    return await town.ruhu.db.read(lambda tx: list(tx.conn.scalars(query)))


def _export(town: Town) -> Work:
    sender, chat = {"id": LEAD, "first_name": "某人"}, {"id": LEAD, "type": "private"}
    query = {
        "id": "1",
        "from": sender,
        "message": {"message_id": 1, "chat": chat, "date": 0},
        "data": "export.0.roster",
    }
    return lambda tx: front_door(town.ruhu.shop)(tx, {"callback_query": query}, town.clock.now(), {})


def _without(town: Town, user_id: int, village: str) -> Work:
    """Take a village's lead away."""

    def work(tx: Transaction) -> None:
        person, place = staff.by_telegram(tx, user_id), Grid(tx).village_id(village)
        assert person is not None
        gone = [each.id for each in person.assignments if each.village_id == place and each.id is not None]
        staff.close_assignments(tx, person.id, town.clock.now(), gone)

    return work


async def test_a_workbook_asked_for_before_the_role_was_lost_is_not_sent(town: Town) -> None:
    """The person is told once; no apology, for nothing is broken."""
    lead = town.person(LEAD)
    await _between(town, _export(town), _without(town, LEAD, "东河村"))
    assert [seen.document for seen in lead.messages() if seen.document] == []
    assert await _states(town, LEAD) == ["withdrawn", "sent"]
    assert "没有权限" in lead.messages()[-1].text


async def test_a_workbook_holds_what_the_person_sees_when_it_is_sent(town: Town) -> None:
    """Two villages when it was asked for, one when it was built."""

    def ask(tx: Transaction) -> None:
        person = staff.by_telegram(tx, LEAD)
        assert person is not None
        staff.add_assignment(tx, person.id, Assignment(Role.VILLAGE, Grid(tx).village_id("西山村")), town.clock.now())
        _export(town)(tx)

    lead = town.person(LEAD)
    await _between(town, ask, _without(town, LEAD, "东河村"))
    (document,) = [seen.document for seen in lead.messages() if seen.document]
    sheets = load_workbook(BytesIO(document))
    cells = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "周德贵" in cells
    assert "王老五" not in cells


@pytest.mark.parametrize("moved", [True, False])
async def test_a_digest_with_a_household_that_is_gone_is_made_anew_without_it(town: Town, moved: bool) -> None:
    """Nothing is lost: the same day's digest comes with the others; it is not made twice when nothing was lost."""
    me = town.person()

    def planned(tx: Transaction) -> list[Planned]:
        return [each for each in plan(tx, at(9), town.ruhu.policies) if each.chat_id == MONITOR]

    def move(tx: Transaction) -> None:
        if moved:
            households.move_group(tx, town.ids["王老五"], Grid(tx).group("九组"), at(9).date())

    await _between(town, lambda tx: [enqueue(tx, each, at(9)) for each in planned(tx)], move)
    again = await town.ruhu.db.read(planned)
    assert bool(again) is moved
    assert await _states(town, MONITOR) == (["withdrawn"] if moved else ["sent"])
    await town.write(lambda tx: [enqueue(tx, each, at(9)) for each in again])
    digest = await me.wait_for("今日待办", since=0)
    assert ("王老五" in digest.text) is not moved
    assert "张三" in digest.text


async def test_a_lead_no_longer_hears_of_people_who_were_theirs(town: Town) -> None:
    """A word about a colleague waits when the role is taken away."""
    lead = town.person(LEAD)

    def tell(tx: Transaction) -> None:
        person = staff.by_telegram(tx, MONITOR)
        assert person is not None
        tell_lead(tx, town.ruhu.shop, person.id, town.clock.now())

    await _between(town, tell, _without(town, LEAD, "东河村"))
    assert not any("杨光明" in seen.text for seen in lead.messages())
    assert await _states(town, LEAD) == ["withdrawn", "sent"]
