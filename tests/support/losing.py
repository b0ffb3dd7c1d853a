"""A household, a person who has it, and the ways of losing it: for tests that walk every way of showing it.

`lived` lets the person do with it, through the chat, whatever can be done, so that receipts, open questions and offers
of every kind are there. `taps` and `texts` are then every button and everything that can be typed about it.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.people import Person as Member
from bot.domain.staff import Assignment, Role, Staff
from bot.forms.buttons import encode, encode_choice
from bot.handlers import attaching, callbacks, commands
from bot.sandbox.client import Person
from bot.sandbox.seen import Seen
from bot.storage import audit, clues, drafts, entries, households, people, staff, visits
from bot.storage.outbox import PURPOSE
from bot.storage.schema import outbox, records
from bot.storage.sealing import open_json
from bot.storage.transaction import Transaction
from bot.texts import texts as catalogue
from bot.usecases.handover import hand_over
from bot.usecases.import_roster import import_roster
from bot.usecases.leave import end_leave
from bot.usecases.revoke import revoke
from bot.usecases.workbooks.read_roster import read_roster
from tests.support import workbooks
from tests.support.grid import TODAY, Grid
from tests.support.telling import words
from tests.support.town import HELPER, MONITOR, OTHER_MONITOR, Town, answer, tapped

HEAD, MEMBERS, CODE, PHONE, NOTE = "欧阳惟敏", ("尉迟乙丁", "尉迟丙戊"), "QX9071", "13912340071", "房梁朽了"
SECRETS = (HEAD, *MEMBERS, CODE, PHONE, "…0071", NOTE, "3,517", "5,319", "2,713")
"""What is said of this household and of no other."""


@dataclass(frozen=True)
class Way:
    """`give` makes the household the person's, `lose` takes it away."""

    name: str
    loser: int
    give: Callable[[Transaction, Town], None]
    lose: Callable[[Town], Awaitable[Any]]


def _hold(tx: Transaction, town: Town, user_id: int, group: str = "八组") -> None:
    grid = Grid(tx)
    person = staff.by_telegram(tx, user_id)
    assert person is not None
    held = Assignment(Role.MONITOR, grid.village_id(), grid.group(group))
    staff.add_assignment(tx, person.id, held, town.clock.now())


def _called(tx: Transaction, name: str) -> Staff:
    person = staff.by_name(tx, name)
    assert person is not None
    return person


def _stand_in(tx: Transaction, town: Town) -> None:
    _hold(tx, town, MONITOR)
    day = town.ruhu.today
    staff.set_leave(tx, _called(tx, "杨光明").id, day, day, _called(tx, "普学兵").id)


async def _over(town: Town) -> None:
    town.clock.advance(timedelta(days=1))


def _imported(**changed: str) -> Callable[[Town], Awaitable[Any]]:
    """A roster with the household elsewhere, or in other hands."""

    async def work(town: Town) -> None:
        first = {"村(社区)": "东河村", "村民小组": "八组", "帮扶责任人": "李雪梅", "联系电话": PHONE} | changed
        rows = [workbooks.person(CODE, HEAD, **first)]
        place = {name: first[name] for name in ("村(社区)", "村民小组")}
        rows += [workbooks.person(CODE, name, "其他", **place) for name in MEMBERS]
        book = read_roster(workbooks.roster(rows), town.ruhu.today)
        await town.write(
            lambda tx: import_roster(
                tx, None, book, today=town.ruhu.today, now=town.clock.now(), policies=town.ruhu.policies
            )
        )

    return work


def _do(work: Callable[[Transaction, Town], Any]) -> Callable[[Town], Awaitable[Any]]:
    return lambda town: town.write(lambda tx: work(tx, town))


def _close_role(tx: Transaction, town: Town) -> None:
    """A viewer of another village is what remains."""
    person = _called(tx, "杨光明")
    staff.close_assignments(tx, person.id, town.clock.now())
    staff.add_assignment(tx, person.id, Assignment(Role.VIEWER, Grid(tx).village_id("西山村")), town.clock.now())


def _monitor(tx: Transaction, town: Town) -> None:
    _hold(tx, town, MONITOR)


