"""Commands, the words of the reply keyboard and the quick forms."""

import re
from collections.abc import Callable

from bot.domain import access
from bot.domain.access import Action
from bot.domain.errors import Refused
from bot.domain.households import Household
from bot.forms.buttons import encode
from bot.handlers import conversation, understood
from bot.handlers.drafts import candidates
from bot.handlers.readings import reading_of
from bot.handlers.screen import Screen
from bot.handlers.showing import show_found
from bot.handlers.turn import Turn
from bot.handlers.views.greeting import help_screen, welcome
from bot.handlers.views.lists import cases_screen, stats_screen, todo_screen
from bot.handlers.views.plain import example_name, place_name, settings_screen
from bot.handlers.views.receipt import receipt_screen
from bot.handlers.views.wording import QUOTED, short
from bot.storage import households
from bot.texts import LANGUAGES, texts
from bot.usecases.undo import newest_undoable, undo_record

COMMANDS = ("todo", "visit", "income", "find", "case", "stats", "export", "settings", "undo", "cancel", "help")
KEYBOARD_WORDS = ("todo", "visit", "income", "find", "case", "stats", "undo", "help")
_QUICK_WORDS = {"visit": "走访|visit", "income": "记账|income", "find": "查询|查|find"}
QUICK = {
    name: re.compile(rf"(?:{words})[\s::,,]++(.+)", re.IGNORECASE | re.DOTALL) for name, words in _QUICK_WORDS.items()
}
RESUME = {"继续", "continue"}
SEVERAL = 6
"""Characters behind the first name from which a quick form may name a second household."""
EXPORTS = ("roster", "ledger", "visits")


def recognise(text: str) -> tuple[str, str] | None:
    """`/find 王老五`, `查 王老五`, `待办` → the command's name and its argument; None for anything else."""
    text = text.strip()
    if text.startswith("/"):
        word, *rest = text[1:].split(maxsplit=1) or [""]
        name = word.split("@")[0].lower()
        return (name, rest[0].strip() if rest else "") if name in {*COMMANDS, "start"} else ("unknown", text)
    for name in KEYBOARD_WORDS:
        if text.lower() in {texts.get(language, f"word-{name}").lower() for language in LANGUAGES}:
            return name, ""
    if text.lower() in RESUME:
        return "continue", ""
    for name, pattern in QUICK.items():
        if found := pattern.fullmatch(text):
            return name, found[1].strip()
    return None


def run(turn: Turn, name: str, argument: str) -> None:
    """Answer one command."""
    handler = _HANDLERS.get(name)
    if handler is None:
        understood.free_text(turn, argument)
    else:
        handler(turn, argument)


def _start(turn: Turn, _argument: str) -> None:
    turn.send(welcome(turn))


def _todo(turn: Turn, _argument: str) -> None:
    access.require(turn.who, Action.LIST)
    turn.show(todo_screen(turn))


def _visit(turn: Turn, argument: str) -> None:
    access.require(turn.who, Action.VISIT)
    visit = {"visit": "1", "mode": "home", "date": turn.day.isoformat()}
    if not argument:
        conversation.start(turn, visit)
        return
    found = _search(turn, argument)
    if not found and _is_record(turn, argument, f"走访{argument}"):
        return
    if not found:
        turn.show(Screen(turn.t("not-found", text=short(argument, QUOTED))))
    else:
        conversation.start(turn, visit | _chosen(found))


def _income(turn: Turn, argument: str) -> None:
    access.require(turn.who, Action.INCOME)
    if not argument:
        conversation.start(turn, {"entries": "1"})
        return
    name, *more = argument.split(maxsplit=1)
    rest = more[0] if more else ""
    found = _search(turn, name)
    if not found and _is_record(turn, argument, argument):
        return
    if not found:
        turn.show(Screen(turn.t("not-found", text=short(name, QUOTED))))
        return
    if len(rest) >= SEVERAL and (each := reading_of(turn, argument)).parts:
        understood.start_each(turn, each)
        return
    answers = understood.quick_income(turn, found[0], rest.strip())
    if len(found) > 1:
        answers = {key: value for key, value in answers.items() if key != "household"}
    conversation.start(turn, answers | _chosen(found))


def _is_record(turn: Turn, argument: str, text: str) -> bool:
    """Whether a quick form's argument is a whole message after all: `走访 王老五家,一切正常`."""
    if len(argument) < 4:
        return False
    reading = reading_of(turn, text)
    if reading.intent != "record" or not understood.households_of(turn, reading, Action.VISIT):
        return False
    understood.start_record(turn, text, reading)
    return True


def _search(turn: Turn, text: str) -> list[Household]:
    return households.search(turn.tx, access.scope_of(turn.who, Action.VISIT), text)


def _chosen(found: list[Household]) -> dict[str, str]:
    if len(found) == 1:
        return {"household": f"#{found[0].id}"}
    return {"_candidates": candidates(found)}


def _find(turn: Turn, argument: str) -> None:
    access.require(turn.who, Action.VIEW)
    if not argument:
        turn.show(Screen(turn.t("find-prompt", name=example_name(turn) or turn.plain("example-name"))))
        return
    found = households.search(turn.tx, access.scope_of(turn.who, Action.VIEW), argument)
    show_found(turn, found, argument)


def _case(turn: Turn, _argument: str) -> None:
    access.require(turn.who, Action.LIST)
    turn.show(cases_screen(turn))


def _stats(turn: Turn, _argument: str) -> None:
    access.require(turn.who, Action.LIST)
    turn.show(stats_screen(turn, place_name(turn)))


def _export(turn: Turn, _argument: str) -> None:
    if not access.may(turn.who, Action.EXPORT):
        turn.show(Screen(turn.t("export-none")))
        return
    buttons = tuple((turn.plain(f"export-{kind}"), encode("export", 0, kind)) for kind in EXPORTS)
    turn.show(Screen(turn.t("export-which"), (buttons,)))


def _settings(turn: Turn, _argument: str) -> None:
    turn.show(settings_screen(turn))


def _undo(turn: Turn, _argument: str) -> None:
    policies = turn.shop.policies
    record = newest_undoable(turn.tx, turn.who, turn.at, policies, turn.day)
    if record is None:
        raise Refused("nothing-to-undo")
    undo_record(turn.tx, turn.who, record.id, at=turn.at, day=turn.day, policies=policies)
    turn.show(receipt_screen(turn, record.id, turn.day), ref=f"record:{record.id}")


def _cancel(turn: Turn, _argument: str) -> None:
    draft = conversation.current(turn)
    if draft is None:
        turn.show(Screen(turn.t("nothing-open"), _resumable(turn)))
    else:
        conversation.cancel(turn, draft)


def _resumable(turn: Turn) -> tuple[tuple[tuple[str, str], ...], ...]:
    button = conversation.resume_button(turn, None)
    return (button,) if button else ()


def _continue(turn: Turn, _argument: str) -> None:
    if not conversation.resume(turn):
        turn.show(Screen(turn.t("nothing-open")))


def _help(turn: Turn, _argument: str) -> None:
    turn.send(help_screen(turn))


_HANDLERS: dict[str, Callable[[Turn, str], None]] = {
    "start": _start,
    "todo": _todo,
    "visit": _visit,
    "income": _income,
    "find": _find,
    "case": _case,
    "stats": _stats,
    "export": _export,
    "settings": _settings,
    "undo": _undo,
    "cancel": _cancel,
    "continue": _continue,
    "help": _help,
}
