"""Small screens: help, greeting, settings, what was not understood."""

from bot.domain import access
from bot.domain.access import Action
from bot.domain.staff import Role
from bot.forms.buttons import encode
from bot.handlers.screen import Screen, in_rows
from bot.handlers.turn import Turn
from bot.handlers.views.wording import too_long
from bot.storage import households, villages
from bot.texts import formats

WORDS = (("todo", "visit", "income", "find"), ("case", "stats", "undo", "help"))
NEEDS = {
    "todo": Action.LIST,
    "visit": Action.VISIT,
    "income": Action.INCOME,
    "find": Action.VIEW,
    "case": Action.LIST,
    "stats": Action.LIST,
    "undo": Action.UNDO_OWN,
}
HOURS = ("08:00", "08:30", "09:00", "12:00", "14:00", "18:00", "19:00", "19:30")


def keyboard(turn: Turn) -> tuple[tuple[str, ...], ...]:
    """The reply keyboard, two rows, so that the chat keeps the screen; only what the person's roles can use."""
    rows = ([word for word in row if word not in NEEDS or access.may(turn.who, NEEDS[word])] for row in WORDS)
    return tuple(tuple(turn.plain(f"word-{word}") for word in row) for row in rows)


def example_name(turn: Turn) -> str | None:
    """A real household of the person's own grid for an example, the most pressing one."""
    scope = access.scope_of(turn.who, Action.VIEW)
    due = households.due(turn.tx, scope, turn.day, limit=1)
    found = due[0] if due else households.any_of(turn.tx, scope)
    return found.head if found is not None else None


def not_understood(turn: Turn, why: str = "not-understood") -> Screen:
    """没看懂, and what would work with a household of their own."""
    name = example_name(turn)
    if why == "too-long":
        return Screen(too_long(turn))
    return Screen(turn.t("not-understood", name=name) if name else turn.t("not-understood-plain"))


def role_names(turn: Turn, roles: frozenset[Role]) -> str:
    """The roles a person holds, in the order of the list of roles."""
    return turn.plain("list-separator").join(turn.plain(f"role-{role}") for role in Role if role in roles)


def place_name(turn: Turn) -> str:
    """What the figures speak of: the town, the village, or the own grid."""
    held = turn.who.assignments
    if any(each.role in {Role.TOWN, Role.VIEWER} and each.village_id is None for each in held):
        return turn.plain("place-town")
    lead = next((each for each in held if each.role is Role.VILLAGE and each.village_id is not None), None)
    village = villages.village(turn.tx, lead.village_id) if lead is not None and lead.village_id is not None else None
    return village.name if village is not None else turn.plain("place-mine")


def settings_screen(turn: Turn) -> Screen:
    """The person's own settings with a button for each change."""
    staff = turn.who
    default = turn.shop.policies.on(turn.day).reminders.digest_at
    hour = (
        f"{staff.digest_at:%H:%M}" if staff.digest_at else turn.plain("settings-default-hour", hour=f"{default:%H:%M}")
    )
    leave = turn.plain("settings-leave-none")
    away = staff.leave_until is not None and staff.leave_from is not None and staff.leave_until >= turn.day
    if away and staff.leave_from is not None and staff.leave_until is not None:
        dates = [formats.short_day(each, turn.language) for each in (staff.leave_from, staff.leave_until)]
        leave = turn.plain("settings-leave", **{"from": dates[0], "until": dates[1]})
    language = turn.plain(f"settings-language-{turn.language}")
    text = turn.t("settings", digest=hour, language=language, leave=leave)
    other = "en" if turn.language == "zh" else "zh"
    leaves = [(turn.plain(f"button-leave-{name}"), encode("away", days)) for name, days in _LEAVES]
    back = ((turn.plain("button-leave-end"), encode("back", 0)),) if away else ()
    rows = (
        (
            (turn.plain("button-hour"), encode("hours", 0)),
            (turn.plain("button-language"), encode("language", 0, other)),
        ),
        tuple(leaves),
        *((back,) if back else ()),
    )
    return Screen(text, rows)


_LEAVES = (("today", 1), ("three", 3), ("week", 7))


def hours_screen(turn: Turn) -> Screen:
    """When the digest should come."""
    buttons = [(hour, encode("hour", 0, hour)) for hour in HOURS]
    return Screen(turn.t("ask-hour"), in_rows(buttons, 4))