WAYS = [
    Way("revoked", MONITOR, _monitor, _do(lambda tx, town: revoke(tx, None, "杨光明", at=town.clock.now()))),
    Way(
        "handed over", MONITOR, _monitor,
        _do(lambda tx, town: hand_over(tx, None, "杨光明", "普学兵", at=town.clock.now())),
    ),
    Way("moved to another group by import", MONITOR, _monitor, _imported(村民小组="九组")),
    Way("moved to another village by import", MONITOR, _monitor, _imported(**{"村(社区)": "西山村"})),
    Way("another helper by import", HELPER, lambda tx, town: None, _imported(帮扶责任人="赵帮扶")),
    Way("leave ended", OTHER_MONITOR, _stand_in,
        _do(lambda tx, town: end_leave(tx, _called(tx, "杨光明"), at=town.clock.now()))),
    Way("leave over", OTHER_MONITOR, _stand_in, _over),
    Way("role taken away", MONITOR, _monitor, _do(_close_role)),
]  # fmt: skip


@dataclass
class Material:
    """What there is of the household, by kind of id, and the messages that stand in the chat."""

    ids: dict[str, list[int]]
    receipts: list[Seen] = field(default_factory=list)


def settle(tx: Transaction) -> int:
    """Store the household: due, with a problem in the past, members and a phone."""
    grid = Grid(tx)
    household = grid.house(
        HEAD, "八组", code=CODE, helper_name="李雪梅", last_visit=None, first_due=TODAY - timedelta(days=3),
        due=TODAY - timedelta(days=3),
    )  # fmt: skip
    for name in MEMBERS:
        people.insert(tx, Member(0, household, name, "其他"))
    people.update(tx, people.of_household(tx, household)[0].id, phone=PHONE)
    return household


async def lived(town: Town, me: Person) -> Material:
    """Do everything once: records that stand, are undone, are corrected; open questions; offers."""
    household = (await town.ruhu.db.read(lambda tx: households.by_code(tx, CODE))).id  # type: ignore[union-attr]
    kept = []

    async def saved(text: str, expected: str) -> Seen:
        seen = await tapped(me, "保存", expected, await answer(me, text, "请确认"))
        kept.append(seen)
        return seen

    receipt = await saved(f"记账 {HEAD} 工资 3517", "已记账")
    me.reply_to(receipt, "5319")
    kept.append(await tapped(me, "保存", "5,319元", await me.wait_for("请确认")))
    undone = await saved(f"记账 {HEAD} 养老金 2713", "已记账")
    await tapped(me, "撤销", "已撤销", undone)
    await saved(f"今天去{HEAD}家,{NOTE}", "住房问题已记下")
    card = await answer(me, f"查 {CODE}", "户编号")
    await tapped(me, "解决", "", card)
    for text in (
        f"走访 {HEAD}",
        f"今天去{HEAD}家,一切正常",
        f"记账 {HEAD}",
        f"{HEAD}家添了个娃",
        "查 八组",
        "待办",
        "线索",
    ):
        await answer(me, text)
    me.reply_to(kept[1], "不是5319是5320")
    await me.wait_for("请确认")
    me.send_photo()
    await me.wait_for("要放进")
    await answer(me, "这几天村里在修路不好走", "没看懂")
    await town.write(lambda tx: households.update(tx, household, next_due=TODAY - timedelta(days=3), last_visit=None))
    return Material(await town.ruhu.db.read(lambda tx: _ids(tx, household, me.id)), kept)


def _ids(tx: Transaction, household: int, chat_id: int) -> dict[str, list[int]]:
    mine = drafts.open_of(tx, chat_id)
    return {
        "household": [household],
        "record": list(tx.conn.scalars(select(records.c.id).where(records.c.household_id == household))),
        "clue": [clue.id for clue in clues.of_household(tx, household)],
        "person": [person.id for person in people.of_household(tx, household)],
        "draft": [draft.id for draft in mine if draft.form != attaching.FORM],
        "revision": [draft.revision for draft in mine if draft.form != attaching.FORM],
        "attachment": [draft.id for draft in mine if draft.form == attaching.FORM],
        "nothing": [0],
        "days": [1],
        "day": [int(f"{TODAY:%Y%m%d}")],
    }


