"""Something between the bot and Telegram answers, or breaks off: the bot goes on, nothing lost or doubled."""

import asyncio
import logging
from dataclasses import replace

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.delivery.outcomes import Verdict, outcome_of
from bot.delivery.transport import AiohttpRequest, BotApi, NoAnswer, NotConnected
from bot.domain.staff import Role
from bot.storage import staff
from tests.delivery.rig import QUICK, Rig, say, texts, until
from tests.support.between import BAD, Between

CERTAINLY_NOT = {"403 page", "401 page", "404 page", "407", "511", "400 empty", "redirect"}


@pytest.mark.parametrize("name", BAD)
async def test_only_the_bot_api_can_refuse_a_call(rig: Rig, name: str) -> None:
    """Never blocked, never a wrong token, never a message that is dropped as wrong."""
    rig.person()
    async with Between(rig.server.port) as between, _through(rig, between) as api:
        between.spoil("sendMessage", name, 1)
        with pytest.raises(TelegramError) as caught:
            await api.call("sendMessage", {"chat_id": 1001, "text": "私事"})
    assert not isinstance(caught.value, Forbidden | InvalidToken | BadRequest)
    assert isinstance(caught.value, NotConnected) == (name in CERTAINLY_NOT)
    verdict = outcome_of(caught.value).verdict
    assert verdict in {Verdict.OFFLINE, Verdict.UNKNOWN, Verdict.REFUSED, Verdict.FLOOD}
    assert "私事" not in repr(caught.value)
    assert rig.server.token not in repr(caught.value) + repr(caught.value.__cause__)


def _through(rig: Rig, between: Between) -> BotApi:
    return BotApi(rig.server.token, AiohttpRequest(answer_seconds=0.4, connect_seconds=1), between.root)


@pytest.mark.parametrize("name", BAD)
async def test_the_bot_goes_on_and_nothing_is_lost_or_doubled(
    rig: Rig, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Bad at the start, while updates are asked for, and while the answer is sent."""
    caplog.set_level(logging.INFO)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)  # the sandbox's own
    person = rig.person()
    staff_id = await rig.add_staff("杨光明", 1001, Role.MONITOR)
    async with Between(rig.server.port) as between:
        rig.root = between.root
        between.spoil("deleteWebhook", name)
        async with rig.running() as delivery:
            await until(lambda: delivery._receiver.is_connected)
            between.spoil("getUpdates", name)
            person.say("你好")
            between.spoil("sendMessage", name)
            await until(lambda: "收到 你好" in texts(rig), 20)
            await until(lambda: between.hits == 6)
            [document] = await rig.put(replace(say("表"), method="sendDocument", file={"export": "x", "staff": 1}))
            between.spoil("sendDocument", name)
            delivery.wake()
            await until(lambda: between.hits == 8, 20)
            await until(lambda: rig.sent_states_are({"sent"}), 20)
    assert texts(rig).count("收到 你好") == 1
    assert [text for _, text in rig.echo.seen] == ["你好"]
    kept = await rig.db.read(lambda tx: staff.get(tx, staff_id))
    assert kept is not None
    assert kept.reachable
    assert rig.server.token not in caplog.text
    assert "Traceback" not in caplog.text
    assert document


async def test_a_page_instead_of_a_file_is_no_file(rig: Rig) -> None:
    async with Between(rig.server.port) as between, _through(rig, between) as api:
        for name in ("200 page", "redirect", "502 page", "cut body"):
            between.spoil("x.jpg", name, 1)
            with pytest.raises((NoAnswer, NotConnected)):
                await api.download("photos/x.jpg")


async def test_an_answer_without_end_is_cut_off(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.transport.MOST_BYTES", 100_000)
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b"[" * 1_000_000
    async with Between(rig.server.port) as between, _through(rig, between) as api:
        between.spoilt["getMe"].append(endless)
        with pytest.raises(NoAnswer):
            await api.call("getMe")


async def test_updates_that_are_no_list_do_not_make_the_bot_ask_without_pause(rig: Rig) -> None:
    async with Between(rig.server.port) as between:
        rig.root, rig.limits = between.root, replace(QUICK, backoff_first=0.5)
        body = b'{"ok":true,"result":{}}'
        odd = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
        between.spoilt["getUpdates"] += [odd] * 1000
        async with rig.running():
            await asyncio.sleep(1)
        assert between.hits < 8
