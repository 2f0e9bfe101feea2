"""Workbooks gone wrong: a sound one, with one part of its zip changed."""

import zipfile
from collections.abc import Callable
from pathlib import Path

Parts = dict[str, bytes]
Spoil = Callable[[Parts], None]

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def rewrite(source: Path, spoil: Spoil, target: Path) -> Path:
    """Write `target`, the parts of `source` as `spoil` changes them."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoil(parts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def replacing(part: str, old: bytes, new: bytes) -> Spoil:
    """Return what replaces the first `old` of a part, which must be there."""

    def spoil(parts: Parts) -> None:
        assert old in parts[part], parts[part][:400]
        parts[part] = parts[part].replace(old, new, 1)

    return spoil


def adding(part: str, content: bytes) -> Spoil:
    """Return what adds a part."""

    def spoil(parts: Parts) -> None:
        parts[part] = content

    return spoil


def related(kind: str, target: str, *, external: bool = False) -> Spoil:
    """Return what relates the workbook to something."""
    mode = ' TargetMode="External"' if external else ""
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replacing(RELATIONS, b"</Relationships>", relation.encode())


def declared(document_type: bytes, part: str = SHEET) -> Spoil:
    """Return what puts a document type at the head of a part."""

    def spoil(parts: Parts) -> None:
        _, _, rest = parts[part].rpartition(b"?>")
        parts[part] = b"<?xml version='1.0' encoding='UTF-8'?>" + document_type + rest

    return spoil


def rows_added(rows: bytes) -> Spoil:
    """Return what adds rows to the first sheet, as XML."""
    return replacing(SHEET, b"</sheetData>", rows + b"</sheetData>")
