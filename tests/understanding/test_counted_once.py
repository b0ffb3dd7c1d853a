"""Sums beside their parts, ranges, broken figures, prices by their unit, money that has not come."""

import pytest

from tests.understanding.brief import entries


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五家全年收入5万(打工3万,卖猪2万)", "wage 30000, business 20000"),
        ("王老五打工3万6,其中老大2万,老二1万6", "wage 20000, wage 16000"),
        ("王老五家打工30000+卖猪20000=50000", "wage 30000, business 20000"),
        ("王老五家打工30000,低保5000,一共35000", "wage 30000, transfer 5000"),
        ("王老五打工3000+2000", "wage 5000"),
        ("王老五卖猪13000,成本8000,纯收入5000", "business 13000, business_cost 8000"),
        ("王老五卖烟叶30000,化肥农药花了12000,净赚18000", "business 30000, business_cost 12000"),
        ("王老五卖猪13000,成本8000,纯收入4500", "business 13000, business_cost 8000 | amount"),
        ("王老五住院花了8000,报销5000,自己承担3000", "rigid 8000, claim 5000"),
        ("王老五医药费3000,个人负担1000,报销2000", "rigid 3000, claim 2000"),
        ("王老五看病花了3000,个人负担1000", "rigid 3000 | amount"),
        ("王老五打工3万6,人均12500", "wage 36000"),
    ],
)
def test_what_is_said_twice_is_counted_once(text: str, found: str) -> None:
    """A sum, what is left of a sale and the own share of a bill are no entries; figures that do not fit are asked."""
    assert entries(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "王老五工资1200-1500元",
        "王老五打工4000到5000",
        "王老五卖菜得2千到2千5",
        "王老五工资三千至四千",
        "王老五打工一个月4000-5000,做了3个月",
        "王老五卖猪上万",
        "王老五卖猪得了好几千",
        "王老五工资3 500",
        "王老五工资1万4千8万",
        "王老五工资2800还是3800",
        "王老五工资2800或者3800",
        "王老五卖猪得了-500",
    ],
)
def test_an_amount_that_could_be_several_is_asked(text: str) -> None:
    """Ranges, alternatives and figures that cannot be right give no entry but a question."""
    assert entries(text) == " | amount"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五卖猪得了十来万", "business 100000 ~"),
        ("王老五打工挣了二十多万", "wage 200000 ~"),
        ("王老五卖菜得了十来块", "business 10 ~"),
        ("王老五卖猪得了1w+", "business 10000 ~"),
    ],
)
def test_a_rough_amount_is_an_estimate(text: str, found: str) -> None:
    """来 and 多 before 万 leave the size of the amount as it is."""
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五卖玉米1200公斤,一公斤2.6", "business 3120"),
        ("王老五卖玉米3吨,每斤1块3", "business 7800"),
        ("王老五卖玉米 2吨×2600元/吨", "business 5200"),
        ("王老五卖核桃300斤*8元/公斤", "business 1200"),
        ("王老五卖洋芋500公斤,单价1.5元/斤", "business 1500"),
        ("王老五卖洋芋20袋,每袋85", "business 1700"),
        ("王老五卖玉米500公斤*3", "business 1500"),
    ],
)
def test_a_price_is_multiplied_by_its_own_unit(text: str, found: str) -> None:
    """Kilos, jin and tons are converted only where the price says another unit."""
    assert entries(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "王老五工资3500还没拿到",
        "王老五低保860没发",
        "王老五工资欠着,4500",
        "王老五说好给3000,还没领到",
        "王老五打工工钱拖着没给8000",
        "王老五打工8000,老板拖着没给",
        "王老五打工8000,老板说年底结清",
        "王老五家地租1200,还没拿到手",
        "王老五卖猪6000,老板打的欠条",
        "王老五家卖猪6000,钱还没到手",
        "王老五家补贴800说好月底给",
        "王老五说打工工资6千老板尚未支付",
        "王老五做工说好一万块一分都没得着",
    ],
)
def test_what_was_not_received_is_no_income(text: str) -> None:
    """Owed, promised, not yet paid: before or behind the amount, no entry."""
    assert entries(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五打工3500,低保还没发", "wage 3500"),
        ("王老五工资3500,拖了两个月,昨天拿到了", "wage 3500"),
        ("王老五看病花了3000,还没报", "rigid 3000"),
        ("王老五卖猪得6000,还没卖完", "business 6000"),
        ("王老五上个月发了3600工资", "wage 3600 @2024-02"),
        ("王老五2月发的工资900", "wage 900 @2024-02"),
    ],
)
def test_what_was_received_stays(text: str, found: str) -> None:
    """Money of another kind that has not come, and delays that are over, take nothing away."""
    assert entries(text) == found
