"""A name with dots or blanks inside is found in the chat however it is written."""

import pytest

from bot.domain.people import Person
from bot.storage import people
from tests.support.town import Town, answer, tapped


@pytest.mark.parametrize("typed", ["阿依·古丽", "阿依•古丽", "阿依.古丽", "阿依 古丽", "阿依\u3000古丽", "阿依古丽"])
async def test_one_person_in_search_and_in_messages(town: Town, typed: str) -> None:
    """A member's wage is booked on the member."""
    wife = Person(0, town.ids["张三"], "阿依·古丽", "配偶")
    key = await town.write(lambda tx: people.insert(tx, wife))
    me = town.person()
    for asked in (f"查 {typed}", f"查{typed}", typed):
        assert "张三" in (await answer(me, asked, "户编号")).text
    review = await answer(me, f"{typed}打工3500", "请确认")
    assert "张三" in review.text
    await tapped(me, "保存", "已记账", review)
    assert [(each.household_id, each.person_id) for each in await town.ledger()] == [(town.ids["张三"], key)]
