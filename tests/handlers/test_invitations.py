"""An invitation is for its name: once, in time, in private, and by nobody else without the town's word."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.staff import Role
from bot.storage import staff
from bot.storage.schema import invitations
from bot.storage.transaction import Transaction
from bot.usecases.bind import Invite, invite
from bot.usecases.revoke import revoke
from tests.support.town import LEAD, MONITOR, OFFICE, OTHER_MONITOR, STRANGER, Town, answer, tapped

CODE = "ABCDEFGH23"
OTHER_TOWN = 1010


async def invited(town: Town, name: str, role: Role = Role.TOWN, code: str = CODE, **more: Any) -> None:
    """An invitation of the operator's."""
    await town.write(lambda tx: invite(tx, Invite(role, name, **more), code=code, at=town.clock.now()))


async def roles(town: Town, user_id: int = MONITOR) -> set[Role]:
    """What somebody is now."""
    person = await town.ruhu.db.read(lambda tx: staff.by_telegram(tx, user_id))
    return set(person.roles) if person is not None else set()


async def test_a_code_of_another_name_asks_the_town_and_gives_nothing_until_it_agrees(town: Town) -> None:
    """Both names are shown to the town alone; one tap decides, a second one is told so; the person hears of it."""
    me, office = town.person(), town.person(OFFICE)
    await answer(office, "/help", "走访完了")
    await invited(town, "张镇长")
    asked = await answer(me, CODE, "已经请镇里看一下")
    assert "张镇长" not in asked.text
    assert await roles(town) == {Role.MONITOR}
    question = await office.wait_for("要给 杨光明 这个角色吗")
    assert "张镇长" in question.text
    assert "镇管理员" in question.text
    await answer(me, f"/start {CODE}", "已经请镇里看一下")
    await tapped(office, "同意", "杨光明 现在也是镇管理员", question)
    await me.wait_for("镇里同意了")
    assert await roles(town) == {Role.MONITOR, Role.TOWN}
    data = question.message.earlier[0].inline[0][1]["callback_data"]
    again = office.tap_data(data, question)
    assert "已经处理过" in await office.wait_answer(again)
    assert "杨光明 现在也是镇管理员" in question.text
    assert await roles(town) == {Role.MONITOR, Role.TOWN}
    assert sum("要给 杨光明" in text for seen in office.messages() for text in seen.history) == 1


async def test_declined_the_code_is_worthless_for_everybody(town: Town) -> None:
    """Also for the name on it: it has been in other hands."""
    me, office = town.person(), town.person(OFFICE)
    await answer(office, "/help", "走访完了")
    await invited(town, "张镇长")
    await answer(me, CODE, "已经请镇里看一下")
    await tapped(office, "不同意", "绑定码已经作废", await office.wait_for("要给 杨光明"))
    await me.wait_for("镇里没有同意")
    assert await roles(town) == {Role.MONITOR}
    await answer(town.person(STRANGER), CODE, "绑定码不对")


async def test_nobody_decides_who_is_not_of_the_town_nor_about_themselves(town: Town) -> None:
    """A forged tap is refused the same whether or not somebody asks."""
    me, lead, office = town.person(), town.person(LEAD), town.person(OFFICE)
    await invited(town, "张镇长")
    await answer(me, CODE, "已经请镇里看一下")
    number, asker = await town.ruhu.db.read(
        lambda tx: tx.conn.execute(select(invitations.c.id, invitations.c.asked_by)).one()
    )
    await answer(lead, "/help", "走访完了")
    for person in (me, lead):
        answers = set()
        for data in (f"agree.{number}.{asker}", f"decline.{number}.{asker}", "agree.999.1", "decline.1.x"):
            tap = person.tap_data(data)
            answers.add(await person.wait_answer(tap))
        assert len(answers) == 1
        assert "没有权限" in answers.pop()
    await invited(town, "王镇长", code="ABCDEFGH24")
    await answer(office, "ABCDEFGH24", "已经请镇里看一下")
    tap = office.tap_data(f"agree.{number + 1}.{(await _id(town, OFFICE))}")
    assert "没有权限" in await office.wait_answer(tap)
    assert await roles(town) == {Role.MONITOR}


async def _id(town: Town, user_id: int) -> int:
    person = await town.ruhu.db.read(lambda tx: staff.by_telegram(tx, user_id))
    assert person is not None
    return person.id


async def test_the_same_name_with_other_blanks_is_the_same_person(town: Town) -> None:
    """杨 光明 is 杨光明: the role is added at once, and no second person comes to exist."""
    await invited(town, " 杨 光明 ", Role.VIEWER)
    await answer(town.person(), CODE, "绑定成功")
    assert await roles(town) == {Role.MONITOR, Role.VIEWER}
    await invited(town, "杨 光 明", Role.VIEWER, "ABCDEFGH24")
    refused = await answer(town.person(STRANGER), "ABCDEFGH24", "已经绑定了别的账号")
    assert "杨" not in refused.text


async def test_while_the_town_is_asked_another_bound_account_gets_nothing(town: Town) -> None:
    """It is told what anybody is told of a wrong code; who bears the name may still use it."""
    await invited(town, "张镇长")
    await answer(town.person(), CODE, "已经请镇里看一下")
    await answer(town.person(OTHER_MONITOR), f"/start {CODE}", "绑定码不对")
    bound = await answer(town.person(STRANGER), CODE, "绑定成功")
    assert "张镇长" in bound.text
    assert await roles(town) == {Role.MONITOR}


async def test_two_accounts_at_the_same_moment_use_a_code_once(town: Town) -> None:
    """One is bound, the other one is told that the code is used."""
    await invited(town, "新来的", Role.VIEWER)
    people = [town.person(2000 + number) for number in range(6)]
    for person in people:
        person.say(f"/start {CODE}")
    seen = [await person.wait_for("绑定") for person in people]
    assert sum("绑定成功" in each.text for each in seen) == 1
    assert sum("新来的" in each.text for each in seen) == 1


async def test_an_expired_code_asks_nobody_and_an_old_question_decides_nothing(town: Town) -> None:
    """Fourteen days after the invitation."""
    me, office = town.person(), town.person(OFFICE)
    await answer(office, "/help", "走访完了")
    await invited(town, "张镇长")
    await answer(me, CODE, "已经请镇里看一下")
    question = await office.wait_for("要给 杨光明")
    town.clock.advance(timedelta(days=15))
    tap = office.tap("同意", question)
    assert "已经处理过" in await office.wait_answer(tap)
    assert question.buttons == []
    await answer(me, f"/start {CODE}", "绑定码不对")
    assert await roles(town) == {Role.MONITOR}


async def test_a_code_in_a_group_binds_nobody(town: Town) -> None:
    """It stays good for who was invited."""
    stranger = town.person(STRANGER)
    await invited(town, "新来的", Role.VIEWER)
    stranger.say_in_group(-100, f"/start {CODE}")
    await stranger.wait_for("请私聊我", chat_id=-100)
    await answer(town.person(), CODE, "已经请镇里看一下")
    await answer(stranger, CODE, "绑定成功")


async def test_who_asks_and_is_revoked_cannot_use_the_code_as_a_stranger(town: Town) -> None:
    """The code in their hands ends with their account."""
    await invited(town, "张镇长")
    me = town.person()
    await answer(me, CODE, "已经请镇里看一下")

    def take_away(tx: Transaction) -> None:
        assert revoke(tx, None, "杨光明", at=town.clock.now()).invitations == 1

    await town.write(take_away)
    await answer(me, f"/start {CODE}", "绑定码不对")
    assert await roles(town) == set()
