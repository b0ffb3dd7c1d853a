"""What the reading does not account for stands in the draft as said and is kept with what is saved."""

import pytest

from tests.support.town import Town, answer, tapped


async def test_words_that_say_nothing_known_stand_in_the_draft_and_are_kept_with_the_visit(town: Town) -> None:
    person = town.person()
    draft = await answer(person, "今天去王老五家,一切正常,他打算开春养蜂", "请确认")
    assert '没看懂的:"他打算开春养蜂"' in draft.text
    await tapped(person, "保存", "已保存走访", draft)
    (visit,) = await town.visits()
    assert visit.note == "他打算开春养蜂"
    assert visit.all_ok


async def test_without_a_visit_the_entry_keeps_them(town: Town) -> None:
    person = town.person()
    draft = await answer(person, "王老五打工挣了3500,说是帮老板看果园", "请确认")
    assert "没看懂的" in draft.text
    await tapped(person, "保存", "已记账", draft)
    (entry,) = await town.ledger()
    assert entry.note == "说是帮老板看果园"


@pytest.mark.parametrize("text", ["今天去王老五家,一切正常", "您好,今天走访王老五家,家里都好,谢谢", "王老五 工资 3500"])
async def test_a_plain_message_has_none(town: Town, text: str) -> None:
    assert "没看懂的" not in (await answer(town.person(), text, "请确认")).text
