"""Every message that shows a household says that it is about it: looked at in whatever a test has made the bot say."""

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import select

from bot.domain import about, access
from bot.domain.about import About
from bot.domain.staff import Staff
from bot.storage import households, people, staff
from bot.storage.outbox import PURPOSE
from bot.storage.schema import outbox
from bot.storage.sealing import open_json
from bot.storage.transaction import Transaction


def untold(tx: Transaction) -> list[str]:
    """Names of households that stand in a message to somebody who sees them, and that the message is not about."""
    named = _named(tx)
    readers = {person.id: person for person in staff.all_staff(tx)}
    rows = tx.conn.execute(
        select(outbox).where(outbox.c.staff_id.in_(list(readers)), outbox.c.payload_sealed.is_not(None))
    )
    found = []
    for row in rows:
        content = open_json(tx.secrets, row.payload_sealed, PURPOSE)
        shown, said = about.read(content["about"]), _but_echo(words(content["params"]))
        for name, ids in named.items():
            if name in said and not _tells(shown, readers[row.staff_id], tx, ids):
                found.append(f"outbox {row.id} shows {name}: {said}")
    return found


def _named(tx: Transaction) -> dict[str, set[int]]:
    """The households by code and by the names of those who live there."""
    named = defaultdict(set)
    for home in households.list_for(tx, access.EVERYTHING, include_left=True):
        for name in (home.code, *(person.name for person in people.of_household(tx, home.id))):
            named[name].add(home.id)
    return named


def _tells(shown: About, reader: Staff, tx: Transaction, ids: set[int]) -> bool:
    if any(scope.everything for scope in shown.scopes.values()):
        return True
    seen = {home.id for home in households.by_ids(tx, ids) if access.sees(reader, home)}
    return not seen or any(ids & among for among in shown.households.values())


def _but_echo(said: str) -> str:
    """Without what the person typed themselves: 未找到“…”."""
    return re.sub("“[^”]*”", "", said) if "未找到" in said else said


def words(params: dict[str, Any]) -> str:
    """What is read of a call: text, caption, buttons."""
    keys = params.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([params.get("text", ""), params.get("caption", ""), *(key["text"] for row in keys for key in row)])
