"""A reminder goes out once a person and day, whoever plans it, and an outage is made up once."""

import asyncio
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from bot.domain.households import Category
from bot.reminders.plan import enqueue, plan
from bot.reminders.remind import remind
from bot.reminders.tick import Report, Ticker
from bot.storage import drafts, households, outbox
from bot.storage.database import Database, Transaction
from bot.storage.schema import audit, reminders
from bot.storage.schema import meta as meta_rows
from bot.storage.schema import outbox as outbox_rows
from tests.support.grid import PACKS, Grid, ago, at
from tests.support.storage import SECRETS

MONDAY = date(2024, 3, 18)


class Clock:
    """Stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def village(tx: Transaction) -> Grid:
    grid = Grid(tx)
    grid.monitor("杨光明", "五组")
    grid.monitor("李秀兰", "二组")
    grid.house("王老五", due=ago(1), last_visit=ago(91))
    grid.house("张三", "二组", due=ago(0), last_visit=ago(90))
    for head, back in (("王老五", 91), ("张三", 90)):
        grid.visit(grid.ids[head], grid.staff("杨光明"), ago(back))
    return grid


def messages(tx: Transaction) -> list[tuple[str, str]]:
    rows = tx.conn.execute(select(outbox_rows.c.dedupe, outbox_rows.c.kind).order_by(outbox_rows.c.dedupe))
    return [(row.dedupe, row.kind) for row in rows]


def ticker(db: Database, moment: datetime, **more) -> Ticker:  # type: ignore[no-untyped-def]
    return Ticker(db, Clock(moment), PACKS, **more)


async def nobody(ids: list[int]) -> dict[int, str]:
    raise AssertionError(f"nothing may be sent: {ids}")


async def test_a_message_is_a_reminder_with_a_key_and_ends_with_the_day(db: Database) -> None:
    await db.write(village)
    woken = []
    report = await ticker(db, at(8, 30), wake=lambda: woken.append(1)).tick_now()
    assert (report.planned, report.failed, woken) == (2, [], [1])
    assert await db.read(messages) == [("digest:1:2024-03-15", "reminder"), ("digest:2:2024-03-15", "reminder")]
    ids = await db.read(lambda tx: [head.id for head in outbox.heads(tx)])
    claimed = await db.write(lambda tx: outbox.claim(tx, ids, at(8, 31), at(8, 32)))
    assert {each.out.until for each in claimed} == {at(20)}
    assert {each.out.params["parse_mode"] for each in claimed} == {"HTML"}
    first = claimed[0].out.params["reply_markup"]["inline_keyboard"][0][0]
    assert first == {"text": "1 王老五", "callback_data": "visit.1."}


async def test_a_second_tick_finds_nothing_left_to_do(db: Database) -> None:
    await db.write(village)
    twice = ticker(db, at(8, 30))
    assert [(await twice.tick_now()).planned, (await twice.tick_now()).planned] == [2, 0]


async def test_two_processes_that_plan_at_the_same_moment_send_one_message_each_person(database_url: str) -> None:
    async with await Database.open(database_url, SECRETS) as one, await Database.open(database_url, SECRETS) as other:
        await one.write(village)
        digests = await one.read(lambda tx: plan(tx, at(8, 30), PACKS))
        assert digests == await other.read(lambda tx: plan(tx, at(8, 30), PACKS))

        async def take(db: Database) -> list[int | None]:
            return [await db.write(lambda tx, d=digest: enqueue(tx, d, at(8, 30))) for digest in digests]

        rows = [row for taken in await asyncio.gather(take(one), take(other)) for row in taken]
        assert sorted(row is not None for row in rows) == [False, False, True, True]
        assert len(await one.read(messages)) == 2
        linked = select(func.count()).where(reminders.c.outbox_id.is_not(None))
        assert await one.read(lambda tx: tx.conn.scalar(linked)) == 2


async def test_after_an_outage_of_days_one_digest_comes_and_says_what_is_true_then(db: Database) -> None:
    await db.write(village)
    after = MONDAY + timedelta(2)
    assert (await ticker(db, at(15, 7, after)).tick_now()).planned == 2
    assert await db.read(messages) == [("digest:1:2024-03-20", "reminder"), ("digest:2:2024-03-20", "reminder")]


async def test_one_persons_mistake_does_not_stop_the_others(db: Database) -> None:
    def spoil(tx: Transaction) -> None:
        grid = village(tx)
        refuse = "CREATE TRIGGER bad BEFORE INSERT ON outbox WHEN NEW.staff_id = 1 BEGIN SELECT RAISE(ABORT, ''); END"
        tx.conn.exec_driver_sql(refuse)
        assert grid.count == 2

    await db.write(spoil)
    counted: list[str] = []
    report = await ticker(db, at(8, 30), count_failure=counted.append).tick_now()
    assert report.planned == 1
    assert report.failed == counted == ["digest"]
    assert await db.read(messages) == [("digest:2:2024-03-15", "reminder")]


async def test_all_next_visits_are_planned_anew_when_the_statistical_year_turns(db: Database) -> None:
    def fill(tx: Transaction) -> None:
        grid = village(tx)
        grid.income(grid.ids["王老五"], 9000, "2024-01")  # below 10,000 a head once 2024 is closed
        households.update(tx, grid.ids["张三"], category=Category.ORDINARY)

    await db.write(fill)
    assert (await ticker(db, at(5)).tick_now()).replanned == 1  # 张三, now 180 days
    assert (await ticker(db, at(6)).tick_now()).replanned == 0
    wang = await db.read(lambda tx: households.get(tx, 1))
    assert wang is not None
    assert (wang.due_reason, wang.next_due) == ("lifted", ago(1))
    assert (await ticker(db, at(5, day=date(2024, 10, 1))).tick_now()).replanned == 1
    wang = await db.read(lambda tx: households.get(tx, 1))
    assert wang is not None
    assert (wang.due_reason, wang.next_due) == ("key", ago(61))


async def test_forgotten_drafts_are_closed_after_a_week(db: Database) -> None:
    def fill(tx: Transaction) -> list[int]:
        person = village(tx).staff("杨光明")
        days = (8, 6)
        return [drafts.insert(tx, person.id, 1001, "record", {"household": 1}, at(9, day=ago(back))) for back in days]

    old, young = await db.write(fill)
    assert (await ticker(db, at(10)).tick_now()).expired == 1
    assert await db.read(lambda tx: [draft.id for draft in drafts.open_of(tx, 1001)]) == [young]
    assert old != young


async def test_the_copy_is_made_once_a_day_and_tried_again_an_hour_after_a_failure(db: Database) -> None:
    made: list[datetime] = []

    async def backup(now: datetime) -> None:
        made.append(now)
        if now.hour < 4:
            raise OSError("no space")

    one = Ticker(db, clock := Clock(at(3)), PACKS, backup=backup)
    reports: list[Report] = []
    for moment in (at(3), at(3, 30), at(4), at(4, 1), at(3, 0, MONDAY)):
        clock.moment = moment
        reports.append(await one.tick_now())
    assert made == [at(3), at(4), at(3, 0, MONDAY)]
    assert [report.backed_up for report in reports] == [False, False, True, False, False]
    assert reports[0].failed == ["backup"]


async def test_a_clock_that_jumps_is_followed_at_once(db: Database) -> None:
    await db.write(village)
    one = Ticker(db, clock := Clock(at(6)), PACKS)
    await one.tick_now()
    clock.moment = at(8, 30)
    one.jumped(clock.moment)
    await asyncio.sleep(0)
    await one.tick_now()  # waits for the one that runs
    assert len(await db.read(messages)) == 2


async def test_remind_tells_each_message_and_a_second_run_sends_nothing(db: Database) -> None:
    await db.write(village)

    async def deliver(ids: list[int]) -> dict[int, str]:
        return dict(zip(ids, ("sent", "unreachable"), strict=True))

    lines = await remind(db, at(8, 30), dry_run=False, deliver=deliver, policies=PACKS)
    assert [(line["person"], line["state"]) for line in lines] == [("杨光明", "sent"), ("李秀兰", "unreachable")]
    assert lines[0]["kind"] == "digest"
    assert lines[0]["households"] == ["H0001"]
    assert "今日待办" in lines[0]["text"]
    assert "<b>" not in lines[0]["text"]
    assert await remind(db, at(8, 30), dry_run=False, deliver=nobody, policies=PACKS) == []
    assert (await ticker(db, at(8, 31)).tick_now()).planned == 0


async def test_what_telegram_did_not_confirm_is_unknown_and_what_waits_is_planned(db: Database) -> None:
    await db.write(village)

    async def deliver(ids: list[int]) -> dict[int, str]:
        return dict(zip(ids, ("unknown", "new"), strict=True))

    lines = await remind(db, at(8, 30), dry_run=False, deliver=deliver, policies=PACKS)
    assert [line["state"] for line in lines] == ["unknown", "planned"]


async def test_a_dry_run_says_what_would_be_sent_and_changes_nothing(db: Database) -> None:
    def everything(tx: Transaction) -> list[int]:
        return [
            tx.conn.scalar(select(func.count()).select_from(t)) or 0 for t in (reminders, outbox_rows, audit, meta_rows)
        ]

    await db.write(village)
    before = await db.read(everything)
    lines = await remind(db, at(8, 30), dry_run=True, deliver=nobody, policies=PACKS)
    assert [line["state"] for line in lines] == ["planned", "planned"]
    assert await db.read(everything) == before
    assert len(await remind(db, at(8, 30), dry_run=True, deliver=nobody, policies=PACKS)) == 2


async def test_remind_finds_nothing_on_a_holiday_and_at_night(db: Database) -> None:
    await db.write(village)
    for moment in (at(8, 30, date(2024, 10, 1)), at(21)):
        assert await remind(db, moment, dry_run=False, deliver=nobody, policies=PACKS) == []
