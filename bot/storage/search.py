"""Which households a typed word means; only inside a scope.

A word is tried as the last four of an ID number or phone, as a household code, as a village group (alone or before a
name, a village's name before it), and as part of a name, its pinyin or its initials.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.domain import spelling
from bot.domain.access import Scope
from bot.domain.households import canonical_group
from bot.domain.limits import NAME, PLACE
from bot.domain.people import HEAD
from bot.storage.naming import latin
from bot.storage.schema import groups, households, memberships, people, villages
from bot.storage.scopes import covers
from bot.storage.sealing import id_mark, phone_values
from bot.storage.transaction import Transaction

h, m, p = households.c, memberships.c, people.c
_GROUP = re.compile(r"(第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:村民小组|村小组|小组|组|社))(.*)")
_TAIL = re.compile(r"\d{3}[\dxX]")
_LATIN = re.compile(r"[a-z]+")
_MINIMUM_CODE = 3
GROUP_RANK = 9
LONGEST = NAME + 2 * PLACE
"""Characters of the longest text that is looked for: a name with its group and village."""


@dataclass(frozen=True, slots=True)
class _Query:
    """A typed word taken apart."""

    name: str  # what is left when village and group are taken off, normalised
    village_ids: tuple[int, ...] = ()
    group: str | None = None

    @property
    def placed(self) -> bool:
        return bool(self.village_ids) or self.group is not None


def ranks(tx: Transaction, scope: Scope, text: str) -> dict[int, int]:
    """The ids of the households that `text` finds inside `scope`, each with a rank; the smallest fits best."""
    if len(text) > LONGEST:
        return {}
    return _ranks(tx, scope, text) or (_ranks(tx, scope, text.strip()[:-1]) if _called_family(text) else {})


def _called_family(text: str) -> bool:
    """王老五家 is looked for as it is, then once without 家."""
    return len(spelling.key(text)) > 1 and text.strip().endswith("家")


def _ranks(tx: Transaction, scope: Scope, text: str) -> dict[int, int]:
    query = _take_apart(tx, text)
    if not query.name and not query.placed:
        return {}
    found = _by_place(tx, scope, query) if not query.name else _by_name(tx, scope, query)
    if not query.placed:
        found |= _by_number(tx, scope, query.name) | _by_code(tx, scope, text.strip())
    return found


def _take_apart(tx: Transaction, text: str) -> _Query:
    name = spelling.key(text)
    if name.isdecimal() and len(name) <= 2:
        return _Query("", group=canonical_group(name))
    named = [(row.id, spelling.key(row.name)) for row in tx.conn.execute(select(villages.c.id, villages.c.name))]
    ids = tuple(village_id for village_id, village in named if name.startswith(village))
    if ids:
        name = name.removeprefix(max((village for _, village in named if name.startswith(village)), key=len))
    place = _GROUP.fullmatch(name)
    if place:
        return _Query(place[2], ids, canonical_group(place[1]))
    return _Query(name, ids)


def _inside(scope: Scope, query: _Query) -> list[ColumnElement[bool]]:
    where = [covers(scope), h.left_on.is_(None)]
    if query.village_ids:
        where.append(h.village_id.in_(query.village_ids))
    if query.group is not None:
        where.append(h.group_id.in_(select(groups.c.id).where(groups.c.name == query.group)))
    return where


def _by_place(tx: Transaction, scope: Scope, query: _Query) -> dict[int, int]:
    return dict.fromkeys(tx.conn.scalars(select(h.id).where(*_inside(scope, query))), GROUP_RANK)


def _by_code(tx: Transaction, scope: Scope, code: str) -> dict[int, int]:
    """Households by their whole code, or by its end from three characters on."""
    where = func.lower(h.code) == code.lower()
    if len(code) >= _MINIMUM_CODE:
        where = or_(where, h.code.endswith(code, autoescape=True))
    return dict.fromkeys(tx.conn.scalars(select(h.id).where(where, *_inside(scope, _Query("")))), 0)


def _by_number(tx: Transaction, scope: Scope, number: str) -> dict[int, int]:
    """Households of the persons with this ID number or phone, or with these last four."""
    if _TAIL.fullmatch(number):
        tails = (tx.secrets.mark(number.upper(), "id_tail"), tx.secrets.mark(number, "phone_tail"))
        marks = [p.id_tail_mark == tails[0], p.phone_tail_mark == tails[1]]
    elif len(number) >= 11 and number[:-1].isdecimal():
        known = id_mark(tx.secrets, number)
        marks = [p.id_number_mark == known] if known is not None else []
        marks.append(p.phone_mark == phone_values(tx.secrets, number)["phone_mark"])
    else:
        return {}
    found: dict[int, int] = {}
    for mark in marks:  # one query an index
        query = _people(scope, _Query("")).where(mark)
        found |= {row.household_id: 0 if row.relation == HEAD else 1 for row in tx.conn.execute(query)}
    return found


def _by_name(tx: Transaction, scope: Scope, query: _Query) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in tx.conn.execute(_people(scope, query).where(_named(query.name))):
        rank = _rank(query.name, row.name_key.split(" "), head=row.relation == HEAD)
        found[row.household_id] = min(rank, found.get(row.household_id, rank))
    return found


def _people(scope: Scope, query: _Query) -> Select[Any]:
    joined = select(m.household_id, m.relation, p.name_key).join(memberships, m.person_id == p.id)
    joined = joined.join(households, h.id == m.household_id)
    return joined.where(m.left_on.is_(None), *_inside(scope, query))


def _named(name: str) -> ColumnElement[bool]:
    typed = latin(name)
    if not _LATIN.fullmatch(typed):
        return p.name_key.contains(name, autoescape=True)
    if len(typed) == 1:
        return p.initials.like(f" {typed}%")
    syllables = or_(p.pinyin.like(f"% {typed}%"), p.initials.like(f"% {typed}%"))
    return or_(syllables, p.name_key.contains(name, autoescape=True))


def _rank(name: str, written: list[str], *, head: bool) -> int:
    """Whole name, then its beginning, then the rest; heads before members."""
    fit = 0 if name in written else 1 if any(each.startswith(name) for each in written) else 2
    return fit * 2 + (0 if head else 1)
