"""What a message corrects itself in passing, whose money it is, and what is asked about it."""

import pytest

from bot.understanding.model import Intent
from tests.understanding.brief import entries, findings, reading, visit


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("昨天去赵国才家 哦不是 是杨文学家 都好", "昨天去杨文学家 都好"),
        ("今天去赵国才家,都好,哦是杨文学家", "今天去杨文学家,都好"),
        ("今天去赵国才家,不对,杨文学家,一切正常", "今天去杨文学家,一切正常"),
        ("今天去的不是赵国才家,是杨文学家,都好", "今天去的杨文学家,都好"),
        ("昨天去杨文学家,不对,前天去的,都好", "前天去的杨文学家,都好"),
        ("8号去杨文学家,写错了,是9号,都好", "9号去杨文学家,都好"),
        ("杨文学卖核桃2块8一斤,错了,2块9,卖了200斤", "杨文学卖核桃2块9一斤,卖了200斤"),
        ("杨文学工资3500,不对,是4500", "杨文学工资4500"),
        ("杨文学工资三千五,说错了,应该是四千五", "杨文学工资四千五"),
        ("杨文学卖猪得了8000,说错了,9000,饲料花了2000", "杨文学卖猪得了9000,饲料花了2000"),
        ("杨文学卖玉米500斤,不对,是公斤,每公斤2块", "杨文学卖玉米500公斤,每公斤2块"),
        ("今天去了杨文学家,都好,不对,是打电话问的", "今天打电话问了杨文学家,都好"),
        ("今天电话里问了杨文学,都好,错了,我是到家里去的", "今天到杨文学家里去的,都好"),
    ],
)
def test_the_last_word_counts(text: str, meant: str) -> None:
    """Household, day, mode, unit and amount put right inside one message make one record."""
    said, right = reading(text), reading(meant)
    assert said.intent is Intent.RECORD
    assert (said.household, said.visited_on, said.mode) == (right.household, right.visited_on, right.mode)
    assert (entries(text), findings(text)) == (entries(meant), findings(meant))


@pytest.mark.parametrize("text", ["不对,是4500", "刚才王老五的工资3500错了,应该是4500", "上一条写错了,不是3500,是4500"])
def test_an_older_record_is_still_corrected(text: str) -> None:
    """A message that begins with its cue, or names the last record, is a correction of it."""
    assert reading(text).intent is Intent.CORRECT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五骡子 7600", "? 7600 | direction"),
        ("王老五家那头水牛五千八", "? 5800 | direction"),
        ("王老五家山租1500", "? 1500 | direction"),
        ("王老五家鱼塘租 800", "? 800 | direction"),
        ("王老五鸡一笼800", "? 800 | direction"),
        ("王老五家猪2头 9800", "business 9800"),
        ("王老五卖百货赚了3000", "business 3000 | net_or_gross"),
        ("王老五跑摩的挣了3000", "business 3000 | net_or_gross"),
        ("王老五开三轮送货挣了2000", "business 2000 | net_or_gross"),
        ("王老五跑面包车拉客赚6千", "business 6000 | net_or_gross"),
        ("王老五在公司开货车工资5000", "wage 5000"),
        ("王老五家老二打工寄回来两千五", "? 2500 | direction"),
        ("王老五家姑娘在浙江打工打回来3000", "? 3000 | direction"),
        ("王老五卖玉米2000,买肉花了150", "business 2000"),
        ("王老五卖玉米2000,电费花了86.3", "business 2000"),
        ("王老五卖玉米2000,抽水电费花了86.3", "business 2000, business_cost 86.3"),
        ("王老五贷款5万", "? 50000 | direction"),
        ("王老五买车花了8万", "? 80000 | direction"),
        ("王老五随礼500", "? 500 | direction"),
        ("王老五工资没听清", " | amount"),
        ("王老五低保多少记不清", " | amount"),
        ("王老五卖牛的钱他不肯说", " | amount"),
        ("王老五卖猪得36?0", " | amount"),
    ],
)
def test_what_the_words_leave_open_is_asked(text: str, found: str) -> None:
    """In or out, net or gross, how much: a question, never a guess."""
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王老五打工3500(2月),养老金260(3月)", "wage 3500 @2024-02, transfer 260 @2024-03"),
        ("上月底王老五卖猪得3000", "business 3000 @2024-02"),
        ("王老五工资 3500 2025年5月", "wage 3500 | date"),
        ("王老五工资3500 2023年5月", "wage 3500 @2023-05"),
        ("王老五家小卖部 营业额26000元 进货成本19500元 纯利6500元", "business 26000, business_cost 19500"),
        ("王老五家经营小卖部,扣除进货成本,净赚八千五百元。", "business 8500 net"),
        ("王老五养猪成本:饲料3000,兽药200,仔猪1500", "business_cost 3000, business_cost 200, business_cost 1500"),
    ],
)
def test_months_and_costs_stand_where_they_are_said(text: str, found: str) -> None:
    """A month in brackets is its amount's; a year that is to come is asked; what is left is no cost."""
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天去王老五家,收成没有减,房子不漏不裂", "income housing"),
        ("王老五家收入没有减少,饮水也不缺", "income water"),
        ("王老五家姑娘上学正常", "education"),
        ("王老五家日子苦得很", "income!"),
        ("去王老五家,门口路塌了,家里样样都好", "all"),
        ("去王老五家,山上滑坡路断了,家里一切正常", "all"),
        ("王老五家水管老化天天停水", "water!"),
        ("王老五家房子我看了一遍,没裂没漏", "housing"),
        ("王老五家房子是18年危改的,没问题", "housing"),
        ("去王老五家坐了坐,别的没讲", ""),
        ("王老五家两个老人医保尚未缴纳,儿子答应月底缴清", "medical!"),
        ("王老五家石棉瓦飞了三片,雨一来就漏", "housing!"),
        ("王老五家吃的穿的都有", "food clothing"),
        ("王老五家吃嘞穿嘞都不愁", "food clothing"),
    ],
)
def test_findings_belong_to_what_they_are_said_of(text: str, found: str) -> None:
    """One word's fineness is not everybody's; a denied trouble is none; a road is no house."""
    assert findings(text) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("去王老五家,日期记不清了,都好", "? home | date"),
        ("今天打了3个电话:王老五家都好", "2024-03-15 phone"),
        ("王老五家今天都去看了,都好", "2024-03-15 home"),
    ],
)
def test_visits_of_other_voices(text: str, day: str) -> None:
    """A forgotten day is asked."""
    assert visit(text) == day
