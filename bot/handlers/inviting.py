"""A code used under another name: the town is asked, decides by a tap, and the person hears of it."""

import html
from datetime import datetime

from bot.domain.about import NOTHING, About
from bot.domain.access import Action, scope_of
from bot.domain.errors import Refused
from bot.domain.staff import Role, Staff
from bot.forms.buttons import Tap, encode
from bot.handlers.screen import Screen
from bot.handlers.turn import Shop, Turn
from bot.storage import invitations, outbox, staff, villages
from bot.storage.invitations import Invitation
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.transaction import Transaction
from bot.texts import texts
from bot.usecases.confirm import Decided, decide


def ask_town(tx: Transaction, shop: Shop, asker: Staff, invitation: Invitation, at: datetime) -> None:
    """Everybody of the town office who can be reached is asked, once; not the asker."""
    for person in staff.with_role(tx, Role.TOWN):
        if person.telegram_id is None or person.id == asker.id:
            continue
        language = person.language or shop.language
        names = {"asker": html.escape(asker.name), "name": html.escape(invitation.name)}
        text = texts.get(language, "confirm-ask", role=_role(tx, invitation, language), **names)
        buttons = tuple(
            (texts.get(language, f"button-{verb}"), encode(verb, invitation.id, str(asker.id)))
            for verb in ("agree", "decline")
        )
        rests_on = About(scopes={Action.INVITE: scope_of(person, Action.INVITE)})
        key = f"asked:{invitation.id}:{asker.id}:{person.id}"
        _put(tx, person, Screen(text, (buttons,)), at, key, rests_on)


def tell_asker(tx: Transaction, shop: Shop, decided: Decided, at: datetime) -> None:
    """The decision, in plain words."""
    asker, invitation = decided.asker, decided.invitation
    if asker.telegram_id is not None:
        language = asker.language or shop.language
        text = "told-given" if decided.agreed else "told-declined"
        screen = Screen(texts.get(language, text, role=_role(tx, invitation, language)))
        _put(tx, asker, screen, at, f"decided:{invitation.id}:{asker.id}", NOTHING)


def _put(tx: Transaction, person: Staff, screen: Screen, at: datetime, key: str, about: About) -> None:
    chat_id = person.telegram_id or 0
    params = {"chat_id": chat_id, **screen.params()}
    sent = Outgoing(chat_id, "sendMessage", params, OutKind.SCREEN, person.id, dedupe=key, about=about)
    outbox.put(tx, sent, at)


def _role(tx: Transaction, invitation: Invitation, language: str) -> str:
    """The role with its place: 网格员 大石村 五组."""
    village = villages.village(tx, invitation.village_id) if invitation.village_id is not None else None
    groups = [villages.group(tx, each) for each in invitation.group_ids]
    places = [village.name if village else "", *(group.name for group in groups if group), invitation.unit or ""]
    words = [texts.get(language, f"role-{invitation.role}"), *(place for place in places if place)]
    return html.escape(" ".join(words))


def agree(turn: Turn, tap: Tap) -> None:
    """同意."""
    _decide(turn, tap, agreed=True)


def decline(turn: Turn, tap: Tap) -> None:
    """不同意."""
    _decide(turn, tap, agreed=False)


def _decide(turn: Turn, tap: Tap, *, agreed: bool) -> None:
    asker_id = int(tap.arg) if tap.arg.isdecimal() and len(tap.arg) < 10 else 0
    try:
        decided = decide(turn.tx, turn.who, tap.id, asker_id, agreed=agreed, at=turn.at)
    except Refused as refused:
        if refused.code != "decided-already":
            raise
        _over(turn, tap.id, asker_id)
        return
    tell_asker(turn.tx, turn.shop, decided, turn.at)
    text = "confirm-given" if agreed else "confirm-declined"
    role = _role(turn.tx, decided.invitation, turn.language)
    turn.show(Screen(turn.t(text, name=decided.asker.name, role=role, invited=decided.invitation.name)))


def _over(turn: Turn, invitation_id: int, asker_id: int) -> None:
    """Somebody else was first, or it is too late: what is true now takes the place of the question."""
    turn.toast(turn.t("refused-decided-already"), alert=True)
    invitation, asker = invitations.get(turn.tx, invitation_id), staff.get(turn.tx, asker_id)
    assert invitation is not None
    assert asker is not None
    if invitation.used_by == asker_id:
        role = _role(turn.tx, invitation, turn.language)
        turn.show(Screen(turn.t("confirm-given", name=asker.name, role=role)))
    else:
        turn.show(Screen(turn.t("confirm-over", asker=asker.name, name=invitation.name)))
