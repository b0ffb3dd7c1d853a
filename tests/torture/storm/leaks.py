"""Whether anybody was shown a household outside their scope that they did not name themselves."""

import io
import json
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook

from bot.storage import staff, villages
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from tests.torture.storm.cast import Account, Held
from tests.torture.storm.field import Field


async def leaks(db: Database, field: Field) -> list[str]:
    """One line for each call that shows what it must not."""
    accounts = await db.read(lambda tx: {each.id: _as_bound(tx, each) for each in field.cast.accounts})
    hidden = {each.id: field.cast.hidden_from(each) - field.typed[each.id] for each in accounts.values()}
    everything = frozenset(secret for house in field.cast.houses for secret in house.secrets)
    found = []
    for chat_id, what, shown in _shown(field):
        if not any(sign in shown for sign in _SIGNS):
            continue
        for secret in hidden.get(chat_id, everything):
            if secret in shown:
                name = accounts[chat_id].name if chat_id in accounts else f"chat {chat_id}"
                found.append(f"{name} was shown {secret} by {what}: {shown[:300]}")
    return found


_SIGNS = ("璞", "鹞", "麒", "黛", "QX", "1390")


def _as_bound(tx: Transaction, account: Account) -> Account:
    """With the roles that the account has at the end; none was taken away in the storm."""
    person = staff.by_telegram(tx, account.id)
    if person is None or person.revoked:
        return account
    places = {village.id: village.name for village in villages.all_villages(tx)}
    groups = {group.id: group.name for place in places for group in villages.groups_of(tx, place)}
    held = tuple(
        Held(each.role, places.get(each.village_id or 0), (groups[each.group_id],) if each.group_id else ())
        for each in person.assignments
    )
    return Account(account.id, person.name, held)


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
