"""Nobody finds, opens or does anything outside the own scope; strangers and groups get nothing."""

from datetime import timedelta

from bot.domain.income_kinds import Kind
from bot.domain.records import Entry
from bot.domain.staff import Role
from bot.storage import entries, people
from bot.usecases.bind import Invite, invite
from tests.support.town import HELPER, LEAD, OFFICE, OTHER_MONITOR, STRANGER, VIEWER, Town, answer, tapped

GROUP = -100200300
VERBS = ("visit", "income", "show", "card", "ledger", "history", "members", "snooze", "mute")


async def test_search_and_lists_end_at_the_own_grid(town: Town) -> None:
    """A household of another group is 未找到, word for word as one that does not exist."""
    other = town.person(OTHER_MONITOR)
    hidden = await answer(other, "查 王老五", "未找到")
    missing = await answer(other, "查 王老六", "未找到")
    assert hidden.text.replace("王老五", "X") == missing.text.replace("王老六", "X")
    for text in ("走访 王老五", "记账 王老五 工资 3500", "查 wlw", "查 H0001", "查 五组"):
        assert "王老五 " not in (await answer(other, text, "未找到")).text
    todo = await answer(other, "待办", "今日待办")
    assert "王老五" not in todo.text
    assert "杨文学" in todo.text


async def test_a_forged_button_is_refused_the_same_whether_the_thing_exists_or_not(town: Town) -> None:
    """Every verb with somebody else's id, an id that is not there, and rubbish: 没有权限, nothing changes."""
    mine, other = town.person(), town.person(OTHER_MONITOR)
    await answer(other, "/help", "走访完了")
    form = await answer(mine, "走访 王老五", "情况如何")
    draft = form.message.content.inline[0][0]["callback_data"].split(".")[0]
    before = await town.state()
    data = [f"{verb}.{number}." for verb in VERBS for number in (town.ids["王老五"], 99999)]
    data += ["undo.1.", "undo.99999.", "restore.1.", "solve.1.", "phone.1.", "phone.99999.", "resume.1.", "attach.1."]
    data += [f"{draft}.1.=ok", "99999.1.=ok", "nonsense", "a.b.c", "visit.-1.", "export.0.roster", "hour.0.03:00"]
    answers = set()
    for each in data:
        tap = other.tap_data(each)
        answers.add(await other.wait_answer(tap))
    assert len(answers) == 1, answers
    assert "没有权限" in answers.pop()
    assert await town.state() == before


async def test_a_helper_sees_own_households_anywhere_a_lead_the_village(town: Town) -> None:
    """A helper is bound to households by name; the village lead sees all groups of the village and no other."""
    assert "户编号" in (await answer(town.person(HELPER), "查 王老五", "户编号")).text
    await answer(town.person(HELPER), "查 张三", "未找到")
    lead = town.person(LEAD)
    await answer(lead, "查 杨文学", "户编号")
    await answer(lead, "查 周德贵", "未找到")


async def test_a_viewer_sees_and_changes_nothing(town: Town) -> None:
    """No phone, no visit button, no record."""
    viewer = town.person(VIEWER)
    card = await answer(viewer, "查 王老五", "户编号")
    assert not any("走访" in label for label in card.labels)
    await answer(viewer, "走访 王老五", "没有权限")
    await answer(viewer, "今天去了王老五家,一切正常", "没有权限")
    members = await tapped(viewer, "家里人", "李桂花", card)
    assert "0017" not in members.text
    assert await town.visits() == []


async def test_a_phone_is_shown_by_its_last_four_and_the_whole_one_is_logged(town: Town) -> None:
    """A tap shows the number once, and the audit says who looked."""
    me = town.person()
    card = await answer(me, "查 王老五", "户编号")
    assert "13900000017" not in card.text
    members = await tapped(me, "家里人", "李桂花", card)
    assert "…0017" in members.text
    assert "13900000017" not in members.text
    tap = me.tap("王老五 的电话", members)
    assert "13900000017" in await me.wait_answer(tap)


