"""Help, wrong usage and wrong settings."""

import os
import re
import sys

import pytest

from bot.cli.app import NAME, build, helped
from bot.cli.workbooks import Kind
from bot.reports.workbooks.exports import EXPORTS
from bot.settings import PROBLEMS
from bot.texts import LANGUAGES, texts
from tests.cli.conftest import Shell

COMMANDS = "demo run migrate doctor bench template import export remind understand backup restore staff audit".split()


def test_help_lists_every_command_in_either_language(ruhu: Shell) -> None:
    for language, word in (("zh", "入户通"), ("en", "Ruhu")):
        shown = ruhu.fresh("--help", BOT_LANGUAGE=language)
        assert shown.code == 0
        assert word in shown.out
        assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", shown.out)] == []


def test_no_command_at_all_shows_the_help_and_is_wrong_usage(ruhu: Shell) -> None:
    for args, word in (((), "understand"), (("staff",), "handover")):
        done = ruhu(*args)
        assert (done.code, done.err) == (2, "")
        assert word in done.out


def test_every_command_and_parameter_has_a_help_text_in_both_catalogues() -> None:
    ids = [text for _, text in helped(build(), NAME)]
    assert [(language, id_) for language in LANGUAGES for id_ in ids if not texts.has(language, id_)] == []


def test_the_kinds_of_export_are_those_that_there_are() -> None:
    assert {kind.value for kind in Kind} == set(EXPORTS)


def test_help_loads_neither_the_database_nor_telegram() -> None:
    import subprocess

    probe = "import sys; from bot.cli.app import build; build(); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert [name for name in ("sqlalchemy", "telegram", "pydantic", "openpyxl") if f"'{name}'" in loaded] == []


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("bogus",), "bogus"),
        (("demo", "--date", "15/3"), "--date"),
        (("template", "roster"), "--out"),
        (("export", "salaries", "--out", "x.xlsx"), "salaries"),
        (("remind", "--at", "tomorrow"), "--at"),
        (("staff", "invite", "--role", "king", "--name", "张三"), "king"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it_and_exit_code_2(ruhu: Shell, args: tuple[str, ...], named: str) -> None:
    done = ruhu(*args)
    assert (done.code, done.out, len(done.errors)) == (2, "", 1)
    assert named in done.err
    assert not ruhu.data.exists()


def test_every_wrong_setting_is_one_line_that_names_its_variable(ruhu: Shell) -> None:
    wrong = {"BOT_LANGUAGE": "fr", "BOT_TIMEZONE": "Mars/Base", "BOT_API_URL": "telegram", "BOT_OPS_LISTEN": "9090"}
    done = ruhu("run", **wrong)
    assert done.code == 2
    assert sorted(line.partition(":")[0] for line in done.errors) == sorted(wrong)
    assert ruhu("doctor", **wrong).code == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wrong_setting_says_in_the_language_of_the_settings_what_is_right(ruhu: Shell, language: str) -> None:
    values = {
        "BOT_TIMEZONE": "Mars/Base", "BOT_API_URL": "telegram", "BOT_OPS_LISTEN": "9090", "BOT_LOG_LEVEL": "LOUD",
        "BOT_PROXY": "proxy", "BOT_DATABASE_URL": "mysql://x", "BOT_LANGUAGE": language,
    }  # fmt: skip
    for wrong in (values, {"BOT_LANGUAGE": language, "BOT_WEBHOOK_URL": "http://example.org"}, {"BOT_LANGUAGE": "fr"}):
        done = ruhu("run", **wrong)
        said = [line.partition(": ")[2] for line in done.errors]
        assert (done.code, set(said) & PROBLEMS) == (2, set())
        chinese = [bool(re.search("[\u4e00-\u9fff]", words)) for words in said]
        assert set(chinese) == {wrong.get("BOT_LANGUAGE") != "en"}, said


def test_settings_that_only_storage_or_the_packs_can_judge_are_named_as_well(ruhu: Shell) -> None:
    storage = ruhu("staff", "list", BOT_DATA_KEY="short", BOT_DATABASE_URL="sqlite:///:memory:")
    assert storage.code == 2
    assert [line.partition(":")[0] for line in storage.errors] == ["BOT_DATA_KEY", "BOT_DATABASE_URL"]
    assert "short" not in storage.err
    serving = ruhu("run", BOT_POLICY="atlantis-1900")
    assert serving.code == 2
    assert [line.partition(":")[0] for line in serving.errors] == ["BOT_TOKEN", "BOT_POLICY"]
    (ruhu.folder / "file").write_text("")
    folder = ruhu("staff", "list", BOT_DATA_DIR="file/data")
    assert (folder.code, folder.err.partition(":")[0]) == (2, "BOT_DATA_DIR")


def test_settings_come_from_the_env_file_too_and_the_environment_wins(ruhu: Shell) -> None:
    (ruhu.folder / ".env").write_text("BOT_LANGUAGE=en\nBOT_DATA_DIR=elsewhere\n")
    assert ruhu("staff", "list").out == "Nobody yet. Invite people with ruhu staff invite.\n"
    assert (ruhu.folder / "elsewhere" / "ruhu.db").exists()
    assert ruhu("staff", "list", BOT_LANGUAGE="zh").out.startswith("还没有人")


def test_settings_that_are_no_utf8_are_named_and_never_a_crash(ruhu: Shell) -> None:
    """A `.env` saved in another encoding, bytes in a variable; a file's name may be any bytes."""
    wrong = ruhu("staff", "list", BOT_DATABASE_URL="sqlite:////tmp/\udcff.db", BOT_TOKEN="1:\udcff")
    assert (wrong.code, sorted(line.partition(":")[0] for line in wrong.errors)) == (
        2,
        ["BOT_DATABASE_URL", "BOT_TOKEN"],
    )
    assert ruhu("export", "roster", "--out", "\udcff.xlsx").code == 0
    assert b"\xff.xlsx" in {os.fsencode(path.name) for path in ruhu.folder.iterdir()}
    (ruhu.folder / ".env").write_bytes("BOT_POLICY=政策".encode("gbk"))
    done = ruhu("staff", "list")
    assert (done.code, done.err.partition(":")[0]) == (2, ".env")
