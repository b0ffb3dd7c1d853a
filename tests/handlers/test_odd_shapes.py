"""Texts and numbers of any shape, on both databases: answered for what they are, never an outage, nothing set aside."""

from random import Random
from typing import Any

import pytest

from bot.delivery.updates import batch
from bot.domain import limits
from bot.handlers import callbacks
from bot.storage import inbox, outbox
from bot.storage.transaction import Transaction
from tests.delivery.rig import until
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import MONITOR, STRANGER, Town, answer, any_town  # noqa: F401 - fixture

USER = {"id": MONITOR, "is_bot": False, "first_name": "\ud83d光\0明"}
CHAT = {"id": MONITOR, "type": "private", "first_name": "\ud83d"}
UNSEEN = [
    "查 王\0老五",
    "查 王\u200b老五",
    "\ufeff查 王老五",
    "\u202e查 王老五\u202c",
    "查 王老\ud800五",
    "\x1b查\x00 王老五",
    "查\u2028王老五",
]
FORGED = [
    "show.2147483648.", "show.99999999999.", "show.9223372036854775807.", "show.9223372036854775808.", "show.-1.",
    "show.٣.", "show.².", "show.1\0.", "show.\ud800.", "show.0.", "undo.9999999999.", "phone.9999999999.",
    "resume.9999999999.", "attach.9999999999.", "solve.9999999999.", "receipt.9999999999.", "9999999999.1.save",
    "1.9999999999.save", "99999999999999999999.1.=ok", "1.1.=#9999999999", "١.1.save", "mute.9999999999.7",
    "snooze.9999999999.busy-1", "visit.9999999999.", "income.2147483647.", "show.2147483647.", "2147483647.1.save",
]  # fmt: skip


async def _arrives(town: Town, *events: dict[str, Any]) -> None:
    """Updates as a server with such content would send them, stored as received."""
    raws = [{"update_id": 900_000_000 + number, **event} for number, event in enumerate(events)]
    await town.write(lambda tx: inbox.store(tx, batch(raws), town.clock.now()))


def _message(text: str, **more: Any) -> dict[str, Any]:
    return {"message": {"message_id": 5_000_000, "date": 1710464400, "chat": CHAT, "from": USER, "text": text, **more}}


def _tap(number: str, data: str, **more: Any) -> dict[str, Any]:
    return {"callback_query": {"id": number, "from": USER, "data": data, **more}}


async def _set_aside(town: Town) -> int:
    def count(tx: Transaction) -> int:
        return inbox.count_aside(tx) + outbox.count_aside(tx)

    return int(await town.ruhu.db.read(count))


def _answered(town: Town) -> dict[str, str]:
    """What each tap was answered with."""
    calls = town.server.transcript.of("answerCallbackQuery")
    return {call.params["callback_query_id"]: call.params.get("text", "") for call in calls}


@pytest.mark.parametrize("text", UNSEEN)
async def test_a_name_with_something_unseen_in_it_is_found(any_town: Town, text: str) -> None:  # noqa: F811
    """NUL, zero width, turned directions, half a character: the same name, and the chat goes on."""
    me = any_town.person()
    await answer(me, "/help", "走访完了")
    await _arrives(any_town, _message(text))
    await me.wait_for("户编号", since=0)
    await answer(me, "待办", "今日待办")
    assert await _set_aside(any_town) == 0


async def test_a_forged_button_of_any_number_is_refused_and_answered(any_town: Town) -> None:  # noqa: F811
    """Beyond 32 and 64 bits, negative, digits of other scripts: 没有权限, exactly as for what is not there."""
    me = any_town.person()
    screen = await answer(me, "/help", "走访完了")
    message = {"message_id": screen.id, "date": 1710464400, "chat": CHAT}
    taps = [_tap(f"f{number}", data, message=message) for number, data in enumerate(FORGED)]
    await _arrives(any_town, *taps)
    await until(lambda: len(_answered(any_town)) == len(FORGED), 20)
    assert {data: _answered(any_town)[f"f{number}"][:4] for number, data in enumerate(FORGED)} == dict.fromkeys(
        FORGED, "没有权限"
    )
    assert await _set_aside(any_town) == 0


async def test_a_tap_whose_message_is_gone_is_done_in_a_new_message(any_town: Town) -> None:  # noqa: F811
    """Telegram sends no message, an inline one's id, or one out of reach with date 0."""
    me = any_town.person()
    await answer(me, "/help", "走访完了")
    wanted = f"show.{any_town.ids['王老五']}."
    gone = {"message_id": 1, "date": 0, "chat": CHAT}
    shapes: list[dict[str, Any]] = [{}, {"inline_message_id": "AAA"}, {"message": None}, {"message": gone}]
    await _arrives(any_town, *(_tap(f"g{number}", wanted, **shape) for number, shape in enumerate(shapes)))
    await me.wait_until(lambda: len(_answered(any_town)) == len(shapes), what="every answer")
    await me.wait_until(lambda: sum("户编号" in seen.text for seen in me.messages()) == len(shapes), what="every card")
    assert await _set_aside(any_town) == 0


async def test_names_captions_and_files_of_any_shape_are_read(any_town: Town) -> None:  # noqa: F811
    """A caption makes a draft, a place is offered; nothing of what cannot be stored is left in it."""
    me = any_town.person()
    await answer(me, "/help", "走访完了")
    photo = [{"file_id": "small"}, {"file_id": "f\ud800\0"}, "x"]
    caption = {"caption": "今天去王老\0五家,一切\ud800正常", "text": None, "photo": photo}
    await _arrives(any_town, {"message": {**_message("")["message"], **caption}})
    review = await me.wait_for("请确认", since=0)
    me.tap("保存", review)
    await me.wait_for("已保存走访")
    assert await _set_aside(any_town) == 0


