"""Who gets which reminder at a moment; planning changes nothing, and planning twice is harmless."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain import fitting
from bot.domain.policy import Policies
from bot.domain.staff import Staff
from bot.reminders.compose import compose
from bot.reminders.gather import cover_for, digest_for
from bot.reminders.moments import Opening, opening
from bot.reminders.planned import COVER, DIGEST, Planned
from bot.storage import outbox, reminders
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.transaction import Transaction
from bot.usecases.crew import Crew, crew_on
from bot.usecases.leave import standing_in

Work = Callable[[Transaction], Planned | None]


@dataclass(frozen=True, slots=True)
class Ready:
    """One reminder that may be due: for whom, and how it is made from a snapshot."""

    staff_id: int
    make: Work


def plan(tx: Transaction, moment: datetime, policies: Policies, language: str = "zh") -> list[Planned]:
    """Every reminder to send at `moment` (aware, in the civil zone) that nobody has taken yet.

    Empty on days off and in the quiet hours. Left out: people not bound to an account, revoked, on leave or
    unreachable, and those whose hour has not come.
    """
    made = (ready.make(tx) for ready in candidates(tx, moment, policies, language))
    return [planned for planned in made if planned is not None]


def candidates(tx: Transaction, moment: datetime, policies: Policies, language: str = "zh") -> list[Ready]:
    """Whom to look at, in three queries; each is made by itself, so that one mistake does not stop the others."""
    open_now = opening(moment, policies)
    if open_now is None:
        return []
    crew = crew_on(tx, open_now.day)
    kinds = [DIGEST, *(f"{COVER}:{person.id}" for person in crew.away)]
    taken = reminders.claims(tx, crew.present.keys(), kinds, open_now.day)
    found: list[Ready] = []
    for person in crew.present.values():
        if open_now.reached(person):
            found += _for_person(person, crew, open_now, policies, language, taken)
    return found


def enqueue(tx: Transaction, planned: Planned, at: datetime, *, closing: bool = True) -> int | None:
    """Take the reminder and put its message into the outbox; None when somebody was faster. Returns the outbox id.

    `closing`: what has not left when the quiet hours begin is not sent any more.
    """
    kind, day = planned.claims[0]
    if not reminders.claim(tx, planned.staff_id, kind, day):
        return None
    taken = [planned.claims[0], *(each for each in planned.claims[1:] if reminders.claim(tx, planned.staff_id, *each))]
    row = outbox.put(tx, outgoing(planned, planned.closes if closing else None), at)
    if row is not None:
        for each in taken:
            reminders.attach(tx, planned.staff_id, *each, row)
    return row


def outgoing(planned: Planned, until: datetime | None) -> Outgoing:
    """The message as the outbox keeps it; after `until` it is not sent any more."""
    rows = fitting.buttons([[(button.label, button.data) for button in row] for row in planned.rows])
    keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
    params = {
        "chat_id": planned.chat_id,
        "text": planned.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        **({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}),
    }
    return Outgoing(
        planned.chat_id,
        "sendMessage",
        params,
        OutKind.REMINDER,
        planned.staff_id,
        dedupe=f"{planned.claims[0][0]}:{planned.staff_id}:{planned.day:%Y-%m-%d}",
        until=until,
        about=planned.about,
    )


def _for_person(
    person: Staff, crew: Crew, open_now: Opening, policies: Policies, language: str, taken: set[tuple[int, str]]
) -> Iterator[Ready]:
    """The digest; once that has gone, a word for a leave that began after it."""

    def digest(tx: Transaction) -> Planned | None:
        found = digest_for(tx, person, crew, open_now, policies)
        return compose(found, standing_in(tx, person, open_now.day), open_now, language) if found else None

    def cover(absent: Staff) -> Work:
        def make(tx: Transaction) -> Planned | None:
            found = cover_for(tx, person, absent, crew, open_now, policies)
            return compose(found, standing_in(tx, person, open_now.day), open_now, language) if found else None

        return make

    if (person.id, DIGEST) not in taken:
        yield Ready(person.id, digest)
        return
    for absent in crew.absent_for(person):
        if (person.id, f"{COVER}:{absent.id}") not in taken:
            yield Ready(person.id, cover(absent))
