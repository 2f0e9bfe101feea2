"""Hostile and broken files: each is refused by a sentence that says what to do, and nothing is written."""

import time
import tracemalloc
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.workbook.reading import archive
from models.workbook.reading.sheets import read_workbook
from models.workbook.refusals import UnreadableWorkbook
from tests.workbook.books import DISPOSITIF, EVENT, PERSON, write
from tests.workbook.invalid_workbooks import (
    OLE,
    SHEET,
    TYPES,
    Spoil,
    adding,
    declared,
    related,
    replacing,
    rewrite,
    rows_added,
)

BILLION_LAUGHS = b'<!DOCTYPE lolz [<!ENTITY lol "lol">' + b"".join(
    b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10 if n > 1 else b"&lol;" * 10) for n in range(1, 10)
)
BILLION_LAUGHS += b"]>"
FAR_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
EMPTY_CELLS = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(10, 1_000_000))
WIDE = b'<row r="9000"><c r="A9000"><v>1</v></c><c r="XFD9000"><v>1</v></c></row>'
UNPLACED = b"<row><c><v>1</v></c></row>" * 100_100


def utf16(parts: dict[str, bytes]) -> None:
    text = parts[SHEET].decode().replace("<worksheet", "<!DOCTYPE worksheet><worksheet", 1)
    parts[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def swelling_texts(parts: dict[str, bytes]) -> None:
    """One text of 30,000 letters in 20,000 cells: nothing in the file, 600 MB in memory."""
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"a" * 30_000 + b"</t></si></sst>"
    rows_added(b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(10, 20_010)))(parts)


