"""Read a workbook: the rows of the sheets we know, as they stand, with their numbers.

Columns that the national tool derives are never read (E07, E08): whatever stands there changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from models.base import gc_paused as collector
from models.reference.nomenclature import NationalSheet
from models.workbook import texts
from models.workbook.findings import Finding, Findings
from models.workbook.reading import headings
from models.workbook.reading.headings import SHEETS
from models.workbook.reading.safety import Checked, checked
from models.workbook.reading.scanning import Scan
from models.workbook.refusals import UnreadableWorkbook
from models.workbook.texts import Unreadable


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands: its number in the sheet, its cells by indicator, blank ones left out."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class RawWorkbook:
    """The rows of each known sheet, by its title, and what is wrong with its headings."""

    rows: Mapping[str, tuple[RawRow, ...]]
    findings: Findings = field(default_factory=Findings)

    def of(self, sheet: NationalSheet) -> tuple[RawRow, ...]:
        """Return the rows of that sheet; none if the workbook has no such sheet."""
        return self.rows.get(sheet.title, ())


def read_workbook(path: Path, name: str | None = None) -> RawWorkbook:
    """Return the rows of the known sheets of a file, checked before it is opened; `name` is its sender's.

    Missing sheets are allowed, wholly empty rows are skipped, headings that are not ours are findings.
    Raises `UnreadableWorkbook` for a file that is no workbook, is refused as dangerous or holds none of the sheets.
    """
    with checked(path, name) as sound, collector.gc_paused():
        try:
            with CalamineWorkbook.from_path(str(path)) as workbook:
                return _read(workbook, sound)
        except (CalamineError, ValueError) as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED) from error


def _read(workbook: CalamineWorkbook, sound: Checked) -> RawWorkbook:
    findings = Findings()
    rows: dict[str, tuple[RawRow, ...]] = {}
    for about in workbook.sheets_metadata:
        sheet = headings.known_sheet(about.name) if about.typ == SheetTypeEnum.WorkSheet else None
        if sheet is None:
            findings.warnings.append(Finding(about.name, 1, "", texts.HEADING_RULE, "", texts.SHEET_UNKNOWN))
        elif sheet.title in rows:
            findings.errors.append(Finding(sheet.title, 1, "", texts.HEADING_RULE, "", texts.SHEET_TWICE))
        else:
            scan = sound.scan(about.name)
            rows[sheet.title] = tuple(_rows(sheet, workbook.get_sheet_by_name(about.name), scan, findings))
    if not rows:
        raise UnreadableWorkbook(Unreadable.NO_KNOWN_SHEET, titles=[sheet.title for sheet in SHEETS])
    return RawWorkbook(rows, findings)


def _rows(sheet: NationalSheet, worksheet: CalamineSheet, scan: Scan, findings: Findings) -> Iterator[RawRow]:
    lines = worksheet.iter_rows()
    first = next(lines, [])
    found = headings.places(sheet, first)
    if scan.merged_headings:
        findings.errors.append(Finding(sheet.title, 1, "", texts.HEADING_RULE, "", texts.HEADINGS_MERGED))
    if not headings.check(sheet, first, found, findings) or scan.merged_headings:
        return
    columns = [(place, indicator.id) for place, indicator in found.items() if not indicator.derived]
    odd_rows = {row for row, _ in scan.odd}
    same: dict[str, str] = {}
    number = 1
    for number, line in enumerate(lines, start=2):
        cells = _cells(line, columns, same)
        if number in odd_rows:
            cells |= _odd_cells(number, columns, scan)
        if cells:
            yield RawRow(number, cells)
    # What holds formulas alone may lie below the last value.
    for below in sorted(row for row in odd_rows if row > number):
        if cells := _odd_cells(below, columns, scan):
            yield RawRow(below, cells)


def _cells(line: Sequence[Any], columns: Sequence[tuple[int, str]], same: dict[str, str]) -> dict[str, Any]:
    cells = {}
    for place, indicator_id in columns:
        raw = line[place]
        if type(raw) is not str:
            cells[indicator_id] = raw
        elif raw and not raw.isspace():
            # Texts repeat: one copy of each is kept.
            cells[indicator_id] = same.setdefault(raw, raw)
    return cells


def _odd_cells(number: int, columns: Sequence[tuple[int, str]], scan: Scan) -> dict[str, Any]:
    return {
        indicator_id: scan.odd[number, place + 1] for place, indicator_id in columns if (number, place + 1) in scan.odd
    }
