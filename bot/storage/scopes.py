"""What a scope covers, as a condition on `households` (bot/domain/access.py decides, this only translates)."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, false, func, or_, true

from bot.domain import spelling
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
        parts.append(helped_by(scope.helper_names))
    return or_(*parts) if parts else false()


def helped_by(names: Iterable[str]) -> ColumnElement[bool]:
    """True for the households that name one of these as their helper, with or without the dot inside a name."""
    plain = sorted({spelling.written(name).replace(spelling.DOT, "") for name in names})
    return func.replace(households.c.helper_name, spelling.DOT, "").in_(plain)
