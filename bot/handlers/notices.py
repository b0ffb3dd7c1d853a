"""What people are told when something on our side, or on Telegram's, goes wrong."""

import html
from datetime import datetime

from bot.handlers.screen import Screen
from bot.handlers.turn import Shop
from bot.storage import outbox, staff
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.transaction import Transaction
from bot.texts import texts


def _put(tx: Transaction, chat_id: int, text: str, at: datetime, *, staff_id: int | None, dedupe: str | None) -> None:
    params = {"chat_id": chat_id, **Screen(text).params()}
    outbox.put(tx, Outgoing(chat_id, "sendMessage", params, OutKind.SCREEN, staff_id, dedupe=dedupe), at)


def apologise(tx: Transaction, shop: Shop, chat_id: int, reference: str, at: datetime) -> None:
    """An update that cannot be handled was set aside: say so with its reference."""
    person = staff.by_telegram(tx, chat_id)
    language = (person.language if person is not None else None) or shop.language
    text = texts.get(language, "trouble-aside", reference=reference)
    _put(tx, chat_id, text, at, staff_id=person.id if person is not None else None, dedupe=f"aside:{reference}")


def trouble_text(shop: Shop, reference: str) -> str:
    """The database cannot be written just now; what was sent is kept and tried again."""
    return texts.get(shop.language, "trouble", reference=reference)


def tell_lead(tx: Transaction, shop: Shop, staff_id: int, at: datetime) -> None:
    """Somebody cannot be reached any more: their leads are told once a day at most."""
    person = staff.get(tx, staff_id)
    if person is None:
        return
    for lead in staff.leads_of(tx, person):
        if lead.telegram_id is not None and lead.reachable and lead.id != staff_id:
            text = texts.get(lead.language or shop.language, "unreachable-lead", name=html.escape(person.name))
            key = f"unreachable:{staff_id}:{lead.id}:{at:%Y%m%d}"
            _put(tx, lead.telegram_id, text, at, staff_id=lead.id, dedupe=key)
