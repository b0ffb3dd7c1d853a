"""The data key: encrypted columns and keyed lookup marks (docs/database.md).

Values are sealed with AES-256-GCM under a random nonce; the purpose is authenticated, so that a phone number cannot be
moved into a note. Marks are HMAC-SHA256. Both keys are derived from the data key, one for each purpose.
"""

import base64
import binascii
import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.errors import KeyBroken, KeyMissing, WrongKey
from bot.storage.files import DRAFT, close_to_others, private_folder

KEY_BYTES = 32
KEY_FILE = "data.key"
_NONCE = 12


class Secrets:
    """Seals and opens the encrypted columns under one data key of 32 bytes; safe to share between threads."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise WrongKey(f"the data key has {len(key)} bytes instead of {KEY_BYTES}")
        self._key = key
        self._ciphers: dict[str, AESGCM] = {}
        self._marks: dict[str, bytes] = {}

    def seal(self, text: str, purpose: str) -> bytes:
        """Nonce and ciphertext of `text`; two seals of one text differ."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher(purpose).encrypt(nonce, text.encode(), purpose.encode())

    def open(self, blob: bytes, purpose: str) -> str:
        """The sealed text; raises WrongKey when key or purpose do not fit or the bytes were changed."""
        try:
            return self._cipher(purpose).decrypt(blob[:_NONCE], blob[_NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise WrongKey("an encrypted value does not open with this data key") from error

    def mark(self, text: str, purpose: str) -> bytes:
        """A keyed hash of `text`: equal texts have equal marks, nothing else can be learnt without the key."""
        if purpose not in self._marks:
            self._marks[purpose] = self._derive("mark:" + purpose)
        return hmac.digest(self._marks[purpose], text.encode(), "sha256")

    def _cipher(self, purpose: str) -> AESGCM:
        if purpose not in self._ciphers:
            self._ciphers[purpose] = AESGCM(self._derive("seal:" + purpose))
        return self._ciphers[purpose]

    def _derive(self, label: str) -> bytes:
        return hmac.digest(self._key, b"ruhu/1/" + label.encode(), hashlib.sha256)


def parse_key(written: str) -> bytes:
    """The 32 bytes of a key given as 64 hex digits or as base64 (plain or URL-safe); raises WrongKey otherwise."""
    text = written.strip()
    with suppress(ValueError):
        if len(raw := bytes.fromhex(text)) == KEY_BYTES:
            return raw
    with suppress(binascii.Error, ValueError):
        padded = text.replace("-", "+").replace("_", "/").rstrip("=")
        raw = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
        if len(raw) == KEY_BYTES:
            return raw
    raise WrongKey("a data key is 64 hex digits, or 32 bytes in base64")


def load_or_create_key(data_dir: Path | str, database: str | None = None) -> bytes:
    """The key in `data_dir`, made at the first call; folder mode 0700, file mode 0600.

    Raises KeyBroken when the file holds no key, and KeyMissing when it is gone although `database` (its address), or a
    database or a copy in the folder, was written with one: a new key would not open it.
    """
    folder = Path(data_dir)
    private_folder(folder)
    path = folder / KEY_FILE
    if not path.exists():
        from bot.storage.sealed import needs_its_key

        lost = needs_its_key(folder, database)
        if lost and not path.exists():  # another process may have made key and database in between
            raise KeyMissing(path)
        _create(path)
    close_to_others(path)
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The key in a file; raises KeyBroken when there is none in it."""
    try:
        return parse_key(path.read_text(encoding="ascii", errors="replace"))
    except (WrongKey, IsADirectoryError) as error:
        raise KeyBroken(path) from error


def _create(path: Path) -> None:
    """Write a new key whole or not at all; when two processes do so at once, one key wins for both."""
    handle, name = tempfile.mkstemp(prefix=DRAFT, dir=path.absolute().parent)
    try:
        os.write(handle, os.urandom(KEY_BYTES).hex().encode() + b"\n")
        os.fsync(handle)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.close(handle)
        Path(name).unlink()
