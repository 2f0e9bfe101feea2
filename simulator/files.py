"""Files of the bot and of the people, kept in memory and found again by their identifier."""

import itertools
import mimetypes
import secrets
import struct
from dataclasses import dataclass
from typing import Any

from simulator.errors import BotApiError, bad_request

MAX_BOT_UPLOAD = 50 * 1024 * 1024
MAX_BOT_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file Telegram keeps: a document, or a photo with its measures."""

    file_id: str
    file_unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes
    measures: tuple[int, int] | None = None

    @property
    def size(self) -> int:
        return len(self.content)

    def as_file(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }

    def as_document(self) -> dict[str, Any]:
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": self.size,
        }

    def as_photo_sizes(self) -> list[dict[str, Any]]:
        width, height = self.measures or (0, 0)
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.file_unique_id,
                "file_size": self.size,
                "width": width,
                "height": height,
            }
        ]

    def as_seen(self) -> dict[str, Any]:
        """What a phone shows of it."""
        seen: dict[str, Any] = {"file_id": self.file_id, "file_name": self.name, "size": self.size}
        if self.measures:
            seen["width"], seen["height"] = self.measures
        return seen


class Files:
    """All files of the bot and its people."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def keep_document(self, upload: Upload) -> StoredFile:
        return self._keep(upload, "documents", "BQ", None)

    def keep_photo(self, upload: Upload) -> StoredFile:
        if len(upload.content) > MAX_PHOTO:
            raise bad_request(
                f"file of size {len(upload.content)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO} bytes"
            )
        measures = image_measures(upload.content)
        if measures is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(measures) > MAX_PHOTO_SIDES or max(measures) > MAX_PHOTO_RATIO * min(measures):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep(upload, "photos", "Ag", measures)

    def _keep(self, upload: Upload, folder: str, prefix: str, measures: tuple[int, int] | None) -> StoredFile:
        if not upload.content:
            raise bad_request("file must be non-empty")
        suffix = "." + upload.name.rpartition(".")[2] if "." in upload.name else ""
        stored = StoredFile(
            file_id=prefix + secrets.token_urlsafe(36),
            file_unique_id="Ag" + secrets.token_urlsafe(9),
            path=f"{folder}/file_{next(self._numbers)}{suffix}",
            name=upload.name,
            mime_type=mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
            content=upload.content,
            measures=measures,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def sent_by_bot(self, given: Upload | str, *, photo: bool) -> StoredFile:
        """What `sendDocument` and `sendPhoto` were given: an upload, or the identifier of a known file."""
        if isinstance(given, Upload):
            if len(given.content) > MAX_BOT_UPLOAD:
                raise BotApiError(413, "Request Entity Too Large")
            return self.keep_photo(given) if photo else self.keep_document(given)
        stored = self._by_id.get(given)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if photo != (stored.measures is not None):
            kinds = ("Document", "Photo") if photo else ("Photo", "Document")
            raise bad_request(f"can't use file of type {kinds[0]} as {kinds[1]}")
        return stored


def image_measures(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return (width, height) if width and height else None
    if content.startswith(b"\xff\xd8"):
        return _jpeg_measures(content)
    return None


def _jpeg_measures(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        length: int = struct.unpack(">H", content[position + 2 : position + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return (width, height) if width and height else None
        position += 2 + length
    return None
