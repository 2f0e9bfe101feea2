"""A file is checked before it is opened: really an xlsx, nothing active in it, nothing that swells.

Each refusal is a French sentence that says what to do.
"""

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from models.workbook.reading import scanning
from models.workbook.reading.archive import Archive, check_size
from models.workbook.reading.scanning import Scan, SheetLook
from models.workbook.refusals import UnreadableWorkbook
from models.workbook.texts import Unreadable

ENDING = ".xlsx"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM, OLD_STREAM = "EncryptedPackage".encode("utf-16-le"), "Workbook".encode("utf-16-le")
CONTENT_TYPES, WORKBOOK, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHARED_TEXTS = "xl/sharedstrings.xml"
XML = (".xml", ".rels", ".vml")

FORBIDDEN = {
    "vbaProject": Unreadable.MACROS,
    "xlMacrosheet": Unreadable.MACROS,
    "xlIntlMacrosheet": Unreadable.MACROS,
    "externalLink": Unreadable.EXTERNAL_LINKS,
    "externalLinkPath": Unreadable.EXTERNAL_LINKS,
    "connections": Unreadable.EXTERNAL_LINKS,
    "queryTable": Unreadable.EXTERNAL_LINKS,
    "attachedTemplate": Unreadable.EXTERNAL_LINKS,
    "oleObject": Unreadable.EMBEDDED,
    "package": Unreadable.EMBEDDED,
    "control": Unreadable.EMBEDDED,
    "activeXControlBinary": Unreadable.EMBEDDED,
}
"""Relations that no workbook we read needs. A link to an e-mail address (`hyperlink`) is none of them."""

_MARKS = (
    ("vbaproject", Unreadable.MACROS),
    ("/externallinks/", Unreadable.EXTERNAL_LINKS),
    ("/embeddings/", Unreadable.EMBEDDED),
)


@dataclass(frozen=True)
class Checked:
    """A workbook that may be opened: the part of each of its sheets, by title."""

    archive: Archive
    parts: Mapping[str, str]
    looks: Mapping[str, SheetLook]

    def scan(self, title: str) -> Scan:
        """Return what is odd in a sheet about to be read; `UnreadableWorkbook` if it goes beyond the bounds."""
        part = self.parts.get(title)
        if part is None:
            raise UnreadableWorkbook(Unreadable.DAMAGED)
        shared = next((name for name in self.looks if name.lower() == SHARED_TEXTS), None)
        longest = 0 if shared is None else self.looks[shared].longest
        return scanning.scan(self.archive, part, title, self.looks[part], shared, longest)


@contextmanager
def checked(path: Path, name: str | None = None) -> Iterator[Checked]:
    """Give the workbook of a file that holds nothing dangerous; `name` is the one its sender gave it.

    Raises `UnreadableWorkbook`: too large, another format, a password, macros, links to other files, entities, a bomb.
    """
    check_size(path)
    try:
        with path.open("rb") as file:
            _check_kind(file.read(), name or path.name)
            archive = Archive(file)
            looks = _check_content(archive)
            yield Checked(archive, _sheets(archive), looks)
    except OSError as error:
        raise UnreadableWorkbook(Unreadable.NO_FILE, file=path.name) from error


def _check_kind(content: bytes, name: str) -> None:
    if content.startswith(OLE):
        # Both a password and the old format wrap a workbook so; which one, its streams tell, or else its name.
        old = OLD_STREAM in content or not name.lower().endswith(ENDING)
        raise UnreadableWorkbook(
            Unreadable.OLD_EXCEL if old and ENCRYPTED_STREAM not in content else Unreadable.ENCRYPTED
        )
    if not content.startswith(ZIP):
        raise UnreadableWorkbook(Unreadable.NOT_A_WORKBOOK)
    if content[30:100].startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        raise UnreadableWorkbook(Unreadable.OPEN_DOCUMENT)
    if name.lower().endswith(".xlsm"):
        raise UnreadableWorkbook(Unreadable.MACROS)
    if not name.lower().endswith(ENDING):
        raise UnreadableWorkbook(Unreadable.WRONG_ENDING)


def _check_content(archive: Archive) -> dict[str, SheetLook]:
    names = archive.names
    if CONTENT_TYPES not in names:
        raise UnreadableWorkbook(Unreadable.NOT_A_WORKBOOK)
    for name in names:
        for mark, refusal in _MARKS:
            if mark in name.lower():
                raise UnreadableWorkbook(refusal)
    looks = {}
    for name in names:
        # Every part is decompressed once, so that no later reader meets a surprise.
        if name.lower().endswith(XML):
            looks[name] = scanning.look(archive, name)
        else:
            for _ in archive.chunks(name):
                continue
    types = archive.whole(CONTENT_TYPES)
    if b"macroEnabled" in types:
        raise UnreadableWorkbook(Unreadable.MACROS)
    if WORKBOOK not in names or MAIN_TYPE not in types:
        raise UnreadableWorkbook(Unreadable.NOT_A_WORKBOOK)
    for name in names:
        if name.lower().endswith(".rels"):
            _check_relations(archive, name)
    return looks


def _check_relations(archive: Archive, name: str) -> None:
    for relation in _elements(archive, name, "Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in FORBIDDEN:
            raise UnreadableWorkbook(FORBIDDEN[kind])
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            raise UnreadableWorkbook(Unreadable.EXTERNAL_LINKS)


def _sheets(archive: Archive) -> dict[str, str]:
    if RELATIONS not in archive.names:
        raise UnreadableWorkbook(Unreadable.NOT_A_WORKBOOK)
    targets = {r.get("Id"): r.get("Target", "") for r in _elements(archive, RELATIONS, "Relationship")}
    parts = {}
    for sheet in _elements(archive, WORKBOOK, "sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
        if part in archive.names and part.endswith(".xml"):
            parts[sheet.get("name", "")] = part
    return parts


def _elements(archive: Archive, name: str, tag: str) -> list[ElementTree.Element]:
    # Without document type or entity (already refused), the standard parser has nothing to expand.
    try:
        root = ElementTree.fromstring(archive.whole(name))  # noqa: S314
    except ElementTree.ParseError as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED) from error
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == tag]
