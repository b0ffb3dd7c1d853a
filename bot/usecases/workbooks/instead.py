"""What a file is that is no workbook that we can read, so that its owner hears what to do with it."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from bot.usecases.workbooks.guards import NOT_UNPACKED

_OLD = b"\xd0\xcf\x11\xe0"  # compound file: .xls, and .xlsx under a password
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_STREAM = re.compile(rb"\x09\x08\x10\x00.{16}\x2f\x00", re.DOTALL)  # BOF, then FILEPASS ([MS-XLS] 2.4.117)
_PAGE = re.compile(r"(<!doctype|<html|<table|<\?xml|<meta|<head|<style|mime-version:)", re.IGNORECASE)
_HEAD = 4096
_MANIFEST = 1 << 20
"""Bytes of a packed file's table of contents that are unpacked: a small file may unpack to a very large one."""


def what_instead(source: Path | bytes) -> str:
    """The code of the problem: `protected`, `empty-file`, `a-page`, `a-text` or, for anything else, `no-workbook`."""
    if not isinstance(source, bytes):
        return "no-workbook"
    if not source.strip(b"\0 \r\n\t"):
        return "empty-file"
    if _is_protected(source):
        return "protected"
    text = _as_text(source[:_HEAD])
    if text is None:
        return "no-workbook"
    return "a-page" if _PAGE.match(text.lstrip()) else "a-text"


def _is_protected(source: bytes) -> bool:
    if source.startswith(_OLD):
        return _ENCRYPTED_PACKAGE in source or _ENCRYPTED_STREAM.search(source) is not None
    try:
        with zipfile.ZipFile(BytesIO(source)) as packed, packed.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(_MANIFEST)
    except (KeyError, OSError, *NOT_UNPACKED):
        return False


def _as_text(head: bytes) -> str | None:
    """The beginning of a text in an encoding of this country; None for bytes that are no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if b"\0" in head or head.startswith((b"%PDF", b"Rar!", b"7z", b"PK")):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):  # a character may be cut at the end
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
