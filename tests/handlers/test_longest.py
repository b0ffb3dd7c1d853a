"""Whatever is stored can be shown: every screen, button, list, digest, caption and binding with the longest values."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from bot.domain.checks import Check, CheckState, Mode
from bot.domain.income_kinds import Kind
from bot.domain.limits import BUTTON_BYTES, BUTTONS, CAPTION, LABEL, MESSAGE, NAME, NOTE, PLACE, TOAST
from bot.domain.records import Clue, Entry, Visit
from bot.domain.staff import Role
from bot.reminders.plan import enqueue, plan
from bot.sandbox.html import parse_html, utf16_length
from bot.storage import audit, clues, entries, inbox, invitations, outbox, people, records, visits
from bot.storage.invitations import Invitation
from bot.storage.schema import assignments, groups, households, staff, villages
from bot.storage.schema import people as people_table
from bot.storage.transaction import Transaction
from tests.delivery.rig import until
from tests.support import losing
from tests.support.grid import TODAY, at
from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import HELPER, LEAD, MONITOR, OFFICE, OTHER_MONITOR, STRANGER, VIEWER, Town, answer, serving

SIGNS = "<王>&😀"
OLDER = 4_000
"""Characters of a name that was imported before there were limits."""


def long(number: int, most: int, start: str = "") -> str:
    """So many characters, each value another, with signs that HTML and UTF-16 count differently."""
    begin = f"{start}{number}"
    return (begin + SIGNS * most)[:most]


def stretch(tx: Transaction, older: bool) -> None:
    """Every text of every household, member, place and staff member as long as it may be, or as older ones are."""
    name, place, note = (OLDER, OLDER, OLDER) if older else (NAME, PLACE, NOTE)
    for row in tx.conn.execute(select(people_table.c.id, people_table.c.name)).all():
        phone = f"139{row.id:08d}"
        people.update(tx, row.id, name=long(row.id, name, row.name), alias=(long(row.id, 20),), phone=phone)
    for table in (villages, groups):
        for id_ in tx.conn.scalars(select(table.c.id)).all():
            tx.conn.execute(update(table).where(table.c.id == id_).values(name=long(id_, place, "村")))
    helper = long(1, name, "李雪梅")
    tx.conn.execute(update(households).values(helper_name=helper, monitor_name=long(2, name, "杨光明")))
    for row in tx.conn.execute(select(staff.c.id, staff.c.name)).all():
        called = helper if row.name == "李雪梅" else long(row.id, name, row.name)
        tx.conn.execute(update(staff).where(staff.c.id == row.id).values(name=called))
    tx.conn.execute(update(assignments).values(unit=long(1, place)))
    for id_ in tx.conn.scalars(select(households.c.id)).all():
        _live(tx, id_, note)


def _live(tx: Transaction, household: int, note: int) -> None:
    """Problems, visits and money of a household, all with the longest words."""
    author = int(tx.conn.scalars(select(staff.c.id).limit(1)).one())
    for number, check in enumerate(Check):
        clues.insert(tx, Clue(0, household, check, TODAY - timedelta(number), long(number, note)))
        on = TODAY - timedelta(days=40 + number)
        record = records.insert(
            tx, number=records.next_number(tx, "V", on), household_id=household, author_id=author, at=at(9, day=on)
        )
        said = {check: CheckState.PROBLEM}
        visits.insert(tx, Visit(0, record, household, on, Mode.HOME, author, checks=said, note=long(number, note)))
        item = long(number, 40 if note == NOTE else note)
        entries.insert(
            tx, Entry(0, household, Kind.WAGE, item, 10**12, "2024-02", record, note=long(number, note), at=at(9))
        )


@pytest_asyncio.fixture(params=["older", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def stretched(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Town, losing.Material]]:
    """A town in which everything was done with one household, and then every text made as long as can be."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    async with serving(tmp_path / "data", url) as town:
        await town.write(lambda tx: (losing.settle(tx), losing._monitor(tx, town)))
        material = await losing.lived(town, town.person(MONITOR))
        await drained(town)
        await town.write(lambda tx: stretch(tx, older=request.param == "older"))
        yield town, material
        await drained(town)
        assert await town.ruhu.db.read(lambda tx: (inbox.count_aside(tx), outbox.count_aside(tx))) == (0, 0)
        assert await town.ruhu.db.read(audit.verify) is None
        check(town)


async def drained(town: Town) -> None:
    """Everything received is handled and everything written is settled."""
    await until(lambda: not len(town.server.world.updates), 60)

    async def quiet() -> bool:
        return await town.ruhu.db.read(lambda tx: inbox.depth(tx)[0] + outbox.depth(tx)[0]) == 0

    await until(quiet, 120)


