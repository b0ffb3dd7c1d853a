"""What is personal beyond a name cannot be read in the file or its log."""

from pathlib import Path

from sqlalchemy import LargeBinary

from bot.domain.checks import Check, Mode
from bot.domain.income_kinds import Kind
from bot.domain.people import Person
from bot.domain.records import Clue, Entry, Visit
from bot.domain.staff import Role
from bot.storage import attachments, clues, drafts, entries, invitations, people, records, visits
from bot.storage.database import Database, Transaction
from bot.storage.invitations import Invitation
from bot.storage.schema import metadata
from tests.support.storage import NOW, TODAY, world

ID_NUMBER, PHONE, CODE = "53233119800101001X", "13800001234", "invite-ABCDEFGH"
WORDS = [
    "老奶高血压按时吃药",
    "东墙裂了要上报",
    "东墙已经修好",
    "在广东打工的儿子",
    "走访备注一句话",
    "三千五百块草稿",
    "file-id-of-photo",
]


def _fill(tx: Transaction) -> None:
    w = world(tx)
    me = w.monitor.id
    health, found, closed, note, visit, draft, photo = WORDS
    person = Person(0, w.wang, "王大妈", "其他", id_number=ID_NUMBER, phone=PHONE)
    people.insert(tx, person, health_note=health)
    record = records.insert(tx, number="V240315-01", household_id=w.wang, author_id=me, at=NOW)
    clue = clues.insert(tx, Clue(0, w.wang, Check.HOUSING, TODAY, found, record))
    clues.close(tx, clue, on=TODAY, by=me, note=closed)
    entries.insert(tx, Entry(0, w.wang, Kind.WAGE, None, 100, "2024-02", note=note, at=NOW))
    visits.insert(tx, Visit(0, record, w.wang, TODAY, Mode.HOME, me, note=visit))
    drafts.insert(tx, me, 5, "income", {"amount": draft}, NOW)
    attachments.insert(tx, record, "photo", photo, NOW)
    invitations.insert_invitation(tx, CODE, Invitation(0, Role.HELPER, "李帮扶", NOW, NOW))


def _traces(folder: Path) -> dict[str, bool]:
    raw = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    secret = [ID_NUMBER, PHONE, CODE, *WORDS]
    return {text: text.encode() in raw or text.encode("utf-16-le") in raw for text in [*secret, "王大妈"]}


async def test_neither_the_file_nor_its_log_shows_what_is_sealed(db: Database, tmp_path: Path) -> None:
    await db.write(_fill)
    expected = dict.fromkeys([ID_NUMBER, PHONE, CODE, *WORDS], False) | {"王大妈": True}
    assert _traces(tmp_path) == expected, "in the log"
    await db.close()
    assert _traces(tmp_path) == expected, "in the file"


def test_every_sealed_or_marked_column_is_binary() -> None:
    for table in metadata.tables.values():
        for column in table.c:
            if column.name.endswith(("_sealed", "_mark")):
                assert isinstance(column.type, LargeBinary), f"{table.name}.{column.name}"
