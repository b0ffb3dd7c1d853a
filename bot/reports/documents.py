"""Documents that are built when they are sent: `{"export": KIND, "staff": ID, "day": ISO}`."""

import asyncio
from datetime import date, tzinfo
from io import BytesIO
from typing import Any

from bot.domain.access import Action, may, scope_of
from bot.domain.policy import Policies
from bot.reports.workbooks.exports import Request, export
from bot.reports.workbooks.sheet import write
from bot.storage import staff
from bot.storage.database import Database
from bot.storage.transaction import Transaction


async def build_document(
    db: Database, spec: dict[str, Any], policies: Policies, zone: tzinfo
) -> tuple[str, bytes] | None:
    """File name and content for what the person may export now; None when they have lost the right meanwhile."""
    kind, day = str(spec["export"]), date.fromisoformat(str(spec["day"]))

    def rows(tx: Transaction) -> Any:
        person = staff.get(tx, int(spec["staff"]))
        if person is None or not may(person, Action.EXPORT):
            return None
        scope = scope_of(person, Action.EXPORT)
        return export(tx, kind, Request(scope, day, zone, policies, sensitive=may(person, Action.PERSONAL)))

    sheets = await db.read(rows)
    if sheets is None:
        return None
    target = BytesIO()
    await asyncio.to_thread(write, target, sheets)
    return f"{kind}-{day:%Y%m%d}.xlsx", target.getvalue()
