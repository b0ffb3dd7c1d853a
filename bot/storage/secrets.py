"""The data key: encrypted columns and keyed lookup marks (docs/database.md).

Values are sealed with AES-256-GCM under a random nonce; the purpose is authenticated, so that a phone number cannot be
moved into a note. Marks are HMAC-SHA256. Both keys are derived from the data key, one for each purpose.
"""

import base64
import binascii
import hashlib
import hmac
import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.errors import WrongKey

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


def load_or_create_key(data_dir: Path | str) -> bytes:
    """The key in `data_dir`, made at the first call; folder mode 0700, file mode 0600 (interface.md section 2).

    Raises WrongKey when the file holds no key, or when it is missing beside a database: a new key would not open it.
    """
    folder = Path(data_dir)
    private_folder(folder)
    path = folder / KEY_FILE
    if not path.exists():
        orphaned = any(folder.glob("*.db"))
        if orphaned and not path.exists():
            raise WrongKey(f"{KEY_FILE} is missing beside a database; put back the one that it was written with")
        _create(path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return parse_key(path.read_text(encoding="ascii", errors="replace"))


def private_folder(folder: Path) -> None:
    """Make `folder` (and close it to others) if it is not there."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)


def _create(path: Path) -> None:
    """Write a new key whole or not at all; when two processes do so at once, one key wins for both."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, os.urandom(KEY_BYTES).hex().encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()
