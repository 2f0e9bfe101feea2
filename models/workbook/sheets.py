"""Read a workbook: the rows of the sheets we know, as they stand, with their numbers.

Columns that the national tool derives are never read (E07, E08): whatever stands there changes nothing.
"""

import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.nomenclature import AFFECTATIONS, NATIONAL_SHEETS, Sheet
from models.workbook import texts
from models.workbook.findings import Finding, Findings

SHEETS = (*NATIONAL_SHEETS, AFFECTATIONS)
"""The sheets an import reads, in the order in which they depend on each other."""


class UnreadableWorkbook(Exception):
    """The file is no workbook we can read; the message is a French sentence."""


@dataclass(frozen=True)
class RawRow:
    """A row as it stands: its number in the sheet, its cells by indicator, blank ones left out."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class RawWorkbook:
    """The rows of each known sheet, by its title, and what is wrong with its headings."""

    rows: Mapping[str, tuple[RawRow, ...]]
    findings: Findings = field(default_factory=Findings)

    def of(self, sheet: Sheet) -> tuple[RawRow, ...]:
        """Return the rows of that sheet; none if the workbook has no such sheet."""
        return self.rows.get(sheet.title, ())


@contextmanager
def opened(path: Path, *, read_only: bool) -> Iterator[Any]:
    """Give the openpyxl workbook of a file; `UnreadableWorkbook` says in French why there is none."""
    with warnings.catch_warnings():
        # openpyxl warns of what it does not keep (drop-downs, styles): nothing of it is read.
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:
                workbook = load_workbook(file, read_only=read_only, data_only=read_only)
                try:
                    yield workbook
                finally:
                    workbook.close()
        except OSError as error:
            raise UnreadableWorkbook(texts.NO_FILE.format(file=path.name)) from error
        except (
            InvalidFileException,
            KeyError,
            ParseError,
            TypeError,
            ValueError,
            zipfile.BadZipFile,
        ) as error:
            raise UnreadableWorkbook(texts.NOT_A_WORKBOOK) from error


def read_workbook(path: Path) -> RawWorkbook:
    """Return the rows of the known sheets of a file.

    Missing sheets are allowed, wholly empty rows are skipped, headings that are not ours are findings.
    Raises `UnreadableWorkbook` for a file that is no workbook or holds none of the sheets.
    """
    known = {sheet.title: sheet for sheet in SHEETS}
    findings = Findings()
    rows: dict[str, tuple[RawRow, ...]] = {}
    with opened(path, read_only=True) as workbook:
        for worksheet in workbook.worksheets:
            title = _tidy(worksheet.title)
            if title in known:
                # Some programs write a wrong size at the head of a sheet: rows would be missed.
                worksheet.reset_dimensions()
                rows[title] = tuple(_rows(known[title], worksheet.iter_rows(values_only=True), findings))
            else:
                findings.warnings.append(
                    Finding(title, 1, "", texts.HEADING_RULE, "", texts.SHEET_UNKNOWN),
                )
    if not rows:
        titles = ", ".join(f"« {title} »" for title in known)
        raise UnreadableWorkbook(texts.NO_KNOWN_SHEET.format(titles=titles))
    return RawWorkbook(rows, findings)


def _rows(sheet: Sheet, lines: Iterable[tuple[Any, ...]], findings: Findings) -> Iterator[RawRow]:
    numbered = enumerate(lines, start=1)
    _, headings = next(numbered, (1, ()))
    if not _headings_hold(sheet, headings, findings):
        return
    for number, line in numbered:
        cells = {
            indicator.id: raw
            for indicator, raw in zip(sheet.indicators, line, strict=False)
            if not indicator.derived and not _is_blank(raw)
        }
        if cells:
            yield RawRow(number, cells)


def _headings_hold(sheet: Sheet, headings: tuple[Any, ...], findings: Findings) -> bool:
    found = ["" if raw is None else _tidy(str(raw)) for raw in headings]
    expected = [indicator.label for indicator in sheet.indicators]
    wrong = [
        Finding(
            sheet.title,
            1,
            label,
            texts.HEADING_RULE,
            found[place] if place < len(found) else "",
            texts.HEADING_EXPECTED.format(number=place + 1, label=label),
        )
        for place, label in enumerate(expected)
        if place >= len(found) or found[place] != _tidy(label)
    ]
    findings.errors.extend(wrong)
    findings.warnings.extend(
        Finding(sheet.title, 1, label, texts.HEADING_RULE, label, texts.HEADING_UNKNOWN)
        for label in found[len(expected) :]
        if label
    )
    return not wrong


def _is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _tidy(text: str) -> str:
    # A heading is recognised whatever its line breaks, its spaces and the shape of its apostrophe.
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())
