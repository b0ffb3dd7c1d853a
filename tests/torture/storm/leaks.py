"""Whether anybody was shown a household outside their scope that they did not name themselves."""

import html
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import text

from bot.domain.staff import Role, Staff
from bot.storage import staff, villages
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from tests.torture.storm.cast import Account, Held
from tests.torture.storm.field import Field


async def leaks(db: Database, field: Field) -> list[str]:
    """One line for each call that shows what it must not. What somebody noted about a household is not looked at."""
    accounts = await db.read(lambda tx: {each.id: _as_bound(tx, each) for each in field.cast.accounts})
    hidden = {each.id: field.cast.hidden_from(each) - field.typed[each.id] for each in accounts.values()}
    everything = frozenset(secret for house in field.cast.houses for secret in house.secrets)
    notes = sorted(field.notes, key=len, reverse=True)
    found = []
    for chat_id, what, shown in _shown(field):
        unknown = hidden.get(chat_id, everything)
        if not any(sign in shown for sign in _SIGNS) or not any(each in shown for each in unknown):
            continue
        rest = _without(html.unescape(shown), notes)
        for secret in unknown:
            if secret in rest:
                name = accounts[chat_id].name if chat_id in accounts else f"chat {chat_id}"
                found.append(f"{name} was shown {secret} by {what}: {rest[:600]}")
    return found


_SIGNS = ("璞", "鹞", "麒", "黛", "QX", "1390")


def _without(shown: str, notes: Iterable[str]) -> str:
    for note in notes:
        shown = shown.replace(note, "…")
    return shown


def _as_bound(tx: Transaction, account: Account) -> Account:
    """With the roles that the account has at the end, and those it had as a stand-in; none was taken away."""
    person = staff.by_telegram(tx, account.id)
    if person is None or person.revoked:
        return account
    held = [
        *_held(tx, person),
        *(each for absent in _stood_in_for(tx, person.id) for each in _held(tx, absent, lent=True)),
    ]
    return Account(account.id, person.name, tuple(held))


def _held(tx: Transaction, person: Staff, *, lent: bool = False) -> Iterator[Held]:
    places = {village.id: village.name for village in villages.all_villages(tx)}
    groups = {group.id: group for place in places for group in villages.groups_of(tx, place)}
    for each in person.assignments:
        group = groups.get(each.group_id or 0)
        village = places.get(group.village_id if group else each.village_id or 0)
        if not lent:
            yield Held(each.role, village, (group.name,) if group else ())
        elif each.role in (Role.MONITOR, Role.VILLAGE):
            yield Held(Role.MONITOR, village, (group.name,) if group else ())


def _stood_in_for(tx: Transaction, number: int) -> list[Staff]:
    """Whose households somebody had while they were on leave, at any time."""
    rows = tx.conn.execute(text("SELECT subject, details FROM audit WHERE action = 'staff.leave'"))
    absent = {row.subject for row in rows if json.loads(row.details).get("stand_in") == number}
    found = [staff.get(tx, int(subject.removeprefix("staff:"))) for subject in absent]
    return [each for each in found if each is not None]


def _shown(field: Field) -> Iterator[tuple[int, str, str]]:
    """Everything that went out: to whom, how, what."""
    taps = {tap.id: tap.user_id for tap in field.server.world.taps.values()}
    for call in field.server.transcript.calls:
        to = call.chat_id if call.chat_id is not None else taps.get(str(call.params.get("callback_query_id")))
        if to is not None:
            yield to, call.method, json.dumps(call.params, ensure_ascii=False)
    for account in field.cast.accounts:
        for message in field.server.bot_messages(account.id):
            if message.content.media and message.content.media[0] == "document":
                yield account.id, "a workbook", _cells(field, message.content.media[1])


def _cells(field: Field, document: dict[str, Any]) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(field.server.world.files.by_id[document["file_id"]].data))
    return " ".join(
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    )
