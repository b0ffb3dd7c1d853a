"""A reminder that is ready to go out."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.about import About
from bot.forms.buttons import Button

DIGEST = "digest"
COVER = "cover"
"""What a stand-in is told when a leave begins after their own digest has gone."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One message to one person. `text` is HTML; nothing is sent after `closes`.

    `households` are the codes of all households it is about, most urgent first, also of those behind the button for
    the rest. `claims` are taken with the message, each (kind, day) once a person. `about` is looked at again when it is
    sent.
    """

    staff_id: int
    person: str
    chat_id: int
    kind: str
    day: date
    closes: datetime
    households: tuple[str, ...]
    text: str
    rows: tuple[tuple[Button, ...], ...]
    claims: tuple[tuple[str, date], ...]
    about: About
