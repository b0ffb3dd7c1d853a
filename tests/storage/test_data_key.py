"""The data key, the encrypted columns and the lookup marks."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.errors import WrongKey
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


def test_no_new_key_is_made_beside_a_database_that_has_lost_its_own(tmp_path: Path) -> None:
    (tmp_path / "ruhu.db").touch()
    with pytest.raises(WrongKey):
        load_or_create_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ruhu.db"]
