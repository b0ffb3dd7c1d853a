"""Several households in one message: each gets its own facts, saved one by one or all at once."""

from bot.domain.access import EVERYTHING
from bot.domain.income_kinds import Kind
from bot.storage import households
from bot.storage.transaction import Transaction
from tests.support.grid import TODAY, Grid
from tests.support.town import Town, answer, tapped


async def test_each_household_gets_its_own_draft_and_all_are_saved_at_once(town: Town) -> None:
    """张三打工3500,李四打工4500 are two records, each at its household; a second tap saves nothing again."""
    person = town.person()
    together = await answer(person, "张三打工3500,李四打工4500", "一共 2 户")
    shown = [seen.text for seen in person.chat if seen.from_bot and "请确认" in seen.text]
    assert len(shown) == 2
    assert "张三" in shown[0]
    assert "3,500元" in shown[0]
    assert "李四" not in shown[0]
    assert "4,500元" in shown[1]
    data = (await tapped(person, "保存 2 户", "已保存 2 户", together)) and person.taps[-1].data
    written = {entry.household_id: (entry.kind, entry.amount_fen) for entry in await town.ledger()}
    assert written == {town.ids["张三"]: (Kind.WAGE, 350000), town.ids["李四"]: (Kind.WAGE, 450000)}
    receipts = [seen.text for seen in person.chat if seen.from_bot and "已记账" in seen.text]
    assert len(receipts) == 2
    assert not [seen for seen in person.chat if seen.from_bot and "请确认" in seen.text]
    assert await person.wait_answer(person.tap_data(data, together)) == "这条已经处理过了"
    assert len(await town.ledger()) == 2


async def test_what_needs_an_answer_stays_open_when_the_rest_is_saved(town: Town) -> None:
    """李四 5千: income or spending? The other household is saved meanwhile."""
    person = town.person()
    together = await answer(person, "今天去了张三家,都好\n李四 5千\n赵国才家水断了", "一共 3 户")
    assert "1 户要先答" in together.text
    await tapped(person, "保存 2 户", "已保存 2 户", together)
    assert [visit.household_id for visit in await town.visits()] == [town.ids["张三"]]
    assert await town.ledger() == []
    await answer(person, "收入", "哪一类")


async def test_facts_of_all_apply_to_all_only_where_the_words_say_so(town: Town) -> None:
    """张三、李四两家都好 are two visits; one sum for two households is nobody's until it is said whose."""
    person = town.person()
    together = await answer(person, "今天走访了张三、李四两家,都好", "一共 2 户")
    await tapped(person, "保存 2 户", "已保存 2 户", together)
    assert {visit.household_id for visit in await town.visits()} == {town.ids["张三"], town.ids["李四"]}
    await answer(person, "张三和李四两家一共卖猪得1万", "分不清哪些是哪一户的")
    assert await town.ledger() == []


async def test_the_quick_form_takes_several_households_too(town: Town) -> None:
    person = town.person()
    together = await answer(person, "记账 张三 工资 3500 李四 低保 860", "一共 2 户")
    await tapped(person, "保存 2 户", "已保存 2 户", together)
    written = {entry.household_id: (entry.kind, entry.amount_fen) for entry in await town.ledger()}
    assert written == {town.ids["张三"]: (Kind.WAGE, 350000), town.ids["李四"]: (Kind.TRANSFER, 86000)}


async def test_a_list_from_the_group_chat_is_read_line_by_line(town: Town) -> None:
    """Numbers in front of the lines are no amounts."""
    person = town.person()
    together = await answer(
        person, "#接龙\n1. 张三 已走访 正常\n2、李四 已走访 水管坏了\n3.王老五 打工3500", "一共 3 户"
    )
    await tapped(person, "保存 3 户", "已保存 3 户", together)
    assert {visit.household_id for visit in await town.visits()} == {town.ids["张三"], town.ids["李四"]}
    assert [(entry.household_id, entry.amount_fen) for entry in await town.ledger()] == [(town.ids["王老五"], 350000)]


async def test_one_by_one_works_as_well_and_undo_takes_back_one(town: Town) -> None:
    person = town.person()
    await answer(person, "张三打工3500,李四打工4500", "一共 2 户")
    first = next(seen for seen in person.chat if seen.from_bot and "请确认" in seen.text)
    await tapped(person, "保存", "已记账", first)
    assert len(await town.ledger()) == 1
    assert (await answer(person, "保存", "已记账")) is not None
    assert len(await town.ledger()) == 2
    await answer(person, "撤销", "已撤销")


async def test_a_household_that_was_lost_meanwhile_is_not_saved_with_the_others(town: Town) -> None:
    """保存 2 户 after 李四 moved to a group of somebody else: one is saved, of the other nothing is said."""
    person = town.person()
    together = await answer(person, "张三打工3500,李四打工4500", "一共 2 户")
    await town.write(_moved_away)
    seen = await tapped(person, "保存 2 户", "已保存 1 户", together)
    assert "李四" not in seen.text
    assert [entry.household_id for entry in await town.ledger()] == [town.ids["张三"]]


def _moved_away(tx: Transaction) -> None:
    grid = Grid(tx)
    home = next(each for each in households.search(tx, EVERYTHING, "李四") if each.head == "李四")
    households.move_group(tx, home.id, grid.group("九组"), TODAY)


async def test_the_common_button_follows_what_is_answered(any_town: Town) -> None:
    """保存 2 户 becomes 保存 3 户 once the open question is answered, and counts down with what is saved alone."""
    town = any_town
    person = town.person()
    together = await answer(person, "今天去了张三家,都好\n李四 5千\n赵国才家水断了", "一共 3 户")
    assert "保存 2 户" in together.labels
    asked = next(seen for seen in person.chat if seen.from_bot and "收到的,还是花掉的" in seen.text)
    await tapped(person, "经营性收入", "请确认", asked)
    await person.wait_until(lambda: together.labels == ["保存 3 户"], what="three to save")
    assert "先答" not in together.text
    review = next(seen for seen in person.chat if seen.from_bot and "赵国才" in seen.text and "请确认" in seen.text)
    await tapped(person, "保存", "已记下", review)
    await person.wait_until(lambda: together.labels == ["保存 2 户"], what="two to save")
    await tapped(person, "保存 2 户", "已保存 2 户", together)
    assert len(await town.visits()) == 1
    assert len(await town.ledger()) == 1
