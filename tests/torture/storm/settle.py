"""Puts the cast into a database: a file or a PostgreSQL server."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.bootstrap import SystemClock
from bot.domain.households import Category, Household
from bot.domain.people import HEAD, Person
from bot.domain.staff import Assignment
from bot.storage import households, people, staff, villages
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.secrets import Secrets
from bot.storage.transaction import Transaction
from bot.usecases.bind import Invite, invite
from bot.usecases.revoke import revoke
from tests.torture.storm.cast import Account, Cast, Held, House

ZONE = ZoneInfo("Asia/Shanghai")
RELATIONS = (HEAD, "配偶", "之子")


async def settle(url: str, secrets: Secrets, who: Cast) -> None:
    """Create the tables and everybody in them."""
    now = SystemClock(ZONE).now()
    migrate(url, backup_dir=None, now=now)
    async with await Database.open(url, secrets) as db:
        await db.write(lambda tx: _fill(tx, who, now))


def _fill(tx: Transaction, who: Cast, now: datetime) -> None:
    for number, house in enumerate(who.houses):
        _house(tx, house, number, now)
    for account in who.accounts:
        if account.held:
            _person(tx, account, now)
    for each in who.codes:
        wanted = Invite(each.held.role, each.name, each.held.village, each.held.groups)
        invite(tx, wanted, code=each.code, at=now)


def _house(tx: Transaction, house: House, number: int, now: datetime) -> None:
    village = villages.ensure(tx, house.village).id
    group = villages.ensure_group(tx, village, house.group).id
    category = (Category.LIFTED, Category.UNSTABLE, Category.MARGINAL)[number % 3]
    stored = households.insert(
        tx,
        Household(
            0, house.code, village, "", group, "", category, head="", members=0, helper_name=house.helper,
            next_due=now.date() - timedelta(days=number % 5), last_visit=now.date() - timedelta(days=90),
        ),
    )  # fmt: skip
    for name, relation in zip(house.names, RELATIONS, strict=True):
        person = people.insert(tx, Person(0, stored, name, relation))
        people.update(tx, person, phone=house.phone)


def _person(tx: Transaction, account: Account, now: datetime) -> None:
    person = staff.insert(tx, account.name)
    staff.bind(tx, person, account.id, now)
    for held in account.held:
        for assignment in _assignments(tx, held):
            staff.add_assignment(tx, person, assignment, now)
    if account.revoked:
        revoke(tx, None, account.name, at=now)


def _assignments(tx: Transaction, held: Held) -> list[Assignment]:
    village = villages.ensure(tx, held.village).id if held.village else None
    if village is None or not held.groups:
        return [Assignment(held.role, village, unit="农业农村局" if held.role == "liaison" else None)]
    return [Assignment(held.role, village, villages.ensure_group(tx, village, name).id) for name in held.groups]
