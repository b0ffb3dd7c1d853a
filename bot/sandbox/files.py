"""Files on the sandbox's server: uploads, pictures' sizes, getFile paths."""

import mimetypes
import struct
from typing import Any

from bot.sandbox.errors import bad_request, entity_too_large
from bot.sandbox.model import StoredFile
from bot.sandbox.params import Upload

Json = dict[str, Any]
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
_PHOTO_SIDES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))


class FileStore:
    """Every file that was sent, by id and by path."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self._photos: dict[str, tuple[Json, ...]] = {}
        self._count = 0

    def document(self, upload: Upload) -> tuple[StoredFile, Json]:
        """Keep a document; return it and the Bot API's Document object."""
        _check_size(upload)
        guessed = mimetypes.guess_type(upload.name)[0]
        mime = guessed or upload.mime or "application/octet-stream"
        stored = self._keep(upload.data, upload.name, mime, "documents", "D")
        return stored, document_json(stored)

    def photo(self, upload: Upload) -> tuple[Json, ...]:
        """Keep a picture in Telegram's sizes; return its PhotoSize objects, the largest last."""
        _check_size(upload)
        if len(upload.data) > MAX_PHOTO:
            reason = f"file of size {len(upload.data)} bytes is too big for a photo"
            raise bad_request(f"{reason}; the maximum size is {MAX_PHOTO} bytes")
        width, height = picture_size(upload.data)
        if not width or not height:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        sizes = self._photo_sizes(upload.data, width, height)
        for size in sizes:
            self._photos[size["file_id"]] = sizes
        return sizes

    def again(self, file_id: str, kind: str) -> StoredFile | tuple[Json, ...]:
        """Return a stored document or photo by its `file_id`; refuses unknown ones as Telegram does."""
        if kind == "photo" and file_id in self._photos:
            return self._photos[file_id]
        if kind == "document" and file_id in self.by_id and file_id not in self._photos:
            return self.by_id[file_id]
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        raise bad_request("wrong file identifier/HTTP URL specified")

    def get_file(self, file_id: str) -> Json:
        """Return the Bot API's File object."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": stored.file_id, "file_unique_id": stored.unique_id,
            "file_size": len(stored.data), "file_path": stored.path,
        }  # fmt: skip

    def _photo_sizes(self, data: bytes, width: int, height: int) -> tuple[Json, ...]:
        sizes: list[Json] = []
        for _, side in _PHOTO_SIDES:
            scale = min(1.0, side / max(width, height))
            stored = self._keep(data, "photo.jpg", "image/jpeg", "photos", "P")
            sizes.append({
                "file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": len(data),
                "width": max(1, round(width * scale)), "height": max(1, round(height * scale)),
            })  # fmt: skip
            if scale == 1.0:
                break
        return tuple(sizes)

    def _keep(self, data: bytes, name: str, mime: str, folder: str, letter: str) -> StoredFile:
        self._count += 1
        suffix = f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
        ending = suffix if suffix.isascii() else ""
        stored = StoredFile(
            file_id=f"{letter}gAC-sandbox-{self._count:08d}", unique_id=f"AQAD{letter}{self._count:08d}",
            path=f"{folder}/file_{self._count}{ending}", name=name, mime=mime, data=data,
        )  # fmt: skip
        self.by_id[stored.file_id] = stored
        self.by_path[stored.path] = stored
        return stored


def document_json(stored: StoredFile) -> Json:
    """Return the Bot API's Document object of a stored file."""
    return {
        "file_name": stored.name, "mime_type": stored.mime, "file_id": stored.file_id,
        "file_unique_id": stored.unique_id, "file_size": len(stored.data),
    }  # fmt: skip


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a PNG, JPEG or GIF; (0, 0) for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return 0, 0


def _check_size(upload: Upload) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MAX_UPLOAD:
        raise entity_too_large()
