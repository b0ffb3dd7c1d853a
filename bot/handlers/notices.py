"""What people are told when something on our side, or on Telegram's, goes wrong."""

import html
from dataclasses import replace
from datetime import datetime

from bot.delivery.hooks import Apology
from bot.domain import fitting
from bot.domain.about import NOTHING, About
from bot.domain.access import Action, scope_of
from bot.handlers.screen import Screen
from bot.handlers.turn import Shop
from bot.storage import outbox, staff
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.transaction import Transaction
from bot.texts import texts
from bot.usecases.still_allowed import reader_of


def _put(
    tx: Transaction, chat_id: int, text: str, at: datetime, *, staff_id: int | None, dedupe: str, about: About = NOTHING
) -> None:
    params = {"chat_id": chat_id, **Screen(text).params()}
    outgoing = Outgoing(chat_id, "sendMessage", params, OutKind.SCREEN, staff_id, dedupe=dedupe, about=about)
    outbox.put(tx, outgoing, at)


def apologise(tx: Transaction, shop: Shop, apology: Apology, at: datetime) -> None:
    """An update was set aside: say so with its reference and what would work; a tap is answered with it too."""
    chat_id = apology.chat_id
    person = staff.by_telegram(tx, chat_id)
    language = (person.language if person is not None else None) or shop.language
    text = texts.get(language, f"trouble-aside-{apology.why}", reference=apology.reference)
    if apology.tap is not None:
        params = {"callback_query_id": apology.tap, "text": text, "show_alert": True}
        outbox.put(tx, Outgoing(chat_id, "answerCallbackQuery", params, OutKind.ANSWER), at)
    if chat_id > 0:
        dedupe = f"aside:{apology.reference}"
        _put(tx, chat_id, text, at, staff_id=person.id if person is not None else None, dedupe=dedupe)


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
            name = fitting.escaped("name", person.name)
            text = texts.get(lead.language or shop.language, "unreachable-lead", name=name)
            key = f"unreachable:{staff_id}:{lead.id}:{at:%Y%m%d}"
            rests_on = About(scopes={Action.LIST: scope_of(lead, Action.LIST)})  # leads are told of their own people
            _put(tx, lead.telegram_id, text, at, staff_id=lead.id, dedupe=key, about=rests_on)


def withdrawn(tx: Transaction, shop: Shop, outgoing: Outgoing, written_at: datetime, at: datetime) -> None:
    """A message was not sent because its reader lost the right to it: every tap is answered, a question once.

    Who has lost the account is told nothing.
    """
    reader = reader_of(tx, outgoing)
    language = (reader.language if reader is not None else None) or shop.language
    if outgoing.kind is OutKind.ANSWER:
        text = html.unescape(texts.get(language, "withdrawn")) if reader is not None else ""
        params = {**outgoing.params, "text": text, "show_alert": bool(text)}
        staff_id = reader.id if reader is not None else None
        outbox.put(tx, replace(outgoing, params=params, staff_id=staff_id, about=NOTHING), at)
    elif reader is not None and outgoing.kind is not OutKind.REMINDER:
        key = f"withdrawn:{outgoing.chat_id}:{written_at.isoformat()}"
        _put(tx, outgoing.chat_id, texts.get(language, "withdrawn"), at, staff_id=reader.id, dedupe=key)
