"""Where a household is, said so that it is found; and people spoken to by what they do."""

from typing import Any

import pytest

from bot.domain.staff import Assignment, Role
from bot.storage import staff, villages
from bot.storage.transaction import Transaction
from bot.usecases.bind import Invite, invite
from tests.support.grid import Grid, at
from tests.support.town import MONITOR, Town, answer

ALIKE = "李家旺"
CODES = {Role.TOWN: "AAAAAAAAAA", Role.VIEWER: "BBBBBBBBBB", Role.LIAISON: "CCCCCCCCCC", Role.MONITOR: "DDDDDDDDDD"}
VISITING = ("走访完了", "去哪几户", "记走访、记收支", "今天去")


async def far(town: Town) -> None:
    """Households of one name in the own village and in another one, with a problem each, and who sees both."""

    def fill(tx: Transaction) -> None:
        grid = Grid(tx, count=500)
        for village in (grid.village, "西山村"):
            grid.house(ALIKE, "五组", village=village)
        for role, code in CODES.items():
            place: dict[str, Any] = {"village": grid.village, "groups": ("五组",)} if role is Role.MONITOR else {}
            unit = "水务局" if role is Role.LIAISON else None
            invite(tx, Invite(role, f"新人{role.value}", unit=unit, **place), code=code, at=at(7))

    await town.write(fill)


async def bound(town: Town, role: Role) -> Any:
    person = town.person(90 + list(CODES).index(role))
    await answer(person, f"/start {CODES[role]}", "绑定成功")
    await person.wait_for("常用的按钮")
    return person


def labels(message: Any) -> list[str]:
    return [button.label for button in message.buttons]


async def test_the_town_is_told_village_and_group_on_card_list_and_button(town: Town) -> None:
    await far(town)
    office = await bound(town, Role.TOWN)
    found = await answer(office, f"查 {ALIKE}", "找到 2 户")
    assert [label for label in labels(found) if "西山村 五组" in label]
    assert [label for label in labels(found) if "东河村 五组" in label]
    todo = await answer(office, "待办", "今日待办")
    assert "东河村 " in todo.text
    assert all("村 " in label for label in labels(todo) if label[0].isdecimal())
    card = await answer(office, "查 张三", "户编号")
    assert "东河村 " in card.text.splitlines()[0]


async def test_inside_the_own_village_the_group_is_enough_and_outside_it_is_not(town: Town) -> None:
    """A monitor who also looks after a group of another village hears the village of both."""
    await far(town)
    me = town.person(MONITOR)
    card = await answer(me, "查 张三", "户编号")
    assert "东河村" not in card.text
    assert not [label for label in labels(await answer(me, "待办", "今日待办")) if "村" in label]

    def widen(tx: Transaction) -> None:
        person = staff.by_telegram(tx, MONITOR)
        village = villages.by_name(tx, "西山村")
        assert person is not None
        assert village is not None
        group = villages.ensure_group(tx, village.id, "五组")
        staff.add_assignment(tx, person.id, Assignment(Role.MONITOR, village.id, group.id), at(8))

    await town.write(widen)
    assert "东河村 " in (await answer(me, "查 张三", "户编号")).text.splitlines()[0]
    form = await answer(me, f"{ALIKE}家水断了", "哪一户")
    assert [label for label in labels(form) if "西山村 五组" in label]


@pytest.mark.parametrize("role", [Role.TOWN, Role.VIEWER, Role.LIAISON])
async def test_who_does_not_visit_is_not_greeted_as_if_they_did(town: Town, role: Role) -> None:
    await far(town)
    person = await bound(town, role)
    said = [seen.text for seen in person.chat if seen.from_bot]
    said += [(await answer(person, "/start")).text]
    assert [text for text in said for word in VISITING if word in text] == []
    if role is not Role.TOWN:
        assert [word for word in VISITING if word in (await answer(person, "帮助")).text] == []


async def test_who_visits_is_greeted_with_an_example_of_their_own(town: Town) -> None:
    await far(town)
    person = await bound(town, Role.MONITOR)
    assert any("今天去" in seen.text for seen in person.chat if seen.from_bot)


@pytest.mark.parametrize(
    "text",
    ["待办", "走访", "记账", "查 张三", "查 没有的人", "线索", "统计", "走访 张三", "记账 张三 工资 3500", "张三",
     "今天去张三家,都好", "张三家水断了", "张三打工3500", "张三家生了个儿子"],
)  # fmt: skip
async def test_a_liaison_is_refused_with_words_that_fit_and_hears_nothing_of_households(town: Town, text: str) -> None:
    """The same for a household that is there and for one that is not."""
    await far(town)
    liaison = await bound(town, Role.LIAISON)
    said = (await answer(liaison, text)).text
    assert "没有权限" in said
    assert "部门联络员" in said
    assert "自己网格" not in said
    assert await town.ledger() == []


@pytest.mark.parametrize("text", ["走访 张三", "记账 张三 工资 3500", "今天去张三家,都好", "张三打工3500"])
async def test_a_viewer_is_told_who_can_write_it_down(town: Town, text: str) -> None:
    await far(town)
    viewer = await bound(town, Role.VIEWER)
    said = (await answer(viewer, text)).text
    assert "没有权限" in said
    assert "只能看" in said
