"""A digest as a message: its text and its buttons."""

from bot.domain import fitting
from bot.domain.about import about
from bot.domain.households import Household
from bot.domain.staff import Role, Staff
from bot.forms.buttons import Button
from bot.reminders.gather import Digest
from bot.reminders.moments import Opening
from bot.reminders.planned import COVER, DIGEST, Planned
from bot.reminders.wording import Wording

Row = tuple[Button, ...]
_LISTED_ALIKE = frozenset({Role.MONITOR, Role.LIAISON})
"""Roles whose own list of due households is what the digest lists."""
LABEL_LENGTH = 12
"""Characters of a name on a button; two buttons share a line of a small phone."""


def compose(digest: Digest, reader: Staff, opening: Opening, language: str) -> Planned:
    """The message for a bound person; `language` is used where they chose none.

    `reader` is the person with the village groups that they stand in for.
    """
    person = digest.person
    assert person.telegram_id is not None
    wording = Wording(person.language or language)
    return Planned(
        staff_id=person.id,
        person=person.name,
        chat_id=person.telegram_id,
        kind=DIGEST if digest.absent is None else COVER,
        day=digest.day,
        closes=opening.closes,
        households=tuple(dict.fromkeys(each.code for each in _households(digest))),
        text=fitting.html(wording.text(digest)),
        rows=_rows(digest, wording),
        claims=digest.claims,
        about=about(reader, _households(digest)),
    )


def _households(digest: Digest) -> list[Household]:
    """Everything the message is about, most urgent first."""
    households = [todo.household for todo in digest.todos]
    households += [each for late in digest.late for each in late.households]
    return [*households, *digest.plans, *(each for nudge in digest.income for each in nudge.households), *digest.thin]


def _rows(digest: Digest, wording: Wording) -> tuple[Row, ...]:
    visits = [
        Button(_label(wording, number, todo.household.head), "visit", todo.household.id)
        for number, todo in enumerate(digest.shown, 1)
    ]
    rows = [tuple(visits[start : start + 2]) for start in range(0, len(visits), 2)]
    rest = len(digest.todos) - len(digest.shown)
    if rest:
        label = wording.plain("button-digest-rest", count=rest)
        rows.append((Button(label, "todo", 0, str(_rest_from(digest))),))
    if digest.late:
        days = min(late.days for late in digest.late)
        rows.append((Button(wording.plain("button-digest-late"), "late", days, "0"),))
    if digest.todos:
        rows.append(_day_buttons(digest, wording))
    return tuple(rows)


def _rest_from(digest: Digest) -> int:
    """Where the list of the rest begins: after what is shown, but at its start where it holds more than this digest."""
    alike = digest.absent is None and digest.person.roles <= _LISTED_ALIKE
    return len(digest.shown) if alike else 0


def _day_buttons(digest: Digest, wording: Wording) -> Row:
    """What concerns this day only; the day is in the data, so that an old button is known to be old."""
    day = int(f"{digest.day:%Y%m%d}")
    tomorrow = Button(wording.plain("button-digest-tomorrow"), "snoozeall", day)
    return (tomorrow, Button(wording.plain("button-digest-leave"), "leave", day))


def _label(wording: Wording, number: int, name: str) -> str:
    return wording.plain("button-digest-household", number=number, name=fitting.cut(name, LABEL_LENGTH))
