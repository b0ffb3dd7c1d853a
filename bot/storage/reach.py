"""Who can be reached: people who blocked the bot, people who came back, and who was not reached lately."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, or_, select, update

from bot.domain.access import Scope
from bot.storage.outbox import CALLBACK_ANSWER
from bot.storage.schema import assignments, groups, outbox, staff
from bot.storage.transaction import Transaction

_BACK = (
    update(staff).where(staff.c.telegram_id == bindparam("who"), staff.c.reachable.is_(False)).values(reachable=True)
)


@dataclass(frozen=True, slots=True)
class NotReached:
    """A staff member with messages that did not arrive, or of whom it is not known.

    `blocked`: Telegram refuses their messages now; `unknown` and `refused` count messages; `last` is the newest.
    """

    staff_id: int
    name: str
    blocked: bool
    unknown: int
    refused: int
    last: datetime | None


def heard_from(tx: Transaction, telegram_id: int) -> bool:
    """Somebody wrote or tapped: they can be reached. True when they could not before."""
    return tx.conn.execute(_BACK, {"who": telegram_id}).rowcount > 0


def lost(tx: Transaction, chat_id: int, staff_id: int | None) -> int | None:
    """Telegram refuses messages to this person; their staff id when that is news, else None."""
    who = staff.c.telegram_id == chat_id if staff_id is None else staff.c.id == staff_id
    changed = update(staff).where(who, staff.c.reachable.is_(True)).values(reachable=False)
    found: int | None = tx.conn.execute(changed.returning(staff.c.id)).scalar_one_or_none()
    return found


def not_reached(tx: Transaction, scope: Scope, since: datetime) -> list[NotReached]:
    """Staff within `scope` who block the bot, or whose messages settled since `since` did not surely arrive."""
    tx.reads.counted |= scope
    failed = and_(
        or_(outbox.c.staff_id == staff.c.id, outbox.c.chat_id == staff.c.telegram_id),
        outbox.c.state.in_(("unknown", "unreachable")),
        outbox.c.kind != CALLBACK_ANSWER,
        outbox.c.done_at >= since,
    )
    query = (
        select(staff.c.id, staff.c.name, staff.c.reachable, outbox.c.state, outbox.c.done_at)
        .select_from(staff.outerjoin(outbox, failed))
        .where(staff.c.revoked_at.is_(None), staff.c.bound_at.is_not(None), _within(scope))
        .where(or_(staff.c.reachable.is_(False), outbox.c.id.is_not(None)))
        .order_by(staff.c.name, staff.c.id)
    )
    return _counted(list(tx.conn.execute(query)))


def _within(scope: Scope) -> ColumnElement[bool]:
    """An open assignment in one of the scope's villages or groups."""
    if scope.everything:
        return staff.c.id.is_not(None)
    groups_there = select(groups.c.id).where(groups.c.village_id.in_(list(scope.villages)))
    place = or_(
        assignments.c.village_id.in_(list(scope.villages)),
        assignments.c.group_id.in_(list(scope.groups)),
        assignments.c.group_id.in_(groups_there),
    )
    return exists().where(assignments.c.staff_id == staff.c.id, assignments.c.to_at.is_(None), place)


def _counted(rows: list[Row[tuple[int, str, bool, str, datetime]]]) -> list[NotReached]:
    people: dict[int, NotReached] = {}
    for row in rows:
        known = people.get(row.id) or NotReached(row.id, row.name, not row.reachable, 0, 0, None)
        moments = [moment for moment in (known.last, row.done_at) if moment is not None]
        people[row.id] = NotReached(
            row.id,
            row.name,
            known.blocked,
            known.unknown + (row.state == "unknown"),
            known.refused + (row.state == "unreachable"),
            max(moments, default=None),
        )
    return list(people.values())
