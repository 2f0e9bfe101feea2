"""The workbook handed back with each cell to look at coloured and commented."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from models.workbook.findings import Finding, Findings
from models.workbook.sheets import SHEETS, opened

AUTHOR = "Jalon"
ERROR_FILL = PatternFill("solid", fgColor="F8CBAD")
WARNING_FILL = PatternFill("solid", fgColor="FFF2CC")


def write_report(source: Path, findings: Findings, target: Path) -> None:
    """Write to `target` the workbook of `source`, its cells to correct in red, those to check in yellow.

    Raises `UnreadableWorkbook` as reading does, `OSError` where `target` cannot be written.
    """
    columns = {
        (sheet.title, indicator.label): get_column_letter(place)
        for sheet in SHEETS
        for place, indicator in enumerate(sheet.indicators, start=1)
    }
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in (*findings.errors, *findings.warnings):
        letter = columns.get((finding.sheet, finding.column), "A")
        by_cell[finding.sheet, f"{letter}{finding.row}"].append(finding)
    errors = set(findings.errors)
    with opened(source, read_only=False) as workbook:
        sheets = {worksheet.title.strip(): worksheet for worksheet in workbook.worksheets}
        for (title, place), found in by_cell.items():
            if title in sheets:
                cell = sheets[title][place]
                cell.fill = ERROR_FILL if errors.intersection(found) else WARNING_FILL
                cell.comment = Comment(_comment(found), AUTHOR)
    workbook.save(target)


def _comment(found: Sequence[Finding]) -> str:
    return "\n".join(f"{finding.rule} : {finding.message}" for finding in found)
