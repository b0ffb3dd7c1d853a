"""The front door: one raw update in, one answer out, all in the open transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.errors import Refused
from bot.handlers import (
    albums,
    attaching,
    callbacks,
    commands,
    conversation,
    correcting,
    own_words,
    replying,
    together,
    typed,
    understood,
)
from bot.handlers.event import Event, read
from bot.handlers.inviting import ask_town
from bot.handlers.notices import tell_lead
from bot.handlers.screen import Screen
from bot.handlers.turn import Shop, Turn
from bot.handlers.views import greeting
from bot.handlers.views.plain import example_name, not_understood
from bot.reading.asked import Readings
from bot.storage import audit, chats, staff
from bot.storage.invitations import find
from bot.storage.reach import heard_from
from bot.storage.savepoint import savepoint
from bot.storage.transaction import Transaction
from bot.usecases.bind import ALPHABET, CODE_LENGTH, bind
from bot.usecases.leave import standing_in

LEAST_CODE = 6


def front_door(shop: Shop) -> Callable[[Transaction, dict[str, Any], datetime, Readings], None]:
    """The handler of raw updates; `at` is the moment of arrival, `readings` what was read of it so far.

    Raises Missing when a text must be read first.
    """

    def handle(tx: Transaction, raw: dict[str, Any], at: datetime, readings: Readings) -> None:
        event = read(raw)
        if event is not None:
            turn = Turn(tx, shop, event, at, shop.language, readings)
            _answer(turn)
            albums.mark(turn)
            together.redraw(turn)
            turn.finish()

    return handle


def _answer(turn: Turn) -> None:
    event = turn.event
    if not event.private:
        _in_group(turn)
        return
    person = staff.by_telegram(turn.tx, event.user_id)
    if event.blocked is not None:
        _reachable(turn, event)
        return
    if person is None or person.revoked:
        _stranger(turn)
        return
    heard_from(turn.tx, event.user_id)
    turn.staff = standing_in(turn.tx, person, turn.arrived_on)
    turn.language = person.language or turn.shop.language
    guarded(turn, _known)


def guarded(turn: Turn, act: Callable[[Turn], None]) -> None:
    """Do it; an expected refusal undoes what was begun and says why."""
    said = len(turn.said)
    try:
        with savepoint(turn.tx):
            act(turn)
    except Refused as refused:
        del turn.said[said:]
        text = _refusal(turn, refused)
        if turn.event.tap is not None:
            turn.toast(text, alert=True)
        if turn.event.tap is None or refused.code == "not-allowed":
            turn.send(Screen(text))


def _refusal(turn: Turn, refused: Refused) -> str:
    if refused.code == "not-allowed" and turn.staff is not None:
        return greeting.not_allowed(turn)
    return turn.t(f"refused-{refused.code}", **refused.details)


def _in_group(turn: Turn) -> None:
    """Says once that households are handled in private chats only, then nothing."""
    if turn.event.tap is not None or turn.event.blocked is not None:
        return
    if not chats.group_told(turn.tx, turn.event.chat_id):
        chats.mark_group_told(turn.tx, turn.event.chat_id, turn.at)
        turn.send(Screen(turn.t("group-notice")))


def _reachable(turn: Turn, event: Event) -> None:
    """The person blocked the bot, or took it back."""
    if event.blocked:
        person = staff.by_telegram(turn.tx, event.user_id)
        if person is not None and person.reachable:
            staff.set_reachable(turn.tx, person.id, False)
            audit.append(turn.tx, actor="system", action="staff.unreachable", subject=f"staff:{person.id}", at=turn.at)
            tell_lead(turn.tx, turn.shop, person.id, turn.at)
    else:
        heard_from(turn.tx, event.user_id)


def _code_in(event: Event) -> str | None:
    """A binding code: behind /start, or sent alone by somebody who is asked for one."""
    text = (event.text or "").strip()
    if text.lower().startswith("/start "):
        return text.split(maxsplit=1)[1].strip()
    upper = text.upper()
    return upper if len(upper) == CODE_LENGTH and set(upper) <= set(ALPHABET) else None


def _stranger(turn: Turn) -> None:
    """One line on how to be invited; a valid code binds."""
    code = _code_in(turn.event) if not turn.event.edited else None
    if code is not None:
        guarded(turn, lambda each: _bind(each, code))
    elif turn.event.text is None:
        turn.send_once(Screen(turn.t("stranger")), "stranger")
    else:
        turn.send(Screen(turn.t("stranger")))


def _bind(turn: Turn, code: str) -> None:
    bound = bind(turn.tx, code, turn.event.user_id, at=turn.at)
    turn.staff = standing_in(turn.tx, bound.person, turn.arrived_on)
    if bound.waits:
        ask_town(turn.tx, turn.shop, bound.person, bound.invitation, turn.at)
        turn.send(Screen(turn.t("asked-town")))
        return
    for screen in greeting.bound(turn, bound.person.name, bound.invitation.role):
        turn.send(screen)


def _known(turn: Turn) -> None:
    """A bound person's message or tap."""
    event = turn.event
    if event.tap is not None:
        callbacks.tapped(turn, event.tap)
    elif event.edited:
        turn.send_once(Screen(turn.t("edited")), f"edited.{event.message_id}", ever=True)
    elif event.text is not None:
        _text(turn, event.text)
    elif not (albums.joined(turn) or attaching.offer(turn) or albums.is_answered(turn)):
        _cannot_read(turn)


def _cannot_read(turn: Turn) -> None:
    name = example_name(turn) or turn.plain("example-name")
    kept = turn.event.attachment is not None and turn.event.album is not None
    ref = f"draft:{attaching.hold(turn)}" if kept else None
    text = "kept-nothing" if turn.event.other else "attach-nowhere"
    albums.answer(turn, Screen(turn.t(text, name=name)), text, ref=ref)


def _text(turn: Turn, text: str) -> None:
    """Commands first, then a new code, a reply to a receipt, the open question, and free words last."""
    if turn.event.from_bot or own_words.are_own(text):
        turn.send(Screen(turn.t("own-words", name=example_name(turn) or turn.plain("example-name"))))
        return
    command = commands.recognise(text)
    code = _code_in(turn.event)
    if (
        code is not None
        and len(code) >= LEAST_CODE
        and (command is not None or find(turn.tx, code, turn.at) is not None)
    ):
        _bind(turn, code)  # ten letters alone may be pinyin as well
    elif command is not None and command[0] == "unknown":
        turn.send(not_understood(turn))
    elif command is not None:
        commands.run(turn, *command)
    elif not text.strip():
        turn.send(not_understood(turn))
    elif replying.replied(turn, text) or correcting.in_front(turn, text):
        return
    elif typed.typed(turn, text):
        _keep_picture(turn)
    else:
        understood.free_text(turn, text)


def _keep_picture(turn: Turn) -> None:
    """A picture whose caption answered a question stays with that draft."""
    draft = conversation.current(turn)
    if turn.event.attachment is not None and draft is not None and draft.form == "record":
        albums.add(turn, draft, [turn.event.attachment])
