"""What imports leave in the audit chain."""

from datetime import datetime

from bot.domain.staff import Staff
from bot.domain.workbooks.problems import RosterSummary
from bot.storage import audit
from bot.storage.transaction import Transaction
from bot.usecases.workbooks.match_roster import RosterPlan


def actor_name(actor: Staff | None) -> str:
    """Who acts, as the audit names it; None is the operator at the command line."""
    return "operator" if actor is None else f"staff:{actor.id}"


def note_roster(tx: Transaction, actor: Staff | None, plan: RosterPlan, summary: RosterSummary, now: datetime) -> None:
    """One row for the import with its counts, one for each known household that changed, naming fields, no values."""
    audit.append(
        tx,
        actor=actor_name(actor),
        action="roster.import",
        subject="roster",
        at=now,
        new=summary.new,
        people=summary.new_people,
        updated=summary.updated,
        unchanged=summary.unchanged,
        absent=summary.absent,
        villages=summary.villages,
    )
    for each in plan.updated:
        assert each.household is not None
        subject = f"household:{each.household.id}"
        audit.append(
            tx, actor=actor_name(actor), action="household.update", subject=subject, at=now, fields=each.changes
        )
