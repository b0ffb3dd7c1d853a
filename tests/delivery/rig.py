"""A bot that echoes, over the real database, the real transport and the sandbox's Telegram."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from bot.delivery.hooks import Apology, Handle, Hooks
from bot.delivery.limits import Limits
from bot.delivery.listening import Door
from bot.delivery.service import Delivery, Options
from bot.delivery.transport import AiohttpRequest, BotApi
from bot.delivery.webhook import Webhook
from bot.domain.about import NOTHING
from bot.domain.staff import Assignment, Role
from bot.reading.asked import Readings
from bot.reading.pool import Readers
from bot.sandbox.client import Person
from bot.sandbox.server import SandboxServer
from bot.storage import outbox, staff, villages
from bot.storage.database import Database
from bot.storage.outbox import Outgoing, OutKind
from bot.storage.schema import inbox as inbox_table
from bot.storage.schema import outbox as outbox_table
from bot.storage.secrets import Secrets
from bot.storage.transaction import Transaction
from tests.support import prepared
from tests.support.town import READERS

START = datetime(2024, 3, 15, tzinfo=UTC)
QUICK = Limits(
    backoff_first=0.05, backoff_most=0.2, handling_pauses=(0.02, 0.05), look_every=0.1, poll_seconds=1,
    shutdown_seconds=2.0, chat_burst=1000, burst=1000, per_second=1000,
)  # fmt: skip
KEY = bytes(range(32))


def message(chat_id: int, text: str, **more: Any) -> dict[str, Any]:
    """Parameters of sendMessage."""
    return {"chat_id": chat_id, "text": text, **more}


def say(text: str, kind: OutKind = OutKind.SCREEN, chat_id: int = 1001, **more: object) -> Outgoing:
    """One message to somebody."""
    return Outgoing(chat_id, "sendMessage", message(chat_id, text), kind, **{"about": NOTHING, **more})  # type: ignore[arg-type]


def texts(rig: "Rig", chat_id: int = 1001) -> list[str]:
    """What the person sees of the bot."""
    return [seen.content.words for seen in rig.server.bot_messages(chat_id)]


async def settled(rig: "Rig") -> bool:
    """Whether nothing waits any more."""
    return {"new", "sending"}.isdisjoint(state for _, state in await rig.sent_states())


@dataclass
class Echo:
    """Handles updates: echoes text, edits on a tap; `poison` texts fail, `slow` ones too but only so often."""

    poison: str = "毒"
    seen: list[tuple[int, str]] = field(default_factory=list)
    fail_times: dict[str, int] = field(default_factory=dict)
    poison_tap: str = ""

    def __call__(self, tx: Transaction, update: dict[str, Any], at: datetime, readings: Readings) -> None:
        if "callback_query" in update:
            if update["callback_query"]["data"] == self.poison_tap:
                raise ValueError("a tap that cannot be handled")
            self._tap(tx, update["callback_query"], at)
            return
        if "message" not in update:
            return
        chat, text = update["message"]["chat"]["id"], update["message"]["text"]
        markup = {"inline_keyboard": [[{"text": "保存", "callback_data": "1.1.save"}]]}
        params = message(chat, f"收到 {text}", reply_markup=markup)
        outbox.put(tx, Outgoing(chat, "sendMessage", params, OutKind.SCREEN, ref="draft:1"), at)
        if self.poison in text:
            raise ValueError("this text must not be in a log: " + text)
        if self.fail_times.get(text, 0) > 0:
            self.fail_times[text] -= 1
            raise RuntimeError("passing trouble")
        self.seen.append((chat, text))

    def _tap(self, tx: Transaction, query: dict[str, Any], at: datetime) -> None:
        chat, number = query["message"]["chat"]["id"], query["message"]["message_id"]
        answer = {"callback_query_id": query["id"]}
        outbox.put(tx, Outgoing(chat, "answerCallbackQuery", answer, OutKind.ANSWER), at)
        edit = message(chat, "已保存", message_id=number)
        outbox.put(tx, Outgoing(chat, "editMessageText", edit, OutKind.RECEIPT, ref="record:1"), at)
        self.seen.append((chat, "tap"))


async def build(file: dict[str, Any]) -> tuple[str, bytes]:
    """A document of what the row says; `broken` cannot be built."""
    if file.get("broken"):
        raise LookupError("no such export")
    return f"{file['export']}.txt", f"staff {file['staff']}".encode()


def allowed(tx: Transaction, out: Outgoing, written_at: datetime, at: datetime) -> bool:
    """Rights are tested with the real handlers, in tests/handlers."""
    return True


def withdrawn(tx: Transaction, out: Outgoing, written_at: datetime, at: datetime) -> None:
    """Nothing is withdrawn here."""


@dataclass
class Rig:
    """All parts of one test; `running()` is a bot at work."""

    server: SandboxServer
    db: Database
    path: Path
    echo: Echo = field(default_factory=Echo)
    handle: Handle | None = None  # in place of the echo
    limits: Limits = QUICK
    webhook: Webhook | None = None
    ops_listen: str | None = None
    door: Door = field(default_factory=Door)
    answer_seconds: float = 0.4
    token: str | None = None
    root: str | None = None
    readers: Readers = READERS
    leads_told: list[int] = field(default_factory=list)

    def hooks(self) -> Hooks:
        """Texts as the composition root would give them."""

        def apologise(tx: Transaction, apology: Apology, at: datetime) -> None:
            chat_id, reference = apology.chat_id, apology.reference
            if apology.tap is not None:
                params: dict[str, Any] = {"callback_query_id": apology.tap, "text": f"刚才没办成,编号 {reference}"}
                outbox.put(tx, Outgoing(chat_id, "answerCallbackQuery", params, OutKind.ANSWER), at)
            params = message(chat_id, f"刚才没办成,编号 {reference}")
            outbox.put(tx, Outgoing(chat_id, "sendMessage", params, OutKind.SCREEN), at)

        def tell_lead(tx: Transaction, staff_id: int, at: datetime) -> None:
            self.leads_told.append(staff_id)
            person = staff.get(tx, staff_id)
            assert person is not None
            for lead in staff.leads_of(tx, person):
                if lead.telegram_id is not None:
                    params = message(lead.telegram_id, f"联系不上 {person.name}")
                    outbox.put(tx, Outgoing(lead.telegram_id, "sendMessage", params, OutKind.REMINDER), at)

        return Hooks(
            apologise,
            tell_lead,
            lambda reference: f"没有丢,我会再试。编号 {reference}",
            build,
            allowed,
            withdrawn,
            self.readers.read,
        )

    def delivery(self, api: BotApi, db: Database | None = None) -> Delivery:
        """A new process' delivery over this rig's database."""
        options = Options(self.limits, self.webhook, self.ops_listen, self.door)
        return Delivery(
            db or self.db,
            api,
            self.handle or self.echo,
            self.server.clock,
            self.hooks(),
            random=Random(1),
            options=options,
        )

    def api(self) -> BotApi:
        """A way to the sandbox."""
        request = AiohttpRequest(answer_seconds=self.answer_seconds, connect_seconds=1)
        return BotApi(self.token or self.server.token, request, self.root or self.server.root)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Delivery]:
        """A bot at work until the block ends, then stopped as SIGTERM does."""
        async with self.api() as api:
            delivery, stop = self.delivery(api), asyncio.Event()
            task = asyncio.create_task(delivery.run(stop))
            try:
                yield delivery
            finally:
                stop.set()
                await asyncio.wait_for(task, 10)

    def person(self, number: int = 1001, name: str = "杨光明") -> Person:
        """Somebody who wrote to the bot before."""
        return Person(self.server, number, name)

    async def put(self, *outgoing: Outgoing) -> list[int]:
        """Commit messages as a use case would."""
        at = self.server.clock.now()
        found = await self.db.write(lambda tx: [outbox.put(tx, one, at) for one in outgoing])
        return [one for one in found if one is not None]

    async def pragma(self, text: str) -> None:
        """Set a pragma on the writer's connection, outside any transaction: how a disk or file goes bad."""
        lane = self.db._backend._lanes[0]  # type: ignore[attr-defined]
        await lane.run(lambda: lane._conn.execute(f"PRAGMA {text}").fetchall())

    async def sent_states(self) -> list[tuple[str, str]]:
        """Kind and state of every outbox row, in order."""
        query = select(outbox_table.c.kind, outbox_table.c.state).order_by(outbox_table.c.id)
        return await self.db.read(lambda tx: [(row[0], row[1]) for row in tx.conn.execute(query)])

    async def sent_states_are(self, wanted: set[str]) -> bool:
        """Whether every outbox row is in one of these states."""
        return {state for _, state in await self.sent_states()} <= wanted

    async def inbox_states(self) -> list[str]:
        """The state of every inbox row, by number."""
        query = select(inbox_table.c.state).order_by(inbox_table.c.update_id)
        return await self.db.read(lambda tx: list(tx.conn.execute(query).scalars()))

    async def add_staff(self, name: str, telegram_id: int, role: Role, village: str = "大村") -> int:
        """Bind somebody with one role in a village."""

        def work(tx: Transaction) -> int:
            at = self.server.clock.now()
            number = staff.insert(tx, name)
            staff.bind(tx, number, telegram_id, at)
            staff.add_assignment(tx, number, Assignment(role, village_id=villages.ensure(tx, village).id), at)
            return number

        return await self.db.write(work)


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for something to become true."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        found = condition()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return
        assert asyncio.get_running_loop().time() < end, "waited too long"
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def rig(server: SandboxServer, folder: Path) -> AsyncIterator[Rig]:
    """A rig over a new database file."""
    path = folder / "ruhu.db"
    url = f"sqlite:///{path}"
    shutil.copy(prepared.migrated(), path)
    async with await Database.open(url, Secrets(KEY)) as db:
        yield Rig(server, db, path)
