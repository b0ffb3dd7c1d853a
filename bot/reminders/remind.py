"""`ruhu remind`: plan what is due at a moment and deliver it from this process."""

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.policy import Policies
from bot.reminders.plan import enqueue, plan
from bot.reminders.planned import Planned
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.replan import outdated, replan_all

Deliver = Callable[[list[int]], Awaitable[Mapping[int, str]]]
"""Sends outbox rows and tells the state of each afterwards (`Delivery.send_now`)."""
_STATES = {"sent": "sent", "unreachable": "unreachable", "new": "planned", "sending": "planned"}
_TAG = re.compile(r"</?b>")


async def remind(
    db: Database,
    at: datetime,
    *,
    dry_run: bool,
    deliver: Deliver,
    policies: Policies,
    language: str = "zh",
    played: bool = False,
) -> list[dict[str, Any]]:
    """One object a message: `person`, `kind`, `households` (codes), `text` (as read, without marks), `state`.

    `at` is aware and in the civil zone. Nothing on days off and in the quiet hours; a second call at the same moment
    finds nothing left to do. Left out: people who are not bound to an account, on leave, revoked or known to be
    unreachable, and those whose hour has not come. `state`: `planned` (dry run, or Telegram cannot be reached now),
    `sent`, `unreachable`, `unknown`. A dry run changes nothing. `played`: `at` is not the present, so the messages have
    no hour after which they are too late; a bot that runs beside this command judges that by its own clock.
    """
    if dry_run:
        return [_line(each, "planned") for each in await db.read(lambda tx: plan(tx, at, policies, language))]
    if await db.read(lambda tx: outdated(tx, at.date(), policies)):
        await db.write(lambda tx: replan_all(tx, at.date(), policies))
    rows = await db.write(lambda tx: _take(tx, plan(tx, at, policies, language), at, played))
    states = await deliver(list(rows)) if rows else {}
    return [_line(planned, _STATES.get(states.get(row, "new"), "unknown")) for row, planned in rows.items()]


def _take(tx: Transaction, every: list[Planned], at: datetime, played: bool) -> dict[int, Planned]:
    """Claim in the transaction that planned: what somebody else has taken is not among them."""
    taken = ((enqueue(tx, planned, at, closing=not played), planned) for planned in every)
    return {row: planned for row, planned in taken if row is not None}


def _line(planned: Planned, state: str) -> dict[str, Any]:
    return {
        "person": planned.person,
        "kind": planned.kind,
        "households": list(planned.households),
        "text": html.unescape(_TAG.sub("", planned.text)),
        "state": state,
    }
