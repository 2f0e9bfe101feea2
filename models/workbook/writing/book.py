"""The one interface of the writers: pages of columns, whose rows come one by one and are never held together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

Cell = str | int | float | date | None
Row = tuple[Cell, ...]

LONGEST_INLINE_LIST = 255
"""Characters of a drop-down list that stands in the rule itself, commas included: the format's own limit."""


@dataclass(frozen=True)
class Column:
    """A column: label, width in characters, drop-down list if it has one, number format if it needs one."""

    label: str
    width: float
    choices: tuple[str, ...] = ()
    number_format: str | None = None

    @property
    def fits_inline(self) -> bool:
        """Whether its drop-down list may stand in the rule itself, where a comma parts two values."""
        joined = ",".join(self.choices)
        return len(joined) <= LONGEST_INLINE_LIST and not any("," in c or '"' in c for c in self.choices)


@dataclass(frozen=True)
class Page:
    """A sheet to write: its title, its columns, and its rows, which are taken once and in order."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


class Writer(Protocol):
    """Writes pages to a file: header bold, frozen and filtered, drop-downs, formats and widths."""

    def __call__(self, target: Path, pages: Sequence[Page]) -> None:
        """Write the whole file; `OSError` where it cannot be written, and whatever taking the rows raises."""


def write_book(target: Path, pages: Sequence[Page]) -> None:
    """Write with the fast writer, or with the other one where a drop-down list is too long for the first."""
    # Each brings its library: only the one that serves is imported.
    if all(column.fits_inline for page in pages for column in page.columns):
        from models.workbook.writing.fast import write  # noqa: PLC0415
    else:
        from models.workbook.writing.plain import write  # noqa: PLC0415
    write(target, pages)
