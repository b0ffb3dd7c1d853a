"""What a scope covers, as a condition on `households` (bot/domain/access.py decides, this only translates)."""

from sqlalchemy import ColumnElement, false, or_, true

from bot.domain.access import Scope
from bot.storage.schema import households


def covers(scope: Scope) -> ColumnElement[bool]:
    """True for the households that `scope` covers."""
    if scope.everything:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.villages:
        parts.append(households.c.village_id.in_(sorted(scope.villages)))
    if scope.groups:
        parts.append(households.c.group_id.in_(sorted(scope.groups)))
    if scope.helper_names:
        parts.append(households.c.helper_name.in_(sorted(scope.helper_names)))
    return or_(*parts) if parts else false()
