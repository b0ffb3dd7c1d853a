"""The same bot on a shared PostgreSQL: the main job, a correction and a restart."""

from pathlib import Path

import pytest

from tests.support.storage import migrated_postgres, postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.support.town import answer, serving, tapped

pytestmark = pytest.mark.postgres


async def test_the_main_job_on_a_shared_database(tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    """Three taps, one message, a correction, undo; a restart in between."""
    async with serving(tmp_path / "data", postgres_url) as town:
        me = town.person()
        todo = await answer(me, "待办", "今日待办")
        form = await tapped(me, "王老五", "情况如何", todo)
        await town.restart()
        await tapped(me, "一切正常", "请确认", form)
        await tapped(me, "保存", "已保存走访", form)
        review = await answer(me, "记账 王老五 工资 3500", "请确认")
        receipt = await tapped(me, "保存", "已记账", review)
        me.reply_to(receipt, "5300")
        await tapped(me, "保存", "5,300元", await me.wait_for("请确认"))
        assert "本年度人均纯收入 1,325元" in (await answer(me, "查 wlw", "户编号")).text
        await answer(me, "/undo", "已撤销")
        assert [entry.amount_fen for entry in await town.ledger()] == [350000, -350000, 530000, -530000, 350000]
        entries, visits, broken = await town.state()
        assert (entries, visits, broken) == (5, 1, None)
