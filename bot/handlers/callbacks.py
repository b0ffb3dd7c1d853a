"""Taps on cards, lists, digests and receipts: `<verb>.<id>.<arg>`, checked for access at each tap."""

from collections.abc import Callable

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.forms.buttons import Choice, Tap, decode
from bot.handlers import attaching, batch, conversation, inviting, preferences, putting_off
from bot.handlers.commands import EXPORTS
from bot.handlers.drafts import begun
from bot.handlers.showing import show_card
from bot.handlers.turn import Turn
from bot.handlers.views.card import help_card_screen, members_screen
from bot.handlers.views.lists import cases_screen, late_screen, missed_screen, named_list, todo_screen
from bot.handlers.views.past import history_screen, ledger_screen
from bot.handlers.views.receipt import receipt_screen
from bot.handlers.views.wording import day
from bot.storage import audit, drafts, households, people, records
from bot.usecases.clues import visible_clue
from bot.usecases.undo import restore_record, undo_record


def tapped(turn: Turn, data: str) -> None:
    """Answer a tap; data that this program cannot have made is refused like a thing that is not there."""
    tap = decode(data)
    if isinstance(tap, Choice):
        conversation.tapped(turn, tap)
    elif tap is None or tap.verb not in _VERBS:
        raise Refused("not-allowed")
    else:
        _VERBS[tap.verb](turn, tap)


def _household(turn: Turn, tap: Tap, action: Action = Action.VIEW) -> Household:
    household = households.get(turn.tx, tap.id)
    if household is None:
        raise Refused("not-allowed")
    access.require(turn.who, action, household)
    return household


def _number(arg: str) -> int:
    return int(arg) if arg.isdecimal() else 0


def _visit(turn: Turn, tap: Tap) -> None:
    household = _household(turn, tap, Action.VISIT)
    answers = {"visit": "1", "mode": "home", "date": turn.day.isoformat(), "household": f"#{household.id}"}
    _open_once(turn, answers)


def _income(turn: Turn, tap: Tap) -> None:
    household = _household(turn, tap, Action.INCOME)
    _open_once(turn, {"household": f"#{household.id}", "entries": "1"})


def _open_once(turn: Turn, answers: dict[str, str]) -> None:
    """A second tap on the same button resumes the untouched draft that the first one opened."""
    wanted = begun(turn, answers)
    for draft in drafts.open_of(turn.tx, turn.event.chat_id):
        if draft.staff_id == turn.who.id and draft.answers == wanted:
            conversation.resume(turn, draft.id)
            return
    conversation.start(turn, answers, in_place=False)


def _show(turn: Turn, tap: Tap) -> None:
    show_card(turn, _household(turn, tap))


def _card(turn: Turn, tap: Tap) -> None:
    turn.show(help_card_screen(turn, _household(turn, tap)))


def _ledger(turn: Turn, tap: Tap) -> None:
    turn.show(ledger_screen(turn, _household(turn, tap), _number(tap.arg)))


def _history(turn: Turn, tap: Tap) -> None:
    turn.show(history_screen(turn, _household(turn, tap), _number(tap.arg)))


def _members(turn: Turn, tap: Tap) -> None:
    turn.show(members_screen(turn, _household(turn, tap)))


def _phone(turn: Turn, tap: Tap) -> None:
    person = people.get(turn.tx, tap.id)
    household = households.get(turn.tx, person.household_id) if person is not None else None
    if person is None or household is None:
        raise Refused("not-allowed")
    access.require(turn.who, Action.PERSONAL, household)
    phone = people.open_phone(turn.tx, person.id)
    audit.append(
        turn.tx,
        actor=f"staff:{turn.who.id}",
        action="phone.show",
        subject=f"person:{person.id}",
        at=turn.at,
        household=household.id,
    )
    text = turn.plain("phone-full", name=person.name, phone=phone) if phone else turn.plain("phone-none")
    turn.toast(text, alert=True)


def _undo(turn: Turn, tap: Tap) -> None:
    _record_tap(turn, tap, undo_record, "undone-already")


def _restore(turn: Turn, tap: Tap) -> None:
    _record_tap(turn, tap, restore_record, "stands-already")


