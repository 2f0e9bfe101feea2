"""The workbook handed back with each cell to look at coloured and commented."""

import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from models.workbook.findings import Finding, Findings
from models.workbook.reading import headings
from models.workbook.reading.headings import tidy
from models.workbook.reading.safety import checked

AUTHOR = "Jalon"
ERROR_FILL = PatternFill("solid", fgColor="F8CBAD")
WARNING_FILL = PatternFill("solid", fgColor="FFF2CC")


def write_report(source: Path, findings: Findings, target: Path) -> None:
    """Write to `target` the workbook of `source`, its cells to correct in red, those to check in yellow.

    Raises `UnreadableWorkbook` as reading does, `OSError` where `target` cannot be written.
    """
    with checked(source), warnings.catch_warnings(), source.open("rb") as file:
        # openpyxl warns of what it does not keep; the rest of the workbook stays as it was sent.
        warnings.simplefilter("ignore")
        workbook = load_workbook(file)
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*findings.errors, *findings.warnings):
        by_sheet[tidy(finding.sheet)].append(finding)
    errors = set(findings.errors)
    for worksheet in workbook.worksheets:
        # Two sheets may go by one title: the first is the one that was read.
        _annotate(worksheet, by_sheet.pop(tidy(worksheet.title), []), errors)
    workbook.save(target)


def _annotate(worksheet: Any, findings: Sequence[Finding], errors: set[Finding]) -> None:
    letters = _letters(worksheet) if findings else {}
    by_cell: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_cell[f"{letters.get(tidy(finding.column), 'A')}{finding.row}"].append(finding)
    for place, found in by_cell.items():
        cell = _own(worksheet, place)
        cell.fill = ERROR_FILL if errors.intersection(found) else WARNING_FILL
        cell.comment = Comment("\n".join(_sentence(finding) for finding in found), AUTHOR)


def _own(worksheet: Any, place: str) -> Any:
    """Return the cell that shows there: the first one of those it is merged with."""
    merged = next((area for area in worksheet.merged_cells.ranges if place in area), None)
    return worksheet[place] if merged is None else worksheet.cell(merged.min_row, merged.min_col)


def _letters(worksheet: Any) -> dict[str, str]:
    """Return the letter of each column, by its label: the first one of that label, as reading takes it."""
    sheet = headings.known_sheet(worksheet.title)
    labels = [cell.value for cell in worksheet[1]]
    letters = {tidy(str(label)): get_column_letter(place) for place, label in enumerate(labels, start=1) if label}
    if sheet is not None:
        for place, indicator in headings.places(sheet, labels).items():
            letters[tidy(indicator.label)] = get_column_letter(place + 1)
    return letters


def _sentence(finding: Finding) -> str:
    return f"{finding.rule} : {finding.message}"
