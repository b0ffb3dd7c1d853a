"""Taps of /settings: the digest's hour and the language, one's own."""

from datetime import time

from bot.domain.errors import Refused
from bot.forms.buttons import Tap
from bot.handlers.screen import Screen
from bot.handlers.turn import Turn
from bot.handlers.views.plain import HOURS, hours_screen, keyboard, settings_screen
from bot.storage import audit, staff
from bot.usecases.leave import current


def hours(turn: Turn, _tap: Tap) -> None:
    """Offer the hours."""
    turn.show(hours_screen(turn))


def hour(turn: Turn, tap: Tap) -> None:
    """Keep the hour of the digest."""
    if tap.arg not in HOURS:
        raise Refused("not-allowed")
    chosen = time.fromisoformat(tap.arg)
    rules = turn.shop.policies.on(turn.day).reminders
    if not rules.earliest <= chosen <= rules.latest:
        raise Refused("not-allowed")
    staff.set_digest_at(turn.tx, turn.who.id, chosen)
    _settings_again(turn, "settings.hour")


def language(turn: Turn, tap: Tap) -> None:
    """Keep the language; the reply keyboard changes with it."""
    if tap.arg not in {"zh", "en"}:
        raise Refused("not-allowed")
    staff.set_language(turn.tx, turn.who.id, tap.arg)
    turn.language = tap.arg
    _settings_again(turn, "settings.language")
    turn.send(Screen(turn.t("settings-saved"), keyboard=keyboard(turn)))


def _settings_again(turn: Turn, action: str) -> None:
    audit.append(turn.tx, actor=f"staff:{turn.who.id}", action=action, subject=f"staff:{turn.who.id}", at=turn.at)
    turn.staff = current(turn.tx, turn.who.id, turn.arrived_on)
    turn.toast(turn.t("settings-saved"))
    turn.show(settings_screen(turn))
