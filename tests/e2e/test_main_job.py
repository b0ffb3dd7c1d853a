"""The main job, as a person does it: `ruhu demo`, a browser, visible text and labels of buttons."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import expect

from tests.e2e.conftest import OpenPhone
from tests.e2e.phone import MORNING, Phone

pytestmark = pytest.mark.browser

FIRST_MONITOR = "杨光明"
OWN_LEAD = "张国栋"
OTHER_LEAD = "郑玉华"
ONCE = "接下来 1 次"


async def break_once(phone: Phone, fault: str) -> None:
    """Choose a fault for the next call; `fault` begins the label of its button."""
    await phone.tap("时钟和故障")
    await phone.page.get_by_role("combobox", name="影响").select_option(ONCE)
    await phone.tap(re.compile(f"^{fault}"))
    await phone.tap("关上")


async def test_the_page_opens_with_the_first_monitor_and_its_faults_are_named_in_chinese_first(
    phone: OpenPhone,
) -> None:
    """Nothing has to be chosen; going back to the list and choosing somebody else works."""
    me = await phone()
    await me.sees(FIRST_MONITOR, "待办")
    await me.tap("时钟和故障")
    faults = await me.page.locator("#faults button").all_inner_texts()
    assert len(faults) == 8
    assert all(re.match("[\u4e00-\u9fff]", text.strip()) for text in faults)
    await me.tap("关上")
    await me.choose("镇管理员")
    await me.page.reload()
    await me.sees("镇管理员")


async def test_a_monitor_does_the_morning_by_taps_and_one_line_of_money(phone: OpenPhone) -> None:
    """Digest at 08:30; three taps save a visit; one message and one tap save money; the card shows both."""
    me = await phone()
    await me.choose(FIRST_MONITOR)
    await me.tap(MORNING)
    name = await me.first_of_digest()

    await me.tap(f"1 {name}")
    await me.tap("一切正常")
    await me.sees("请确认", name, "3月15日 入户")
    await me.tap("保存")
    receipt = await me.sees(f"已保存走访 {name} 2024-03-15", "下次走访 2024-")
    await expect(receipt.get_by_role("button", name="撤销", exact=True)).to_be_visible()

    await me.say(f"记账 {name} 工资 3500")
    await me.sees("请确认", name, "工资性收入", "3,500元", "2024年3月")
    await me.tap("保存")
    receipt = await me.sees("已记账", name, "工资性收入", "3,500元", "2024年3月", "本年度人均纯收入")
    figure = re.search(r"本年度人均纯收入 [\d,]+元", await receipt.inner_text())
    assert figure is not None

    await me.say(f"查 {name}")
    card = await me.sees(name, "上次走访 3月15日", figure.group(), "上年度人均纯收入")
    await card.get_by_role("button", name="记账本", exact=True).click()
    await me.sees("记账本", "2024年3月 工资性收入 3,500元")


async def test_a_saved_record_is_taken_back_and_restored(phone: OpenPhone) -> None:
    me = await phone()
    await me.choose("周丽萍")
    await me.tap("走访")
    first = (await me.sees("哪一户")).get_by_role("button", name=re.compile("^1 "))
    name = (await first.inner_text()).split()[1]
    await first.click()
    await me.tap("一切正常")
    await me.tap("保存")
    await me.sees(f"已保存走访 {name}")
    await me.tap("撤销")
    await me.sees(f"已撤销 {name}")
    await me.tap("恢复")
    await me.sees(f"已保存走访 {name}")


async def test_a_village_lead_on_another_phone_sees_the_own_village_only(phone: OpenPhone) -> None:
    """Two browsers at once; the household of the first village is found there and is `未找到` in the other."""
    lead, stranger = await phone(), await phone()
    await lead.choose(OWN_LEAD)
    await stranger.choose(OTHER_LEAD)
    await lead.tap("待办")
    await lead.sees("今日待办", "其中逾期")
    for someone in (lead, stranger):
        await someone.say("查 王老五")
    await lead.sees("王老五", "户编号", "上年度人均纯收入 9,480元")
    await stranger.sees("未找到“王老五”")
    await expect(stranger.page.get_by_text("户编号 99")).to_have_count(0)


async def test_the_town_office_downloads_its_roster(phone: OpenPhone, tmp_path: Path) -> None:
    """`/export` gives a document that opens: every person of the township under the columns of the workbook."""
    office = await phone()
    await office.choose("镇管理员")
    await office.say("/export")
    await office.tap("花名册")
    link = office.page.get_by_role("link", name=re.compile(r"\.xlsx")).last
    async with office.page.expect_download() as download:
        await link.click()
    await (await download.value).save_as(tmp_path / "roster.xlsx")
    sheet = load_workbook(tmp_path / "roster.xlsx", read_only=True)["成员"]
    rows = list(sheet.iter_rows(values_only=True))
    assert {"户编号", "姓名", "与户主关系"} <= set(rows[0])
    assert len(rows) > 2354 + 208


@pytest.mark.parametrize(("fault", "who"), [("请求太多", "普建平"), ("不回话", "高志平")])
async def test_a_person_is_served_when_telegram_falters(phone: OpenPhone, fault: str, who: str) -> None:
    me = await phone()
    await me.choose(who)
    await break_once(me, fault)
    await me.say("统计")
    await me.sees("我的网格", "户数")


async def test_a_person_who_blocked_the_bot_is_served_after_unblocking(phone: OpenPhone) -> None:
    me = await phone()
    await me.choose("罗晓燕")
    await me.tap("时钟和故障")
    await me.tap(re.compile("^被用户拉黑"))
    await me.tap("关上")
    await me.tap("已拉黑机器人，点这里解除")
    await me.say("统计")
    await me.sees("我的网格", "户数")


async def test_a_person_changes_the_language(phone: OpenPhone) -> None:
    """/settings turns the chat English at once, the keyboard with it, and back again."""
    me = await phone()
    await me.choose("沙云川")
    await me.say("/settings")
    await me.tap("English")
    await me.tap("To do")
    await me.sees("To do today")
    await me.say("/settings")
    await me.tap("中文")
    await me.tap("待办")
    await me.sees("今日待办")