def _record_tap(turn: Turn, tap: Tap, act: Callable[..., object], already: str) -> None:
    """Do it, or show what is true when somebody tapped before."""
    try:
        act(turn.tx, turn.who, tap.id, at=turn.at, day=turn.day, policies=turn.shop.policies)
    except Refused as refused:
        if refused.code != already:
            raise
        turn.toast(turn.t("done-already"))
    record = records.get(turn.tx, tap.id)
    assert record is not None
    turn.show(receipt_screen(turn, tap.id, turn.day), ref=f"record:{tap.id}")


def _receipt(turn: Turn, tap: Tap) -> None:
    record = records.get(turn.tx, tap.id)
    household = households.get(turn.tx, record.household_id) if record is not None else None
    if record is None or household is None:
        raise Refused("not-allowed")
    access.require(turn.who, Action.VIEW, household)
    turn.show(receipt_screen(turn, record.id, turn.day), ref=f"record:{record.id}")


def _solve(turn: Turn, tap: Tap) -> None:
    clue, household = visible_clue(turn.tx, turn.who, tap.id)
    if clue.closed_on is not None:
        raise Refused("clue-closed")
    answers = {"household": f"#{household.id}", "clue_id": str(clue.id), "check": clue.check.value}
    conversation.start(turn, answers, form="clue", in_place=False)


def _resume(turn: Turn, tap: Tap) -> None:
    conversation.resume(turn, tap.id)


def _todo(turn: Turn, tap: Tap) -> None:
    access.require(turn.who, Action.LIST)
    turn.show(todo_screen(turn, _number(tap.arg)))


def _listed(name: str) -> Callable[[Turn, Tap], None]:
    def show(turn: Turn, tap: Tap) -> None:
        access.require(turn.who, Action.LIST)
        turn.show(named_list(turn, name, _number(tap.arg)))

    return show


def _late(turn: Turn, tap: Tap) -> None:
    access.require(turn.who, Action.LIST)
    turn.send(late_screen(turn, tap.id, _number(tap.arg)))


def _cases(turn: Turn, tap: Tap) -> None:
    access.require(turn.who, Action.LIST)
    turn.show(cases_screen(turn, _number(tap.arg)))


def _export(turn: Turn, tap: Tap) -> None:
    access.require(turn.who, Action.EXPORT)
    if tap.arg not in EXPORTS:
        raise Refused("not-allowed")
    spec = {"export": tap.arg, "staff": turn.who.id, "day": turn.day.isoformat()}
    audit.append(turn.tx, actor=f"staff:{turn.who.id}", action="export", subject=f"kind:{tap.arg}", at=turn.at)
    turn.send_file(spec, turn.t("export-caption", what=turn.plain(f"export-{tap.arg}"), day=day(turn, turn.day)))


def _missed(turn: Turn, _tap: Tap) -> None:
    access.require(turn.who, Action.HANDOVER)
    turn.send(missed_screen(turn))


_VERBS: dict[str, Callable[[Turn, Tap], None]] = {
    "visit": _visit,
    "income": _income,
    "show": _show,
    "card": _card,
    "ledger": _ledger,
    "history": _history,
    "members": _members,
    "phone": _phone,
    "undo": _undo,
    "restore": _restore,
    "receipt": _receipt,
    "solve": _solve,
    "resume": _resume,
    "saveall": batch.save_all,
    "todo": _todo,
    "overdue": _listed("overdue"),
    "listbelow": _listed("below_10000"),
    "listfalling": _listed("income_falling"),
    "listuninsured": _listed("uninsured"),
    "listunvisited": _listed("unvisited"),
    "cases": _cases,
    "export": _export,
    "missed": _missed,
    "hours": preferences.hours,
    "hour": preferences.hour,
    "language": preferences.language,
    "late": _late,
    "snoozeall": putting_off.snooze_all,
    "snooze": putting_off.snooze_one,
    "mute": putting_off.mute_one,
    "leave": putting_off.leave_today,
    "away": putting_off.leave_for,
    "back": putting_off.end,
    "agree": inviting.agree,
    "decline": inviting.decline,
    "attach": attaching.attach,
    "noattach": attaching.drop,
    "detach": attaching.detach,
}
