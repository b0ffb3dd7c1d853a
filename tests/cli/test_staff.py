"""staff invite, list, revoke, handover."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.staff import Assignment, Role
from bot.sandbox.server import SandboxServer
from bot.storage import audit, chats, drafts, households, invitations, staff
from bot.storage.database import Transaction
from bot.usecases.bind import ALPHABET, bind
from tests.cli.conftest import Shell
from tests.support import workbooks as books

NOW = datetime.now(UTC)  # noqa: TID251 -- the command reads the machine's clock
MONITOR = ("staff", "invite", "--role", "monitor", "--name", "张网格", "--village", "大石村")


@pytest.fixture
def village(ruhu: Shell, migrated_file: Path) -> Shell:
    """A village with two groups; a household has the helper 李帮扶."""
    ruhu.begin_with(migrated_file)
    rows = [books.person(帮扶责任人="李帮扶"), books.person("H002", "赵单", 村民小组="六组")]
    Path(ruhu.folder / "r.xlsx").write_bytes(books.roster(rows))
    assert ruhu("import", "roster", "r.xlsx").code == 0
    return ruhu


async def bound(shell: Shell, code: str, telegram_id: int) -> None:
    await shell.write(lambda tx: bind(tx, code, telegram_id, at=NOW))


async def test_an_invitation_is_a_code_alone_and_works_once_bound_it_is_listed(village: Shell) -> None:
    invited = village(*MONITOR, "--group", "5", "--group", "第六村民小组")
    [code] = invited.lines
    assert (invited.code, invited.err) == (0, "")
    assert len(code) >= 8
    assert set(code) <= set(ALPHABET)
    [head, row] = [line.split("\t") for line in village("staff", "list").lines]
    assert head == ["编号", "姓名", "角色", "范围", "状态"]
    assert row[:4] == ["", "张网格", "网格员(monitor)", "大石村 五组、六组"]
    assert "invited" in row[4]
    await bound(village, code, 501)
    await village.write(lambda tx: staff.set_reachable(tx, 1, reachable=False))
    [_, row] = [line.split("\t") for line in village("staff", "list", BOT_LANGUAGE="en").lines]
    assert (row[0], row[1], row[3], row[4]) == ("1", "张网格", "大石村 五组、六组", "bound unreachable")
    assert "(monitor)" in row[2]


def test_an_invitation_that_makes_no_sense_is_refused_in_one_line(village: Shell) -> None:
    cases = {
        MONITOR: "网格员要写至少一个 --group。",
        (*MONITOR, "--group", "九组"): "没有“九组”这个组。已有:五组、六组",
        (*MONITOR[:6], "--village", "无名村", "--group", "五组"): "没有“无名村”这个村。已有:大石村",
        ("staff", "invite", "--role", "liaison", "--name", "钱"): "部门联络员要写 --unit。",
        ("staff", "revoke", "谁也不是"): "没有叫“谁也不是”的人,也没有这样的编号。",
    }
    for args, line in cases.items():
        done = village(*args)
        assert (done.code, done.out, done.errors) == (1, "", [line])
    assert village("staff", "list").lines == ["还没有人。用 ruhu staff invite 邀请。"]


async def test_the_deep_link_names_the_bot_and_is_remembered_without_telegram(
    village: Shell, server: SandboxServer
) -> None:
    invite = ("staff", "invite", "--role", "town", "--name", "镇办")
    village.env |= {"BOT_TOKEN": server.token, "BOT_API_URL": server.root}
    code, link = (await village.beside(*invite)).lines
    assert link == f"https://t.me/ruhu_demo_bot?start={code}"
    await server.stop()
    code, link = (await village.beside(*invite)).lines
    assert link == f"https://t.me/ruhu_demo_bot?start={code}"
    assert len((await village.beside(*invite, BOT_TOKEN="8000000002:another")).lines) == 1


async def test_revoking_takes_account_roles_and_open_codes_and_the_same_name_can_come_back(village: Shell) -> None:
    [code] = village(*MONITOR, "--group", "五组").lines
    await bound(village, code, 501)
    [left_over] = village(*MONITOR, "--group", "六组").lines
    assert village("staff", "revoke", "张网格").lines == ["已收回 张网格:角色 1 个,没用过的绑定码 1 个"]
    assert village("staff", "list").lines == ["还没有人。用 ruhu staff invite 邀请。"]
    assert village("staff", "revoke", "1").errors == ["张网格 已经收回过了。"]
    gone = await village.write(lambda tx: (staff.by_telegram(tx, 501), invitations.find(tx, left_over, NOW)))
    assert gone == (None, None)
    [code] = village(*MONITOR, "--group", "五组").lines
    await bound(village, code, 777)
    assert "张网格" in village("staff", "list").out
    assert village("audit", "verify").code == 0


async def test_handing_over_moves_roles_drafts_and_helped_households(village: Shell) -> None:
    def fill(tx: Transaction) -> None:
        old, new = staff.insert(tx, "李帮扶"), staff.insert(tx, "钱接手")
        for id_, telegram_id in ((old, 601), (new, 602)):
            staff.bind(tx, id_, telegram_id, NOW)
        fifth = households.by_code(tx, "H001")
        assert fifth is not None
        for role, group_id in ((Role.HELPER, None), (Role.MONITOR, fifth.group_id)):
            staff.add_assignment(tx, old, Assignment(role, fifth.village_id, group_id), NOW)
        chats.set_current(tx, 601, drafts.insert(tx, old, 601, "record", {"household": "1"}, NOW))

    await village.write(fill)
    done = village("staff", "handover", "李帮扶", "2")
    assert done.lines == ["李帮扶 已交接给 钱接手:角色 2 个,没填完的 1 条,帮扶户 1 户"]

    def look(tx: Transaction) -> None:
        giver, taker, home = staff.get(tx, 1), staff.get(tx, 2), households.by_code(tx, "H001")
        assert giver is not None
        assert taker is not None
        assert home is not None
        assert giver.assignments == ()
        assert taker.roles == {Role.HELPER, Role.MONITOR}
        assert home.helper_name == "钱接手"
        assert [draft.staff_id for draft in drafts.open_of(tx, 602)] == [2]
        assert (drafts.open_of(tx, 601), chats.current(tx, 601)) == ([], None)
        assert [row.action for row in audit.rows_of(tx, "staff:1")] == ["staff.handover"]

    await village.write(look)
    assert village("staff", "handover", "李帮扶", "钱接手").errors == ["李帮扶 没有要交接的内容。"]
    assert village("staff", "handover", "1", "李帮扶").errors == ["交出和接手是同一个人。"]


def test_names_of_any_bytes_are_taken_as_the_characters_they_hold(village: Shell) -> None:
    """Bytes that are no UTF-8, half characters and turned directions are left out; numbers of any size are nobody."""
    odd = ("staff", "invite", "--role", "town", "--unit", "\udcff", "--name")
    assert village(*odd, "张\udcff三\u202e\u200b").code == 0
    assert village("staff", "list").lines[1].split("\t")[1] == "张三"
    assert village(*odd, "\udcff").errors == ["--name 不能为空。"]
    for who in ("99999999999999999999", "²", "١", "\udcff"):
        assert village("staff", "revoke", who).code == 1
    assert village("staff", "handover", "张\udcff三", "9999999999").code == 1


def test_a_name_or_unit_beyond_its_limit_is_refused_with_the_limit(village: Shell) -> None:
    """The longest that is allowed is shown whole."""

    def called(name: str, unit: str = "供销社") -> tuple[str, ...]:
        return "staff", "invite", "--role", "liaison", "--unit", unit, "--name", name

    assert village(*called("张" * 61)).errors == ["--name 太长,有 61 个字,最多 60 个字。"]
    assert village(*called("张", "社" * 4000)).errors == ["--unit 太长,有 4,000 个字,最多 40 个字。"]
    assert village(*called("张" * 60, "社" * 40)).code == 0
    assert village("staff", "list").lines[1].split("\t")[1] == "张" * 60


async def test_a_person_stands_once_with_every_role_and_is_found_by_either_name(village: Shell) -> None:
    """A code for 李帮扶 used by 张网格 asks; the command line decides; revoke finds by the invited name who has it."""
    [code] = village(*MONITOR, "--group", "五组").lines
    await bound(village, code, 501)
    [code] = village("staff", "invite", "--role", "helper", "--name", "李 帮扶").lines
    await bound(village, code, 501)
    [_, person, asked] = [line.split("\t") for line in village("staff", "list").lines]
    assert person[:4] == ["1", "张网格", "网格员(monitor)", "大石村 五组"]
    assert asked[1] == "李帮扶"
    assert "asked" in asked[4]
    assert "张网格(1)" in asked[4]
    assert village("staff", "confirm", "没有人").code == 1
    assert village("staff", "confirm", "李帮扶").lines == ["已同意:张网格 得到 李帮扶 的角色 帮扶责任人"]
    [_, person] = [line.split("\t") for line in village("staff", "list").lines]
    assert person[:2] == ["1", "张网格"]
    assert person[2] == "网格员(monitor)、帮扶责任人(helper)"
    assert person[3].startswith("大石村 五组;")
    left_over = village("staff", "invite", "--role", "viewer", "--name", "张 网格").lines[0]
    assert village("staff", "revoke", "李帮扶").lines == ["已收回 张网格:角色 2 个,没用过的绑定码 1 个"]
    assert await village.write(lambda tx: (staff.by_telegram(tx, 501), invitations.find(tx, left_over, NOW))) == (
        None,
        None,
    )
    assert village("audit", "verify").code == 0


async def test_declining_makes_the_code_worthless_and_revoking_who_asks_too(village: Shell) -> None:
    [code] = village(*MONITOR, "--group", "五组").lines
    await bound(village, code, 501)
    for name, decide in (("甲某", ("confirm", "张网格", "--refuse")), ("乙某", ("revoke", "张网格"))):
        [code] = village("staff", "invite", "--role", "viewer", "--name", name).lines
        await bound(village, code, 501)
        assert village("staff", *decide).code == 0
        assert await village.write(lambda tx, code=code: invitations.find(tx, code, NOW)) is None
    assert village("staff", "list").lines == ["还没有人。用 ruhu staff invite 邀请。"]


def test_a_name_of_any_length_is_answered_in_one_line(village: Shell) -> None:
    """Who, which village, which group: what was given stands in the line, cut where it is too long for one."""
    for args in (
        ("staff", "revoke", "甲" * 9000),
        ("staff", "handover", "甲" * 9000, "乙"),
        (*MONITOR[:6], "--village", "丙" * 9000, "--group", "五组"),
        (*MONITOR, "--group", "丁" * 9000),
        ("export", "roster", "--out", "x.xlsx", "--village", "戊" * 9000),
    ):
        done = village(*args)
        assert (done.code, len(done.errors)) == (1, 1)
        assert "…" in done.err