_PLAIN, _PAGE = ("",), ("0", "8")
VERBS: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("show", "card", "ledger", "history", "members"), ("household", _PLAIN)),
    "phone": ("person", _PLAIN),
    "receipt": ("record", _PLAIN),
    **dict.fromkeys(("todo", "overdue", "listbelow", "listfalling", "listuninsured", "listunvisited", "cases"),
                    ("nothing", _PAGE)),
    "late": ("days", _PAGE),
    "export": ("nothing", commands.EXPORTS),
    **dict.fromkeys(("missed", "hours"), ("nothing", _PLAIN)),
    "hour": ("nothing", ("08:00",)),
    "language": ("nothing", ("zh",)),
    "resume": ("draft", _PLAIN),
    "saveall": ("draft", _PLAIN),
    **dict.fromkeys(("visit", "income"), ("household", _PLAIN)),
    "solve": ("clue", _PLAIN),
    "attach": ("attachment", _PLAIN),
    "noattach": ("attachment", _PLAIN),
    "detach": ("record", ("1-9",)),
    "snooze": ("household", ("", "busy", "busy-1")),
    "mute": ("household", ("", "7", "0")),
    "undo": ("record", _PLAIN),
    "restore": ("record", _PLAIN),
    "snoozeall": ("day", _PLAIN),
    "leave": ("day", _PLAIN),
    "away": ("days", _PLAIN),
    "back": ("nothing", _PLAIN),
    **dict.fromkeys(("agree", "decline"), ("nothing", _PLAIN)),
}  # fmt: skip
"""Every verb of a button with the kind of id and the arguments that it takes; what only shows comes first."""
CHOICES = ("show", "edit", "edit.household", "edit.findings", "edit.e0.amount", "back", "=ok", "save", "cancel")


def taps(material: Material) -> Iterator[str]:
    """Callback data of every button that can be made about the household; complete by `callbacks._VERBS`."""
    assert VERBS.keys() == callbacks._VERBS.keys(), "say of the new verb what it is about"
    for verb, (kind, args) in VERBS.items():
        yield from (encode(verb, id_, arg) for id_ in material.ids[kind] for arg in args)
        if verb == "resume":
            for draft, revision in zip(material.ids["draft"], material.ids["revision"], strict=True):
                yield from (encode_choice(draft, revision, option) for option in CHOICES)


def texts() -> list[str]:
    """Everything that can be typed: commands, keys, quick forms by name, pinyin, code and phone, free words."""
    said = [f"/{name}" for name in commands._HANDLERS]
    said += [catalogue.get("zh", f"word-{name}") for name in commands.KEYBOARD_WORDS]
    for verb in (catalogue.get("zh", f"word-{name}") for name in commands.QUICK):
        said += [f"{verb} {what}" for what in (HEAD, MEMBERS[0], "oywm", "ouyangweimin", CODE, "0071", "八组")]
    said += [HEAD, MEMBERS[1], "八组", f"{HEAD}家情况怎么样", f"今天去{HEAD}家,一切正常", f"{HEAD}家卖了两头猪得5000"]
    said += [
        "逾期的有哪些",
        "万元以下有哪些",
        "这个月哪些没走访",
        "没解决的问题有哪些",
        "刚才那条错了",
        "不是5319是5320",
    ]
    return [*said, f"{HEAD}家添了个娃", "这几天村里在修路不好走", "继续", "一切正常", "保存", "修改", "3517"]


REPLIES = ("5300", "不是5319是5300", "删掉这条", "不是这家,是李四家", "一切正常")


def leaks(shown: str, typed: list[str]) -> list[str]:
    """Which secrets stand in a text, but for a person's own words that are quoted back (未找到“…”)."""
    quoted = re.findall("“([^”]*)”", shown)
    for said in quoted:
        if any(said.rstrip("…") in each for each in typed):
            shown = shown.replace(f"“{said}”", "")
    return [secret for secret in SECRETS if secret in shown]


@dataclass(frozen=True)
class Row:
    """A message of the outbox as its reader would see it."""

    id: int
    state: str
    kind: str
    shown: str


async def rows_to(town: Town, chat_id: int, after: int = 0) -> list[Row]:
    """What was written to somebody after a row."""

    def work(tx: Transaction) -> list[Row]:
        query = select(outbox).where(outbox.c.chat_id == chat_id, outbox.c.id > after).order_by(outbox.c.id)
        return [Row(row.id, row.state, row.kind, _shown(tx, row.payload_sealed)) for row in tx.conn.execute(query)]

    return await town.ruhu.db.read(work)


def _shown(tx: Transaction, sealed: bytes) -> str:
    return words(open_json(tx.secrets, sealed, PURPOSE)["params"])


async def facts(town: Town) -> Any:
    """What is stored of the household, to be compared."""

    def work(tx: Transaction) -> Any:
        home = households.by_code(tx, CODE)
        assert home is not None
        made = [row.id for row in tx.conn.execute(select(records).where(records.c.household_id == home.id))]
        return (
            home, people.of_household(tx, home.id), clues.of_household(tx, home.id), entries.of_household(tx, home.id),
            visits.of_household(tx, home.id, include_undone=True), made, audit.verify(tx),
        )  # fmt: skip

    return await town.ruhu.db.read(work)