async def test_a_picture_whose_id_is_longer_than_any_is_kept_by_nobody(any_town: Town) -> None:  # noqa: F811
    """Nothing without a limit is stored: it is answered like what cannot be kept; the next one is asked about."""
    me = any_town.person()
    review = await answer(me, "今天去王老五家,一切正常", "请确认")
    me.tap("保存", review)
    await me.wait_for("已保存走访")
    for number, (file, expected) in enumerate((("A" * 50_000, ""), ("A" * 255, "要放进"))):
        seen = len(me.messages())
        picture = {"text": None, "photo": [{"file_id": file}], "message_id": 5_000_001 + number}
        raw = {"message": _message("")["message"] | picture, "update_id": 920_000_000 + number}
        await any_town.write(lambda tx, raw=raw: inbox.store(tx, batch([raw]), any_town.clock.now()))
        await me.wait_until(lambda seen=seen: len(me.messages()) > seen, what="an answer")
        assert ("要放进" in me.messages()[-1].text) is bool(expected)
    assert await _set_aside(any_town) == 0


async def test_every_tap_of_a_flood_from_many_accounts_is_answered(any_town: Town) -> None:  # noqa: F811
    """Forged, old, without message, of groups and channels, of staff and strangers, all at once."""
    random, accounts = Random(5), [*range(MONITOR, MONITOR + 6), *range(5000, 5040)]
    verbs, numbers = [*callbacks._VERBS, "nonsense", "", "1"], ["0", "1", "5", "-1", "99999999999", "x", ""]
    taps = []
    for number in range(150):
        user = {"id": random.choice(accounts), "is_bot": False, "first_name": "x"}
        any_town.person(user["id"])
        chat = random.choice([{"id": user["id"], "type": "private"}] * 3 + [{"id": -100123, "type": "supergroup"}])
        message = random.choice(
            [{"message_id": random.randrange(1, 60), "date": 1710464400, "chat": chat}] * 3
            + [{"message_id": 5, "date": 0, "chat": chat}, {"message_id": 10**15, "date": 1, "chat": chat}, None]
        )
        args = random.choice(["", "8", "busy-1", "x" * 99])
        data = random.choice([f"{random.choice(verbs)}.{random.choice(numbers)}.{args}"] * 9 + [None, 5])
        taps.append(_tap(f"m{number}", data, **{"from": user, "message": message}))
    await _arrives(any_town, *taps)
    await until(lambda: len(_answered(any_town)) == len(taps), 60)
    assert await _set_aside(any_town) == 0


async def test_a_note_is_kept_without_what_no_database_keeps(any_town: Town) -> None:  # noqa: F811
    """NUL and half characters are left out; line breaks and joined emoji stay."""
    me = any_town.person()
    form = await answer(me, "走访 王老五", "情况如何")
    me.tap("有问题", form)
    me.tap("住房", await me.wait_for("哪里有问题"))
    me.tap("选好了", await me.wait_for(button="✓ 住房"))
    await me.wait_for("住房怎么了")
    await _arrives(any_town, _message("墙\0裂\ud800了\n👨\u200d👩\u200d👧"))
    me.tap("保存", await me.wait_for("请确认"))
    await me.wait_for("已保存走访")
    card = await answer(me, "查 王老五", "户编号")
    assert "墙裂了\n👨\u200d👩\u200d👧" in card.text
    assert await _set_aside(any_town) == 0


async def test_a_stranger_with_any_code_is_answered(any_town: Town) -> None:  # noqa: F811
    """A code with NUL, half characters or digits of another script is an unknown code."""
    them = any_town.person(STRANGER)
    me = {"from": {**USER, "id": STRANGER}, "chat": {**CHAT, "id": STRANGER}}
    await _arrives(
        any_town, *(_message(f"/start {code}", **me) for code in ("A\0B", "\ud800", "١٢٣٤٥٦٧٨٩٠", "A" * 4000))
    )
    await them.wait_until(lambda: len([seen for seen in them.messages() if seen.from_bot]) == 4, what="four answers")
    assert await _set_aside(any_town) == 0


async def test_a_date_that_cannot_be_is_today(any_town: Town) -> None:  # noqa: F811
    """Before Telegram, after tomorrow, no number: the day of arrival counts."""
    me = any_town.person()
    await answer(me, "/help", "走访完了")
    for number, moment in enumerate((0, -1, 1, 4_102_444_800, 10**30, "x", None)):
        raw = {**_message("待办", date=moment), "update_id": 910_000_000 + number}
        await any_town.write(lambda tx, raw=raw: inbox.store(tx, batch([raw]), any_town.clock.now()))
    await me.wait_until(lambda: sum("今日待办 3月15日" in seen.text for seen in me.messages()) == 7, what="seven lists")
    assert await _set_aside(any_town) == 0


REPEATED = ("家", "一", "查", "组", "1", "a", "、", "记账 ", "王老五家", "家 ", "五组", "不在家、撤销、")


@pytest.mark.parametrize("begin", ["", "查 ", "走访 ", "记账 ", "/find "])
async def test_a_word_over_and_over_is_answered_at_once(any_town: Town, begin: str) -> None:  # noqa: F811
    """However often it stands there: no apology, and nothing that would keep others waiting."""
    person = any_town.person()
    for word in REPEATED:
        text = (begin + word * limits.TYPED)[: limits.TYPED]
        shown = await answer(person, text, "")
        assert "E-" not in shown.text, word
    assert await any_town.ledger() == []
    assert await any_town.visits() == []
