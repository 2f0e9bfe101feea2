"""A workbook read back as a person reads it: by labels."""

from typing import Any

from openpyxl import Workbook


def lines(book: Workbook, title: str) -> list[dict[str, Any]]:
    """Return the lines of a sheet by their labels; blank lines are nothing."""
    labels, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(labels, row, strict=True)) for row in rows if any(cell is not None for cell in row)]  # type: ignore[arg-type]


def cells(book: Workbook) -> dict[str, list[tuple[Any, ...]]]:
    """Return every cell of every sheet."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
