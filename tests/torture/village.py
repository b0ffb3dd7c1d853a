"""A village for the torture test: each person watches a group of their own with five households."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.households import Category, Household
from bot.domain.people import HEAD, Person
from bot.domain.staff import Assignment, Role
from bot.storage import households, people, staff, villages
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.secrets import Secrets, load_or_create_key
from bot.storage.transaction import Transaction

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = ("国强", "桂英", "正兴", "文清", "秀芳")
FIRST_TELEGRAM_ID = 800_000_001


@dataclass(frozen=True)
class Keeper:
    """A person with a phone and the heads of the households they keep."""

    telegram_id: int
    name: str
    heads: tuple[str, ...]


def keepers(count: int) -> list[Keeper]:
    """So many people; names of heads are unique in the village."""
    return [
        Keeper(FIRST_TELEGRAM_ID + index, f"网格员{SURNAMES[index]}", tuple(SURNAMES[index] + given for given in GIVEN))
        for index in range(count)
    ]


async def settle(data_dir: Path, who: list[Keeper]) -> Path:
    """Create the database with everybody bound; its file."""
    key, path = load_or_create_key(data_dir), data_dir / "ruhu.db"
    url = f"sqlite:///{path}"
    now = datetime(2024, 1, 1, tzinfo=UTC)
    migrate(url, backup_dir=None, now=now)
    async with await Database.open(url, Secrets(key)) as db:
        await db.write(lambda tx: _fill(tx, who, now))
    return path


def _fill(tx: Transaction, who: list[Keeper], now: datetime) -> None:
    village = villages.ensure(tx, "大石村").id
    for index, keeper in enumerate(who):
        group = villages.ensure_group(tx, village, f"{index + 1}组").id
        for number, head in enumerate(keeper.heads):
            code = f"H{index:02d}{number:02d}"
            house = Household(0, code, village, "", group, "", Category.LIFTED, head="", members=0)
            people.insert(tx, Person(0, households.insert(tx, house), head, HEAD))
        person = staff.insert(tx, keeper.name)
        staff.bind(tx, person, keeper.telegram_id, now)
        staff.add_assignment(tx, person, Assignment(Role.MONITOR, village_id=village, group_id=group), now)
