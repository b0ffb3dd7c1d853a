"""What is sent soon after a visit is offered to it, never asked for."""

from datetime import timedelta

from bot.storage import attachments, records
from tests.support.town import Town, answer, tapped


async def test_a_photo_after_a_visit_is_offered_to_it(town: Town) -> None:
    """One tap puts it there, a second one changes nothing."""
    me = town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "一切正常", "请确认", form)
    await tapped(me, "保存", "已保存走访", form)
    me.send_photo()
    offer = await me.wait_for("要放进")
    data = offer.message.content.inline[0][0]["callback_data"]
    await tapped(me, "放进去", "已放进", offer)
    again = me.tap_data(data, offer)
    assert "已经处理过" in await me.wait_answer(again)

    def kept(tx: object) -> list[str]:
        record = records.by_number(tx, "V240315-01")  # type: ignore[arg-type]
        assert record is not None
        return [each.kind for each in attachments.of_record(tx, record.id)]  # type: ignore[arg-type]

    assert await town.ruhu.db.read(kept) == ["photo"]


async def test_later_or_without_a_visit_it_is_answered_in_words(town: Town) -> None:
    """A place with no visit before it, and one eleven minutes after: nothing is kept, the answer says what works."""
    me = town.person()
    me.send_location()
    await me.wait_for("先记走访")
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "一切正常", "请确认", form)
    await tapped(me, "保存", "已保存走访", form)
    town.clock.advance(timedelta(minutes=11))
    me.send_location()
    await me.wait_for("先记走访")
