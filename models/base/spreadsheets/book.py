"""The one interface of the writers, and which of them serves."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from models.base.spreadsheets.page import Page


class Writer(Protocol):
    """Writes pages to a file: header bold, frozen and filtered, drop-downs, formats and widths."""

    def __call__(self, target: Path, pages: Sequence[Page]) -> None:
        """Write the whole file; `OSError` where it cannot be written, and whatever taking the rows raises."""


def write_book(target: Path, pages: Sequence[Page]) -> None:
    """Write with the fast writer, or with the other one where a drop-down list is too long for the first."""
    # Each brings its library: only the one that serves is imported.
    if all(column.fits_inline for page in pages for column in page.columns):
        from models.base.spreadsheets.fast import write  # noqa: PLC0415
    else:
        from models.base.spreadsheets.plain import write  # noqa: PLC0415
    write(target, pages)