def texts_declared(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = BILLION_LAUGHS + b"<sst><si><t>&lol9;</t></si></sst>"


def swelling_part(parts: dict[str, bytes]) -> None:
    parts["xl/media/image.bin"] = bytes(40_000_000)


def without_workbook(parts: dict[str, bytes]) -> None:
    del parts["xl/workbook.xml"]


@dataclass(frozen=True)
class Case:
    """A way to spoil a workbook, and how its refusal begins."""

    name: str
    spoil: Spoil
    refusal: str


HOSTILE = [
    Case("zip bomb", rows_added(b"<row/>" * 10_000_000), "Ce classeur, décompressé, devient trop volumineux"),
    Case("bomb beside the sheets", swelling_part, "Ce classeur, décompressé, devient trop volumineux"),
    Case("1,000,000 empty rows, then one", rows_added(EMPTY_CELLS + FAR_CELL), "La feuille « Dispositifs » dépasse la"),
    Case("a cell in the last corner", rows_added(FAR_CELL), "La feuille « Dispositifs » dépasse la ligne 99"),
    Case("a cell far to the right", rows_added(WIDE), "La feuille « Dispositifs » contient des cellules bien au-delà"),
    Case("rows without numbers", rows_added(UNPLACED), "La feuille « Dispositifs » dépasse la ligne 99"),
    Case("a text that swells", swelling_texts, "La feuille « Dispositifs » contient des cellules bien au-delà"),
    Case("macro", adding("xl/vbaProject.bin", b"macro"), "Ce classeur contient des macros"),
    Case("macro by relation", related("vbaProject", "code.bin"), "Ce classeur contient des macros"),
    Case(
        "macro by type",
        replacing(TYPES, b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        "Ce classeur contient des macros",
    ),
    Case("external link", adding("xl/externalLinks/externalLink1.xml", b"<a/>"), "Ce classeur contient des liens vers"),
    Case("external link by relation", related("externalLink", "elsewhere.xml"), "Ce classeur contient des liens vers"),
    Case("external picture", related("image", "https://x.example/a.png", external=True), "Ce classeur contient des li"),
    Case("external data", related("connections", "connections.xml"), "Ce classeur contient des liens vers"),
    Case("embedded object", adding("xl/embeddings/oleObject1.bin", b"a"), "Ce classeur contient des objets incorporés"),
    Case("entity expansion", declared(BILLION_LAUGHS), "Ce classeur contient des déclarations XML"),
    Case("entity in the shared texts", texts_declared, "Ce classeur contient des d"),
    Case("entity in the workbook", declared(BILLION_LAUGHS, "xl/workbook.xml"), "Ce classeur contient des déclaratio"),
    Case(
        "entity from outside",
        declared(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
        "Ce classeur contient des déclarations XML",
    ),
    Case("another encoding", utf16, "Ce classeur Excel est abîmé ou inhabituel"),
    Case("broken XML", replacing(SHEET, b"</sheetData>", b"</sheet"), "Ce classeur Excel est abîmé ou inhabituel"),
    Case("no workbook", without_workbook, "Ce fichier n’est pas un classeur Excel"),
    Case("a document", replacing(TYPES, b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"), "Ce fichier"),
    Case("one name twice", adding("XL/workbook.xml", b"<workbook/>"), "Ce classeur Excel est abîmé ou inhabituel"),
]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "juste.xlsx", dispositifs=[DISPOSITIF], persons=[PERSON], events=[EVENT])


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_a_hostile_workbook_is_refused_by_name(case: Case, sound: Path, tmp_path: Path) -> None:
    file = rewrite(sound, case.spoil, tmp_path / "classeur.xlsx")
    started = time.monotonic()
    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(file)
    assert str(refused.value).startswith(case.refusal)
    assert str(refused.value).endswith(".")
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("case", HOSTILE[:2], ids=lambda case: case.name)
def test_a_bomb_is_stopped_before_it_takes_memory(case: Case, sound: Path, tmp_path: Path) -> None:
    file = rewrite(sound, case.spoil, tmp_path / "classeur.xlsx")
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableWorkbook):
            read_workbook(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("classeur.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "Ce classeur est protégé par un mot de passe"),
        ("classeur.xls", OLE, "Ce fichier est à l’ancien format Excel"),
        ("classeur.xlsx", OLE, "Ce classeur est protégé par un mot de passe"),
        ("classeur.xlsx", OLE + "Workbook".encode("utf-16-le"), "Ce fichier est à l’ancien format Excel"),
        ("classeur.csv", b"Dispositifs;ABC01\n", "Ce fichier n’est pas un classeur Excel"),
        ("classeur.xlsx", b"Dispositifs;ABC01\n", "Ce fichier n’est pas un classeur Excel"),
        ("classeur.xlsx", b"", "Ce fichier n’est pas un classeur Excel"),
        ("classeur.xlsx", b"PK\x03\x04 tronqu\xc3\xa9", "Ce fichier n’est pas un classeur Excel"),
    ],
)
def test_what_is_not_an_xlsx_is_told_apart(name: str, content: bytes, refusal: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableWorkbook, match=f"^{refusal}"):
        read_workbook(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("classeur.xls", "Le nom de ce fichier"), ("classeur.xlsm", "Ce classeur contient des macros")],
)
def test_the_name_its_sender_gave_counts(name: str, refusal: str, sound: Path) -> None:
    with pytest.raises(UnreadableWorkbook, match=f"^{refusal}"):
        read_workbook(sound, name)
    assert read_workbook(sound, "CLASSEUR.XLSX").findings.errors == []


def test_an_open_document_is_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "classeur.xlsx"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableWorkbook, match="OpenDocument"):
        read_workbook(file)


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "classeur.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(archive.LARGEST_FILE + 1)
    with pytest.raises(UnreadableWorkbook, match=r"^Ce fichier dépasse 30 Mo"):
        read_workbook(file)


def test_sizes_a_zip_declares_are_not_believed(sound: Path, tmp_path: Path) -> None:
    file = rewrite(sound, adding("xl/media/a.bin", bytes(3_000_000)), tmp_path / "classeur.xlsx")
    content = file.read_bytes()
    assert content.count((3_000_000).to_bytes(4, "little")) == 2
    file.write_bytes(content.replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")))
    with pytest.raises(UnreadableWorkbook, match="abîmé"):
        read_workbook(file)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("1,000,000 empty rows", rows_added(EMPTY_CELLS)),
        ("1,000,000 rows without cells", rows_added(b"".join(b'<row r="%d"/>' % n for n in range(10, 1_000_000)))),
        ("a link to an address", related("hyperlink", "mailto:coach@exemple.fr", external=True)),
        ("a cell in column AB", rows_added(b'<row r="3"><c r="AB3"><v>1</v></c></row>')),
        ("numbers between apostrophes", rows_added(b"<row r='3'><c r='B3' t='n'/></row>")),
    ],
)
def test_what_is_odd_but_harmless_is_read(name: str, spoil: Spoil, sound: Path, tmp_path: Path) -> None:
    file = rewrite(sound, spoil, tmp_path / "classeur.xlsx")
    workbook = read_workbook(file)
    assert workbook.findings.errors == [], name
    assert workbook.rows == read_workbook(sound).rows