async def test_a_stranger_gets_one_line_and_no_data(town: Town) -> None:
    """Whatever a stranger sends: how to be invited."""
    stranger = town.person(STRANGER)
    for text in ("/start", "查 王老五", "待办", "王老五", "/start WRONGCODE2"):
        seen = await answer(stranger, text, "绑定码")
        assert "王老五" not in seen.text


async def test_a_group_is_told_once_and_nothing_is_done(town: Town) -> None:
    """In a group the bot says so once and handles no household."""
    me = town.person()
    for text in ("查 王老五", "今天去王老五家,一切正常", "/todo"):
        me.say_in_group(GROUP, text)
    await me.wait_for("请私聊我", chat_id=GROUP)
    await answer(me, "/help", "走访完了")
    assert len([each for each in me.messages(GROUP) if each.from_bot]) == 1
    assert await town.visits() == []


async def test_a_code_binds_once(town: Town) -> None:
    """A good code binds with name and role; a used, a wrong and an expired one are refused alike."""

    def make(tx: object) -> None:
        wanted = Invite(Role.MONITOR, "新来的", village="东河村", groups=["5组"])
        invite(tx, wanted, code="ABCDEFGH23", at=town.clock.now())  # type: ignore[arg-type]
        old = Invite(Role.MONITOR, "过期的", village="东河村", groups=["5组"])
        invite(tx, old, code="ABCDEFGH24", at=town.clock.now() - timedelta(days=15))  # type: ignore[arg-type]

    await town.write(make)
    newcomer = town.person(STRANGER)
    bound = await answer(newcomer, "/start ABCDEFGH23", "绑定成功")
    assert "新来的" in bound.text
    assert "网格员" in bound.text
    await newcomer.wait_for("试一试")
    assert ["待办", "走访", "记账", "查询"] in newcomer.keyboard
    texts = [
        (await answer(town.person(2000 + n), f"/start {code}", "绑定码")).text
        for n, code in enumerate(("ABCDEFGH23", "ABCDEFGH24", "ZZZZZZZZ22"))
    ]
    assert len(set(texts)) == 1
    await answer(newcomer, "查 王老五", "户编号")


async def test_a_second_code_on_one_account_adds_the_role(town: Town) -> None:
    """The scope is the union of both."""

    def make(tx: object) -> None:
        wanted = Invite(Role.MONITOR, "杨光明", village="西山村", groups=["一组"])
        invite(tx, wanted, code="ABCDEFGH25", at=town.clock.now())  # type: ignore[arg-type]

    me = town.person()
    await answer(me, "查 周德贵", "未找到")
    await town.write(make)
    await answer(me, "ABCDEFGH25", "绑定成功")
    await answer(me, "查 周德贵", "户编号")
    await answer(me, "查 王老五", "户编号")


async def test_lists_and_figures_end_at_the_own_grid(town: Town) -> None:
    """万元以下, 没交医保, 没走访 and 统计 speak of the own households only, however many others there are."""
    ids = list(town.ids.values())

    def fill(tx: object) -> None:
        for household_id in ids:
            entries.insert(tx, Entry(0, household_id, Kind.WAGE, None, 100_000, "2023-03", at=town.clock.now()))  # type: ignore[arg-type]
            (head, *_) = people.of_household(tx, household_id)  # type: ignore[arg-type]
            people.update(tx, head.id, insured=False, dibao=True)  # type: ignore[arg-type]

    await town.write(fill)
    other = town.person(OTHER_MONITOR)
    for text, title in (
        ("万元以下有哪些", "万元以下"),
        ("没交医保的有哪些", "没交医保"),
        ("这个月哪些没走访", "没走访"),
    ):
        seen = await answer(other, text, title)
        assert "1 户" in seen.text
        assert [label for label in seen.labels if "杨文学" in label] == ["1 杨文学"]
        assert "王老五" not in seen.text
    figures = await answer(other, "统计", "户数 1 户 1 人")
    assert "到期 1 户,其中逾期 0 户" in figures.text
    assert "户数 9 户 12 人" in (await answer(town.person(OFFICE), "统计", "户数")).text