def check(town: Town) -> None:
    """Each call of the bot is within Telegram's limits, counted as Telegram counts, and no tap is unanswered."""
    for call in town.server.transcript.calls:
        harmless = any(each in (call.error or "") for each in ("is not modified", "can't be edited"))
        assert call.status in {0, 200} or harmless, (call.method, call.error)
        for name, most in (("text", TOAST if call.method == "answerCallbackQuery" else MESSAGE), ("caption", CAPTION)):
            said = str(call.params.get(name, ""))
            shown = parse_html(said)[0] if call.params.get("parse_mode") == "HTML" else said
            assert utf16_length(shown) <= most
        markup = call.params.get("reply_markup") or {}
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        keys = [key for row in rows for key in row]
        assert len(keys) <= BUTTONS
        assert all(0 < utf16_length(key["text"]) <= LABEL for key in keys)
        assert all(len(key["callback_data"].encode()) <= BUTTON_BYTES for key in keys)
    assert [tap for tap in town.server.world.taps_of[MONITOR] if not tap.answered] == []


SHARED = pytest.param("postgresql", (MONITOR,), marks=pytest.mark.postgres)


@pytest.mark.parametrize(
    ("stretched", "roles"),
    [("older", (MONITOR,)), ("older", (LEAD, OFFICE)), ("older", (HELPER, VIEWER)), SHARED],
    indirect=["stretched"],
)
async def test_every_screen_arrives_with_the_longest_values(
    stretched: tuple[Town, losing.Material], roles: tuple[int, ...]
) -> None:
    """Every verb, command, quick form, free text, reply and picture, and every button that stands in the chat."""
    for role in roles:
        await _walk(*stretched, role)


async def _walk(town: Town, material: losing.Material, role: int) -> None:
    me = town.person(role)
    await answer(me, "/help")
    last = me.last
    assert last is not None
    for seen in [seen for seen in me.messages() if seen.from_bot]:
        for data in {button.data for button in seen.buttons if button.data}:
            me.tap_data(data, seen)
    for text in losing.texts():
        me.say(text)
    for data in losing.taps(material):
        me.tap_data(data, last)
    for receipt in material.receipts if role == MONITOR else []:
        for text in losing.REPLIES:
            me.reply_to(receipt, text)
    me.send_photo(caption=f"今天去{losing.HEAD}家,一切正常")
    await drained(town)


async def test_the_digest_of_everybody_arrives_with_the_longest_values(
    stretched: tuple[Town, losing.Material],
) -> None:
    """What is due, problems, late households, plans."""
    town, _ = stretched

    def digests(tx: Transaction) -> int:
        tx.conn.execute(update(households).values(next_due=TODAY - timedelta(days=40), last_visit=None))
        return len([enqueue(tx, each, at(9)) for each in plan(tx, at(9), town.ruhu.policies)])

    everybody = [town.person(each) for each in (MONITOR, OTHER_MONITOR, LEAD, OFFICE, HELPER)]
    assert await town.write(digests) >= 4
    await drained(town)
    for each in everybody[:4]:
        await each.wait_for("今日待办", since=0)


async def test_somebody_is_bound_whatever_the_names_are(stretched: tuple[Town, losing.Material]) -> None:
    """An invitation of any length of name, households of any length: bound, with a name to try."""
    town, _ = stretched
    name = "赵" * OLDER

    def invited(tx: Transaction) -> int:
        village = int(tx.conn.scalars(select(villages.c.id).order_by(villages.c.id).limit(1)).one())
        group = int(tx.conn.scalars(select(groups.c.id).order_by(groups.c.id).limit(1)).one())
        wanted = Invitation(0, Role.MONITOR, name, at(8), at(8) + timedelta(days=3), village, (group,))
        return invitations.insert_invitation(tx, "23456789AB", wanted)

    await town.write(invited)
    them = town.person(STRANGER)
    await answer(them, "/start 23456789AB", "绑定成功")
    await them.wait_for("查 ")
    await answer(them, "待办")


async def test_the_longest_values_are_exported_whole(stretched: tuple[Town, losing.Material]) -> None:
    """A cell takes 32,767 characters."""
    town, _ = stretched
    office = town.person(OFFICE)
    for kind in ("花名册", "台账", "走访"):
        menu = await answer(office, "/export", "")
        label = next((label for label in menu.labels if kind in label), menu.labels[0])
        office.tap(label, menu)
        await drained(town)
        sent = next(seen.document for seen in reversed(office.messages()) if seen.document)
        sheets = CalamineWorkbook.from_filelike(BytesIO(sent))
        cells = [str(cell) for row in sheets.get_sheet_by_index(0).to_python() for cell in row]
        assert any(len(cell) >= NAME and not cell.endswith("…") for cell in cells)
