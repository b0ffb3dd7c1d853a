"""Somebody who cannot be reached: marked, their lead told once, listed for the village and the town."""

from tests.support.town import LEAD, Town, answer, tapped


async def test_who_blocks_the_bot_is_told_to_the_lead_once_and_listed(town: Town) -> None:
    """The lead gets one line; /stats counts, 谁没收到 names; any message from the person clears it."""
    me, lead = town.person(), town.person(LEAD)
    await answer(lead, "/help", "走访完了")
    await answer(me, "走访 王老五", "情况如何")
    me.block()
    await lead.wait_until(
        lambda: any("杨光明的消息送不到" in each.text for each in lead.messages()), what="the notice", timeout=10
    )
    stats = await answer(lead, "统计", "户数")
    assert "没收到消息的 1 人" in stats.text
    missed = await tapped(lead, "谁没收到", "近7天没收到消息的人", stats)
    assert "杨光明" in missed.text
    me.unblock()
    await answer(me, "查 王老五", "户编号")
    assert "没收到消息的" not in (await answer(lead, "统计", "户数")).text
    assert sum("送不到" in each.text for each in lead.messages()) == 1
