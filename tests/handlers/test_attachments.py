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


async def test_a_photo_with_words_is_one_record(town: Town) -> None:
    """The caption is read like a message; the picture goes into the visit when it is saved."""
    me = town.person()
    me.send_photo(caption="今天去王老五家,一切正常")
    review = await me.wait_for("请确认")
    await tapped(me, "保存", "已保存走访", review)

    def kept(tx: object) -> list[str]:
        record = records.by_number(tx, "V240315-01")  # type: ignore[arg-type]
        assert record is not None
        return [each.kind for each in attachments.of_record(tx, record.id)]  # type: ignore[arg-type]

    assert await town.ruhu.db.read(kept) == ["photo"]


async def test_a_sentence_after_a_visit_can_go_into_it(town: Town) -> None:
    """It is not understood as a record, says so, and offers the visit; without a visit nothing is offered."""
    me = town.person()
    assert not (await answer(me, "这几天村里在修路不好走", "没看懂")).labels
    form = await answer(me, "走访 王老五", "情况如何")
    await tapped(me, "一切正常", "请确认", form)
    await tapped(me, "保存", "已保存走访", form)
    offer = await answer(me, "这几天村里在修路不好走", "没看懂")
    await tapped(me, "记到王老五的走访里", "已放进", offer)


async def test_a_problem_seen_again_stays_one_problem(town: Town) -> None:
    """The second visit keeps its words and opens no second clue; undoing the first leaves the problem open."""
    from bot.storage import clues

    me = town.person()
    first = await answer(me, "昨天去王老五家,房子漏雨", "请确认")
    first = await tapped(me, "保存", "住房问题已记下", first)
    second = await answer(me, "今天去王老五家,房子还在漏雨", "请确认")
    await tapped(me, "保存", "住房问题已记下", second)
    (clue,) = await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))
    await tapped(me, "撤销", "已撤销", first)
    (after,) = await town.ruhu.db.read(lambda tx: clues.open_of(tx, town.ids["王老五"]))
    assert clue.id != after.id
