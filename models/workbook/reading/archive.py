"""The parts of a workbook, which is a zip file, decompressed as a stream and within bounds.

What the file says of its own sizes is not believed: each part is decompressed here and counted.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from models.workbook.refusals import UnreadableWorkbook
from models.workbook.texts import Unreadable

MEGABYTE = 1 << 20
LARGEST_FILE = 30 * MEGABYTE
LARGEST_CONTENT = 256 * MEGABYTE
"""All parts together, decompressed: 100,000 rows of the fullest sheet take some 160 MB."""

HIGHEST_RATIO = 200
RATIO_MATTERS = 8 * MEGABYTE
"""Below that size, a part may be as repetitive as it likes."""

MOST_PARTS = 1_000
CHUNK = 1 << 18
_LOCAL_HEADER = 30
_LOCAL_MAGIC = b"PK\x03\x04"


class Archive:
    """The parts of an open zip file, by their names."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        try:
            with zipfile.ZipFile(file) as archive:
                self._parts = {info.filename: info for info in archive.infolist()}
                number = len(archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableWorkbook(Unreadable.NOT_A_WORKBOOK) from error
        if number > MOST_PARTS or number != len({name.lower() for name in self._parts}):
            # Two parts of one name: readers do not agree on which of them counts.
            raise UnreadableWorkbook(Unreadable.DAMAGED)
        if any(info.flag_bits & 0x1 for info in self._parts.values()):
            raise UnreadableWorkbook(Unreadable.ENCRYPTED)
        self._read: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._parts)

    def whole(self, name: str, most: int = MEGABYTE) -> bytes:
        """Return a small part; `UnreadableWorkbook` if it is missing or larger than `most`."""
        content = bytearray()
        for chunk in self.chunks(name):
            content += chunk
            if len(content) > most:
                raise UnreadableWorkbook(Unreadable.DAMAGED)
        return bytes(content)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's content; `UnreadableWorkbook` as soon as it, or the whole, grows beyond the bounds."""
        info = self._parts.get(name)
        if info is None or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableWorkbook(Unreadable.DAMAGED)
        others = sum(size for part, size in self._read.items() if part != name)
        size = checksum = 0
        for chunk in self._inflated(info):
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            too_dense = size > RATIO_MATTERS and size > HIGHEST_RATIO * info.compress_size
            if too_dense or others + size > LARGEST_CONTENT:
                raise UnreadableWorkbook(Unreadable.TOO_MUCH_INSIDE, most=LARGEST_CONTENT // MEGABYTE)
            yield chunk
        self._read[name] = size
        if (size, checksum) != (info.file_size, info.CRC):
            raise UnreadableWorkbook(Unreadable.DAMAGED)

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        stream = self._compressed(info)
        if info.compress_type == zipfile.ZIP_STORED:
            yield from stream
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for data in stream:
                yield inflate.decompress(data, CHUNK)
                while inflate.unconsumed_tail:
                    yield inflate.decompress(inflate.unconsumed_tail, CHUNK)
            yield inflate.flush()
        except zlib.error as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED) from error

    def _compressed(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or not header.startswith(_LOCAL_MAGIC):
            raise UnreadableWorkbook(Unreadable.DAMAGED)
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        place, left = info.header_offset + _LOCAL_HEADER + names, info.compress_size
        while left:
            self._file.seek(place)
            data = self._file.read(min(CHUNK, left))
            if not data:
                raise UnreadableWorkbook(Unreadable.DAMAGED)
            yield data
            place, left = place + len(data), left - len(data)


def check_size(path: Path) -> None:
    """Refuse a file that is missing or too large, before anything of it is read."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableWorkbook(Unreadable.NO_FILE, file=path.name) from error
    if size > LARGEST_FILE:
        raise UnreadableWorkbook(Unreadable.TOO_BIG, most=LARGEST_FILE // MEGABYTE)
