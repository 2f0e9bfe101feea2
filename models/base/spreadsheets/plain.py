"""The other writer: openpyxl, slower, for templates whose lists are longer than a rule can hold.

Long lists stand on a hidden sheet, to which the rules refer.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from models.base.spreadsheets.escape_formula import escape_row
from models.base.spreadsheets.page import HIDDEN_SHEET, Cell, Column, Page

BOLD = Font(bold=True)


def write(target: Path, pages: Sequence[Page]) -> None:
    """Write the pages; raises as `Writer` does."""
    workbook = Workbook(write_only=True)
    long_lists: list[tuple[str, ...]] = []
    with target.open("wb") as file:  # first: rows may take long to come
        for page in pages:
            with closing(workbook.create_sheet(page.title)) as sheet:
                _fill(sheet, page, long_lists)
        if long_lists:
            _add_lists(workbook, long_lists)
        workbook.save(file)


def _fill(sheet: Any, page: Page, long_lists: list[tuple[str, ...]]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(page.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.append([_styled(sheet, column.label, font=BOLD) for column in page.columns])
    formats = [column.number_format for column in page.columns]
    last = 1
    for last, row in enumerate(page.rows, start=2):  # noqa: B007 (the number of the last row is what is wanted)
        cells = zip(escape_row(row), formats, strict=True)
        sheet.append([_cell(sheet, cell, number_format) for cell, number_format in cells])
    letter = get_column_letter(len(page.columns))
    sheet.auto_filter.ref = f"A1:{letter}{max(last, 2)}"
    for place, column in enumerate(page.columns, start=1):
        if column.choices:
            rule = DataValidation("list", _source(column, long_lists), allow_blank=True, showErrorMessage=True)
            rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{max(last, 2)}")
            sheet.data_validations.append(rule)


def _source(column: Column, long_lists: list[tuple[str, ...]]) -> str:
    if column.fits_inline:
        return f'"{",".join(column.choices)}"'
    if column.choices not in long_lists:
        long_lists.append(column.choices)
    letter = get_column_letter(long_lists.index(column.choices) + 1)
    return f"{HIDDEN_SHEET}!${letter}$1:${letter}${len(column.choices)}"


def _add_lists(workbook: Workbook, long_lists: list[tuple[str, ...]]) -> None:
    sheet: Any = workbook.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "hidden"
    for number in range(max(map(len, long_lists))):
        sheet.append([values[number] if number < len(values) else None for values in long_lists])


def _cell(sheet: Any, cell: Cell, number_format: str | None) -> Any:
    if number_format is not None and isinstance(cell, date):
        return _styled(sheet, cell, number_format=number_format)
    return cell


def _styled(sheet: Any, cell: Any, **style: Any) -> Any:
    styled = WriteOnlyCell(sheet, cell)
    for name, value in style.items():
        setattr(styled, name, value)
    return styled
