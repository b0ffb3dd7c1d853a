"""Two hundred odd inputs: the process lives, the database is unchanged, each private message is answered."""

from datetime import timedelta
from typing import Any

from tests.support.town import Town, answer

GROUP = -100777

TEXTS = [
    "字" * 4096, "😀", "😀😀😀🎉", "<b>王老五</b>", "<script>alert(1)</script>", "&lt;&amp;", "a < b & c > d", "/", "//", "/unknown",
    "/find", "/find <b>", "/visit 😀", "/income", "/cancel", "/start", "/start x", "/start " + "A" * 64, "/undo", "/case", "/stats",
    "/export", "/settings", "/todo@ruhu_demo_bot", "/TODO", "/help me", ".", "…", "?", "???", "!!!", "\n\n\n", "   x   ", "\t", "\u200b",
    "0", "-1", "1e9", "NaN", "3500", "三千五", "1万2", "99999999999999999999", "2024-03-15", "昨天", "明天去", "null", "None", "True",
    "'; DROP TABLE households; --", '" OR 1=1', "%", "_", "%%%", "\\", "\u0000x", "\ufeff", "\u202eabc", "е́", "ﷺ", "𠮷野家", "ｗｌｗ",
    "{ $name }", "{0}", "%s %d", "${HOME}", "visit.1.", "1.1.save", "好", "谢谢", "在吗", "收到", "嗯嗯", "。。。", "、、", "“”", "()",
    "查", "查 ", "走访", "记账", "查询 ", "线索", "统计", "帮助", "撤销", "待办", "继续", "查 %", "查 _", "查 <b>", "查 " + "王" * 500,
    "走访 不存在的人", "记账 不存在的人 工资 3500", "记账 9999999", "走访 99999999999999999999", "http://example.invalid/?a=1&b=2",
    "BEGIN:VCARD", "x" * 4096, "<" * 4000, "&" * 4000, "\U0001f468‍\U0001f469‍\U0001f467", "٣٥٠٠", "Ⅻ", "①②③", "½", "㈠", "ㄅㄆㄇ",
]  # fmt: skip


def _odd_messages() -> list[dict[str, Any]]:
    """Contents of messages that are no text."""
    user = {"id": 1001, "is_bot": False, "first_name": "x"}
    file = {"file_id": "f", "file_unique_id": "u"}
    return [
        {"sticker": {**file, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"voice": {**file, "duration": 3}},
        {"video": {**file, "width": 1, "height": 1, "duration": 1}},
        {"audio": {**file, "duration": 1}},
        {"animation": {**file, "width": 1, "height": 1, "duration": 1}},
        {"video_note": {**file, "length": 1, "duration": 1}},
        {"contact": {"phone_number": "1", "first_name": "x"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "t", "address": "a"}},
        {"document": {**file}},
        {"document": {**file}, "caption": "<b>王老五</b>"},
        {"photo": [{**file, "width": 1, "height": 1}], "caption": "今天去王老五家,一切正常"},
        {"location": {"latitude": 91.0, "longitude": -181.0}},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
                  "type": "regular", "allows_multiple_answers": False}},
        {"text": "转发", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "谁"}},
        {"text": "x", "reply_to_message": {"message_id": 99999, "date": 1, "chat": {"id": 1001, "type": "private"}, "from": user}},
        {},
    ]  # fmt: skip


async def test_two_hundred_odd_inputs_change_nothing_and_are_answered(town: Town) -> None:
    """Texts of every kind, things that are no text, forged taps, edited messages, other chats."""
    me = town.person()
    first = await answer(me, "/help", "走访完了")
    before = await town.state()
    world = town.server.world
    sent = 0
    for text in TEXTS:
        await _answered(me, lambda text=text: _raw(world, {"text": text}))
        sent += 1
    for body in _odd_messages():
        town.clock.advance(timedelta(seconds=15))  # in a stream they would get one answer together
        await _answered(me, lambda body=body: _raw(world, body))
        sent += 1
    for number in range(50):
        data = ["x", "9.9.=ok", "visit.0.", "visit.999999999999999999.", "a" * 64, "1.1.edit.foo", "hour.0.99:99", "…"][
            number % 8
        ]
        tap = me.tap_data(data, first)
        await me.wait_answer(tap)
        sent += 1
    for _ in range(10):
        said = me.say("你好")
        await me.wait_until(lambda: me.last and not me.last.text.startswith("修改过"))
        await _answered(me, lambda said=said: me.edit(said, "今天去王老五家,一切正常"))
        me.say_in_group(GROUP, "查 王老五")
        sent += 3
    assert sent >= 200
    await answer(me, "查 王老五", "户编号")
    assert await town.state() == before
    assert (
        await town.ruhu.db.read(
            lambda tx: tx.conn.exec_driver_sql("SELECT count(*) FROM inbox WHERE state='aside'").scalar()
        )
        == 0
    )
    assert (
        await town.ruhu.db.read(
            lambda tx: tx.conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE state='aside'").scalar()
        )
        == 0
    )


async def _answered(me: Any, act: Any) -> None:
    """Do it, and wait for a new message of the bot."""
    count = len([each for each in me.messages() if each.from_bot])
    act()
    await me.wait_until(lambda: len([each for each in me.messages() if each.from_bot]) > count, what="any answer")


def _raw(world: Any, body: dict[str, Any]) -> None:
    """An update with a message body of our own making."""
    user = {"id": 1001, "is_bot": False, "first_name": "x"}
    chat = {"id": 1001, "type": "private", "first_name": "x"}
    world.updates.add(
        "message", 1001, {"message_id": 5_000_000, "date": 1710464400, "chat": chat, "from": user, **body}
    )
