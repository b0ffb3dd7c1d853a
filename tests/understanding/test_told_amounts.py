"""Figures as people tell them: what counts, what was only told, prices beside their totals, months still open."""

import pytest

from bot.understanding.model import Intent
from tests.understanding.brief import entries, reading


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五上个月工资4100到了,这个月的还没发", "wage 4100 @2024-02"),
        ("王老五6月工资3900,7月工资4000,8月还没发", "wage 3900 @2023-06, wage 4000 @2023-07"),
        ("王老五2月工资3650发了,3月的还没发", "wage 3650 @2024-02"),
        ("王老五家光伏分红八百,昨天才到账", "property 800 @2024-03"),
        ("老板欠王老五8000工资,昨天先给了3000", "wage 3000 @2024-03"),
        ("王老五住院花了9600,医保说能报五千多,还没下来", "rigid 9600"),
        ("王老五交烟拿到31200,还有1800的尾款没打来", "business 31200"),
        ("王老五家卖了头牛得14000,原来人家出过15000他没舍得", "business 14000"),
        ("王老五家砂糖橘卖了,老板分两次付,头一次的一万五已经拿到", "business 15000"),
        ("王老五家板栗卖了八百,她还装一袋板栗给我我没要", "business 800"),
        ("王老五补助1500,月底才到账", ""),
        ("王老五工资3500,到今天还没发", ""),
    ],
)
def test_what_has_come_counts_and_what_is_still_open_does_not(text: str, found: str) -> None:
    """What is late is this money or other money: another month's, the second lot, the rest, the refund."""
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五媳妇帮人摘小米辣,摘一斤八角,摘了2000斤,工钱1600", "wage 1600"),
        ("白菜价贱得很,三毛一斤,王老五家拉了一车卖了340", "business 340"),
        ("王老五家3个人,低保一共领了1290,每人430", "transfer 1290"),
        ("王老五家交烟,一共七担,每担卖一千三", "business 9100"),
        ("王老五家鲜花椒卖了420斤,4.5一斤", "business 1890"),
        (
            "王老五蚕茧卖了三批:第一批2140,第二批1960,第三批1700,加起来5800",
            "business 2140, business 1960, business 1700",
        ),
        ("王小明上个月在厂里工资拿了4480,其中680是加班费", "wage 4480 @2024-02"),
        ("王老五种草莓,刨去大棚租金和苗钱,净赚一万三", "business 13000 net"),
        ("王老五家收菌子转手卖,除掉车费人工,纯利润4300", "business 4300 net"),
        ("王老五家把二楼租给修路队,房租600/月,收了5个月", "property 3000"),
    ],
)
def test_a_price_and_its_total_are_one_entry(text: str, found: str) -> None:
    """An ordinal counts nothing, a share of a sum is in the sum, what is left of a sale is net."""
    assert entries(text) == found


@pytest.mark.parametrize(
    "told",
    [
        "聊了二十来分钟",
        "没说上几句",
        "瓦烂了几匹",
        "电费86话费59他都抱怨",
        "他贷款5万买了车",
        "还欠信用社两万",
        "给亲戚随礼五百",
        "修摩托花了八百",
        "老人八十二了",
        "血压150和138",
    ],
)
def test_what_was_only_told_beside_a_visit_is_no_entry(told: str) -> None:
    """Minutes, ages, living costs, loans and gifts: the visit is recorded, nothing is booked and nothing asked."""
    read = reading(f"今天去王老五家走访,{told},都好")
    assert (read.intent, read.entries, read.ask, read.visited_on is not None) == (Intent.RECORD, (), (), True)


@pytest.mark.parametrize("text", ["王老五贷款5万", "王老五买车花了8万", "王老五随礼500", "王小明在县城租房子一个月600"])
def test_money_that_counts_nowhere_is_asked_when_nothing_else_is_told(text: str) -> None:
    """Whoever writes only that wants something to be written down."""
    assert reading(text).ask == ("direction",)


def test_money_told_beside_the_matter_is_shown_as_said() -> None:
    """Left out is not lost: the words stand in the draft."""
    read = reading("王老五卖玉米2000,买肉花了150")
    assert (len(read.entries), read.unread) == (1, ("买肉花了150",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王小明的雨露计划补助1500元,2月份到账", "transfer 1500 @2024-02"),
        ("临时救助金2000块,王老五家上个月领到的", "transfer 2000 @2024-02"),
        ("王老五家光伏分红八百,昨天才到账", "property 800 @2024-03"),
        ("王老五低保430,养老金130,都是上个月的", "transfer 430 @2024-02, transfer 130 @2024-02"),
        ("王老五家卖猪得3000,昨天去街上买了点东西", "business 3000"),
    ],
)
def test_the_month_may_be_said_behind_the_amount(text: str, found: str) -> None:
    """When it came, in the clause behind; another matter's day there is none of its."""
    assert entries(text) == found
