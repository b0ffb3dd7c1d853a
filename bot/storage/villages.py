"""Villages and village groups; they come to exist by import."""

from sqlalchemy import Row, select

from bot.domain.households import Group, Village, canonical_group, village_key
from bot.storage.schema import groups, villages
from bot.storage.transaction import Transaction


def village(tx: Transaction, village_id: int) -> Village | None:
    """The village with this id."""
    row = tx.conn.execute(select(villages).where(villages.c.id == village_id)).first()
    return _village(row) if row else None


def by_name(tx: Transaction, name: str) -> Village | None:
    """The village of this name as written, else the one that is only written in another way."""
    found = all_villages(tx)
    exact = [each for each in found if each.name == name.strip()]
    return next(iter(exact or [each for each in found if village_key(each.name) == village_key(name)]), None)


def all_villages(tx: Transaction) -> list[Village]:
    """Every village in the order in which it came."""
    return [_village(row) for row in tx.conn.execute(select(villages).order_by(villages.c.id))]


def ensure(tx: Transaction, name: str) -> Village:
    """The village of this name, created when it is not there."""
    found = by_name(tx, name)
    if found is None:
        tx.conn.execute(villages.insert().values(name=name.strip()))
        found = by_name(tx, name)
        assert found is not None
    return found


def set_facts(tx: Transaction, village_id: int, *, rural_population: int | None, lifted: bool) -> bool:
    """What the sheet 村情 tells (population in persons); True when it was something new."""
    wanted = {"rural_population": rural_population, "lifted": lifted}
    row = tx.conn.execute(select(villages).where(villages.c.id == village_id)).one()
    if all(row._mapping[key] == value for key, value in wanted.items()):
        return False
    tx.conn.execute(villages.update().where(villages.c.id == village_id).values(wanted))
    return True


def group(tx: Transaction, group_id: int) -> Group | None:
    """The village group with this id."""
    row = tx.conn.execute(select(groups).where(groups.c.id == group_id)).first()
    return _group(row) if row else None


def find_group(tx: Transaction, village_id: int, written: str) -> Group | None:
    """A village's group however it is written: `5组`, `五组`, `第五村民小组` and `5` are one."""
    wanted = groups.c.name == canonical_group(written)
    row = tx.conn.execute(select(groups).where(groups.c.village_id == village_id, wanted)).first()
    return _group(row) if row else None


def ensure_group(tx: Transaction, village_id: int, written: str) -> Group:
    """The village's group, created when it is not there."""
    found = find_group(tx, village_id, written)
    if found is None:
        tx.conn.execute(groups.insert().values(village_id=village_id, name=canonical_group(written)))
        found = find_group(tx, village_id, written)
        assert found is not None
    return found


def groups_of(tx: Transaction, village_id: int) -> list[Group]:
    """The groups of a village in the order in which they came."""
    rows = tx.conn.execute(select(groups).where(groups.c.village_id == village_id).order_by(groups.c.id))
    return [_group(row) for row in rows]


def all_groups(tx: Transaction) -> list[Group]:
    """Every group of every village."""
    return [_group(row) for row in tx.conn.execute(select(groups).order_by(groups.c.id))]


def _village(row: Row[tuple[object, ...]]) -> Village:
    return Village(**row._mapping)


def _group(row: Row[tuple[object, ...]]) -> Group:
    return Group(**row._mapping)
