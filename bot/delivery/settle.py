"""Writing down what became of a message, in the transaction of the sender."""

from datetime import datetime

from bot.delivery.hooks import Apology, Hooks
from bot.delivery.limits import Limits
from bot.delivery.outcomes import Outcome, Verdict
from bot.delivery.problems import describe, log, new_reference
from bot.storage import outbox, reach, reminders
from bot.storage.outbox import Claimed, OutKind
from bot.storage.savepoint import attempt
from bot.storage.transaction import Transaction


def settle(tx: Transaction, claimed: Claimed, outcome: Outcome, at: datetime, hooks: Hooks, limits: Limits) -> None:
    """Record `outcome` at `at`: done, once more, given up; tell whom it concerns."""
    verdict = outcome.verdict
    if verdict is Verdict.SENT:
        outbox.sent(tx, claimed.id, at, outcome.message_id)
    elif verdict is Verdict.UNREACHABLE:
        _unreachable(tx, claimed, at, hooks)
    elif verdict is Verdict.WITHDRAWN:
        _withdraw(tx, claimed, at, hooks)
    elif verdict is Verdict.LATE or _is_stale(claimed, limits):
        outbox.end(tx, claimed.id, "aside", at)
    elif verdict is Verdict.UNKNOWN and _never_again(claimed, limits):
        outbox.end(tx, claimed.id, "unknown", at)
    elif verdict is Verdict.DEFECT or (verdict is Verdict.REFUSED and claimed.attempts >= limits.refused_attempts):
        _aside(tx, claimed, outcome, at, hooks)
    else:
        outbox.again(tx, claimed.id)


def recheck(tx: Transaction, claimed: Claimed, at: datetime, hooks: Hooks) -> Outcome | None:
    """None for a message that its reader may see now, else why it is not sent.

    One that cannot be looked at is set aside: what is not known to be allowed is not sent.
    """
    allowed: list[bool] = []
    error = attempt(tx, lambda: allowed.append(hooks.allowed(tx, claimed.out, claimed.created_at, at)))
    if error is not None:
        log.error("rights not looked at", outbox=claimed.id, **describe(error))
        return Outcome(Verdict.DEFECT, why="rights not looked at")
    return None if allowed == [True] else Outcome(Verdict.WITHDRAWN)


def _withdraw(tx: Transaction, claimed: Claimed, at: datetime, hooks: Hooks) -> None:
    """A reminder is planned anew for what its reader sees now; whoever waits for an answer is told."""
    outbox.withdraw(tx, claimed.id, at)
    reminders.release(tx, claimed.id)
    error = attempt(tx, lambda: hooks.withdrawn(tx, claimed.out, claimed.created_at, at))
    log.info("message withdrawn", outbox=claimed.id, told=error is None, **(describe(error) if error else {}))


def _never_again(claimed: Claimed, limits: Limits) -> bool:
    return claimed.out.kind is OutKind.REMINDER or claimed.attempts >= limits.unknown_attempts


def _is_stale(claimed: Claimed, limits: Limits) -> bool:
    """A tap's answer is worth little after some seconds."""
    return claimed.out.kind is OutKind.ANSWER and claimed.attempts >= limits.answer_attempts


def _unreachable(tx: Transaction, claimed: Claimed, at: datetime, hooks: Hooks) -> None:
    outbox.end(tx, claimed.id, "unreachable", at)
    staff_id = reach.lost(tx, claimed.out.chat_id, claimed.out.staff_id)
    if staff_id is None:
        return
    error = attempt(tx, lambda: hooks.tell_lead(tx, staff_id, at))
    log.warning("person unreachable", staff=staff_id, lead_told=error is None, **(describe(error) if error else {}))


def _aside(tx: Transaction, claimed: Claimed, outcome: Outcome, at: datetime, hooks: Hooks) -> None:
    reference = claimed.reference or new_reference()
    log.error(
        "message set aside", outbox=claimed.id, method=claimed.out.method, reason=outcome.why, reference=reference
    )
    outbox.end(tx, claimed.id, "aside", at, reference)
    is_own_apology = claimed.reference is not None
    if is_own_apology or claimed.out.kind in (OutKind.ANSWER, OutKind.REMINDER):
        return
    apologise(tx, Apology(claimed.out.chat_id, reference), at, hooks)


def apologise(tx: Transaction, apology: Apology, at: datetime, hooks: Hooks) -> None:
    """Tell a person that something went wrong, as the answer to their tap too; a failing apology is only logged."""
    if apology.chat_id <= 0 and apology.tap is None:
        return
    before, reference = outbox.last_id(tx), apology.reference
    error = attempt(tx, lambda: hooks.apologise(tx, apology, at))
    if error is not None:
        log.error("no apology", reference=reference, **describe(error))
        return
    outbox.refer(tx, before, reference)
