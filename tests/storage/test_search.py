"""Search finds what people type, inside the scope only."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import spelling
from bot.domain.access import Scope, scope_of
from bot.domain.people import HEAD, Person
from bot.storage import households, people, villages
from bot.storage.database import Database, Transaction
from bot.storage.naming import keys_of, latin
from tests.support.storage import EVERYTHING, TODAY, World, household, world

NOTHING = Scope(everything=False, villages=frozenset(), groups=frozenset(), helper_names=frozenset())
MORE = (
    ("H0101", "单大有", ("大有哥",), "532331195503030034", "13900005678"),
    ("H0102", "曾吕英", (), None, None),
    ("H0103", "解放军", (), None, None),
    ("H0104", "欧阳长青", (), None, None),
)


@pytest_asyncio.fixture
async def there(any_db: Database) -> AsyncIterator[tuple[Database, World]]:
    def fill(tx: Transaction) -> World:
        w = world(tx)
        seventh = villages.ensure_group(tx, w.village_id, "7组").id
        for code, name, alias, number, phone in MORE:
            id_ = household(tx, code, w.village_id, seventh)
            people.insert(tx, Person(0, id_, name, HEAD, alias=alias, id_number=number, phone=phone))
        return w

    yield any_db, await any_db.write(fill)


WANG, ZHAO, SHAN, ZENG, XIE, OUYANG = "王老五", "赵单", "单大有", "曾吕英", "解放军", "欧阳长青"


CASES: list[tuple[str, list[str]]] = [
    ("王老五", [WANG]), ("老五", [WANG]), ("王老", [WANG]), ("五", [WANG]), ("桂花", [WANG]), ("王小明", [WANG]),
    (" 王 老 五 ", [WANG]), ("王老五家", [WANG]), ("大有哥", [SHAN]),
    ("wanglaowu", [WANG]), ("wang lao wu", [WANG]), ("WangLao", [WANG]), ("laowu", [WANG]), ("guihua", [WANG]),
    ("wlw", [WANG]), ("WLW", [WANG]), ("lw", [WANG]), ("lgh", [WANG]),
    ("shandayou", [SHAN]), ("dandayou", [SHAN]), ("sdy", [SHAN]), ("ddy", [SHAN]), ("shan", [SHAN, ZHAO]),
    ("zenglvying", [ZENG]), ("zenglüying", [ZENG]), ("zenglyuying", [ZENG]), ("zly", [ZENG]), ("xiefangjun", [XIE]),
    ("ouyang", [OUYANG]), ("oycq", [OUYANG]),
    ("单", [SHAN, ZHAO]), ("dan", [ZHAO, SHAN]),
    ("H0101", [SHAN]), ("h0101", [SHAN]), ("0101", [SHAN]),
    ("0034", [SHAN]), ("5678", [SHAN]), ("532331195503030034", [SHAN]), ("13900005678", [SHAN]),
    ("五组", [WANG]), ("5组", [WANG]), ("5", [WANG]), ("第五村民小组", [WANG]), ("大石村五组", [WANG]),
    ("五组王", [WANG]), ("6组赵家", [ZHAO]), ("五组赵", []), ("九组", []),
    ("大石村", [WANG, ZHAO, SHAN, ZENG, XIE, OUYANG]),
    ("没有", []), ("ang", []), ("%", []), ("_", []), ("", []), (" ", []), ("0000", []),
]  # fmt: skip


def _heads(tx: Transaction, typed: str) -> list[str]:
    return sorted(each.head for each in households.search(tx, EVERYTHING, typed))


async def test_each_way_of_naming_a_household_finds_it(there: tuple[Database, World]) -> None:
    db, _ = there
    expected = {typed: sorted(heads) for typed, heads in CASES}
    assert await db.read(lambda tx: {typed: _heads(tx, typed) for typed, _ in CASES}) == expected


async def test_nothing_outside_the_scope_is_found(there: tuple[Database, World]) -> None:
    db, w = there

    def work(tx: Transaction) -> None:
        for typed in ("赵单", "zhao", "zs", "H0002", "六组", "大石村六组", "5678", "0034", "单大有"):
            assert households.search(tx, EVERYTHING, typed), typed
            assert households.search(tx, scope_of(w.monitor), typed) == [], typed
            assert households.search(tx, NOTHING, typed) == [], typed

    await db.read(work)


async def test_a_helper_finds_the_own_households_anywhere(there: tuple[Database, World]) -> None:
    db, _ = there
    scope = replace(NOTHING, helper_names=frozenset({"李帮扶"}))
    assert len(await db.read(lambda tx: households.search(tx, scope, "大石村"))) == 1


async def test_who_left_is_not_found_and_a_new_name_is(there: tuple[Database, World]) -> None:
    db, w = there

    def heads(tx: Transaction, typed: str) -> list[str]:
        return [each.head for each in households.search(tx, EVERYTHING, typed)]

    def work(tx: Transaction) -> None:
        _, wife, son = people.of_household(tx, w.wang)
        people.leave(tx, wife.id, TODAY, "moved")
        people.update(tx, son.id, name="王晓敏")
        assert heads(tx, "李桂花") == heads(tx, "王小明") == []
        assert heads(tx, "wxm") == heads(tx, "晓敏") == [WANG]
        households.update(tx, w.wang, left_on=TODAY)
        assert heads(tx, "王老五") == heads(tx, "五组") == []

    await db.write(work)


async def test_the_best_fit_comes_first(there: tuple[Database, World]) -> None:
    """A head of that very name, then a member, then names that begin so, then the rest."""
    db, w = there

    def work(tx: Transaction) -> list[str]:
        for code, head, member in (("H9", "赵王老五", "甲"), ("H8", "王老五七", "乙"), ("H7", "丙", "王老五")):
            id_ = household(tx, code, w.village_id, w.sixth)
            people.insert(tx, Person(0, id_, head, HEAD))
            people.insert(tx, Person(0, id_, member, "其他"))
        return [each.head for each in households.search(tx, EVERYTHING, "王老五")]

    assert await db.write(work) == ["王老五", "丙", "王老五七", "赵王老五"]


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [("单", "dan"), ("仇小", "qiuxiao"), ("曾小", "zengxiao"), ("解小", "xiexiao"), ("查小", "zhaxiao"),
     ("盖小", "gexiao"), ("朴小", "piaoxiao"), ("区小", "ouxiao"), ("任小", "renxiao"),
     ("乐小", "yuexiao"), ("华小", "huaxiao"), ("尉迟小", "yuchixiao"), ("王长行", "wangchangxing"),
     ("吕小", "lvxiao"), ("Ana·普", "anapu")],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, pinyin: str) -> None:
    assert f" {pinyin} " in keys_of(name).pinyin + " "


@given(st.text(alphabet="王老五单曾吕女李 ·A", min_size=1, max_size=6))
def test_every_tail_of_a_name_is_a_search_key(name: str) -> None:
    keys = keys_of(name)
    assert keys.name_key == spelling.key(name)
    if spelling.key(name):
        assert len(keys.pinyin.split()) == len(keys.initials.split()) >= len(spelling.key(name))
        assert all(tail == latin(tail) for tail in keys.pinyin.split())
