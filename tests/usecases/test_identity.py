"""Who a row of a roster means: by a well-formed ID number, else by name in the household; nothing in silence."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import idnumber
from bot.domain.workbooks.problems import Problem, RosterSummary, WorkbookRefused
from bot.policies import load
from bot.storage import households, people, villages
from bot.storage.database import Database
from bot.storage.transaction import Transaction
from bot.usecases.import_income import import_income
from bot.usecases.import_roster import import_roster
from bot.usecases.workbooks.read_income import read_income
from bot.usecases.workbooks.read_roster import read_roster
from tests.support.spellings import of_parts, spelt
from tests.support.storage import NOW, TODAY
from tests.support.workbooks import entry, id_number, income, person, roster

POLICIES = load("lufeng-2022-2024")
NO_KEY = (
    "000000000000000000", "1", "0", "证件丢失2次", "111111111111111111", "533000198013010015", "MMR1234567",
    "12345678901234X",
)  # fmt: skip
EXCEL = (
    "5.32331E+17", "5.32331197001010e+17", 5.32331197001010015e17, 532331197001010018, "532331197001011000",
    "5.3E+17",
)  # fmt: skip


def take(tx: Transaction, rows: list[dict[str, Any]], *answered: str, dry_run: bool = False) -> RosterSummary:
    """Import as the operator, who has answered these questions with yes."""
    book = replace(read_roster(roster(rows), TODAY), answered=frozenset(answered))
    return import_roster(tx, None, book, today=TODAY, now=NOW, policies=POLICIES, dry_run=dry_run)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.cell, problem.code) for problem in problems]


def family(tx: Transaction, code: str) -> list[str]:
    found = households.by_code(tx, code)
    assert found is not None
    return [each.name for each in people.of_household(tx, found.id)]


@pytest.mark.parametrize("number", NO_KEY)
async def test_what_is_no_well_formed_number_makes_nobody_one_with_another(any_db: Database, number: str) -> None:
    """Not within a file, not between two, not when a file comes again."""
    first = [person(证件号码=number), person(name="李桂花", relation="配偶", 证件号码=number)]
    second = [person("H002", "赵单", 证件号码=number)]
    await any_db.write(lambda tx: take(tx, first))
    summary = await any_db.write(lambda tx: take(tx, second))
    assert (summary.new, summary.new_people, summary.moved_people, summary.questions) == (1, 1, 0, ())
    assert await any_db.read(lambda tx: family(tx, "H001")) == ["王老五", "李桂花"]
    assert await any_db.read(lambda tx: family(tx, "H002")) == ["赵单"]
    assert (await any_db.write(lambda tx: take(tx, first + second))).nothing
    assert await any_db.read(lambda tx: people.by_id_number(tx, number)) is None


@pytest.mark.parametrize("number", EXCEL)
def test_a_number_that_a_spreadsheet_has_cut_is_an_error_at_its_cell(number: Any) -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(roster([person(), person(name="李桂花", relation="配偶", 证件号码=number)]), TODAY)
    assert codes(caught.value.problems) == [("G3", "precision")]
    assert "0015" not in caught.value.problems[0].value


def test_the_shape_of_a_cut_number_is_still_seen() -> None:
    with pytest.raises(WorkbookRefused) as caught:
        read_roster(roster([person(证件号码="5.32331E+17")]), TODAY)
    assert caught.value.problems[0].value == "5.3****E+17"


def test_a_true_number_that_ends_in_zeros_is_taken() -> None:
    """Its checksum tells it; of 2,562 numbers some four end so."""
    number = next(found for found in (id_number(100 * n, "19700101") for n in range(1, 10)) if found.endswith("000"))
    assert read_roster(roster([person(证件号码=number)]), TODAY).hints == ()


ANY_NUMBER = st.one_of(st.text("0123456789Xx.E+ 无零", min_size=1, max_size=24), st.integers(0, 999).map(id_number))


@given(ANY_NUMBER)
@settings(deadline=None, max_examples=40)
def test_one_number_twice_is_an_error_exactly_when_it_is_well_formed(number: str) -> None:
    rows = [person(证件号码=number), person("H002", "赵单", 证件号码=number)]
    try:
        read_roster(roster(rows), TODAY)
        found = set()
    except WorkbookRefused as refused:
        found = {problem.code for problem in refused.problems if not problem.hint}
    assert ("id-twice" in found) == (idnumber.key(number) is not None and found != {"precision"})


async def test_a_known_number_under_another_name_is_a_question_and_nothing_changes(any_db: Database) -> None:
    """In another household or in the same one; the dry run shows it, the answer lets it pass and it is told."""
    await any_db.write(lambda tx: take(tx, [person(证件号码=id_number(1))]))
    for rows in ([person("H002", "赵单", 证件号码=id_number(1))], [person(name="王老吾", 证件号码=id_number(1))]):
        dry = await any_db.read(lambda tx, rows=rows: take(tx, rows, dry_run=True))
        assert codes(dry.questions) == [("E2", "id-other-name")]
        assert dict(dry.questions[0].details) == {"name": "王老五", "code": "H001"}
        with pytest.raises(WorkbookRefused) as caught:
            await any_db.write(lambda tx, rows=rows: take(tx, rows))
        assert codes(caught.value.problems)[0] == ("E2", "id-other-name")
        assert await any_db.read(lambda tx: family(tx, "H001")) == ["王老五"]
        assert set(await any_db.read(households.codes)) == {"H001"}
    renamed = await any_db.write(lambda tx: take(tx, [person(name="王老吾", 证件号码=id_number(1))], "--new-names"))
    assert (renamed.updated, renamed.questions, codes(renamed.hints)) == (1, (), [("E2", "id-other-name")])
    assert await any_db.read(lambda tx: family(tx, "H001")) == ["王老吾"]


async def test_another_number_under_the_same_name_is_told(db: Database) -> None:
    await db.write(lambda tx: take(tx, [person(证件号码=id_number(1))]))
    summary = await db.write(lambda tx: take(tx, [person(证件号码=id_number(2))]))
    assert codes(summary.hints) == [("G2", "id-changed")]


@given(of_parts().flatmap(lambda parts: st.tuples(spelt(parts), spelt(parts))))
@settings(deadline=None, max_examples=30)
def test_two_writings_of_a_name_are_read_as_one(names: tuple[str, str]) -> None:
    """Else the second would be a hint-less new person beside the first."""
    rows = [person(), *(person(name=name, relation="之子") for name in names)]
    assert [hint.code for hint in read_roster(roster(rows), TODAY).hints] == ["namesake", "namesake"]


@pytest.mark.parametrize("other", ["阿依•古丽", "阿依.古丽", "阿依 古丽", "阿依\u3000古丽", "阿 依 古 丽", "阿依古丽"])
@pytest.mark.parametrize("with_number", [True, False])
async def test_the_same_person_spelt_otherwise_stays_one_person(db: Database, other: str, *, with_number: bool) -> None:
    """With and without an ID number, as a member and as whose money it was."""
    more = {"证件号码": id_number(1)} if with_number else {}
    rows = [person(帮扶责任人="阿依·达娃"), person(name="阿依·古丽", relation="配偶", **more)]
    again = [person(帮扶责任人="阿依 达娃"), person(name=other, relation="配偶", **more)]
    await db.write(lambda tx: take(tx, rows))
    summary = await db.write(lambda tx: take(tx, again))
    assert summary.nothing
    assert (summary.questions, summary.unchanged) == ((), 1)
    assert await db.read(lambda tx: family(tx, "H001")) == ["王老五", "阿依·古丽"]
    book = read_income(income([entry(姓名=other)]), TODAY)
    await db.write(lambda tx: import_income(tx, None, book, today=TODAY, now=NOW, policies=POLICIES))


async def test_characters_outside_the_basic_plane_are_characters_of_names_too(db: Database) -> None:
    await db.write(lambda tx: take(tx, [person(name="𠮷·𡈽田")]))
    assert (await db.write(lambda tx: take(tx, [person(name="𠮷 𡈽 田")]))).nothing
    assert [h.head for h in await db.read(lambda tx: [households.by_code(tx, "H001")]) if h] == ["𠮷·𡈽田"]


async def test_one_village_written_in_many_ways_is_one_and_told(db: Database) -> None:
    rows = [person(f"H{n}", f"王{n}", **{"村(社区)": name}) for n, name in enumerate(
        ["大石村", "大石 村", "大石\u3000村", "大石村委会", "大石村民委员会", "大石", "大石村委會"])]  # fmt: skip
    summary = await db.write(lambda tx: take(tx, rows))
    assert summary.new_villages == ("大石村",)
    assert {problem.code for problem in summary.hints} == {"village-alike"}
    assert [village.name for village in await db.read(villages.all_villages)] == ["大石村"]
    assert (await db.write(lambda tx: take(tx, rows))).nothing


async def test_a_new_village_beside_known_ones_is_a_question(db: Database) -> None:
    """A slip would make a second village; the first import has nothing to compare with."""
    first = await db.write(lambda tx: take(tx, [person()]))
    assert (first.new_villages, first.questions) == (("大石村",), ())
    rows = [person("H002", "赵单", **{"村(社区)": "大右村"})]
    dry = await db.read(lambda tx: take(tx, rows, dry_run=True))
    assert (dry.new_villages, codes(dry.questions)) == (("大右村",), [("A2", "village-new")])
    with pytest.raises(WorkbookRefused):
        await db.write(lambda tx: take(tx, rows, "--new-names"))
    assert len(await db.read(villages.all_villages)) == 1
    assert (await db.write(lambda tx: take(tx, rows, "--new-villages"))).new == 1
