"""The fast writer: rows stream through compiled code to the disk, in flat memory.

Its drop-down lists stand in the rule itself, so they are bounded (`Column.fits_inline`).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel, Format

from models.base.spreadsheets.escape_formula import escape_row
from models.base.spreadsheets.page import Page, Row


def write(target: Path, pages: Sequence[Page]) -> None:
    """Write the pages; raises as `Writer` does."""
    book = FastExcel(target, output_format="xlsx").freeze(row=1)
    for page in pages:
        book.sheet(
            page.title,
            _records([column.label for column in page.columns], page.rows),
            column_widths=[column.width for column in page.columns],
            column_formats={
                column.label: Format().set_num_format(column.number_format)
                for column in page.columns
                if column.number_format is not None
            },
            header_format=Format().set_bold(),
            autofilter=True,
            data_validations={
                column.label: {"type": "list", "values": list(column.choices)}
                for column in page.columns
                if column.choices
            },
        )
    book.save()


def _records(labels: Sequence[str], rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    empty = True
    for row in rows:
        empty = False
        yield dict(zip(labels, escape_row(row), strict=True))
    if empty:
        yield dict.fromkeys(labels)  # the labels are taken from the first row: an empty sheet has a blank one
