"""Persons and their dated memberships; nobody is deleted, they leave and join."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from bot.domain.access import Scope
from bot.domain.people import HEAD, Person, Span
from bot.storage import roster_version
from bot.storage.naming import keys_of
from bot.storage.schema import groups, households, memberships, people
from bot.storage.scopes import covers
from bot.storage.sealing import id_mark, id_values, open_optional, phone_values
from bot.storage.transaction import Transaction

p, m = people.c, memberships.c
_MEMBERSHIP = ("household_id", "relation", "joined_on", "left_on", "left_why")
_SPECIAL = ("id", "name", "alias", "health", "id_number", "phone")
PLAIN = tuple(f.name for f in fields(Person) if f.name not in {*_MEMBERSHIP, *_SPECIAL})
"""The fields of a Person that are columns as they are."""


def get(tx: Transaction, person_id: int, *, opened: bool = False) -> Person | None:
    """The person with the open membership, else with the last one; `opened` decrypts ID number and phone."""
    query = _query().where(p.id == person_id).order_by(m.left_on.is_not(None), m.id.desc()).limit(1)
    row = tx.conn.execute(query).first()
    return _person(tx, row, opened=opened) if row else None


def of_household(tx: Transaction, household_id: int, *, on: date | None = None, opened: bool = False) -> list[Person]:
    """The members today (open memberships), or those on the day `on`; the head first."""
    if on is None:
        when: ColumnElement[bool] = m.left_on.is_(None)
    else:
        when = or_(m.joined_on.is_(None), m.joined_on <= on) & or_(m.left_on.is_(None), m.left_on >= on)
    query = _query().where(m.household_id == household_id, when).order_by(m.relation != HEAD, m.id)
    return [_person(tx, row, opened=opened) for row in tx.conn.execute(query)]


def of_households(
    tx: Transaction, scope: Scope, *, opened: bool = False, uninsured: bool = False
) -> dict[int, list[Person]]:
    """Open members of every household that `scope` covers and that has not left: household id → persons.

    `uninsured`: only those known to be without medical insurance.
    """
    found: dict[int, list[Person]] = {}
    query = _query().join(households, households.c.id == m.household_id)
    query = query.where(m.left_on.is_(None), households.c.left_on.is_(None), covers(scope))
    if uninsured:
        query = query.where(p.insured.is_(False))
    for row in tx.conn.execute(query.order_by(m.household_id, m.relation != HEAD, m.id)):
        found.setdefault(row.household_id, []).append(_person(tx, row, opened=opened))
    return found


def spans(tx: Transaction, household_id: int) -> list[Span]:
    """Every membership a household has had, in days."""
    return spans_of(tx, [household_id]).get(household_id, [])


def spans_of(tx: Transaction, household_ids: Sequence[int] | None = None) -> dict[int, list[Span]]:
    """Memberships of many households (all when None): household id → spans."""
    found: dict[int, list[Span]] = {}
    query = select(m.household_id, m.joined_on, m.left_on).order_by(m.id)
    if household_ids is not None:
        query = query.where(m.household_id.in_(household_ids))
    for household_id, joined_on, left_on in tx.conn.execute(query):
        found.setdefault(household_id, []).append(Span(joined_on, left_on))
    return found


def by_id_number(tx: Transaction, number: str) -> Person | None:
    """The person with this ID number, by its mark."""
    mark = id_mark(tx.secrets, number)
    person_id = tx.conn.scalar(select(p.id).where(p.id_number_mark == mark)) if mark is not None else None
    return None if person_id is None else get(tx, person_id)


def insert(tx: Transaction, person: Person, *, health_note: str | None = None) -> int:
    """Store a new person with a membership from `person.joined_on` (None: always); `person.id` is not read."""
    person_id = insert_many(tx, [person])[0]
    if health_note is not None:
        set_health_note(tx, person_id, health_note)
    return person_id


def insert_many(tx: Transaction, new: Sequence[Person]) -> list[int]:
    """Store new persons with their memberships; their ids in the same order."""
    if not new:
        return []
    returning = people.insert().returning(p.id, sort_by_parameter_order=True)
    ids: list[int] = list(tx.conn.scalars(returning, [_columns(tx, person) for person in new]))
    joined = [
        {"person_id": id_} | {name: getattr(person, name) for name in _MEMBERSHIP}
        for id_, person in zip(ids, new, strict=True)
    ]
    tx.conn.execute(memberships.insert(), joined)
    roster_version.renew(tx)
    return ids


def update(tx: Transaction, person_id: int, **changes: Any) -> None:
    """Set fields of a person by their names in `Person` (not those of the membership)."""
    unknown = changes.keys() - {*PLAIN, *_SPECIAL} | changes.keys() & {"id"}
    if unknown:
        raise ValueError(f"not to be set here: {sorted(unknown)}")
    values = {name: changes[name] for name in PLAIN if name in changes}
    if "health" in changes:
        values["health"] = _joined(changes["health"], ",")
    if "id_number" in changes:
        values |= id_values(tx.secrets, changes["id_number"])
    if "phone" in changes:
        values |= phone_values(tx.secrets, changes["phone"])
    if "name" in changes or "alias" in changes:
        values |= _renamed(tx, person_id, changes)
        roster_version.renew(tx)
    if values:
        tx.conn.execute(people.update().where(p.id == person_id).values(values))


def set_relation(tx: Transaction, person_id: int, relation: str) -> None:
    """Change the relation of the open membership."""
    open_one = (m.person_id == person_id, m.left_on.is_(None))
    tx.conn.execute(memberships.update().where(*open_one).values(relation=relation))
    roster_version.renew(tx)


def leave(tx: Transaction, person_id: int, on: date, why: str) -> bool:
    """End the open membership with `on` as its last day; False when there was none."""
    open_one = (m.person_id == person_id, m.left_on.is_(None))
    changed = tx.conn.execute(memberships.update().where(*open_one).values(left_on=on, left_why=why))
    roster_version.renew(tx)
    return changed.rowcount > 0


def join(tx: Transaction, person_id: int, household_id: int, relation: str, on: date | None) -> None:
    """Begin a membership with `on` as its first day; an open one elsewhere has to be left before (Conflict)."""
    tx.conn.execute(
        memberships.insert().values(person_id=person_id, household_id=household_id, relation=relation, joined_on=on)
    )
    roster_version.renew(tx)


def open_phone(tx: Transaction, person_id: int) -> str | None:
    """The phone number in clear, for one card at a time."""
    return open_optional(tx.secrets, tx.conn.scalar(select(p.phone_sealed).where(p.id == person_id)), "phone")


def open_id_number(tx: Transaction, person_id: int) -> str | None:
    """The ID number in clear."""
    return open_optional(tx.secrets, tx.conn.scalar(select(p.id_number_sealed).where(p.id == person_id)), "id_number")


def health_note(tx: Transaction, person_id: int) -> str | None:
    """The words about a person's health, in clear."""
    found = tx.conn.scalar(select(p.health_note_sealed).where(p.id == person_id))
    return open_optional(tx.secrets, found, "health_note")


