"""Amounts as people write them, alone and with counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.amounts import sums
from bot.understanding.money import Amount, parse_amount
from bot.understanding.normalise import normalise

CN = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("3500", 3500),
        ("３５００元", 3500),
        ("三千五", 3500),
        ("三千零五", 3005),
        ("3千零50", 3050),
        ("1万2", 12000),
        ("两万五", 25000),
        ("1.2万", 12000),
        ("1w2", 12000),
        ("1.8w", 18000),
        ("3k", 3000),
        ("5k5", 5500),
        ("千五", 1500),
        ("一百五", 150),
        ("万二", 12000),
        ("4,200元", 4200),
        ("860.5元", 860.5),
        ("三百六十五块五", 365.5),
        ("12块8", 12.8),
        ("块五", 1.5),
        ("两块五毛", 2.5),
        ("八毛", 0.8),
        ("捌佰陆拾元整", 860),
        ("壹万贰仟伍佰元", 12500),
        ("三万二千六", 32600),
        ("一万零五百", 10500),
        ("廿五块", 25),
        ("1万2500", 12500),
        ("120一天×20天", 2400),
        ("800一亩*3.2亩", 2560),
        ("12袋乘158", 1896),
        ("每人145,两个人", 290),
        ("每月500,半年", 3000),
        ("5", 5),
    ],
)
def test_amount_is_read(text: str, yuan: float) -> None:
    """Digits, Chinese numerals, mixtures, financial numerals and products give yuan."""
    assert parse_amount(text) == Amount(round(yuan * 100), estimate=False)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("百把块", 100),
        ("千把", 1000),
        ("两千把", 2000),
        ("三千多", 3000),
        ("差不多两万", 20000),
        ("万把块", 10000),
        ("一万来块", 10000),
        ("3000左右", 3000),
        ("将近一万", 10000),
        ("大概1800", 1800),
        ("1w+", 10000),
        ("三千五六", 3500),
        ("一千好几", 1000),
    ],
)
def test_rough_amount_is_an_estimate(text: str, yuan: int) -> None:
    """Words like 把, 多, 左右, 差不多 make an estimate."""
    assert parse_amount(text) == Amount(yuan * 100, estimate=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "五组",
        "15号",
        "下午3点",
        "几百块",
        "好几千",
        "老五",
        "13812345678",
        "万寿菊",
        "血压150",
        "每斤12",
        "三四千",
        "一切正常",
    ],
)
def test_no_amount_is_none(text: str) -> None:
    """What is no amount, or could be several, is None."""
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "yuan", "months"),
    [
        ("一个月四千五,做了7个月", [31500], [7]),
        ("卖了3头猪,一头2400", [7200], [1]),
        ("两头牛,一头9千,一头1万1", [9000, 11000], [1, 1]),
        ("每人每月155,两个人,领了4个月", [1240], [4]),
        ("3亩2分,800一亩", [2560], [1]),
        ("卖了500斤,6块一公斤", [1500], [1]),
        ("一个月3500做了4个月,一个月900做了4个月", [14000, 3600], [4, 4]),
        ("每月460,领了一季度", [1380], [3]),
        ("一年三千,租了2年", [6000], [1]),
        ("每吨420,42吨", [17640], [1]),
        ("160*13=2080", [2080], [1]),
    ],
)
def test_prices_find_their_counts(text: str, yuan: list[int], months: list[int]) -> None:
    """A price is multiplied by the count it belongs to, and no amount takes another one's count."""
    found = sums(normalise(text))
    assert [each.fen for each in found] == [value * 100 for value in yuan]
    assert [each.months for each in found] == months


def _spoken(value: int) -> str:
    """A number below 100,000 in Chinese numerals, as it is read aloud."""
    out, pending = "", False
    for unit, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if pending else "") + CN[digit] + name
        pending = not digit and bool(out)
    return out


def _forms(value: int) -> list[str]:
    forms = [str(value), f"{value}元", f"{value}块钱", f"{value:,}元", _spoken(value), _spoken(value) + "块"]
    if value % 1000 == 0:
        forms += [f"{value // 1000}k", f"{value // 1000}千"]
    if value >= 10000 and value % 1000 == 0 and value // 1000 % 10:
        forms += [
            f"{value // 10000}万{value // 1000 % 10}",
            f"{value // 10000}w{value // 1000 % 10}",
            f"{value / 10000}万",
        ]
    return forms


@given(st.data(), st.integers(min_value=20, max_value=99_999))
def test_any_written_form_reads_back(data: st.DataObject, value: int) -> None:
    """An amount in any supported form parses to itself."""
    form = data.draw(st.sampled_from(_forms(value)))
    assert parse_amount(form) == Amount(value * 100, estimate=False), form


@given(st.integers(min_value=1, max_value=9_999_999))
def test_fen_read_back(fen: int) -> None:
    """Yuan with decimals keep their fen."""
    assert parse_amount(f"{fen // 100}.{fen % 100:02d}元") == Amount(fen, estimate=False)


@given(st.text(max_size=80))
def test_no_text_crashes_the_amount(text: str) -> None:
    """Whatever the text, an answer or None."""
    parse_amount(text)
