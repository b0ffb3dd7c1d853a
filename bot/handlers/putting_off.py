"""Later, away, on leave: taps that put a household or a whole day off."""

from datetime import date, timedelta

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.forms.buttons import Tap, encode
from bot.handlers.screen import Button, Screen, in_rows
from bot.handlers.turn import Turn
from bot.handlers.views.plain import settings_screen
from bot.handlers.views.wording import day, joined
from bot.storage import households
from bot.usecases.leave import current, end_leave, take_leave
from bot.usecases.mute import mute
from bot.usecases.snooze import REASONS, snooze, snooze_today

SNOOZE_DAYS = (1, 2, 3, 5, 7)
MUTE_DAYS = (7, 15, 30, 90)


def _day_of(tap: Tap) -> date:
    """The day a digest button belongs to: 20240315."""
    try:
        return date.fromisoformat(str(tap.id))
    except ValueError as error:
        raise Refused("not-allowed") from error


def _is_old(turn: Turn, tap: Tap) -> bool:
    """Whether the button is of another day's digest; then it says so and changes nothing."""
    when = _day_of(tap)
    if when == turn.day:
        return False
    turn.toast(turn.plain("leave-over", day=day(turn, when)), alert=True)
    return True


def snooze_all(turn: Turn, tap: Tap) -> None:
    """都改到明天."""
    if _is_old(turn, tap):
        return
    moved = snooze_today(turn.tx, turn.who, at=turn.at, day=turn.day, policies=turn.shop.policies)
    lines = [turn.t("snooze-all-saved", count=moved.moved, day=day(turn, moved.until))]
    if not moved.moved:
        lines = [turn.t("snooze-all-none")]
    if moved.kept:
        lines.append(turn.t("snooze-all-kept", names=joined(turn, (each.head for each in moved.kept))))
    turn.send(Screen("\n".join(lines)))


def _seen(turn: Turn, tap: Tap, action: Action) -> Household:
    household = households.get(turn.tx, tap.id)
    if household is None:
        raise Refused("not-allowed")
    access.require(turn.who, action, household)
    return household


def _to_card(turn: Turn, household: Household) -> tuple[Button, ...]:
    return ((turn.plain("button-back"), encode("show", household.id)),)


def snooze_one(turn: Turn, tap: Tap) -> None:
    """改天去: first why, then for how many days."""
    household = _seen(turn, tap, Action.SNOOZE)
    reason, _, days = tap.arg.partition("-")
    if not reason:
        buttons = [(turn.plain(f"snooze-reason-{code}"), encode("snooze", household.id, code)) for code in REASONS]
        turn.show(Screen(turn.t("snooze-ask"), (*in_rows(buttons, 2), _to_card(turn, household))))
    elif not days.isdecimal():
        buttons = [
            (turn.plain("snooze-days", days=number), encode("snooze", household.id, f"{reason}-{number}"))
            for number in SNOOZE_DAYS
        ]
        turn.show(Screen(turn.t("snooze-ask-days"), (*in_rows(buttons, 3), _to_card(turn, household))))
    else:
        policies = turn.shop.policies
        number = int(days)
        snooze(turn.tx, turn.who, household.id, days=number, reason=reason, at=turn.at, day=turn.day, policies=policies)
        until = day(turn, turn.day + timedelta(days=number))
        turn.show(Screen(turn.t("snooze-saved", name=household.head, day=until), (_to_card(turn, household),)))


def mute_one(turn: Turn, tap: Tap) -> None:
    """外出不在 until a day; `0` ends it."""
    household = _seen(turn, tap, Action.MUTE)
    if not tap.arg.isdecimal():
        buttons = [
            (turn.plain("mute-days", days=number), encode("mute", household.id, str(number))) for number in MUTE_DAYS
        ]
        rows = (*in_rows(buttons, 4), _to_card(turn, household))
        turn.show(Screen(turn.t("mute-ask", name=household.head), rows))
        return
    days = int(tap.arg)
    if days > max(MUTE_DAYS):
        raise Refused("mute-date")
    until = turn.day + timedelta(days=days) if days else None
    mute(turn.tx, turn.who, household.id, until=until, at=turn.at, day=turn.day)
    text = turn.t("mute-ended", name=household.head)
    if until is not None:
        text = turn.t("mute-saved", name=household.head, day=day(turn, until))
    turn.show(Screen(text, (_to_card(turn, household),)))


def leave_today(turn: Turn, tap: Tap) -> None:
    """今天请假, from the digest."""
    if not _is_old(turn, tap):
        _leave(turn, 1)


def leave_for(turn: Turn, tap: Tap) -> None:
    """请假 for some days, from the settings."""
    if not 1 <= tap.id <= 31:
        raise Refused("not-allowed")
    _leave(turn, tap.id)


def _leave(turn: Turn, days: int) -> None:
    last = turn.day + timedelta(days=days - 1)
    stand_in = take_leave(turn.tx, turn.who, first=turn.day, last=last, stand_in_id=None, at=turn.at, day=turn.day)
    lines = [turn.t("leave-saved", until=day(turn, last))]
    if stand_in is not None:
        lines.append(turn.t("leave-stand-in", name=stand_in.name))
    else:
        lines.append(turn.t("leave-no-stand-in"))
    end_button = ((turn.plain("button-leave-end"), encode("back", 0)),)
    turn.send(Screen("\n".join(lines), (end_button,)))


def end(turn: Turn, _tap: Tap) -> None:
    """销假."""
    if not end_leave(turn.tx, turn.who, at=turn.at):
        turn.toast(turn.plain("done-already"))
    turn.staff = current(turn.tx, turn.who.id, turn.arrived_on)
    turn.send(Screen(turn.t("leave-ended")))
    turn.show(settings_screen(turn))