def set_health_note(tx: Transaction, person_id: int, note: str | None) -> None:
    """Store words about a person's health, sealed."""
    sealed = None if note is None else tx.secrets.seal(note, "health_note")
    tx.conn.execute(people.update().where(p.id == person_id).values(health_note_sealed=sealed))


def roster_rows(tx: Transaction, scope: Scope) -> list[tuple[str, str, list[str], str, list[str]]]:
    """What the parser knows of a scope: (code, head, other members, group, aliases) a household."""
    query = (
        select(households.c.code, groups.c.name.label("group"), p.name, p.alias, m.relation)
        .join(memberships, m.household_id == households.c.id)
        .join(people, p.id == m.person_id)
        .join(groups, groups.c.id == households.c.group_id)
        .where(households.c.left_on.is_(None), m.left_on.is_(None), covers(scope))
        .order_by(households.c.id, m.relation != HEAD, m.id)
    )
    rows: dict[str, tuple[str, str, list[str], str, list[str]]] = {}
    for code, group, name, alias, _ in tx.conn.execute(query):
        if code not in rows:
            rows[code] = (code, name, [], group, [])
        else:
            rows[code][2].append(name)
        rows[code][4].extend((alias or "").split())
    return list(rows.values())


@cache
def _query() -> Select[Any]:
    """Put together once; `where` makes a new one of it."""
    columns = [p.id, p.name, p.alias, p.health, p.id_number_sealed, p.phone_sealed, *(p[name] for name in PLAIN)]
    return select(*columns, *(m[name] for name in _MEMBERSHIP)).join(memberships, m.person_id == p.id)


def _person(tx: Transaction, row: Row[Any], *, opened: bool) -> Person:
    values = dict(row._mapping)
    sealed_id, sealed_phone = values.pop("id_number_sealed"), values.pop("phone_sealed")
    values["alias"] = tuple((values["alias"] or "").split())
    values["health"] = tuple((values["health"] or "").split(",")) if values["health"] else ()
    if opened:
        values["id_number"] = open_optional(tx.secrets, sealed_id, "id_number")
        values["phone"] = open_optional(tx.secrets, sealed_phone, "phone")
    return Person(**values)


def _columns(tx: Transaction, person: Person) -> dict[str, Any]:
    keys = keys_of(person.name, person.alias)
    return {
        "name": person.name,
        "alias": _joined(person.alias, " "),
        "name_key": keys.name_key,
        "pinyin": keys.pinyin,
        "initials": keys.initials,
        "health": _joined(person.health, ","),
        **id_values(tx.secrets, person.id_number),
        **phone_values(tx.secrets, person.phone),
        **{name: getattr(person, name) for name in PLAIN},
    }


def _renamed(tx: Transaction, person_id: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    row = tx.conn.execute(select(p.name, p.alias).where(p.id == person_id)).one()
    name = changes.get("name", row.name)
    alias = tuple(changes.get("alias", (row.alias or "").split()))
    keys = keys_of(name, alias)
    return {
        "name": name,
        "alias": _joined(alias, " "),
        "name_key": keys.name_key,
        "pinyin": keys.pinyin,
        "initials": keys.initials,
    }


def _joined(values: Sequence[str], mark: str) -> str | None:
    return mark.join(values) or None
