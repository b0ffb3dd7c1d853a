"""Whatever a command writes is closed to others, whatever the umask; what is found open is closed and told once."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support import workbooks as books


def wrong_modes(folder: Path) -> list[tuple[str, str]]:
    """Files that are not 0600 and folders that are not 0700, but what the test itself put there."""
    own = {".stdin", ".stdout", ".stderr", "r.xlsx", "i.xlsx"}
    found = [(path, path.stat().st_mode & 0o777) for path in folder.rglob("*") if path.name not in own]
    return [(path.name, oct(mode)) for path, mode in found if mode != (0o700 if path.is_dir() else 0o600)]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_everything_that_commands_write_is_private(ruhu: Shell, umask: int) -> None:
    ruhu.umask = umask
    (ruhu.folder / "r.xlsx").write_bytes(books.roster([books.person(), books.person("H002", "赵单", 医保="?")]))
    (ruhu.folder / "i.xlsx").write_bytes(books.roster([books.person(证件号码="1")]))
    commands = [
        "template roster --out t.xlsx",
        "template income --out t2.xlsx",
        "import roster i.xlsx --report fine.xlsx",
        "export roster --out o.xlsx",
        "export ledger --out l.xlsx",
        "export visits --out v.xlsx",
        "backup copy.db",
        "backup data/backups/b.db",
        "restore copy.db --force",
        "staff list",
    ]
    refused = ruhu("import", "roster", "r.xlsx", "--report", "marked.xlsx")
    assert (refused.code, (ruhu.folder / "marked.xlsx").exists()) == (1, True)
    for command in commands:
        done = ruhu(*command.split())
        assert (done.code, done.err) == (0, ""), command
    assert {"ruhu.db", "data.key", "ruhu.db.lock", "backups"} <= {path.name for path in ruhu.data.iterdir()}
    assert wrong_modes(ruhu.folder) == []


def test_what_is_found_open_is_closed_and_told_once(ruhu: Shell) -> None:
    assert ruhu("staff", "list").code == 0
    assert ruhu("backup", "data/backups/b.db").code == 0
    opened = [ruhu.data, *ruhu.data.rglob("*")]
    for path in opened:
        path.chmod(0o777 if path.is_dir() else 0o666)
    doctor = ruhu("doctor")
    assert "warn data: " in doctor.out
    assert "ruhu.db" in next(line for line in doctor.lines if line.startswith("warn files: "))
    assert wrong_modes(ruhu.data), "the doctor changes nothing"
    (ruhu.folder / ".env").write_text("BOT_LANGUAGE=zh\nBOT_TOKEN=\n")
    assert "chmod 600 .env" not in ruhu("doctor").out, "nothing in it is secret yet"
    (ruhu.folder / ".env").write_text("BOT_LANGUAGE=zh\nBOT_WEBHOOK_SECRET=synthetic\n")
    assert "warn files: .env 里有令牌或密钥,别人也能看;请运行 chmod 600 .env" in ruhu("doctor").lines
    (ruhu.folder / ".env").chmod(0o600)
    told, quiet = ruhu("staff", "list"), ruhu("staff", "list")
    assert "ruhu.db" in json.loads(told.err)["files"]
    assert quiet.err == ""
    assert wrong_modes(ruhu.folder / "data") == []
    assert "warn files" not in ruhu("doctor").out


def test_a_link_in_the_place_of_a_file_to_write_is_told_in_both_languages(ruhu: Shell) -> None:
    precious = ruhu.folder / "precious"
    precious.write_text("precious")
    (ruhu.folder / "out.xlsx").symlink_to(precious)
    for args in (("template", "roster"), ("export", "roster")):
        done = ruhu(*args, "--out", "out.xlsx")
        assert (done.code, done.errors) == (1, ["要写的位置上是链接、设备或目录,请换一个普通文件名。"])
    english = ruhu("template", "roster", "--out", "/dev/null", BOT_LANGUAGE="en")
    assert (english.code, english.errors[0].split(";")[0]) == (
        1,
        "There is a link, a device or a folder where the file should go",
    )
    assert precious.read_text() == "precious"
