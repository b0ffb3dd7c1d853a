"""The minute's job: at once, each minute, made up once when late, never beside itself; its words in both languages."""

import re
from pathlib import Path

import pytest

from bot.reminders.plan import plan
from bot.reminders.scheduler import JOB, MinuteScheduler
from bot.reminders.tick import Ticker
from bot.storage import outbox, staff
from bot.storage.database import Database
from bot.usecases.leave import take_leave
from tests.support.grid import ACTIVE, PACKS, TODAY, ZONE, Grid, ago, at

TEXTS = Path(__file__).parents[2] / "bot" / "texts"


class Clock:
    """Stands at half past eight."""

    def now(self):  # type: ignore[no-untyped-def]
        return at(8, 30)


async def test_the_first_tick_is_at_the_start_and_the_job_never_overlaps(db: Database) -> None:
    def fill(tx) -> None:  # type: ignore[no-untyped-def]
        grid = Grid(tx)
        grid.monitor("杨光明", "五组")
        grid.house("王老五", last_visit=None, imported_on=ago(90))

    await db.write(fill)
    scheduler = MinuteScheduler(Ticker(db, Clock(), PACKS), ZONE)
    await scheduler.start()
    try:
        assert len(await db.read(outbox.heads)) == 1
        job = scheduler._scheduler.get_job(JOB)
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        assert job.next_run_time.second == 0
        assert str(job.trigger.timezone) == "Asia/Shanghai"
    finally:
        scheduler.stop()
    scheduler.stop()


def variables(language: str) -> dict[str, set[str]]:
    source = (TEXTS / language / "reminders.ftl").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in source.splitlines():
        if match := re.match(r"([a-z][\w-]*) =", line):
            current = found.setdefault(match[1], set())
        if not line.startswith("#"):
            current |= set(re.findall(r"\{ \$([\w-]+) \}", line))
    return found


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    assert variables("zh") == variables("en")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_section_can_be_read_in_both_languages(db: Database, language: str) -> None:
    day = TODAY.replace(month=9, day=18)

    def fill(tx) -> None:  # type: ignore[no-untyped-def]
        grid = Grid(tx)
        monitor = grid.monitor("杨光明", "五组")
        grid.lead("李村长")
        absent = grid.monitor("请假", "二组")
        for number in range(8):
            house = grid.house(
                f"户{number}", imported_on=ago(400), due=day if number else TODAY, **(ACTIVE if number % 2 else {})
            )
            grid.visit(house, monitor, ago(5), counted=False)
        grid.house("远处", "二组", due=day)
        take_leave(tx, absent, first=day, last=day, stand_in_id=monitor.id, at=at(8), day=day)
        for person in staff.all_staff(tx):
            staff.set_language(tx, person.id, language)

    await db.write(fill)
    digests = await db.read(lambda tx: plan(tx, at(8, 30, day), PACKS))
    assert [each.person for each in digests] == ["杨光明", "李村长"]
    assert all("{" not in each.text and "$" not in each.text for each in digests)
    assert all(len(line) <= 64 for each in digests for line in each.text.splitlines())
