"""What Telegram refuses for good: who is told, what is set aside."""

from datetime import timedelta

from bot.delivery import upkeep
from bot.domain.access import Scope
from bot.domain.staff import Role
from bot.storage import outbox, reach, staff
from bot.storage.outbox import Outgoing, OutKind
from tests.delivery.rig import Rig, message, say, settled, until

SCREEN, RECEIPT, REMINDER, ANSWER = OutKind.SCREEN, OutKind.RECEIPT, OutKind.REMINDER, OutKind.ANSWER


async def test_somebody_who_blocked_the_bot_is_marked_and_their_lead_told_once(rig: Rig) -> None:
    """However many messages are refused."""
    number = await rig.add_staff("杨光明", 1001, Role.MONITOR)
    await rig.add_staff("李主任", 2001, Role.VILLAGE)
    person, lead = rig.person(), rig.person(2001, "李主任")
    person.block()
    await rig.put(say("一", REMINDER, staff_id=number), say("二"), say("三", REMINDER, staff_id=number))
    async with rig.running():
        await lead.wait_for("联系不上 杨光明", since=0)
        await until(lambda: settled(rig))
    assert rig.leads_told == [number]
    assert [state for _, state in await rig.sent_states()] == ["unreachable"] * 3 + ["sent"]
    known = await rig.db.read(lambda tx: staff.get(tx, number))
    assert known is not None
    assert not known.reachable


async def test_who_was_not_reached_is_a_list_for_village_and_town(rig: Rig) -> None:
    """Those who block the bot, and those of whom it is not known."""
    here = await rig.add_staff("甲", 1, Role.MONITOR, "大村")
    there = await rig.add_staff("乙", 2, Role.MONITOR, "小村")
    await rig.add_staff("丙", 3, Role.MONITOR, "大村")
    for number in (1, 2, 3):
        rig.person(number)
    rig.person(1).block()
    rig.server.faults.add("hang", "sendMessage", chat_id=2)
    await rig.put(say("甲", REMINDER, 1, staff_id=here), say("乙", REMINDER, 2, staff_id=there), say("丙", SCREEN, 3))
    async with rig.running():
        await until(lambda: settled(rig))
    since = rig.server.clock.now() - timedelta(days=7)
    town = await rig.db.read(lambda tx: reach.not_reached(tx, Scope(everything=True), since))
    assert {(one.name, one.blocked, one.unknown, one.refused) for one in town} == {
        ("甲", True, 0, 1),
        ("乙", False, 1, 0),
    }
    village = await rig.db.read(lambda tx: reach.not_reached(tx, Scope(villages=frozenset({2})), since))
    assert [one.name for one in village] == ["乙"]


async def test_a_400_is_a_defect_set_aside_counted_and_owned_up_to(rig: Rig) -> None:
    """It is never sent again; the person hears of it and the log does not quote it."""
    person = rig.person()
    broken = Outgoing(1001, "sendMessage", message(1001, "<b>没关上", parse_mode="HTML"), SCREEN)
    await rig.put(broken, say("后面的"))
    async with rig.running() as delivery:
        apology = await person.wait_for("编号 E-", since=0)
        await person.wait_for("后面的", since=0)
        labels = {"kind": "screen", "verdict": "defect"}
        assert delivery.metrics.registry.get_sample_value("ruhu_sends_total", labels) == 1
    assert len(rig.server.transcript.of("sendMessage", applied=False)) == 1
    listed = await rig.db.read(lambda tx: upkeep.set_aside(tx, rig.server.clock.now() - timedelta(days=1)))
    assert [(one.where, one.what) for one in listed] == [("outbox", "sendMessage")]
    assert listed[0].reference in apology.text


async def test_an_apology_that_is_refused_is_not_apologised_for(rig: Rig) -> None:
    """No endless chain."""
    rig.person()
    broken = Outgoing(1001, "sendMessage", message(1001, "<b>没关上", parse_mode="HTML"), SCREEN)
    ids = await rig.put(broken)
    await rig.db.write(lambda tx: outbox.refer(tx, 0, "E-0001"))
    async with rig.running():
        await until(lambda: settled(rig))
    assert await rig.db.read(lambda tx: outbox.states(tx, ids)) == {ids[0]: "aside"}
    assert len(await rig.sent_states()) == 1
