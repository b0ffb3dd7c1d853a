"""The data key, the encrypted columns and the lookup marks."""

import asyncio
import base64
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.database import Database
from bot.storage.errors import KeyBroken, KeyMissing, Unreachable, WrongKey
from bot.storage.secrets import Secrets, load_or_create_key, parse_key
from tests.support.storage import SECRETS

KEY = bytes(range(32))


@given(st.text(), st.sampled_from(["note", "phone"]))
def test_what_is_sealed_opens_again_and_two_seals_differ(text: str, purpose: str) -> None:
    first, second = SECRETS.seal(text, purpose), SECRETS.seal(text, purpose)
    assert first != second
    assert SECRETS.open(first, purpose) == SECRETS.open(second, purpose) == text


@given(st.binary(max_size=60))
def test_bytes_that_were_not_sealed_do_not_open(blob: bytes) -> None:
    with pytest.raises(WrongKey):
        SECRETS.open(blob, "note")


def test_a_sealed_value_opens_neither_for_another_purpose_nor_with_another_key_nor_changed() -> None:
    sealed = SECRETS.seal("13800001234", "phone")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for secrets, blob, purpose in (
        (SECRETS, sealed, "note"),
        (Secrets(bytes(32)), sealed, "phone"),
        (SECRETS, changed, "phone"),
    ):
        with pytest.raises(WrongKey):
            secrets.open(blob, purpose)


def test_marks_depend_on_text_purpose_and_key_only() -> None:
    mark = SECRETS.mark("1234", "phone_tail")
    assert mark == Secrets(KEY).mark("1234", "phone_tail")
    assert mark not in {
        SECRETS.mark("1235", "phone_tail"),
        SECRETS.mark("1234", "id_tail"),
        Secrets(bytes(32)).mark("1234", "phone_tail"),
    }


@pytest.mark.parametrize(
    "written",
    [
        KEY.hex(),
        KEY.hex().upper() + "\n",
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode().rstrip("="),
    ],
)
def test_a_key_is_read_as_hex_or_base64(written: str) -> None:
    assert parse_key(written) == KEY


@pytest.mark.parametrize(
    "written", ["", "geheim", KEY.hex()[:-2], base64.b64encode(KEY[:-1]).decode(), "密钥" * 16, "z" * 64]
)
def test_anything_else_is_no_key_and_is_not_repeated_in_the_error(written: str) -> None:
    with pytest.raises(WrongKey) as caught:
        parse_key(written)
    assert not written or written not in str(caught.value)


def test_a_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = load_or_create_key(folder)
    assert len(key) == 32
    assert load_or_create_key(folder) == key != load_or_create_key(tmp_path / "other")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [("data.key", 0o600)]


def test_a_key_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    load_or_create_key(tmp_path)
    (tmp_path / "data.key").chmod(0o644)
    load_or_create_key(tmp_path)
    assert (tmp_path / "data.key").stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_holds_no_key_is_told_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "data.key").write_bytes(b"\xff\x00nothing")
    with pytest.raises(WrongKey):
        load_or_create_key(tmp_path)
    assert (tmp_path / "data.key").read_bytes() == b"\xff\x00nothing"


@pytest.mark.parametrize("written", [b"", b"\n", KEY.hex()[:-2].encode(), b"SQLite format 3\x00"])
def test_an_empty_or_cut_key_file_is_named(written: bytes, tmp_path: Path) -> None:
    (tmp_path / "data.key").write_bytes(written)
    with pytest.raises(KeyBroken) as caught:
        load_or_create_key(tmp_path)
    assert caught.value.file == tmp_path / "data.key"


def test_a_folder_in_the_place_of_the_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "data.key").mkdir()
    with pytest.raises(KeyBroken):
        load_or_create_key(tmp_path)


async def _used(url: str) -> None:
    async with await Database.open(url, SECRETS):
        pass


async def test_no_new_key_is_made_for_a_database_that_was_written_with_one_wherever_it_is(
    any_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    await _used(any_url)
    with pytest.raises(KeyMissing):
        await asyncio.to_thread(load_or_create_key, folder, any_url)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("place", ["ruhu.db", "other.db", "backups/ruhu-20240315-083000-daily.db"])
async def test_no_new_key_is_made_beside_a_database_or_a_copy_that_needs_the_old_one(
    place: str, database_file: Path, tmp_path: Path
) -> None:
    await _used(f"sqlite:///{database_file}")
    folder = tmp_path / "data"
    (folder / place).parent.mkdir(parents=True)
    shutil.copy(database_file, folder / place)
    with pytest.raises(KeyMissing):
        load_or_create_key(folder, f"sqlite:///{folder}/ruhu.db")
    (folder / place).write_bytes(b"damaged" * 1000)
    with pytest.raises(KeyMissing):
        load_or_create_key(folder, f"sqlite:///{folder}/ruhu.db")
    assert not (folder / "data.key").exists()


def test_a_database_that_was_migrated_but_never_opened_may_have_a_new_key(any_url: str, tmp_path: Path) -> None:
    assert load_or_create_key(tmp_path / "data", any_url)


def test_a_server_that_does_not_answer_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        load_or_create_key(tmp_path, f"postgresql://nobody@/ruhu?host={tmp_path}")
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: load_or_create_key(tmp_path / "data"), range(32)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["data.key"]


async def test_of_two_keys_at_once_for_one_new_database_the_second_is_wrong(any_url: str) -> None:
    """Two machines, one empty shared database: whoever comes second must not replace the first one's check value."""
    secrets = [Secrets(bytes([number]) * 32) for number in range(4)]
    opened = await asyncio.gather(*(Database.open(any_url, each) for each in secrets), return_exceptions=True)
    good = [each for each in opened if isinstance(each, Database)]
    for each in good:
        await each.close()
    assert (len(good), sum(isinstance(each, WrongKey) for each in opened)) == (1, 3)
